"""Whether both sides did the whole job, read from their databases."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from feedsvc.storage.sqlite import DRIVER

from .feeds import ENTRIES
from .newsroom import DATABASE

ARTICLES = """
SELECT json_extract(text, '$.link') AS link, json_extract(text, '$.title') AS title, published
FROM articles WHERE withdrawn_at IS NULL ORDER BY link, title, published
"""
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
    """Both hold as many articles, with the same links, titles and seconds of publication. Raises Disagreement."""
    ours, theirs = _rows(one, ARTICLES), _rows(other, ARTICLES)
    if ours != theirs:
        different = sorted(set(ours) ^ set(theirs))
        raise Disagreement(f"{len(ours)} and {len(theirs)} articles, different: {list(islice(different, 6))}")


def _rows(newsroom: Path, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    with closing(DRIVER.connect(str(newsroom / DATABASE))) as connection:
        return list(connection.execute(statement, values))
