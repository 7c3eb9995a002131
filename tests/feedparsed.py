"""What feedparser makes of a text of ours, which the document holds as it is."""

from __future__ import annotations


def as_feedparser_has_it(text: str) -> str:
    """Feedparser takes a text that happens to be UTF-8 read as Latin-1 for a mistake, and undoes it (`Â¡` to `¡`)."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text
