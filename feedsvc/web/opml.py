"""Every feed of the site in one file, to be taken over into a reader at once (OPML 2.0, http://opml.org/spec2.opml)."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from .answer import Answer, Asked
from .newsroom import Listed, Newsroom, Section, feed_path
from .offers import respond
from .policies import download_policy
from .wholes import represent

OPML = "text/x-opml; charset=utf-8"


class OpmlDesk:
    """Answers requests for `/opml`; it is made once, since it lists what is configured."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._finished = represent(OPML, opml(newsroom))
        self._policy = download_policy(newsroom.address("/opml"), newsroom.max_age, "feeds.opml")

    def answer(self, method: str, asked: Asked) -> Answer:
        """The file."""
        return respond(method, asked, self._finished, self._policy)


def opml(newsroom: Newsroom) -> bytes:
    """The feeds in the order of the index, each in its preferred format, its sections as folders.

    It holds no date: the same feeds give the same bytes.
    """
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = newsroom.contents.title
    body = SubElement(root, "body")
    _outline(body, newsroom, newsroom.contents.main)
    for section in newsroom.contents.sections:
        _folder(body, newsroom, section)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _folder(above: Element, newsroom: Newsroom, section: Section) -> None:
    folder = SubElement(above, "outline", text=section.heading, title=section.heading)
    for listed in section.feeds:
        _outline(folder, newsroom, listed)
    for part in section.parts:
        _folder(folder, newsroom, part)


def _outline(above: Element, newsroom: Newsroom, listed: Listed) -> None:
    attributes = {
        "type": "rss",
        "text": listed.title,
        "title": listed.title,
        "description": listed.note,
        "language": newsroom.contents.language,
        "xmlUrl": newsroom.address(feed_path(listed.key, next(iter(newsroom.formats)))),
        "htmlUrl": newsroom.address(listed.key.page),
    }
    SubElement(above, "outline", {name: value for name, value in attributes.items() if value})
