"""What feedgen writes in one go is parted where its elements begin, and nothing of it is lost."""

from __future__ import annotations

from feedsvc.formats.framed import parted

END = b"</f>"


def test_each_element_reaches_to_the_next_and_the_last_to_the_end() -> None:
    one, other = b"<entry>1 \n</entry>", b'<entry xml:lang="vi"><entryway/></entry>'
    assert parted(b"<f><id/>" + one + other + one + END, b"entry", END) == [one, other, one]


def test_without_elements_there_are_no_parts() -> None:
    assert parted(b"<f><entryway/>" + END, b"entry", END) == []


def test_where_the_end_is_missing_the_last_reaches_as_far_as_there_is_anything() -> None:
    assert parted(b"<f><item>1</item>", b"item", END) == [b"<item>1</item>"]
