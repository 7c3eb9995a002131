"""`/api/v1/articles/<id>/explain`: why an article has its labels and lacks others, for the operator's programs.

It names rules, sources and what the operator wrote as a reason: how a newsroom works is nobody else's business, and who
knows the rules can write past them.
"""

from __future__ import annotations

import json

from ..pipeline.questions import UnknownLabel, asked_for
from .answer import Answer
from .codings import FLEETING
from .health import plain
from .newsroom import Newsroom
from .offers import respond
from .operator import Visitor
from .policies import UNCACHED
from .wholes import represent

JSON = "application/json"
_LONGEST = 100


class ExplainingDesk:
    """Answers requests for explanations; each is made when it is asked for."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    def answer(self, method: str, article: str, visitor: Visitor) -> Answer:
        """What `feedsvc explain --json` says; `?topic=` and `?region=` ask for these alone, several with commas.

        404 for an article that is not there, 400 for a label that is not configured. Raises StoreError.
        """
        found = self._newsroom.shelf.article(article)
        if found is None:
            return plain(404, f"404 Not Found: no article is called {_shown(article)}")
        try:
            facts = self._newsroom.explain(found, asked_for(_named(visitor, "topic"), _named(visitor, "region")))
        except UnknownLabel as error:
            return plain(400, f"400 Bad Request: {_shown(str(error))}")
        if facts is None:
            return plain(404, f"404 Not Found: its source, {found.source}, is not configured any more")
        body = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        made = represent(JSON, f"{body}\n".encode("utf-8", "replace"), effort=FLEETING)
        return respond(method, visitor.headers, made, UNCACHED)


def _named(visitor: Visitor, parameter: str) -> tuple[str, ...]:
    written = (visitor.args.get(parameter) or "").split(",")
    return tuple(slug for slug in map(str.strip, written) if slug)


def _shown(text: str) -> str:
    return text[:_LONGEST].encode("ascii", "backslashreplace").decode()
