"""feedsvc: per-topic and per-region Atom, RSS and JSON feeds from untidy sources."""

__version__ = "0.1.0"
