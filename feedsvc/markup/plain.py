"""HTML as most newspapers write it, read without a tree: paragraphs of words, links and emphasis, and lone pictures.

What comes out is what the long way makes of it; for anything else nothing does.
"""

from __future__ import annotations

import re

from ..domain.article import Html
from ..domain.clean import collapsed, one_line
from ..domain.record import RawFigure

ADDRESS = r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/(?:[A-Za-z0-9_~%=-]|(?<!/)\.)*)*"
"""One that neither resolving nor cleaning changes; a dot after a slash might be a segment to be taken away."""
WORDS = r"[^<>&]"
DROPPED = r' (?:class|id|target|rel|loading|decoding)="[\w ,;:.-]*"'
"""Attributes that go without a trace. A style does too, but may hide a picture."""
ANCHOR = rf'<a(?:{DROPPED})* href="(?P<href>{ADDRESS})"(?:{DROPPED})*>'
INLINE = rf'<a(?:{DROPPED})* href="{ADDRESS}"(?:{DROPPED})*>{WORDS}+</a>|<(?P<mark>b|strong|i|em)>{WORDS}+</(?P=mark)>'
SEEN = r' (?:width|height)="[1-9]\d{1,3}"'
"""Of more than one pixel."""
PICTURE = (
    rf'<p>\s*<img(?:{SEEN}|{DROPPED})* src="(?P<picture>{ADDRESS})"(?:{SEEN}|{DROPPED})*'
    rf'(?: alt="(?P<alternative>[^"<>&]*)")?(?:{SEEN}|{DROPPED})*\s*/?>\s*</p>'
)
PARAGRAPH = re.compile(rf"\s*(?:<p(?:{DROPPED})*>(?P<inside>{WORDS}*(?:(?:{INLINE}){WORDS}*)*)</p>|{PICTURE})\s*")
MARKUP = re.compile("[<>&]")
TAG = re.compile(r"<[^<>]*>")
LINK = re.compile(ANCHOR)
LINKED = r'<a href="\g<href>" rel="nofollow noopener noreferrer">'
LONGEST = 128 * 1024
"""Characters beyond which limits count that only the long way keeps."""
NOT_LIKE_THIS = ("\r", "\f", "\xa0")
"""What HTML's own rules change."""

Block = Html | RawFigure


def read_plainly(html: str) -> tuple[Block, ...] | None:
    """The blocks of printable HTML, None where it is not so plain."""
    if len(html) > LONGEST or any(one in html for one in NOT_LIKE_THIS):
        return None
    if not MARKUP.search(html):
        return _paragraph(html.lstrip())
    blocks: list[Block] = []
    place = 0
    while place < len(html):
        found = PARAGRAPH.match(html, place)
        if found is None:
            return None
        place = found.end()
        if found["picture"]:
            blocks.append(RawFigure((found["picture"],), "", one_line(found["alternative"] or "")))
        else:
            blocks += _paragraph(found["inside"])
    return tuple(blocks)


def _paragraph(inside: str) -> tuple[Html, ...]:
    if "<" not in inside:
        # A part of what is printable is printable, and in NFC (Unicode Standard Annex 15, section 1.3).
        text = collapsed(inside)
        return (Html(f"<p>{_edges(inside, text)}</p>", text),) if text else ()
    text = one_line(TAG.sub("", inside))
    return (Html(" ".join(f"<p>{LINK.sub(LINKED, inside)}</p>".split()), text),) if text else ()


def _edges(inside: str, text: str) -> str:
    """The text with a space where white space stands before or behind it."""
    if text is inside:
        return text
    return f"{' ' * inside[:1].isspace()}{text}{' ' * inside[-1:].isspace()}"
