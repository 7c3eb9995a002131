"""The benchmark of publishing: what changes, what it takes feedgen, and what it takes us, in turn, round by round."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from feedsvc.domain.feed import Entry, Feed, FeedKey
from feedsvc.formats.atom import Atom
from feedsvc.formats.rss import Rss
from feedsvc.pipeline.fragments import Piece
from feedsvc.pipeline.joining import joined, pieces_of
from feedsvc.ports import Format
from feedsvc.running.memory import collect_rarely
from feedsvc.web.codings import AT_ONCE, packed
from feedsvc.web.negotiation import GZIP

from ..agreement import Disagreement
from ..serving.newsroom import Newsroom
from .in_one_go import IN_ONE_GO
from .page import CASES, Found, page
from .size import Size

FORMATS: tuple[Format, ...] = (Atom(), Rss())
PLAIN_LEVEL = 6
"""Of gzip, as it is by default nearly everywhere."""


@dataclass(frozen=True)
class Desk:
    """A feed of fifty, one of whose articles has just been corrected, and heads of the feeds that hold it.

    `kept` are the pieces of the others, by format.
    """

    feed: Feed
    heads: Sequence[Feed]
    kept: dict[str, list[Piece]]

    @property
    def corrected(self) -> Entry:
        """The article, the newest."""
        return self.feed.entries[0]

    def plainly(self, forms: Sequence[Format], heads: Sequence[Feed], *, sent: bool) -> None:
        """Every document in one go; to be `sent`, it is hashed and packed."""
        for form in forms:
            for head in heads:
                body = IN_ONE_GO[form.name](replace(head, entries=self.feed.entries))
                if sent:
                    hashlib.sha256(body).hexdigest()
                    gzip.compress(body, PLAIN_LEVEL, mtime=0)

    def ours(self, forms: Sequence[Format], heads: Sequence[Feed], *, sent: bool) -> None:
        """The article once a format, and every document joined and hashed; to be `sent`, it is packed too."""
        for form in forms:
            pieces = [*pieces_of(form, {"corrected": self.corrected}), *self.kept[form.name][1:]]
            for head in heads:
                _, body = joined(form, head, pieces)
                if sent:
                    packed(body, GZIP, AT_ONCE)

    def cold(self) -> None:
        """A document of which nothing was written before, and that is not remembered."""
        form = FORMATS[0]
        fresh = replace(self.feed, subtitle=f"{self.feed.subtitle} {time.perf_counter_ns()}")
        joined(form, fresh, pieces_of(form, {entry.id: entry for entry in fresh.entries}))

    def cold_plainly(self) -> None:
        """The same in one go."""
        IN_ONE_GO["atom"](self.feed)


def everything(size: Size, say: Callable[[str], None]) -> str:
    """The page. Raises Disagreement where what is joined is not what feedgen writes."""
    desk = _desk(size)
    _agree(desk)
    atom, one, every = FORMATS[:1], desk.heads[:1], desk.heads
    ways: list[tuple[Callable[[], None], Callable[[], None]]] = [
        (lambda: desk.plainly(atom, one, sent=False), lambda: desk.ours(atom, one, sent=False)),
        (lambda: desk.plainly(FORMATS, every, sent=True), lambda: desk.ours(FORMATS, every, sent=True)),
        (lambda: desk.plainly(FORMATS, every, sent=False), lambda: desk.ours(FORMATS, every, sent=False)),
        (desk.cold_plainly, desk.cold),
    ]
    for plain, ours in ways:
        plain()
        ours()
    collect_rarely()  # as services do
    rounds = []
    for number in range(1, size.rounds + 1):
        times = [1 if case.many else size.times for case in CASES]
        rounds.append([(_seconds(plain, n), _seconds(ours, n)) for (plain, ours), n in zip(ways, times, strict=True)])
        ratios = ", ".join(f"{plain / ours:.1f}" for plain, ours in rounds[-1])
        say(f"round {number} of {size.rounds}: {ratios}")
    of_cases = zip(CASES, zip(*rounds, strict=True), strict=True)
    found = [Found(case, [plain for plain, _ in each], [ours for _, ours in each]) for case, each in of_cases]
    return page(size, found, {form.name: len(form.render(desk.feed).body) for form in FORMATS})


def _desk(size: Size) -> Desk:
    with TemporaryDirectory() as folder:
        newsroom = Newsroom(Path(folder) / "newsroom")
        newsroom.fill()
        with newsroom.opened() as services:
            feed = services.assembler.feed(FeedKey())
            keys = sorted(services.setup.feeds, key=lambda key: key.path)[: size.feeds]
            heads = [services.assembler.head(key).feed for key in keys]
    kept = {form.name: pieces_of(form, {entry.id: entry for entry in feed.entries}) for form in FORMATS}
    return Desk(feed, heads, kept)


def _agree(desk: Desk) -> None:
    for form in FORMATS:
        _, body = joined(form, desk.feed, desk.kept[form.name])
        if body != IN_ONE_GO[form.name](desk.feed):
            raise Disagreement(f"{form.name}: what is joined is not what feedgen writes in one go")


def _seconds(way: Callable[[], None], times: int) -> float:
    """CPU seconds of this thread, each time."""
    begin = time.thread_time()
    for _ in range(times):
        way()
    return (time.thread_time() - begin) / times
