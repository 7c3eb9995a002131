"""The benchmark of growth: stores are filled, what is asked of the largest is asked, and all are compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from feedsvc.bootstrap import Services

from . import page
from .filling import fill
from .growth import Series, series
from .million import measured
from .newsroom import GrowingNewsroom
from .size import Size
from .starting import helped, served

SOURCES = 20
NOT_THERE = "PostgreSQL is not installed on this machine (Debian: apt install postgresql)"

Say = Callable[[str], None]


def everything(size: Size, keep: Path | None, say: Say) -> str:
    """The page of SQLite; its stores stay in the folder `keep`, and are taken from there."""
    with _folder(keep) as folder:
        stores = [_filled(folder / f"articles-{number}", number, say) for number in size.articles]
        with closing(stores[0].services()) as small, closing(stores[-1].services()) as large:
            found = measured(small, large, size, say)
        starts = page.Starts(
            help=[helped() for _ in range(size.rounds)],
            serve=[served(stores[-1]) for _ in range(size.rounds)],
        )
        articles = series("articles", list(zip(size.articles, stores, strict=True)), size.rounds, say)
        return page.growth(size, found, starts, [articles, *_others(folder, size, say)])


def on_postgresql(size: Size, say: Say) -> str:
    """The page of PostgreSQL. Raises RuntimeError where it is not installed."""
    from tests.postgresql import Server, programs  # noqa: PLC0415 - its driver may not be there

    found = programs()
    if found is None:
        raise RuntimeError(NOT_THERE)
    with TemporaryDirectory(prefix="feedsvc-bench-") as name, TemporaryDirectory(prefix="feedsvc-pg-") as data:
        server = Server(found, Path(data), [f"shared_buffers={size.pages_in_memory}MB"])
        server.create()
        server.start()
        try:
            few, many = (
                _filled(Path(name) / str(number), number, say, url=server.url())
                for number in (size.articles[0], size.articles[-1])
            )
            with closing(few.services()) as small, closing(many.services()) as large:
                return page.million(size, measured(small, large, size, say), _version(large))
        finally:
            server.stop("immediate")


def _others(folder: Path, size: Size, say: Say) -> Iterator[Series]:
    """By sources and by feeds, with as many articles as the smallest store has."""
    few = size.articles[0]
    by_sources = [(number, _filled(folder / f"sources-{number}", few, say, sources=number)) for number in size.sources]
    yield series("sources", by_sources, size.rounds, say)
    by_topics = [_filled(folder / f"topics-{number}", few, say, topics=number) for number in size.topics]
    yield series("feeds", [(_feeds(room), room) for room in by_topics], size.rounds, say)


def _filled(
    folder: Path, number: int, say: Say, *, sources: int = SOURCES, topics: int | None = None, url: str | None = None
) -> GrowingNewsroom:
    """A newsroom with so many articles, unless it is there already."""
    room, done = GrowingNewsroom(folder, sources, topics, url), folder / "filled"
    if not done.exists():
        began = time.monotonic()
        fill(room, number)
        done.touch()
        say(f"{folder.name}: {number:,} articles were stored in {time.monotonic() - began:.0f} s")
    return room


def _feeds(room: GrowingNewsroom) -> int:
    with closing(room.services()) as services:
        return len(services.setup.feeds)


def _version(services: Services) -> str:
    with services.store.database.reading() as connection:
        return f"PostgreSQL {connection.scalar(text('SHOW server_version'))}"


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with TemporaryDirectory(prefix="feedsvc-bench-") as name:
        yield Path(name)
