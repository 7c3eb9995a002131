"""Decides what happens to one article: pure, from what is stored of it and what it shall be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.article import Article, Label, reads_alike
from ..domain.passes import ChangeKind, Placed
from .feed_paths import path_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is stored of an article: `labels` with their row ids, and the paths of the `feeds` that hold it."""

    id: str
    uri: str
    source: str
    fingerprint: str
    published: datetime
    dated_by: str
    live: bool
    labels: Mapping[Label, int]
    feeds: frozenset[str]

    def reads_as(self, placed: Placed) -> bool:
        """Whether it is live, with the text that the labels were made from: a pass may have come between."""
        return self.live and self.fingerprint == placed.article.fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One change of one article.

    `text` is what to write where words change, `fresh` says that nothing is stored yet. A feed that
    stands in both `left` and `entered` keeps the article, at a new place in its log. `touched` are
    the feeds in whose document it shows, if it stands in there at all.
    """

    kind: ChangeKind
    article: str
    published: datetime
    text: Article | None = None
    fresh: bool = False
    ended: tuple[int, ...] = ()
    begun: tuple[Label, ...] = ()
    left: frozenset[str] = frozenset()
    entered: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()


def place(held: Held | None, placed: Placed) -> Move | None:
    """The article comes, comes back, is corrected or only labelled anew; None when nothing differs."""
    article = placed.article
    if held is None:
        feeds = _paths(placed)
        return Move(
            kind=ChangeKind.NEW,
            article=article.id,
            published=article.published,
            text=article,
            fresh=True,
            begun=tuple(dict.fromkeys(article.labels)),
            entered=feeds,
            touched=feeds,
        )
    if held.live and (held.fingerprint, held.source) == (article.fingerprint, article.source):
        return relabel(held, placed)
    if held.live and reads_alike(held.fingerprint, article.fingerprint):
        unmoved = Move(kind=ChangeKind.RELABELLED, article=held.id, published=held.published)
        return replace(relabel(held, placed) or unmoved, text=_text(held, placed))
    return _rewrite(held, placed)


def relabel(held: Held, placed: Placed) -> Move | None:
    """Labels and feeds as they are given, the words as they are stored; None when nothing differs."""
    ended, begun = _labels(held, placed)
    feeds = _paths(placed)
    if not (ended or begun) and feeds == held.feeds:
        return None
    visible = _shown(held.labels) != _shown(placed.article.labels)
    return Move(
        kind=ChangeKind.RELABELLED,
        article=held.id,
        published=held.published,
        ended=ended,
        begun=begun,
        left=held.feeds - feeds,
        entered=feeds - held.feeds,
        touched=held.feeds | feeds if visible else held.feeds ^ feeds,
    )


def shows(move: Move) -> bool:
    """Whether readers see it in feeds that the article neither enters nor leaves."""
    return bool(move.touched - move.entered - move.left)


def withdraw(held: Held) -> Move:
    """The article leaves every feed; its labels stay with it."""
    return Move(
        kind=ChangeKind.WITHDRAWN,
        article=held.id,
        published=held.published,
        left=held.feeds,
        touched=held.feeds,
    )


def expired(article: str, published: datetime, feeds: Iterable[str]) -> Move:
    """The article goes for good, and with it, whatever is written of labels and feeds: none of these rows is kept."""
    return Move(kind=ChangeKind.EXPIRED, article=article, published=published, touched=frozenset(feeds))


def _rewrite(held: Held, placed: Placed) -> Move:
    """New words under the old identity, which enter every feed anew: closed archive pages stay as they are."""
    ended, begun = _labels(held, placed)
    feeds = _paths(placed)
    return Move(
        kind=ChangeKind.CORRECTED if held.live else ChangeKind.NEW,
        article=held.id,
        published=held.published,
        text=_text(held, placed),
        ended=ended,
        begun=begun,
        left=held.feeds,
        entered=feeds,
        touched=held.feeds | feeds,
    )


def _text(held: Held, placed: Placed) -> Article:
    """What to write: the new words with what never moves."""
    draft = replace(placed.article.draft, published=held.published, dated_by=held.dated_by)
    return replace(placed.article, uri=held.uri, draft=draft)


def _paths(placed: Placed) -> frozenset[str]:
    return frozenset(map(path_of, placed.feeds))


def _labels(held: Held, placed: Placed) -> tuple[tuple[int, ...], tuple[Label, ...]]:
    wanted = dict.fromkeys(placed.article.labels)
    ended = tuple(row for label, row in held.labels.items() if label not in wanted)
    return ended, tuple(label for label in wanted if label not in held.labels)


def _shown(labels: Iterable[Label]) -> frozenset[tuple[str, str, int, bool]]:
    """What a document may show of labels: a reason or a strength that changed moves no feed."""
    return frozenset((label.kind.value, label.slug, label.rank, label.derived) for label in labels)
