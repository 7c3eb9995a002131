"""One door to the three formats, and the ids of a document, which must agree between them."""

from __future__ import annotations

import json
from datetime import datetime

from .atom import check_atom
from .jsonfeed import check_json
from .rss import check_rss
from .xml import ATOM, parsed

_CHECKS = {"atom": check_atom, "rss": check_rss, "json": check_json}


def check(name: str, body: bytes, *, now: datetime) -> list[str]:
    """The violations of a document in the format called `name`."""
    return _CHECKS[name](body, now=now)


def ids_of(name: str, body: bytes) -> list[str]:
    """The ids of the entries, in the order of the document."""
    if name == "json":
        return [item["id"] for item in json.loads(body)["items"]]
    path = f"{ATOM}entry/{ATOM}id" if name == "atom" else "channel/item/guid"
    return [element.text or "" for element in parsed(body).iterfind(path)]
