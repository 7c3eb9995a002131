"""Feed readers as people install them, each reading the feeds of a running service."""
