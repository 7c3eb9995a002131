"""What every published document must keep, written from the specifications and not from our formats.

Each check takes the bytes of a document and gives its violations in words; none is good.
"""

from .atom import check_atom
from .ids import check, ids_of
from .jsonfeed import check_json
from .reading import disagreements, read
from .rss import check_rss

__all__ = ["check", "check_atom", "check_json", "check_rss", "disagreements", "ids_of", "read"]
