"""Plain text as HTML with as few references as will do: some readers show what stands in the XML as it is."""

from __future__ import annotations


def html_text(text: str) -> str:
    """The HTML that reads as this text. `>` stands for itself; an `&` of no reference is dropped by some readers."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
