"""A year as a table, by habit: `python -m tests.year.report [SOURCES]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from .newsrooms import HABITS, End, Newsroom, newsrooms
from .watching import Watch, Year

SOURCES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Of one habit: numbers a source and day or year, delays in minutes, and deaths against the longest gap."""

    habit: str
    sources: int
    articles_a_day: float
    polls_a_day: float
    median: float
    late: float
    missed: int
    false_alarms: float
    wrongly_failing: int
    wrong_moves: int
    died: int
    unjudged: int
    found: int
    worst: float
    hours: float


def watched(newsroom: Newsroom) -> Year:
    """A year of one newsroom."""
    return Watch(newsroom).all_of_it()


def years(number: int, processes: int = 2) -> list[Year]:
    """The year of so many newsrooms."""
    rooms = list(newsrooms(number))
    if processes == 1:
        return [watched(room) for room in rooms]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(watched, rooms, chunksize=4))


def rows(found: Sequence[Year]) -> list[Row]:
    """A row for each habit."""
    return [_row(habit.name, [year for year in found if year.newsroom.habit == habit]) for habit in HABITS]


def table(found: Iterable[Row]) -> str:
    """The rows as a table in Markdown."""
    head = (
        "rhythm | sources | articles a day | polls a day | delay, median min | 95 % min | missed | "
        "false alarms a source-year | deaths | found | too young to judge | worst found, × longest gap | "
        "not answering: worst found after, h"
    )
    lines = [f"| {head} |", f"|{'---|' * (head.count('|') + 1)}"]
    lines += [
        f"| {row.habit} | {row.sources} | {row.articles_a_day:.1f} | {row.polls_a_day:.0f} | {row.median:.1f} | "
        f"{row.late:.1f} | {row.missed} | {row.false_alarms:.2f} | {row.died} | {row.found} | {row.unjudged} | "
        f"{row.worst:.2f} | {row.hours:.1f} |"
        for row in found
    ]
    return "\n".join(lines)


def _row(habit: str, of_it: Sequence[Year]) -> Row:
    delays = sorted(delay for year in of_it for delay in year.delays)
    dead = [year for year in of_it if year.newsroom.died is not None]
    frozen = [year for year in dead if year.newsroom.end is End.FROZEN]
    judged = [year for year in frozen if year.judged]
    ratios = [year.found / year.against.total_seconds() for year in judged if year.found and year.against]
    away = [year.found / 3600 for year in dead if year.newsroom.end is not End.FROZEN and year.found is not None]
    alive_years = sum((year.newsroom.died or 365 * 86_400) / (365 * 86_400) for year in of_it)
    return Row(
        habit=habit,
        sources=len(of_it),
        articles_a_day=sum(year.articles for year in of_it) / max(1, len(of_it)) / 365,
        polls_a_day=sum(year.polls for year in of_it) / max(1, len(of_it)) / 365,
        median=_part(delays, 0.5) / 60,
        late=_part(delays, 0.95) / 60,
        missed=sum(year.missed for year in of_it),
        false_alarms=sum(year.silences for year in of_it) / max(alive_years, 1e-9),
        wrongly_failing=sum(year.wrongly_failing for year in of_it),
        wrong_moves=sum(year.wrong_moves for year in of_it),
        died=len(dead),
        unjudged=len(frozen) - len(judged),
        found=sum(year.found is not None for year in dead),
        worst=max(ratios, default=0.0),
        hours=max(away, default=0.0),
    )


def _part(ordered: Sequence[int], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else SOURCES
    sys.stdout.write(table(rows(years(number))) + "\n")
