"""A draft survives being stored, whatever is in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.article import Block, Draft, Figure, Html, Medium, Paragraph, Role
from feedsvc.errors import SchemaError
from feedsvc.storage.codec import decode, encode
from feedsvc.storage.moments import moment, moment_or_none, seconds

text = st.text(st.characters(codec=None), max_size=30)
texts = st.lists(text, max_size=3).map(tuple)
times = st.datetimes(timezones=st.just(UTC)).map(lambda time: time.replace(microsecond=0))
sizes = st.none() | st.integers(0, 2**40)
media = st.builds(Medium, address=text, media_type=text, length=st.integers(0, 2**60), width=sizes, height=sizes)
roles = st.sampled_from(Role)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, text, roles),
    st.builds(Html, text, text, roles),
    st.builds(Figure, st.lists(media, max_size=3).map(tuple), text, texts),
)
drafts = st.builds(
    Draft,
    key=text,
    title=text,
    summary=text,
    content=st.lists(blocks, max_size=5).map(tuple),
    published=times,
    dated_by=text,
    language=text,
    updated=st.none() | times,
    link=st.none() | text,
    authors=texts,
    contributors=texts,
    categories=texts,
    dateline=st.none() | text,
)


@given(drafts)
def test_every_draft_comes_back_as_it_was(draft: Draft) -> None:
    stored = encode(draft)
    stored.encode()
    assert decode(stored) == draft


def test_vietnamese_is_stored_as_it_is_read() -> None:
    draft = Draft(key="k", title="Đồng Tháp", summary="", content=(), published=moment(0), dated_by="", language="vi")
    assert '"title":"Đồng Tháp"' in encode(draft)


@pytest.mark.parametrize("change", [{"v": 2}, {"content": [{"is": "hologram"}]}])
def test_what_a_later_release_stored_is_refused(change: dict[str, object]) -> None:
    draft = Draft(key="k", title="", summary="", content=(), published=moment(0), dated_by="", language="vi")
    with pytest.raises(SchemaError):
        decode(json.dumps({**json.loads(encode(draft)), **change}))


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_lose_only_their_parts_of_a_second(time: datetime) -> None:
    assert moment(seconds(time)) == time.replace(microsecond=0)
    assert moment_or_none(seconds(time)) == time - timedelta(microseconds=time.microsecond)
    assert moment_or_none(None) is None
