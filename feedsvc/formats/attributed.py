"""The whole text of an entry, with the line that says where it comes from: whoever reads it shall see that."""

from __future__ import annotations

from html import escape

from ..domain.feed import Entry


def whole_text(entry: Entry) -> str:
    """The content in HTML, which ends with the attribution; of an entry without content, its summary does."""
    if not entry.attribution:
        return entry.content
    text = entry.content or (f"<p>{escape(entry.summary, quote=False)}</p>" if entry.summary else "")
    return f"{text}\n{entry.attribution}" if text else entry.attribution
