"""What the core asks of the world. Each docstring is a promise that every implementation keeps."""

from .asking import Clock, Fetcher, Format, Language, Markup, Matcher, Reader, SourceKind
from .storing import FeedShelf, Ledger, MediaStore, Schedule

__all__ = [
    "Clock",
    "FeedShelf",
    "Fetcher",
    "Format",
    "Language",
    "Ledger",
    "Markup",
    "Matcher",
    "MediaStore",
    "Reader",
    "Schedule",
    "SourceKind",
]
