"""Answers that mean harm, or are merely broken: what each says on the wire, and what must come of it."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.unit.fetching.server import Say, answer

MEBI = 1024 * 1024


@dataclass(frozen=True)
class Places:
    """What an answer may want to lead to: an address of this machine that nobody listed, another listed one, a file."""

    canary: str
    elsewhere: str
    file: str


@dataclass(frozen=True)
class Hostile:
    """`says` gives the answer to a request of a path; `why` stands in the reason that an operator sees.

    `processor` marks what is ended only after seconds of processor time.
    """

    row: str
    name: str
    says: Callable[[str, Places], Say]
    outcome: str
    why: str
    processor: bool = False

    def __str__(self) -> str:
        return f"{self.row} {self.name}"


def feed(body: bytes = b"", coding: str = "", **headers: str) -> Say:
    """An answer that says it is a feed."""
    return answer(body=body, content_type="application/rss+xml", content_encoding=coding, **headers)


def bomb(size: int) -> bytes:
    """So many zeros, compressed."""
    made = zlib.compressobj(9, wbits=31)
    return b"".join(made.compress(bytes(MEBI)) for _ in range(size // MEBI)) + made.flush()


def dripping(*first: bytes | float, one: bytes = b"a") -> Iterator[bytes | float]:
    """A beginning, and then a byte now and then for as long as anybody listens."""
    yield from first
    for _ in range(1000):
        yield one
        yield 0.05


def rss(inside: str) -> bytes:
    """A feed around something."""
    return f'<rss version="2.0"><channel><title>T</title>{inside}</channel></rss>'.encode()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
BLOWN = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 60_000}">]>'
ATTRIBUTES = " ".join(f"a{number}='1'" for number in range(100_000))
DATE = f"<pubDate>{'1 ' * 99_999}</pubDate>"
BOMB = bomb(512 * MEBI)

FAILED, PARSED, REFUSED = "fetch failed", "parse failed", "fetch failed"

FETCHING = [
    Hostile("T01", "gzip bomb", lambda path, to: feed(BOMB, "gzip"), FAILED, "over 16 MiB"),
    Hostile("T01", "endless body", lambda path, to: feed(b"a" * (17 * MEBI), content_length=""), FAILED, "over 16 MiB"),
    Hostile("T01", "promised length", lambda path, to: feed(b"a", content_length=str(10**12)), FAILED, "over 16 MiB"),
    Hostile("T01", "chain of encodings", lambda path, to: feed(b"a", "gzip, gzip, gzip"), FAILED, "not asked for"),
    Hostile("T01", "unasked encoding", lambda path, to: feed(b"a", "br"), FAILED, "not asked for"),
    Hostile(
        "T01",
        "bomb in an error",
        lambda path, to: answer("500 Oh", BOMB, content_encoding="gzip"),
        FAILED,
        "it answered 500",
    ),
    Hostile(
        "T01",
        "bomb in a redirect",
        lambda path, to: answer("302 Found", BOMB, content_encoding="gzip", location=path),
        FAILED,
        "redirects more than 5",
    ),
    Hostile("T02", "silence", lambda path, to: [60.0], FAILED, "no whole answer within"),
    Hostile("T02", "dripping headers", lambda path, to: dripping(b"HTTP/1.1 200 OK\r\nA: "), FAILED, "no whole answer"),
    Hostile(
        "T02",
        "dripping body",
        lambda path, to: dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"),
        FAILED,
        "no whole answer",
    ),
    Hostile(
        "T02",
        "endless interim answers",
        lambda path, to: dripping(one=b"HTTP/1.1 100 Continue\r\n\r\n"),
        FAILED,
        "no whole answer",
    ),
    Hostile(
        "T03", "redirect inside", lambda path, to: answer("302 Found", location=to.canary), REFUSED, "no public address"
    ),
    Hostile(
        "T03",
        "redirect to metadata",
        lambda path, to: answer("302 Found", location="http://169.254.169.254/latest/meta-data/"),
        REFUSED,
        "no public address",
    ),
    Hostile(
        "T03",
        "redirect to another scheme",
        lambda path, to: answer("302 Found", location=f"file://{to.file}"),
        REFUSED,
        "no address on the web",
    ),
    Hostile("T03b", "body is a path", lambda path, to: feed(to.file.encode()), PARSED, "neither XML nor JSON"),
    Hostile("T03b", "body is an address", lambda path, to: feed(to.canary.encode()), PARSED, "neither XML nor JSON"),
    Hostile("T04", "redirect loop", lambda path, to: answer("302 Found", location=path), FAILED, "more than 5 times"),
    Hostile(
        "T04",
        "long address",
        lambda path, to: answer("302 Found", location="/" + "a" * 9000),
        REFUSED,
        "no address on the web",
    ),
    Hostile(
        "T05",
        "captive portal",
        lambda path, to: answer("301 Moved Permanently", location=f"{to.elsewhere}/login"),
        PARSED,
        "HTML page",
    ),
    Hostile("T07", "cut body", lambda path, to: feed(rss("<item/>"), content_length="9999"), FAILED, "cut short"),
    Hostile("T07", "cut gzip", lambda path, to: feed(gzip.compress(rss("a" * 9999))[:-9], "gzip"), FAILED, "cut short"),
    Hostile("T07", "cut document", lambda path, to: feed(rss("<item><title>a")[:-24]), PARSED, "breaks off"),
    Hostile("T10", "HTML", lambda path, to: feed(b"<!doctype html><title>Login</title>"), PARSED, "HTML page"),
    Hostile("T10", "nothing", lambda path, to: feed(b" \r\n"), PARSED, "empty"),
    Hostile("T10", "JSON of another kind", lambda path, to: feed(b'{"error": "no"}'), PARSED, "no JSON Feed"),
    Hostile("T10", "picture", lambda path, to: feed(b"\x89PNG\r\n\x1a\n" + bytes(99)), PARSED, "neither XML nor JSON"),
    Hostile("T22", "gone", lambda path, to: answer("410 Gone"), "gone", "it answered 410"),
    Hostile(
        "T22",
        "later",
        lambda path, to: answer("429 Too Many", retry_after="999999999999"),
        FAILED,
        "it answered 429",
    ),
    Hostile("T22", "wrong status", lambda path, to: answer("299 Odd", rss("")), FAILED, "it answered 299"),
    Hostile("T24", "deep JSON", lambda path, to: feed(b"[" * 500_000), PARSED, "nested too deep"),
    Hostile("T24", "great number", lambda path, to: feed(b'{"items": [' + b"9" * 9999 + b"]}"), PARSED, "no JSON"),
    Hostile("T24", "not UTF-8", lambda path, to: feed(b'{"items": ["\xff"]}'), "all rejected", ""),
    Hostile("T25", "no TLS", lambda path, to: answer("302 Found", location=_tls(to.elsewhere)), FAILED, "TLS"),
]
"""What ends before anything of it becomes a record, within the deadline."""


def _tls(address: str) -> str:
    return address.replace("http:", "https:")


READING = [
    Hostile("T08", "billion laughs", lambda path, to: feed(LAUGHS.encode() + rss("<item>&j;</item>")), "", ""),
    Hostile("T08", "blown up entity", lambda path, to: feed(BLOWN.encode() + rss("&a;" * 60_000)), "", ""),
    Hostile("T08", "nested tags", lambda path, to: feed(rss("<item>" + "<a>" * 2_000_000)), PARSED, "", processor=True),
    Hostile("T08", "attributes", lambda path, to: feed(rss(f"<item><a {ATTRIBUTES}/></item>")), "", ""),
    Hostile(
        "T08",
        "attributes after a doctype",
        lambda path, to: feed(b"<!DOCTYPE rss>" + rss(f"<item><a {ATTRIBUTES}/></item>")),
        PARSED,
        "",
        processor=True,
    ),
    Hostile("T21", "long author", lambda path, to: feed(rss(f"<item><author>{'a@' * 32_000}</author></item>")), "", ""),
    Hostile("T21", "long date", lambda path, to: feed(rss(f"<item><title>a</title>{DATE}</item>")), "", ""),
    Hostile("T24", "many items", lambda path, to: feed(json.dumps({"items": [{}] * 200_000}).encode()), "", ""),
]
"""What has to be read to be known, and may well become records."""
