"""What feedparser makes of a text of ours, which the document holds as it is."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any


def as_feedparser_has_it(text: str) -> str:
    """Feedparser takes a text that happens to be UTF-8 read as Latin-1 for a mistake, and undoes it (`Â¡` to `¡`)."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def title_read(form: str, entry: Mapping[str, Any]) -> str:
    """The title of an entry as the text that it is: of Atom it is HTML, which feedparser hands on as it is."""
    title: str = entry["title"]
    return unescape(title) if form == "atom" else title
