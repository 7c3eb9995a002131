"""Steps become smaller where others would wait, and larger where nobody does."""

from __future__ import annotations

import pytest

from feedsvc.pipeline.strides import LONG, SHORT, Stride


@pytest.mark.parametrize(
    ("size", "seconds", "following"),
    [
        (10, LONG * 1.1, 5),
        (10, LONG, 10),
        (10, SHORT, 10),
        (10, SHORT * 0.9, 16),
        (2, LONG * 9, 2),
        (90, 0, 100),
    ],
    ids=["long", "just not long", "just not short", "short", "never less than the least", "never more than the most"],
)
def test_a_stride_follows_from_how_long_the_last_step_took(size: int, seconds: float, following: int) -> None:
    assert Stride(size=size, least=2, most=100).after(seconds) == Stride(size=following, least=2, most=100)


def test_nothing_long_comes_of_nothing() -> None:
    assert Stride(size=1, most=9).after(1).size == 1
