"""From what was found in the normal form of a text back to the text."""

from __future__ import annotations

from feedsvc.domain.matching import Scan

PLAIN = Scan("Sáng nay mưa to ở Huế và lũ lên", "Sáng nay mưa to ở Huế và lũ lên", ())


def test_where_both_are_as_long_a_place_is_a_place() -> None:
    assert PLAIN.place(18, 21) == (18, 21)
    assert PLAIN.words(18, 21) == "Huế"


def test_where_they_are_not_each_character_leads_back() -> None:
    scan = Scan("e\u0302\u0323 o", "ệ o", (), ((0, 3), (3, 4), (4, 5)))
    assert scan.place(0, 1) == (0, 3)
    assert scan.words(0, 3) == "e\u0302\u0323 o"


def test_what_stands_around_is_cut_between_words_and_says_so() -> None:
    assert PLAIN.around(18, 21, 9) == ("…to ở ", " và lũ…")


def test_what_stands_around_is_all_there_is_in_a_short_text() -> None:
    assert PLAIN.around(18, 21, 99) == ("Sáng nay mưa to ở ", " và lũ lên")


def test_one_long_word_around_is_cut_within() -> None:
    scan = Scan("a" * 20 + "Huế" + "b" * 20, "a" * 20 + "Huế" + "b" * 20, ())
    assert scan.around(20, 23, 5) == ("…aaaaa", "bbbbb…")
