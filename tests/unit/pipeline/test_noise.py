"""T14, T16: only words that a reader sees move `updated`, and what changes without end does not cost without end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.domain.article import Figure, Html
from feedsvc.domain.passes import ChangeKind
from feedsvc.domain.record import Hypertext, RawRecord
from feedsvc.pipeline.identify import MOST_UNSAID

from .desk import Desk, answer

HOUR = timedelta(hours=1)


def entry(html: str = "<p>Một đoạn văn.</p>", **more: str) -> RawRecord:
    one = RawRecord(
        key="tin", title="Tin", content=Hypertext(html), link="https://bao.example/1", published="2026-02-01T08:00:00Z"
    )
    return replace(one, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>Đoạn.</p><p>Lượt xem: 1</p>", "<p>Đoạn.</p><p>Lượt xem: 2</p>"),
        ("<p>Đoạn.</p><img src='https://a.example/a.jpg?X-Sig=1'>", "<p>Đoạn.</p><img src='https://a.example/a.jpg?X-Sig=2'>"),
        ("<p>Đoạn.</p><img src='https://cdn1.example/a.jpg'>", "<p>Đoạn.</p><img src='https://cdn2.example/a.jpg'>"),
        ("<p>Đoạn.</p><img width=1 src='https://ads.example/1'>", "<p>Đoạn.</p><img width=1 src='https://ads.example/2'>"),
        ("<p><a href='https://a.example/?utm_id=1'>Đoạn.</a></p>", "<p><a href='https://a.example/?utm_id=2'>Đoạn.</a></p>"),
        ("<p>Đoạn.</p>", "<p class=a data-id=7>Đoạn.</p><!-- 8 -->"),
        ("<p>Đoạn.</p>", "<p>Đoạn.</p><script>ad(9)</script>"),
    ],
    ids="counter signature cdn pixel tracking markup script".split(),
)  # fmt: skip
def test_noise_moves_no_date(desk: Desk, one: str, other: str) -> None:
    desk.bring(entry(one))
    before = desk.only()
    _, changes = desk.run(answer(entry(other)))
    assert (desk.only().updated, desk.only().id) == (before.updated, before.id)
    assert changes.count(ChangeKind.CORRECTED) == 0
    assert changes.feeds == frozenset()


def test_the_address_of_a_picture_is_kept_up_so_that_it_can_be_seen(desk: Desk) -> None:
    desk.bring(entry("<p>Đoạn.</p><img src='https://a.example/a.jpg?sig=1'>"))
    desk.bring(entry("<p>Đoạn.</p><img src='https://a.example/a.jpg?sig=2'>"))
    (figure,) = (block for block in desk.only().draft.content if isinstance(block, Figure))
    assert figure.pictures[0].address == "https://a.example/a.jpg?sig=2"


def signed(number: int) -> RawRecord:
    return entry(f"<p>Đoạn.</p><img src='https://a.example/a.jpg?sig={number}'>")


def test_an_address_that_changes_with_every_fetch_is_written_so_often_and_then_once_a_day(desk: Desk) -> None:
    desk.bring(signed(0))
    moved = [desk.run(answer(signed(number)))[1].changes for number in range(1, 60)]
    assert sum(map(bool, moved)) == MOST_UNSAID
    desk.now += timedelta(days=1)
    assert desk.run(answer(signed(60)))[1].changes
    assert not desk.run(answer(signed(61)))[1].changes


def test_words_that_change_without_end_are_corrections_so_often_and_then_once_a_day(desk: Desk) -> None:
    desk.bring(entry())
    for number in range(60):
        desk.bring(entry(f"<p>Bây giờ là {number} giờ của trang này.</p>"))
    (block,) = desk.only().draft.content
    assert isinstance(block, Html)
    assert block.text == f"Bây giờ là {MOST_UNSAID - 1} giờ của trang này."
    desk.now += timedelta(days=1)
    desk.bring(entry("<p>Lời cuối.</p>"))
    (block,) = desk.only().draft.content
    assert isinstance(block, Html)
    assert block.text == "Lời cuối."


def test_a_change_that_the_source_states_always_counts(desk: Desk) -> None:
    desk.bring(entry())
    for number in range(40):
        desk.bring(entry(f"<p>Cập nhật lần {number}.</p>", updated=f"2026-02-01T09:{number:02}:00Z"))
    (block,) = desk.only().draft.content
    assert isinstance(block, Html)
    assert block.text == "Cập nhật lần 39."


def test_a_statement_without_a_change_moves_nothing(desk: Desk) -> None:
    desk.bring(entry())
    before = desk.only()
    for minute in range(5):
        assert not desk.run(answer(entry(updated=f"2026-02-01T09:{minute:02}:00Z")))[1].changes
    assert desk.only() == before


def test_a_record_as_it_was_is_not_understood_again(desk: Desk) -> None:
    desk.bring(entry())
    done, changes = desk.run(answer(entry()))
    assert (done.marks, changes.changes) == ({}, ())
    done, _ = desk.run(answer(entry("<p>Khác.</p>")))
    assert set(done.marks) == {"tin"}


def test_a_record_of_another_configuration_is_understood_again(desk: Desk) -> None:
    desk.bring(entry())
    desk.sources = {name: replace(source, zone="UTC") for name, source in desk.sources.items()}
    done, changes = desk.run(answer(entry()))
    assert (set(done.marks), changes.changes) == ({"tin"}, ())
