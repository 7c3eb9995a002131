"""Stand-ins for the ports: they keep state, and knobs make them fail."""
