"""The benchmark of plans: one edit after the other over the same articles, each planned and then applied."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from feedsvc import bootstrap

from .newsroom import BenchedNewsroom
from .page import Found, page
from .size import Size

SAMPLE = 1000
"""Articles by which it is told how long classifying alone takes."""


def everything(size: Size, say: Callable[[str], None]) -> str:
    """The page."""
    with TemporaryDirectory(prefix="feedsvc-bench-") as name:
        room = BenchedNewsroom(Path(name) / "room")
        room.fill(size.articles, size.words)
        say(f"{size.articles} articles are stored")
        found = [
            _edited(room, size, edit, do, say)
            for edit, do in (
                ("the first rules of all", room.bundled_rules),
                ("one topic more", room.one_topic_more),
                ("one more name of a place", room.one_name_more),
                ("one more phrase in each topic", room.a_phrase_in_each),
                ("another order of the topics", room.another_order),
            )
        ]
        return page(size, found, _classifying(room) * size.articles)


def _edited(room: BenchedNewsroom, size: Size, edit: str, do: Callable[[], None], say: Callable[[str], None]) -> Found:
    do()
    plans: Sequence[tuple[float, int]] = [_planned(room) for _ in range(size.rounds)]
    began = time.monotonic()
    with closing(room.services()) as services:
        bootstrap.configure(services, rules=True)
    apply = time.monotonic() - began
    say(f"{edit}: planned in {plans[0][0]:.1f} s, {plans[0][1]} articles move; applied in {apply:.1f} s")
    return Found(edit=edit, differing=plans[0][1], plans=[seconds for seconds, _ in plans], apply=apply)


def _planned(room: BenchedNewsroom) -> tuple[float, int]:
    began = time.monotonic()
    found = bootstrap.plan(room.config, 3, lambda _done, _of: None, room.environ)
    return time.monotonic() - began, found.differing


def _classifying(room: BenchedNewsroom) -> float:
    """CPU seconds for an article, without reading it."""
    with closing(room.services()) as services:
        articles = [seen.article for seen in services.store.look("", SAMPLE, labels=False).articles]
        began = time.thread_time()
        for _ in services.placing(articles):
            pass
        return (time.thread_time() - began) / len(articles)
