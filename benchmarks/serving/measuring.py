"""Everything about serving, part by part; each gives a page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from . import beside, commits, page, rates, walking
from .programs import require
from .running import Cores
from .size import Size

Say = Callable[[str], None]


def everything(size: Size, parts: Collection[str], say: Say) -> Iterator[str]:
    """The page of each of these parts, all of them for none. Raises Missing, and Failed where answers are wrong."""
    require()
    for name, part in PARTS.items():
        if not parts or name in parts:
            with TemporaryDirectory(prefix="feedsvc-bench-") as folder:
                Path(folder).chmod(0o755)  # nginx and PostgreSQL may be others
                yield part(Path(folder), size, Cores.of_this_machine(), say)


def _rates(folder: Path, size: Size, cores: Cores, say: Say) -> str:
    return page.rates_page(size, rates.measured(folder, size, cores, say))


def _beside(folder: Path, size: Size, cores: Cores, say: Say) -> str:
    return page.beside_page(size, beside.measured(folder, size, cores, say))


def _commits(folder: Path, size: Size, _: Cores, say: Say) -> str:
    return page.commits_page(size, commits.measured(folder, size, say))


def _walk(folder: Path, size: Size, cores: Cores, say: Say) -> str:
    return page.walk_page(size, walking.measured(folder, size, cores, say))


PARTS: Mapping[str, Callable[[Path, Size, Cores, Say], str]] = {
    "rates": _rates,
    "beside": _beside,
    "commits": _commits,
    "walk": _walk,
}
"""By the name that the command knows them by."""
