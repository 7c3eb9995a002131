"""A year of newsrooms: the dead are found in time, the living are left in peace, and nobody is polled too much."""

from __future__ import annotations

import pytest

from .report import rows, table, years

SOURCES = 21
"""Three of every rhythm; `python -m tests.year.report` shows 300."""


@pytest.mark.slow
def test_a_year_of_polling_finds_the_dead_and_leaves_the_living_in_peace() -> None:
    found = rows(years(SOURCES))
    shown = table(found)
    whole = sum(row.false_alarms * row.sources for row in found) / SOURCES
    assert whole <= 1, shown
    for row in found:
        assert row.worst <= 1.6, shown
        assert row.died - row.unjudged == row.found, shown
        assert (row.wrongly_failing, row.wrong_moves) == (0, 0), shown
        assert row.polls_a_day <= 289, shown
        assert row.late <= 120, shown
