"""The whole text of an entry, with the line that says where it comes from: whoever reads it shall see that."""

from __future__ import annotations

from ..domain.feed import Entry
from .html_text import html_text


def whole_text(entry: Entry) -> str:
    """The content in HTML, which ends with the attribution; of an entry without content, its summary does."""
    if not entry.attribution:
        return entry.content
    text = entry.content or (f"<p>{html_text(entry.summary)}</p>" if entry.summary else "")
    return f"{text}\n{entry.attribution}" if text else entry.attribution
