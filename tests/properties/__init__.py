"""What holds for whatever goes in."""
