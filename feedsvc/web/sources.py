"""`/api/v1/sources`: how each source does, for programs; to the operator all of it, to others what is no secret."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial

from ..domain.rhythm import VerdictKind
from ..domain.status import Report
from ..pipeline.reports import all_facts_of, facts_of
from .answer import Answer
from .codings import FLEETING
from .health import plain
from .offers import Representation, respond
from .operator import OperatorDesk, Visitor
from .policies import UNCACHED
from .reports import Reports
from .wholes import represent

JSON = "application/json"
_LONGEST = 40
_NAMES = frozenset(VerdictKind)

Kinds = frozenset[VerdictKind]


class UnknownVerdict(ValueError):
    """A filter names what is no verdict; the message is the sentence for whoever asked."""


class SourcesDesk:
    """Answers requests for the list of sources, in the order of their ids."""

    def __init__(self, reports: Reports, operators: OperatorDesk) -> None:
        self._reports = reports
        self._operators = operators

    def answer(self, method: str, visitor: Visitor) -> Answer:
        """The list; `?verdict=` keeps those with one of these verdicts. Raises StoreError."""
        try:
            kinds = kinds_of(visitor.args.get("verdict") or "")
        except UnknownVerdict as error:
            return plain(400, f"400 Bad Request: {error}")
        listed = partial(self._listed, method, visitor, kinds)
        return self._operators.partly(visitor, whole=partial(listed, True), part=partial(listed, False))

    def _listed(self, method: str, visitor: Visitor, kinds: Kinds, whole: bool) -> Answer:
        made = self._reports.made((kinds, whole), partial(_made, kinds, whole))
        return respond(method, visitor.headers, made, UNCACHED)


def kinds_of(written: str) -> Kinds:
    """The verdicts that a list with commas names; all where it names none. Raises UnknownVerdict."""
    names = tuple(name for name in map(str.strip, written.split(",")) if name)
    for name in names:
        if name not in _NAMES:
            shown = name[:_LONGEST].encode("ascii", "backslashreplace").decode()
            raise UnknownVerdict(f"no verdict is called {shown!r}; there are: {', '.join(VerdictKind)}")
    return frozenset(map(VerdictKind, names)) or _NAMES


def _made(kinds: Kinds, whole: bool, reports: Iterable[Report]) -> Representation:
    facts = all_facts_of if whole else facts_of
    chosen = sorted((one for one in reports if one.verdict.kind in kinds), key=lambda one: one.source.id)
    body = json.dumps([facts(one) for one in chosen], ensure_ascii=False, separators=(",", ":"))
    return represent(JSON, f"{body}\n".encode("utf-8", "replace"), effort=FLEETING)
