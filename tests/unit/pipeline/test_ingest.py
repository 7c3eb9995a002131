"""A pass over a source, whole: identities for ever, dates that stay, one bad record costing one record."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import pytest
from sqlalchemy import text

from feedsvc.domain.article import LabelKind
from feedsvc.domain.fetched import Request
from feedsvc.domain.language import Standing
from feedsvc.domain.matching import Scan
from feedsvc.domain.passes import ChangeKind, Outcome, RecordState
from feedsvc.domain.record import Hypertext, Parsed, RawRecord, Rejection
from feedsvc.pipeline.languages import Languages
from feedsvc.storage.store import Store
from feedsvc.text.vietnamese import Vietnamese

from .desk import MINUTE, Desk, answer, retitled, told
from .newsroom import NOW, SOURCE, with_categories

ONE = told("mot", "Lời đầu.")


class TestAnArticle:
    def test_that_is_new_gets_its_identity_and_its_own_date(self, desk: Desk) -> None:
        done, changes = desk.run(answer(ONE))
        article = desk.only()
        assert re.fullmatch(r"[a-z2-7]{16}", article.id)
        assert article.uri == f"tag:example.org,2026:a/{article.id}"
        assert (article.updated, article.published) == (article.draft.published, NOW - timedelta(days=28, hours=8))
        assert (done.outcome, done.seen, changes.count(ChangeKind.NEW)) == (Outcome.CHANGED, 1, 1)
        assert [one.draft.key for one in desk.newest(topic="politics")] == ["mot"]

    def test_that_was_updated_at_its_source_before_it_came_says_so(self, desk: Desk) -> None:
        desk.bring(replace(ONE, updated="2026-02-02T00:00:00Z"))
        assert desk.only().updated - desk.only().published == timedelta(days=1)

    def test_updated_before_it_was_published_is_as_old_as_it_is(self, desk: Desk) -> None:
        desk.bring(replace(ONE, updated="2026-01-02T00:00:00Z"))
        assert desk.only().updated == desk.only().published

    def test_unchanged_changes_nothing(self, desk: Desk) -> None:
        desk.bring(ONE)
        before = desk.only()
        done, changes = desk.run(answer(ONE))
        assert (done.outcome, done.articles, changes.changes) == (Outcome.UNCHANGED, (), ())
        assert desk.only() == before

    def test_whose_date_alone_changed_is_unchanged(self, desk: Desk) -> None:
        desk.bring(ONE)
        later = replace(ONE, published="2026-02-20T00:00:00Z", updated="2026-02-21T00:00:00Z")
        assert desk.bring(later) is Outcome.UNCHANGED

    def test_whose_terms_alone_changed_is_labelled_anew_and_keeps_its_dates(self, desk: Desk) -> None:
        desk.bring(ONE)
        before = desk.only()
        _, changes = desk.run(answer(replace(ONE, categories=("Khác",))))
        after = desk.only()
        assert changes.count(ChangeKind.RELABELLED) == 1
        assert (after.id, after.published, after.updated) == (before.id, before.published, before.updated)
        assert after.draft.categories == ("Khác",)

    def test_that_cannot_become_one_stays_rejected_without_being_read_again(self, desk: Desk) -> None:
        empty = replace(ONE, title="", content=Hypertext("<script>x</script>"))
        done, _ = desk.run(answer(empty))
        assert done.cursor.state[ONE.key] == "it has neither a title nor a text"

    def test_corrected_keeps_id_and_date_and_is_updated_now(self, desk: Desk) -> None:
        desk.bring(ONE)
        before = desk.only()
        corrected = replace(retitled(ONE, "Bàn thêm về dân vận"), published="2026-02-20T00:00:00Z")
        _, changes = desk.run(answer(corrected))
        after = desk.only()
        assert (after.id, after.uri, after.published) == (before.id, before.uri, before.published)
        assert after.draft.dated_by == before.draft.dated_by
        assert (after.draft.title, after.updated) == ("Bàn thêm về dân vận", desk.now)
        assert changes.count(ChangeKind.CORRECTED) == 1

    def test_corrected_by_a_clock_that_went_back_is_never_updated_earlier(self, desk: Desk) -> None:
        desk.bring(ONE)
        desk.bring(retitled(ONE, "Hai"))
        before = desk.only().updated
        desk.now -= 30 * MINUTE
        desk.bring(retitled(ONE, "Ba"))
        assert desk.only().updated == before

    def test_gone_is_withdrawn_and_comes_back_under_its_id(self, desk: Desk) -> None:
        desk.bring(ONE)
        before = desk.only()
        done, changes = desk.run(answer(gone=("mot", "chưa thấy")))
        assert (done.gone, changes.count(ChangeKind.WITHDRAWN)) == (("mot",), 1)
        assert (desk.newest(), desk.store.withdrawn(before.id)) == ((), True)
        assert desk.run(answer(gone=("mot",)))[0].gone == ()
        desk.bring(ONE)
        assert desk.only() == before
        assert not desk.store.withdrawn(before.id)

    def test_back_with_other_words_is_updated_now(self, desk: Desk) -> None:
        desk.bring(ONE)
        before = desk.only()
        desk.run(answer(gone=("mot",)))
        desk.bring(retitled(ONE, "Hai"))
        assert (desk.only().id, desk.only().published, desk.only().updated) == (before.id, before.published, desk.now)

    @pytest.mark.parametrize("state", [RecordState.WITHDRAWN_BY_OPERATOR, RecordState.PURGED])
    def test_that_an_operator_took_away_stays_away(self, desk: Desk, state: RecordState) -> None:
        desk.bring(ONE)
        desk.run(answer(gone=("mot",)))
        with desk.store._database.writing() as connection:
            connection.execute(text("UPDATE records SET state = :state"), {"state": state})
        done, _ = desk.run(answer(retitled(ONE, "Hai")))
        assert (done.articles, done.outcome, desk.newest()) == ((), Outcome.UNCHANGED, ())

    def test_of_another_outlet_under_the_same_key_is_another_article(self, store: Store) -> None:
        other = replace(SOURCE, id="bao-nui", outlet="bao-nui")
        desk = Desk(store, {SOURCE.id: SOURCE, other.id: other})
        desk.bring(ONE)
        desk.run(answer(ONE), other.id)
        assert len({article.id for article in desk.newest()}) == 2


class TestOneBadRecord:
    def test_of_two_under_one_key_the_first_counts(self, desk: Desk) -> None:
        done, _ = desk.run(answer(ONE, retitled(ONE, "Hai")))
        assert desk.only().draft.title == ONE.title
        assert done.rejections == (Rejection("mot", "another record of this pass has the same key"),)

    def test_without_title_and_text_is_rejected_and_the_next_goes_on(self, desk: Desk) -> None:
        done, _ = desk.run(answer(told("hai", title=""), ONE))
        assert done.rejections == (Rejection("hai", "it has neither a title nor a text"),)
        assert desk.only().draft.key == "mot"

    def test_that_raises_while_it_is_read_costs_itself(self, desk: Desk) -> None:
        broken: RawRecord = replace(told("hai", published=None), stamps=cast("tuple[datetime]", ("no time",)))
        done, _ = desk.run(answer(broken, ONE))
        assert [one.key for one in done.rejections] == ["hai"]
        assert done.rejections[0].reason.startswith("it could not be read: ")
        assert desk.only().draft.key == "mot"

    def test_that_raises_while_it_is_labelled_costs_itself(self, desk: Desk) -> None:
        class Tripping(Vietnamese):
            def standing(self, scan: Scan, start: int, end: int) -> Standing:
                raise RuntimeError(scan.text)

        desk.classifier = replace(desk.classifier, languages=Languages({"vi": Tripping()}, Tripping()))
        done, _ = desk.run(answer(told("hai", title="Mưa ở Huế"), ONE))
        assert done.rejections == (Rejection("hai", "it could not be read: RuntimeError"),)
        assert desk.only().draft.key == "mot"

    def test_answer_that_cannot_be_read_costs_itself(self, desk: Desk) -> None:
        desk.kind.others = {"fake:2": RuntimeError("oh"), "fake:3": answer(told("ba"))}
        follow = (Request(address="fake:2", context={"key": "hai"}), Request(address="fake:3"))
        done, _ = desk.run(Parsed(records=(ONE,), held=3, follow=follow, cursor={"seen": 1}))
        assert done.rejections == (Rejection("hai", "it could not be read: RuntimeError"),)
        assert {article.draft.key for article in desk.newest()} == {"mot", "ba"}

    def test_when_all_are_bad_the_pass_says_so(self, desk: Desk) -> None:
        assert desk.bring(told("hai", title="")) is Outcome.ALL_REJECTED


def test_labels_are_stored_with_their_reasons(desk: Desk) -> None:
    desk.sources = {SOURCE.id: with_categories(Cầu="sport")}
    desk.bring(replace(ONE, categories=("Cầu",)))
    labels = desk.only().labelled(LabelKind.TOPIC)
    assert {label.slug: label.reason[0].field for label in labels} == {"dan-van": "title", "sport": "category"}
