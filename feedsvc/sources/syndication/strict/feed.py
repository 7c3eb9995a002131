"""From bytes to entries, or to nothing at the first doubt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..decoding import is_utf_8
from ..entries import Entries
from .channel import read_feed
from .names import Doubt, Names
from .record import record_from

if TYPE_CHECKING:
    from lxml.etree import _Element

BEGINNING = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml[ ]version=["']1\.0["']
    (?:[ ]+encoding=["'](?:utf-?8|us-ascii|(?P<latin>iso-8859-1|windows-1252))["'])?
    (?:[ ]+standalone=["'](?:yes|no)["'])?[ ]*\?>)?\s*<(?!\?xml\s)""",
    re.I | re.X,
)
"""How a document begins that says that it is written in UTF-8, or in what is the same while it is ASCII."""
ELEMENT = re.compile(rb"<\w")
CHARSET = re.compile(r"""[^;,]*(?:;\s*charset=\s*["']?(?:utf-?8|us-ascii)["']?\s*)?""", re.I)
LATIN_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
REFERRED_CONTROL = re.compile(rb"&#(?:0*1[2-5][0-9]|[xX]0*[89][0-9a-fA-F]);")
CONTROL = re.compile("[\x80-\x9f]")
"""The controls U+0080 to U+009F, which feedparser takes for characters of Windows-1252."""


def read_strictly(body: bytes, base: str, media_type: str | None) -> Entries | None:
    """The entries of a feed at `base`, None where feedparser might find others; `body` is clean (see xmlfeed.py)."""
    if not _is_plain(body, media_type) or (root := _root(body)) is None:
        return None
    if REFERRED_CONTROL.search(body) and CONTROL.search("".join(str(text) for text in root.itertext())):
        return None
    try:
        feed = read_feed(root, Names(root.tag, _declared(root)))
        people = feed.people.written()
    except (Doubt, RecursionError):
        return None
    language = feed.language.strip() or None
    return Entries(tuple(record_from(entry, base, people, language) for entry in feed.entries))


def _is_plain(body: bytes, media_type: str | None) -> bool:
    found = BEGINNING.match(body)
    if found is None or (found["latin"] and not body.isascii()) or (media_type and not CHARSET.fullmatch(media_type)):
        return False
    element = ELEMENT.search(body)
    before = body[: element.start()] if element else body
    encodings = body.partition(b"\n")[0].count(b"encoding=")
    if b"<!D" in before or b"<!E" in before or encodings > found.group().count(b"encoding="):
        return False  # feedparser takes these for declarations wherever they stand
    return not (b"\xc2" in body and LATIN_CONTROL.search(body)) and is_utf_8(body)


def _root(body: bytes) -> _Element | None:
    """The root of a document that is well-formed, without a DTD, and nothing beside it but style sheets."""
    # Most processes read no feeds, and start without libxml2.
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    information: Any = root.getroottree().docinfo
    beside: list[Any] = [*root.itersiblings(preceding=True), *root.itersiblings()]
    return None if information.doctype or any(one.target != "xml-stylesheet" for one in beside) else root


def _declared(root: _Element) -> list[tuple[str, str]]:
    from lxml import etree  # noqa: PLC0415

    return [found for _, found in etree.iterwalk(root, events=("start-ns",))]
