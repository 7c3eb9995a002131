"""`/api/v1/articles/<id>/explain`: why an article has its labels and lacks others, for the operator's programs.

It names rules, sources and what the operator wrote as a reason: how a newsroom works is nobody else's business, and who
knows the rules can write past them.
"""

from __future__ import annotations

import json

from .answer import Answer, Asked, respond
from .health import plain
from .newsroom import Newsroom
from .policies import UNCACHED
from .representations import represent

JSON = "application/json"
_LONGEST = 40
_EFFORT = 4
"""Of compressing what is asked for once."""


class ExplainingDesk:
    """Answers requests for explanations; each is made when it is asked for."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    def answer(self, method: str, article: str, asked: Asked) -> Answer:
        """What `feedsvc explain --json` says; 404 for an article that is not there. Raises StoreError."""
        found = self._newsroom.shelf.article(article)
        if found is None:
            name = article[:_LONGEST].encode("ascii", "backslashreplace").decode()
            return plain(404, f"404 Not Found: no article is called {name!r}")
        facts = self._newsroom.explain(found)
        if facts is None:
            return plain(404, f"404 Not Found: its source, {found.source}, is not configured any more")
        body = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        made = represent(JSON, f"{body}\n".encode("utf-8", "replace"), effort=_EFFORT)
        return respond(method, asked, made, UNCACHED)
