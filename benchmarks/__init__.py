"""How much work the service does, against the plain way of doing the same: `python -m benchmarks`."""
