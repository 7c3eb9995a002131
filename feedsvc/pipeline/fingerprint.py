"""What a reader sees of an article, in one short string: when it moves, the article was corrected."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from ..domain.article import Draft

VERSION = "1"


def fingerprint(draft: Draft) -> str:
    """Two SHA-256: over title, summary, content, people and link, which readers see; and over what only rules see.

    Dates and labels are in neither. See `reads_alike`.
    """
    seen = {
        "title": draft.title,
        "summary": draft.summary,
        "content": [[type(block).__name__, asdict(block)] for block in draft.content],
        "authors": draft.authors,
        "contributors": draft.contributors,
        "link": draft.link,
    }
    for_rules = {"categories": draft.categories, "language": draft.language}
    return f"{VERSION}:{_digest(seen)}:{_digest(for_rules)}"


def _digest(value: object) -> str:
    body = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(body.encode("utf-8", "backslashreplace")).hexdigest()[:32]
