"""Counts which articles come into which feeds and leave them, while one after the other is looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from ..domain.applied import Seen
from ..domain.plan import Example, Motion

_Newest = defaultdict[str, list[Example]]


class Motions:
    """What was counted; as large as there are feeds, however many articles there are. `examples` are kept a feed."""

    def __init__(self, examples: int = 0) -> None:
        self.articles = self.differing = 0
        self._examples = examples
        self._stay, self._come, self._gone = Counter[str](), Counter[str](), Counter[str]()
        self._came: _Newest = defaultdict(list)
        self._left: _Newest = defaultdict(list)

    def add(self, seen: Seen, feeds: frozenset[str]) -> None:
        """An article, and the paths of the feeds that would hold it."""
        self.articles += 1
        if feeds == seen.feeds:
            self._stay.update(feeds)
            return
        self.differing += 1
        self._stay.update(feeds & seen.feeds)
        self._count(seen, feeds - seen.feeds, self._come, self._came)
        self._count(seen, seen.feeds - feeds, self._gone, self._left)

    def join(self, other: Motions) -> None:
        """What another one counted, of other articles."""
        self.articles += other.articles
        self.differing += other.differing
        self._stay.update(other._stay)
        self._come.update(other._come)
        self._gone.update(other._gone)
        for ours, theirs in ((self._came, other._came), (self._left, other._left)):
            for path, examples in theirs.items():
                for example in examples:
                    self._keep(ours[path], example)

    def motions(self) -> tuple[Motion, ...]:
        """Of each feed that changes, those that change most first."""
        found = (
            Motion(
                path=path,
                come=self._come[path],
                gone=self._gone[path],
                stay=self._stay[path],
                came=tuple(self._came.get(path, ())),
                left=tuple(self._left.get(path, ())),
            )
            for path in {*self._come, *self._gone}
        )
        return tuple(sorted(found, key=lambda one: (-one.moves, one.path)))

    def _count(self, seen: Seen, paths: Iterable[str], counts: Counter[str], newest: _Newest) -> None:
        counts.update(paths)
        if self._examples:
            draft = seen.article.draft
            example = Example(seen.article.id, draft.title, draft.published)
            for path in paths:
                self._keep(newest[path], example)

    def _keep(self, newest: list[Example], example: Example) -> None:
        """Among the newest, if it is one of them; ties by id."""
        if len(newest) == self._examples and _order(newest[-1]) > _order(example):
            return
        newest.append(example)
        newest.sort(key=_order, reverse=True)
        del newest[self._examples :]


def _order(example: Example) -> tuple[object, str]:
    return example.published, example.id
