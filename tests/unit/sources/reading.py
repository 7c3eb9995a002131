"""One document read by itself."""

from __future__ import annotations

from feedsvc.domain.record import Hypertext, RawRecord, Rejection

from .desk import read_document


def record(name: str, text: str) -> RawRecord:
    found = read_document(name, text.encode())
    assert isinstance(found, RawRecord), found
    return found


def reason(name: str, body: bytes, encoding: str = "utf-8") -> str:
    found = read_document(name, body, encoding=encoding)
    assert isinstance(found, Rejection), found
    return found.reason


def html(name: str, text: str) -> str:
    content = record(name, text).content
    assert isinstance(content, Hypertext)
    return content.html
