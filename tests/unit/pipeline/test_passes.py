"""Passes as a whole, their pictures, and labels made anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from feedsvc.domain.article import Draft, Figure, Medium, Paragraph, Role, reads_alike
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.fetched import Request
from feedsvc.domain.passes import Outcome, Pass
from feedsvc.domain.record import Line, Parsed, PictureNames, PlainText, RawRecord, Refusal, WantedPicture
from feedsvc.domain.rule import Phrase
from feedsvc.domain.source import Json
from feedsvc.errors import MediaRefused, StoreError
from feedsvc.pipeline.fingerprint import fingerprint
from feedsvc.pipeline.harvest import BODY
from tests.fakes.media import FakeMedia

from .desk import MINUTE, Desk, answer, told
from .newsroom import EVERY, NOW, SOURCE, VIETNAMESE, classifier_of, draft, taxonomy_of, topic

ONE = told("mot", "Lời đầu.")


class Refusing(FakeMedia):
    """Keeps nothing."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def keep(self, name: str, body: bytes) -> Medium:
        raise self.error


def kept(done: Pass) -> dict[str, Json]:
    """What the kind itself remembers."""
    return {name: value for name, value in done.cursor.state.items() if name != BODY}


class TestAPass:
    def test_that_cannot_read_its_first_answer_changes_nothing(self, desk: Desk) -> None:
        desk.run(answer(ONE, cursor={"n": 1}))
        done, changes = desk.run(RuntimeError("oh"))
        assert (done.outcome, done.message) == (Outcome.PARSE_FAILED, "it could not be read: RuntimeError")
        assert (changes.changes, kept(done)) == ((), {"n": 1})

    def test_that_fetches_nothing_changes_nothing(self, desk: Desk) -> None:
        desk.run(answer(ONE, cursor={"n": 1}))
        before = desk.newest()
        desk.fetcher.failing = {"fake:first"}
        done, changes = desk.run(answer(gone=("mot",)))
        assert (done.outcome, done.message, kept(done)) == (Outcome.FETCH_FAILED, "it is away", {"n": 1})
        assert (changes.changes, desk.newest()) == ((), before)
        assert done.next_poll == desk.now + EVERY

    def test_that_is_refused_withdraws_nothing_and_says_how_many_are_missing(self, desk: Desk) -> None:
        desk.bring(ONE)
        done, changes = desk.run(Parsed(refusal=Refusal("the folder is empty", 1)))
        assert (done.outcome, done.message) == (
            Outcome.REFUSED,
            "the folder is empty; 1 articles kept, until fetched with --accept-deletions",
        )
        assert (changes.changes, len(desk.newest())) == ((), 1)

    def test_whose_failure_is_a_refusal_is_refused(self, desk: Desk) -> None:
        desk.fetcher.failing = {"fake:first"}
        desk.kind.absence = Parsed(refusal=Refusal("it is away", 0))
        done, _ = desk.run(Parsed())
        assert (done.outcome, done.message) == (Outcome.REFUSED, "it is away")

    def test_without_news_is_unchanged_and_an_empty_source_is_empty(self, desk: Desk) -> None:
        assert desk.run(Parsed())[0].outcome is Outcome.EMPTY
        desk.fetcher.unchanged = {"fake:first"}
        assert desk.run(answer(ONE))[0].outcome is Outcome.UNCHANGED
        assert desk.newest() == ()

    def test_whose_answer_is_no_such_thing_is_a_failed_reading_and_changes_nothing(self, desk: Desk) -> None:
        desk.bring(ONE)
        done, changes = desk.run(Parsed(unreadable="it is an HTML page and no feed"))
        assert (done.outcome, done.message) == (Outcome.PARSE_FAILED, "it is an HTML page and no feed")
        assert (changes.changes, len(desk.newest())) == ((), 1)

    def test_follows_from_answer_to_answer_and_advances_the_cursor_by_each(self, desk: Desk) -> None:
        desk.kind.others = {"fake:2": answer(told("hai"), cursor={"b": 2, "a": None})}
        done, _ = desk.run(Parsed(held=1, follow=(Request(address="fake:2"),), cursor={"a": 1}))
        assert desk.fetcher.asked == ["fake:first", "fake:2"]
        assert kept(done) == {"b": 2}

    def test_cut_short_is_due_again_at_once(self, desk: Desk) -> None:
        assert desk.run(Parsed(more=True))[0].next_poll == desk.now

    def test_asks_with_the_word_of_the_operator(self, desk: Desk) -> None:
        desk.run(Parsed())
        desk.run(Parsed(), accept=True)
        assert desk.kind.accepted[-2:] == [False, True]

    def test_in_a_circle_ends(self, desk: Desk) -> None:
        desk.kind.others = {"fake:2": Parsed(follow=(Request(address="fake:2"),))}
        done, _ = desk.run(Parsed(follow=(Request(address="fake:2"),)))
        assert done.next_poll == desk.now


class TestPictures:
    def illustrated(self) -> RawRecord:
        want = WantedPicture("a.jpg", ("a", "a.jpg"), Request(address="fake:a.jpg"))
        content = PlainText((Line("Lời đầu."), PictureNames(("a",))))
        return replace(ONE, content=content, wants=(want,))

    def test_are_taken_in_and_stand_in_their_figures(self, desk: Desk) -> None:
        desk.fetcher.bodies = {"fake:a.jpg": b"jpeg"}
        desk.bring(self.illustrated())
        figure = desk.only().draft.content[1]
        assert isinstance(figure, Figure)
        assert figure.pictures == (desk.media.keep("a.jpg", b"jpeg"),)

    def test_that_cannot_be_fetched_or_kept_are_as_if_they_were_not_there(self, desk: Desk) -> None:
        desk.fetcher.failing = {"fake:a.jpg"}
        desk.bring(self.illustrated())
        assert desk.only().draft.content == (Paragraph("Lời đầu.", Role.LEAD),)
        desk.fetcher.failing = set()
        desk.media = Refusing(MediaRefused("a.jpg", "no picture"))
        assert desk.bring(self.illustrated()) is Outcome.UNCHANGED

    def test_that_find_no_room_end_the_pass_with_nothing_stored(self, desk: Desk) -> None:
        desk.media = Refusing(StoreError("the disk is full"))
        with pytest.raises(StoreError):
            desk.bring(self.illustrated())
        assert desk.newest() == ()


class TestRelabelling:
    def test_after_a_change_of_rules_moves_labels_and_feeds_and_nothing_else(self, desk: Desk) -> None:
        desk.bring(ONE, told("hai", title="Bóng đá"))
        before = {article.id: article for article in desk.newest()}
        classifier = classifier_of(taxonomy_of((topic("sport", Phrase("bóng đá")), topic("politics", Phrase("x")))))
        found = desk.apply(classifier)
        assert (found.articles, found.differing) == (2, 2)
        after = {article.id: article for article in desk.newest()}
        assert [article.draft.key for article in desk.newest(topic="sport")] == ["hai"]
        assert (desk.newest(topic="dan-van"), desk.newest(topic="politics")) == ((), ())
        for key, article in after.items():
            assert replace(article, labels=before[key].labels) == before[key]

    def test_leaves_alone_what_is_of_no_source_any_more_or_cannot_be_labelled(self, desk: Desk) -> None:
        desk.bring(ONE)
        before = desk.only()
        for sources in ({}, {SOURCE.id: replace(SOURCE, zone="No/Where")}):
            desk.sources = sources
            found = desk.apply()
            assert (found.articles, found.differing) == (1, 0)
            assert desk.only() == before

    def test_with_the_same_rules_changes_nothing(self, desk: Desk) -> None:
        desk.bring(ONE)
        before = desk.store.feed(FeedKey())
        assert desk.apply().differing == 0
        assert desk.store.feed(FeedKey()) == before


class TestFingerprints:
    def test_do_not_move_with_dates_or_the_words_of_a_decision(self) -> None:
        one = draft("Tin", "Lời đầu.")
        moved = replace(one, published=NOW + MINUTE, updated=NOW, dated_by="x", dateline="ĐBS")
        assert fingerprint(moved, VIETNAMESE) == fingerprint(one, VIETNAMESE)

    def test_read_alike_when_only_the_terms_for_rules_moved(self) -> None:
        one = draft("Tin", "Lời đầu.")
        tagged, renamed = replace(one, categories=("a",)), replace(one, title="Khác")
        assert fingerprint(tagged, VIETNAMESE) != fingerprint(one, VIETNAMESE)
        assert reads_alike(fingerprint(tagged, VIETNAMESE), fingerprint(one, VIETNAMESE))
        assert not reads_alike(fingerprint(renamed, VIETNAMESE), fingerprint(one, VIETNAMESE))

    @pytest.mark.parametrize(
        "change",
        [
            lambda one: replace(one, title="Khác"),
            lambda one: replace(one, summary="Khác"),
            lambda one: replace(one, content=()),
            lambda one: replace(one, authors=("A",)),
            lambda one: replace(one, contributors=("A",)),
        ],
        ids="title summary content authors contributors".split(),
    )
    def test_move_with_the_words_that_a_reader_sees(self, change: Callable[[Draft], Draft]) -> None:
        one = draft("Tin", "Lời đầu.")
        assert not reads_alike(fingerprint(change(one), VIETNAMESE), fingerprint(one, VIETNAMESE))

    def test_tell_a_caption_from_a_paragraph(self) -> None:
        captioned = replace(draft(), content=(Paragraph("x", Role.CAPTION),))
        assert fingerprint(captioned, VIETNAMESE) != fingerprint(
            replace(draft(), content=(Paragraph("x"),)), VIETNAMESE
        )
