"""The kind `syndication`: a feed that someone else publishes, in any of the formats that are in use.

bytes ─► what it is (sniffing.py) ─► xmlfeed · jsonfeed ─► entries ─► their keys (identity.py) ─► RawRecord
"""

from .kind import Syndication

__all__ = ["Syndication"]
