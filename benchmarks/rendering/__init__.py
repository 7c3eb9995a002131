"""What it takes to publish: documents joined of fragments, against feedgen writing each in one go."""
