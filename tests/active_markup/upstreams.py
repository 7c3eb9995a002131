"""The rows as feeds and as documents: each in its title, in its text, and in everything else, an entry a place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from .rows import NOT_IN_XML, Row

PLACES = ("title", "text", "rest")
NAMES = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
)
PLAIN = "Một câu."


@dataclass(frozen=True)
class Written:
    """A feed, its media type, and how many entries it has."""

    body: bytes
    media_type: str
    entries: int


def _x(text: str) -> str:
    """A text in XML; what XML cannot hold, as references all the same."""
    return NOT_IN_XML.sub(lambda found: f"&#{ord(found.group())};", escape(text))


def _a(text: str) -> str:
    return NOT_IN_XML.sub(lambda found: f"&#{ord(found.group())};", quoteattr(text, {"\n": "&#10;", "\t": "&#9;"}))


def _as_xhtml(markup: str) -> str:
    """It as XHTML where it is well-formed, else escaped in a paragraph."""
    inside = f"<div xmlns='http://www.w3.org/1999/xhtml'>{markup}</div>"
    try:
        etree.fromstring(inside)
    except (etree.XMLSyntaxError, ValueError):
        return f"<div xmlns='http://www.w3.org/1999/xhtml'><p>{_x(markup)}</p></div>"
    return inside


def _rss_item(number: int, place: str, row: Row) -> str:
    m = row.markup
    title = f"{_x(m)} {number}" if place == "title" else f"Tin {number}"
    parts = [f"<guid isPermaLink='false'>g{number}</guid><title>{title}</title>"]
    if place == "title":
        parts.append(f"<description>{PLAIN}</description>")
    if place == "text":
        parts.append(f"<description>{_x(m)} một</description><content:encoded>{_x(m)} hai</content:encoded>")
    if place == "rest":
        parts.append(
            f"<description>{PLAIN}</description><dc:creator>{_x(m)}</dc:creator><author>{_x(m)}</author>"
            f"<category domain={_a(m)}>{_x(m)}</category><link>{_x(m)}</link><comments>{_x(m)}</comments>"
            f"<source url={_a(m)}>{_x(m)}</source>"
            f"<enclosure url={_a(m)} type='image/jpeg' length='1'/>"
            f"<media:content url='http://bao.example/{number}.jpg' medium='image'>"
            f"<media:title type='html'>{_x(m)}</media:title><media:credit>{_x(m)}</media:credit>"
            f"<media:description type='html'>{_x(m)}</media:description></media:content>"
            f"<media:thumbnail url={_a(m)}/>"
        )
    return f"<item>{''.join(parts)}</item>"


def _rss(items: str) -> bytes:
    return f"<rss version='2.0' {NAMES}><channel><title>T</title>{items}</channel></rss>".encode("utf-8", "replace")


def _atom_entry(number: int, place: str, row: Row) -> str:
    m, kind = row.markup, ("html", "text", "xhtml")[number % 3]
    written = {"html": _x(m), "text": _x(m), "xhtml": _as_xhtml(m)}[kind]
    titled = f"<title type='{kind}'>{written}</title>" if place == "title" else f"<title>Tin {number}</title>"
    parts = [f"<id>g{number}</id>{titled}<updated>2026-03-01T08:00:00Z</updated>"]
    parts.append(f"<summary type='html'>{_x(m)} một</summary>" if place == "text" else f"<summary>{PLAIN}</summary>")
    if place == "text":
        shape = "xhtml" if kind == "xhtml" else "html"
        parts.append(f"<content type='{shape}'>{written if shape == kind else _x(m)}</content>")
    if place == "rest":
        parts.append(
            f"<author><name>{_x(m)}</name><uri>{_x(m)}</uri><email>{_x(m)}</email></author><rights>{_x(m)}</rights>"
            f"<category term={_a(m)} scheme={_a(m)} label={_a(m)}/><link href={_a(m)}/><link rel='via' href={_a(m)}/>"
            f"<link rel='enclosure' type='image/png' href={_a(m)} title={_a(m)}/><contributor><name>{_x(m)}</name>"
            f"</contributor><media:content url='http://bao.example/{number}.png' medium='image'>"
            f"<media:description type='html'>{_x(m)}</media:description></media:content>"
        )
    return f"<entry>{''.join(parts)}</entry>"


def _atom(entries: str) -> bytes:
    head = f"<feed xmlns='http://www.w3.org/2005/Atom' {NAMES}><id>f</id><title>T</title>"
    return f"{head}<updated>2026-03-01T08:00:00Z</updated>{entries}</feed>".encode("utf-8", "replace")


def _json_item(number: int, place: str, row: Row) -> Mapping[str, object]:
    m = row.markup
    item: dict[str, object] = {"id": f"g{number}", "title": f"Tin {number}", "content_text": PLAIN}
    if place == "title":
        item |= {"title": f"{m} {number}"}
    if place == "text":
        item |= {"summary": f"{m} một", "content_html": f"{m} hai", "content_text": m}
    if place == "rest":
        item |= {
            **{"url": m, "external_url": m, "image": m, "banner_image": m, "language": m, "tags": [m]},
            "authors": [{"name": m, "url": m, "avatar": m}],
            "attachments": [
                {"url": m, "mime_type": "image/png", "title": m},
                {"url": f"http://bao.example/{number}.png", "mime_type": "image/png", "title": m},
            ],
        }
    return item


def _numbered(rows: Iterable[Row]) -> list[tuple[int, str, Row]]:
    return [(number, place, row) for number, (row, place) in enumerate(product(rows, PLACES))]


def as_rss(rows: Iterable[Row]) -> Written:
    """RSS 2.0."""
    items = [_rss_item(*one) for one in _numbered(rows)]
    return Written(_rss("".join(items)), "application/rss+xml", len(items))


def as_atom(rows: Iterable[Row]) -> Written:
    """Atom, its texts and titles by turns of each type."""
    entries = [_atom_entry(*one) for one in _numbered(rows)]
    return Written(_atom("".join(entries)), "application/atom+xml", len(entries))


def as_json_feed(rows: Iterable[Row]) -> Written:
    """JSON Feed 1.1."""
    items = [_json_item(*one) for one in _numbered(rows)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items}).encode()
    return Written(body, "application/feed+json", len(items))


FEEDS: Mapping[str, Callable[[Iterable[Row]], Written]] = {"rss": as_rss, "atom": as_atom, "json": as_json_feed}


def as_documents(rows: Iterable[Row]) -> dict[str, bytes]:
    """Documents of each kind by name, every part of them one of the rows; beside them lies `anh.png`."""
    found = {}
    for number, row in enumerate(rows):
        m, line = row.markup, " ".join(row.markup.split())
        found[f"{number}.txt"] = f"{line} {number}\n\n{PLAIN}\n\n{line}\n\nanh\n\n{line} Ảnh: {line}\n\n{line}\n"
        matter = {"title": f"{m} {number}", "author": m, "summary": m, "link": m, "tags": [m]}
        head = "".join(f"{name}: {json.dumps(value)}\n" for name, value in matter.items())
        found[f"{number}.md"] = (
            f"---\n{head}---\n\n{PLAIN}\n\n{m}\n\n## {line}\n\n[{line}]({line})\n\n![{line}](anh.png)\n"
        )
        found[f"{number}.html"] = (
            f"<html><head><meta name=author content={_a(m)}><meta name=keywords content={_a(m)}><title>{_x(m)}</title>"
            f"<link rel=canonical href={_a(m)}></head><body><article><h1>{_x(m)} {number}</h1><p>{PLAIN}</p>{m}"
            f"<figure><img src='anh.png' alt={_a(m)}><figcaption>{m}</figcaption></figure></article></body></html>"
        )
        found[f"{number}.json"] = json.dumps({**_json_item(number, "rest", row), **_texts(row, number)})
    return {name: text.encode("utf-8", "replace") for name, text in found.items()}


def _texts(row: Row, number: int) -> Mapping[str, str]:
    return {"title": f"{row.markup} {number}", "content_html": f"<p>{PLAIN}</p>{row.markup}", "summary": row.markup}
