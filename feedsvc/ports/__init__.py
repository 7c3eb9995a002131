"""What the core asks of the world. Each docstring is a promise that every implementation keeps."""

from .applying import Applier, Rules, Survey
from .asking import Clock, Fetcher, Format, Language, Markup, Matcher, Poster, Reader, SourceKind
from .storing import FeedShelf, Herald, Ledger, MediaStore, Schedule

__all__ = [
    "Applier",
    "Clock",
    "FeedShelf",
    "Fetcher",
    "Format",
    "Herald",
    "Language",
    "Ledger",
    "Markup",
    "Matcher",
    "MediaStore",
    "Poster",
    "Reader",
    "Rules",
    "Schedule",
    "SourceKind",
    "Survey",
]
