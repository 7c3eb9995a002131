"""When a change shows in the newest entries of a feed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.storage.documents import Position, document_moves

positions = st.frozensets(st.tuples(st.integers(0, 9), st.sampled_from("abc")), max_size=12)


@given(held=positions, came=positions, other=positions, window=st.integers(1, 5), data=st.data())
def test_a_document_moves_when_its_newest_entries_would_read_differently(
    held: frozenset[Position], came: frozenset[Position], other: frozenset[Position], window: int, data: st.DataObject
) -> None:
    went = data.draw(st.frozensets(st.sampled_from(sorted(held)))) if held else frozenset[Position]()
    came = came - held
    rewritten = (other & held) - went
    newest = sorted(held, reverse=True)
    after = sorted((held - went) | came, reverse=True)
    read_before = [(position, "old") for position in newest[:window]]
    read_after = [(position, "new" if position in rewritten else "old") for position in after[:window]]
    moves = document_moves(newest[:window], window, came=came, touched=came | went | rewritten)
    assert moves == (read_before != read_after)
