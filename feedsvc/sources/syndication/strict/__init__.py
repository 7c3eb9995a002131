"""The fast path: well-formed feeds in UTF-8 that hold nothing out of the ordinary, read with libxml2.

bytes ─► free of doubt? ─► a tree ─► channel.py ─► entry.py ─► record.py ─► RawRecord

What comes out is what feedparser would have made of it; where that is not certain, nothing does.
"""

from .feed import read_strictly

__all__ = ["read_strictly"]
