"""Files: the pictures of articles, which never change under their address, and those of our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files

from ..domain.site import Emblem
from ..ports import MediaStore
from .answer import Answer, Asked
from .negotiation import IDENTITY
from .offers import Representation, respond
from .policies import ASSET, PICTURE
from .wholes import Whole, represent

_DIGEST = re.compile(r"[0-9A-Za-z]{8,128}")
_TYPES = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}


def picture(media: MediaStore, method: str, digest: str, name: str, asked: Asked) -> Answer | None:
    """A picture that was kept, None where there is none; its tag is the hash that it is kept by (RFC 8246)."""
    if not _DIGEST.fullmatch(digest) or not name.isprintable() or name.startswith("."):
        return None
    found = media.open(digest, name)
    if found is None:
        return None
    media_type, body = found
    return respond(method, asked, Whole(media_type, {IDENTITY: body}, digest[:32]), PICTURE)


def assets() -> Mapping[str, Representation]:
    """The package's own static files, by name, read once."""
    return {
        item.name: represent(_TYPES[item.name.rpartition(".")[2]], item.read_bytes())
        for item in files(__package__ or "feedsvc.web").joinpath("static").iterdir()
        if item.name.rpartition(".")[2] in _TYPES
    }


def emblems(chosen: Iterable[Emblem]) -> Mapping[str, Representation]:
    """The pictures that stand for the site, by name."""
    return {one.name: Whole(one.media_type, {IDENTITY: one.body}, one.name.partition(".")[0]) for one in chosen}


ROBOTS = represent("text/plain; charset=utf-8", b"User-agent: *\nAllow: /\n")
"""Everybody may read everything (RFC 9309)."""


def robots(method: str, asked: Asked) -> Answer:
    """What programs may read."""
    return respond(method, asked, ROBOTS, ASSET)


def asset(kept: Mapping[str, Representation], method: str, name: str, asked: Asked) -> Answer | None:
    """A static file of ours, None where there is none."""
    found = kept.get(name)
    return respond(method, asked, found, ASSET) if found is not None else None
