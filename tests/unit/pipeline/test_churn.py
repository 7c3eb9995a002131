"""T13, T14: an entry keeps its identity whatever its source does to its guid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from feedsvc.domain.passes import ChangeKind
from feedsvc.domain.record import Hypertext, RawRecord
from feedsvc.pipeline import churn

from .desk import Desk, answer


def entry(number: int, guid: str, *, title: str | None = None, day: int | None = None, link: str = "") -> RawRecord:
    """An entry as a feed's reader hands it over: under its guid, with the key it would have without."""
    link = link or f"https://bao.example/{number}.html"
    return RawRecord(
        key=guid,
        title=title or f"Tin số {number}",
        content=Hypertext(f"<p>Đoạn văn của tin {number}.</p>"),
        link=link,
        published=f"2026-02-{day or number:02}T08:00:00Z",
        alternative=link,
    )


def feed(numbers: Sequence[int], fetch: int) -> list[RawRecord]:
    """The feed of a source that makes its guids anew at every request."""
    return [entry(number, f"guid-{fetch}-{number}") for number in numbers]


def ids(desk: Desk) -> set[str]:
    return {article.id for article in desk.newest()}


def test_guids_that_change_with_every_fetch_make_no_articles(desk: Desk) -> None:
    desk.bring(*feed(range(1, 6), 0))
    first = ids(desk)
    for fetch in range(1, 6):
        desk.bring(*feed(range(1, 6), fetch))
        assert ids(desk) == first
    assert all(article.updated == article.published for article in desk.newest())


def test_such_a_source_is_noticed_once_and_goes_by_links_from_then_on(desk: Desk) -> None:
    desk.bring(*feed(range(1, 6), 0))
    done, _ = desk.run(answer(*feed(range(1, 6), 1)))
    assert (done.message, done.cursor.state[churn.STATE]) == (churn.NOTE, churn.BY_LINK)
    done, changes = desk.run(answer(*feed(range(1, 7), 2)))
    assert (done.message, changes.count(ChangeKind.NEW), len(ids(desk))) == ("", 1, 6)
    done, changes = desk.run(answer(*feed(range(1, 7), 3)))
    assert changes.changes == ()


def test_such_a_source_can_still_correct_a_title(desk: Desk) -> None:
    for fetch in range(3):
        desk.bring(*feed(range(1, 6), fetch))
    _, changes = desk.run(answer(entry(1, "guid-9-1", title="Tin số một"), *feed(range(2, 6), 9)))
    assert changes.count(ChangeKind.CORRECTED) == 1
    assert "Tin số một" in {article.draft.title for article in desk.newest()}


def test_what_its_records_are_known_by_does_not_grow_with_every_fetch(desk: Desk) -> None:
    for fetch in range(8):
        desk.bring(*feed(range(1, 6), fetch))
    with desk.store._database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM records").scalar_one()
    assert rows <= 10


def test_one_guid_that_changes_with_an_edit_keeps_its_article(desk: Desk) -> None:
    desk.bring(*feed(range(1, 6), 0))
    before = ids(desk)
    desk.bring(replace(entry(1, "sửa-lần-2", title="Tin số một, sửa"), published="2026-02-01T08:00:00Z"))
    desk.bring(replace(entry(1, "sửa-lần-3", title="Tin số một, sửa"), published="2026-02-20T08:00:00Z"))
    assert ids(desk) == before
    assert "Tin số một, sửa" in {article.draft.title for article in desk.newest()}


def test_a_page_that_bears_a_new_story_each_day_bears_new_articles(desk: Desk) -> None:
    page = "https://bao.example/ban-tin"
    for day in range(1, 6):
        desk.bring(entry(day, f"ban-tin-{day}", link=page))
    assert len(ids(desk)) == 5


def test_two_entries_of_one_feed_at_one_address_are_two_articles(desk: Desk) -> None:
    page = "https://bao.example/truc-tuyen"
    one, two = (replace(entry(1, f"g{n}", link=page), alternative=page) for n in (1, 2))
    desk.bring(one)
    desk.bring(one, two)
    assert len(ids(desk)) == 2


def test_the_guids_of_a_new_system_are_taken_for_new_names_of_the_same(desk: Desk) -> None:
    desk.bring(*feed(range(1, 9), 0))
    before = ids(desk)
    new = [entry(number, f"https://moi.example/?p={number}") for number in range(1, 9)]
    desk.bring(*new)
    desk.bring(*new)
    assert ids(desk) == before


def test_ordinary_news_is_no_churn(desk: Desk) -> None:
    for first in range(1, 15):
        done, changes = desk.run(answer(*(entry(number, f"tin-{number}") for number in range(first, first + 6))))
        assert done.message == ""
        assert changes.count(ChangeKind.NEW) == (6 if first == 1 else 1)
    assert len(ids(desk)) == 19


def test_what_retention_or_an_operator_took_away_does_not_come_back_under_another_guid(desk: Desk) -> None:
    desk.bring(*feed(range(1, 6), 0))
    with desk.store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE records SET state = 'purged'")
        connection.exec_driver_sql("UPDATE articles SET withdrawn_at = 1")
        connection.exec_driver_sql("UPDATE entries SET left_seq = 99")
    for fetch in range(1, 4):
        desk.bring(*feed(range(1, 6), fetch))
    assert ids(desk) == set()
