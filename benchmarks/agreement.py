"""Whether both sides did the whole job, read from their databases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from feedsvc.storage.sqlite import DRIVER

from .feeds import ENTRIES
from .newsroom import DATABASE

ARTICLES = "SELECT text, published FROM articles WHERE withdrawn_at IS NULL"
SAME = ("key", "title", "summary", "published", "language", "updated", "link", "authors", "categories")
LAST_PASSES = """
SELECT outcome, count(DISTINCT source), sum(new)
FROM (SELECT * FROM passes WHERE source LIKE 's%' ORDER BY id DESC LIMIT ?) GROUP BY outcome
"""


class Disagreement(Exception):
    """What was measured is not the same job."""


def require_whole(newsroom: Path, count: int, *, new: bool) -> None:
    """Every source was polled once, and brought all of its entries or nothing. Raises Disagreement."""
    expected = [("changed", count, count * ENTRIES) if new else ("unchanged", count, 0)]
    found = _rows(newsroom, LAST_PASSES, (count,))
    if found != expected:
        raise Disagreement(f"{newsroom.name}: the passes ended as {found}, not as {expected}")


def require_same(one: Path, other: Path) -> None:
    """Both hold the same articles, to the last letter of every paragraph. Raises Disagreement."""
    ours, theirs = _articles(one), _articles(other)
    if ours != theirs:
        different = (key for key in sorted({*ours, *theirs}) if ours.get(key) != theirs.get(key))
        first = "\n".join(f"{key}\n  {ours.get(key)}\n  {theirs.get(key)}" for key in islice(different, 2))
        raise Disagreement(f"{len(ours)} and {len(theirs)} articles, not the same:\n{first}")


def _articles(newsroom: Path) -> dict[str, str]:
    """What is stored of each article, by its key."""
    found = {}
    for text, published in _rows(newsroom, ARTICLES):
        stored = json.loads(text)
        parts = [_part(block) for block in stored["content"]]
        found[stored["key"]] = json.dumps([published, parts, *map(stored.get, SAME)], ensure_ascii=False)
    return found


def _part(block: dict[str, Any]) -> list[str]:
    if block["is"] == "html":
        return [block["markup"], block["text"]]
    addresses = [one if isinstance(one, str) else one["address"] for one in block["pictures"]]
    return [*addresses, block["alternative"]]


def _rows(newsroom: Path, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    with closing(DRIVER.connect(str(newsroom / DATABASE))) as connection:
        return list(connection.execute(statement, values))
