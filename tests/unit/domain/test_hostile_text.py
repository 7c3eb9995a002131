"""Text that is made to keep a program busy is read in a time that grows with its length."""

from __future__ import annotations

import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.clean import MARKS, MOST_MARKS, one_line, printable, without_giant_tags


def seconds(text: str) -> float:
    began = time.process_time()
    printable(text)
    return time.process_time() - began


def test_marks_that_are_piled_up_are_cut_and_honest_ones_are_kept() -> None:
    honest = "Tie\u0302\u0300n Giang"
    assert printable(honest) == "Tiền Giang"
    piled = printable("a" + "\u0323\u0301" * 1000 + "b")
    assert len(piled) <= MOST_MARKS + 2
    assert (piled[0], piled[-1]) == ("ạ", "b")


def test_a_long_run_of_marks_takes_no_longer_than_its_length() -> None:
    assert seconds("a" + "\u0323\u0301" * 500_000) < 5


def test_punctuation_in_a_row_is_no_pile_of_marks() -> None:
    line = "=" * 500 + "…" * 500
    assert printable(line) == line


def test_a_tag_that_no_person_wrote_is_taken_out_and_the_text_stays() -> None:
    assert without_giant_tags("<p" + " a=1" * 50_000 + ">x</p>") == "x</p>"
    assert without_giant_tags("<p" + " a=1" * 50_000) == ""
    assert without_giant_tags("a < b > c") == "a < b > c"


def test_a_picture_within_a_tag_is_taken_out_and_the_tag_stays() -> None:
    html = f'<img src="data:image/png;base64,{"A" * 100_000}" alt="x">'
    assert without_giant_tags(html) == '<img src="data:," alt="x">'


def test_every_combining_mark_is_looked_for() -> None:
    combining = (chr(code) for code in range(0x110000) if unicodedata.combining(chr(code)))
    assert [mark for mark in combining if not MARKS.match(mark)] == []


@given(st.text())
def test_text_that_is_printable_at_a_glance_is_what_the_long_way_makes_of_it(text: str) -> None:
    assert one_line(text) == " ".join(printable(f"{text}\n").split())
