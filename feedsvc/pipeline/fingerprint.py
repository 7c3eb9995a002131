"""What a reader sees of an article, in one short string: when it moves, the article was corrected."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from ..domain.article import Draft

VERSION = "1"


def fingerprint(draft: Draft) -> str:
    """SHA-256 over title, summary, content, people and link; dates, labels and the upstream's terms do not count."""
    seen = {
        "title": draft.title,
        "summary": draft.summary,
        "content": [[type(block).__name__, asdict(block)] for block in draft.content],
        "authors": draft.authors,
        "contributors": draft.contributors,
        "link": draft.link,
    }
    body = json.dumps(seen, ensure_ascii=False, sort_keys=True, default=str)
    return f"{VERSION}:{hashlib.sha256(body.encode()).hexdigest()[:40]}"
