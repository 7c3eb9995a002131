"""`/status`: how the sources do, for the operator: a page to look at, and a feed of what changed to follow."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache, partial

from ..domain.feed import Feed
from ..domain.pending import Edited, Pending
from ..domain.rhythm import VerdictKind
from ..domain.status import Report
from ..pipeline.reports import WORST_FIRST, in_short, moved, worst_first
from .answer import Answer, Asked
from .codings import FLEETING
from .health import plain
from .newsroom import Newsroom
from .offers import Representation, respond
from .paper import HTML, NAMES, Link, Paper, essence
from .policies import PAGE, UNCACHED
from .reports import Reports
from .sources import JSON
from .wholes import represent
from .words import words_for

MOST_ROWS = 1000
"""Sources on the page, the worst ones: with 10,000 of them it would be megabytes of what nobody has to look at."""
_HEALTH = "/status/health"
_LANGUAGE = "en"
"""Of all that is told to operators."""
_DOCUMENTS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A source as a row of the page; times are in words of the page's zone."""

    report: Report
    since: str
    last_success: str
    newest_item: str
    next_poll: str
    interval: str
    notes: Sequence[str]


class StatusDesk:
    """Answers requests for the page and the feed; whoever asks has been let in."""

    def __init__(self, newsroom: Newsroom, paper: Paper, reports: Reports) -> None:
        self._newsroom = newsroom
        self._paper = paper
        self._reports = reports
        # A feed is a value: the same one is the same document.
        self._finished = lru_cache(_DOCUMENTS)(self._document)

    def page(self, method: str, asked: Asked) -> Answer:
        """The table of sources, the worst first. Raises StoreError."""
        pending = self._newsroom.pending()
        made = self._reports.made(("page", pending), partial(self._page, pending.sentence()))
        return respond(method, asked, made, PAGE)

    def facts(self, method: str, asked: Asked) -> Answer:
        """How many sources do how, and what is pending, as JSON. Raises StoreError."""
        pending = self._newsroom.pending()
        made = self._reports.made(("facts", pending), partial(_facts, pending))
        return respond(method, asked, made, UNCACHED)

    def feed(self, method: str, form: str, asked: Asked) -> Answer:
        """The feed in a format, 404 for what is none. Raises StoreError.

        It bears no date: a title that is configured anew changes the document, and leaves its date as it is.
        """
        if form not in self._newsroom.formats:
            return plain(404, "404 Not Found")
        return respond(method, asked, self._finished(self._newsroom.health(), form), UNCACHED)

    def _document(self, feed: Feed, form: str) -> Representation:
        document = self._newsroom.formats[form].render(feed)
        return represent(document.media_type, document.body)

    def _page(self, pending: str, reports: tuple[Report, ...]) -> Representation:
        number = Counter(report.verdict.kind for report in reports)
        lines = [line_of(report, self._newsroom.zone) for report in worst_first(reports)[:MOST_ROWS]]
        made = self._paper.page(
            "status.html",
            words=words_for(_LANGUAGE),
            pending=pending,
            lines=lines,
            numbers=[(kind, number[kind]) for kind in WORST_FIRST if number[kind]],
            left_out=len(reports) - len(lines),
            alternates=self._links(),
        )
        return represent(HTML, made, effort=FLEETING)

    def _links(self) -> tuple[Link, ...]:
        """The feed in each format; without the token, which a feed reader is told by whoever knows it."""
        title = f"{self._newsroom.contents.title}: health of sources"
        return tuple(
            Link(self._newsroom.address(f"{_HEALTH}.{form}"), essence(one.media_type), NAMES.get(form, form), title)
            for form, one in self._newsroom.formats.items()
        )


def _facts(pending: Pending, reports: tuple[Report, ...]) -> Representation:
    number = Counter(report.verdict.kind for report in reports)
    facts = {
        "sources": {str(kind): number[kind] for kind in WORST_FIRST if number[kind]},
        "pending": {
            "message": pending.sentence(),
            "topics": _edited(pending.topics),
            "regions": _edited(pending.regions),
            "otherwise": pending.otherwise,
            "wrong": list(pending.wrong),
        },
    }
    return represent(JSON, f"{json.dumps(facts, ensure_ascii=False)}\n".encode(), effort=FLEETING)


def _edited(one: Edited) -> Mapping[str, list[str]]:
    return {"new": list(one.new), "changed": list(one.changed), "gone": list(one.gone)}


def line_of(report: Report, zone: tzinfo) -> Line:
    """A source as a row, with whatever there is to say of it."""
    status, verdict = report.status, report.verdict
    failed = status.last_message and status.last_message not in verdict.why
    notes = (
        verdict.why if verdict.kind is not VerdictKind.FRESH else "",
        f"its last pass: {status.last_message}" if failed else "",
        f"it {where}" if (where := moved(report)) is not None else "",
        f"{len(status.rejections)} rejected in its last pass" if status.rejections else "",
    )
    return Line(
        report=report,
        since=_when(verdict.since, zone),
        last_success=_when(status.last_success, zone),
        newest_item=_when(status.newest_item, zone),
        next_poll=_when(status.next_poll, zone),
        interval=in_short(report.interval),
        notes=tuple(note for note in notes if note),
    )


def _when(at: datetime | None, zone: tzinfo) -> str:
    return "–" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
