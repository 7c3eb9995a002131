"""Which topics an article has, in which order, and why."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import product
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.article import Draft, Evidence, Label, LabelKind, Origin
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.rule import FIELDS, Phrase, Rule
from feedsvc.domain.source import Source
from feedsvc.pipeline.classify import Classifier
from feedsvc.pipeline.explain import explain
from feedsvc.pipeline.topics import BESIDE, SOURCE_STRENGTH

from .newsroom import CLASSIFIER, SOURCE, classifier_of, draft, taxonomy_of, topic, with_categories


def topics(one: Draft, source: Source = SOURCE, classifier: Classifier = CLASSIFIER) -> list[str]:
    return [label.slug for label in found(one, source, classifier)]


def found(one: Draft, source: Source = SOURCE, classifier: Classifier = CLASSIFIER) -> list[Label]:
    return [label for label in classifier.labels(source, one) if label.kind is LabelKind.TOPIC]


def test_below_the_threshold_there_is_no_label() -> None:
    assert topics(draft("Giải bóng đá", "Trận đầu mở màn.")) == []
    assert topics(draft("Giải bóng đá", "Mưa trên sân cỏ.")) == ["sport"]


def test_a_phrase_counts_once_however_often_it_stands_there() -> None:
    assert topics(draft("Bóng đá", "Bóng đá, bóng đá.", "Bóng đá")) == []


def test_a_phrase_counts_only_in_its_fields() -> None:
    assert topics(draft("Tin", "", "Bàn về dân vận.")) == []
    assert topics(draft("Bàn về dân vận")) == ["dan-van"]
    assert topics(draft("Tin", "Bàn về dân vận.")) == ["dan-van"]
    assert topics(draft("Tin", caption="Bàn về dân vận.")) == []


def test_case_counts_where_it_is_asked_for() -> None:
    assert topics(draft("Tin", "", "Mô hình dân vận khéo.")) == []
    assert topics(draft("Tin", "", "Mô hình Dân vận khéo.")) == ["dan-van"]


def test_words_covered_by_an_exception_count_for_nothing() -> None:
    assert topics(draft("Nhân dân vận động nhau")) == []
    assert topics(draft("Nhân dân vận động nhau làm dân vận")) == ["dan-van"]


def test_a_phrase_of_none_takes_the_label_away() -> None:
    assert topics(draft("Giải bóng đá", "Mưa trên sân cỏ.", "Không có cá độ.")) == []


def test_a_label_says_the_rule_the_field_and_the_words_the_most_telling_first() -> None:
    [label] = found(draft("Tin", "Họp về DÂN VẬN ở xã.", "Làm tốt công tác dân vận."))
    assert label.reason == (
        Evidence("phrase “dân vận” (weight 2)", "lead", "DÂN VẬN", "Họp về ", " ở xã."),
        Evidence("phrase “công tác dân vận” (weight 1)", "body", "công tác dân vận", "Làm tốt ", "."),
    )
    assert (label.origin, label.derived) == (Origin.RULE, False)


def test_the_most_prominent_field_of_a_phrase_is_its_reason_and_makes_its_strength() -> None:
    [label] = found(draft("Thủ tướng đến xã", "Thủ tướng thăm chợ."))
    assert label.reason[0].field == "title"
    assert label.strength == 8.25


def test_topics_stand_strongest_first_and_the_first_is_primary() -> None:
    labels = found(draft("Bộ Chính trị bàn về dân vận", "Thủ tướng dự."))
    assert [(label.slug, label.rank) for label in labels] == [("dan-van", 0), ("politics", 1)]


def test_a_topic_that_is_weak_beside_the_first_is_not_given_and_says_so() -> None:
    one = draft("Bàn về dân vận", "Bộ Chính trị ra văn bản.", "Thủ tướng dự.")
    assert topics(one) == ["dan-van"]
    [miss] = explain(CLASSIFIER, SOURCE, one).misses
    assert (miss.slug, miss.why) == ("politics", "its strength is 4.7, and 6.4 is needed beside the first")


def test_one_that_the_source_gives_is_given_however_strong_another_is() -> None:
    source = replace(SOURCE, topics=("sport",))
    assert topics(draft("Bàn về dân vận", "Bàn về công tác dân vận.", "Dân vận khéo."), source) == ["dan-van", "sport"]


def test_of_equally_strong_topics_the_narrower_one_comes_first_then_the_order_of_the_file() -> None:
    rules = (topic("a", Phrase("lúa")), topic("b", Phrase("lúa")), topic("c", Phrase("lúa"), parent="a"))
    assert topics(draft("Lúa chín"), classifier=classifier_of(taxonomy_of(rules))) == ["c", "a", "b"]


def test_a_parent_gets_no_label_but_its_feeds_hold_the_article() -> None:
    labels = CLASSIFIER.labels(SOURCE, draft("Bàn về dân vận"))
    assert [label.slug for label in labels] == ["dan-van"]
    feeds = CLASSIFIER.feeds(SOURCE.id, labels)
    assert {FeedKey(topic="politics"), FeedKey(topic="dan-van")} <= feeds


def test_what_took_a_topic_over_gets_no_label_but_its_feeds_and_those_above_it_hold_the_article() -> None:
    old = replace(topic("old", Phrase("lúa")), end=date(2030, 1, 1), successor="new")
    rules = (old, topic("new", Phrase("gạo"), parent="wide"), topic("wide"))
    one = classifier_of(taxonomy_of(rules))
    labels = one.labels(SOURCE, draft("lúa"))
    assert [label.slug for label in labels] == ["old"]
    assert {key.topic for key in one.feeds(SOURCE.id, labels)} == {None, "old", "new", "wide"}
    assert {key.topic for key in one.feeds(SOURCE.id, labels, frozenset({"new"}))} == {None, "old"}


def test_what_every_article_of_a_source_has_it_has_with_that_reason() -> None:
    [label] = found(draft("Tin"), replace(SOURCE, topics=("sport",)))
    assert (label.slug, label.origin) == ("sport", Origin.SOURCE)
    assert label.reason == (Evidence("every article of dai-ba-song has it", "source", "Đài Ba Sông"),)


def test_terms_of_the_upstream_mean_the_topics_that_the_source_says() -> None:
    source = with_categories(**{unicodedata.normalize("NFD", "Thể  thao"): "sport"})
    [label] = found(replace(draft("Tin"), categories=("Thể thao", "Khác")), source)
    assert (label.slug, label.origin) == ("sport", Origin.SOURCE)
    assert label.reason == (Evidence("dai-ba-song maps its category “Thể thao”", "category", "Thể thao"),)


def test_a_topic_of_source_and_rule_has_both_reasons_and_both_strengths() -> None:
    [label] = found(draft("Thủ tướng đến xã"), replace(SOURCE, topics=("politics",)))
    assert [why.field for why in label.reason] == ["source", "title"]
    assert (label.origin, label.strength) == (Origin.SOURCE, 16)


def test_sections_of_the_address_mean_the_topics_that_the_source_says() -> None:
    source = replace(SOURCE, sections=MappingProxyType({"/bong-da/": "sport", "/cho/": "politics"}))
    one = replace(draft("Tin"), link="https://example.org/bong-da/mot.html?to=/cho/")
    [label] = found(one, source)
    assert (label.slug, label.origin) == ("sport", Origin.SOURCE)
    assert label.reason == (Evidence("dai-ba-song maps its section “/bong-da/”", "address", "/bong-da/mot.html"),)
    assert found(draft("Tin"), source) == []


def test_an_article_stands_in_every_combination_of_its_topics_and_regions() -> None:
    one = draft("Bàn về dân vận ở tỉnh Tiền Giang", "Thủ tướng dự.")
    feeds = CLASSIFIER.feeds(SOURCE.id, CLASSIFIER.labels(SOURCE, one))
    places = ("tien-giang", "dong-thap", "mien-tay", "viet-nam")
    both = {FeedKey(topic=t, region=r) for t, r in product(("dan-van", "politics"), places)}
    single = {FeedKey(topic=t) for t in ("dan-van", "politics")} | {FeedKey(region=r) for r in places}
    assert feeds == {FeedKey(), FeedKey(source=SOURCE.id)} | single | both


def test_without_topics_and_regions_nothing_is_labelled() -> None:
    assert classifier_of(taxonomy_of((), ())).labels(SOURCE, draft("Bàn về dân vận ở tỉnh Tiền Giang")) == ()


def test_an_article_without_labels_stands_in_the_feed_of_all_and_of_its_source() -> None:
    assert CLASSIFIER.feeds("mot", ()) == {FeedKey(), FeedKey(source="mot")}


@pytest.mark.parametrize(("tag", "known"), [("vi", "vi"), ("vi-VN", "vi"), ("VI", "vi"), ("en", "und"), ("", "und")])
def test_a_language_is_found_by_its_tag_or_its_first_part(tag: str, known: str) -> None:
    assert CLASSIFIER.languages.of(tag).tag == known


WORDS = "dân vận|công tác|hoà|hòa bình|Hoà Bình|thủ tướng|Tiền Giang|ở|tỉnh|bóng đá|sân cỏ|Thái Bình|Dương|quý|.".split(
    "|"
)
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@given(SENTENCES, SENTENCES, SENTENCES)
def test_spelling_variants_of_a_text_have_the_same_labels(title: str, lead: str, body: str) -> None:
    def labels(spelled: Callable[[str], str]) -> list[tuple[str, float, int, bool]]:
        one = draft(*map(spelled, (title, lead, body)))
        return [(label.slug, label.strength, label.rank, label.derived) for label in CLASSIFIER.labels(SOURCE, one)]

    assert labels(lambda text: text.replace("oà", "òa")) == labels(lambda text: text.replace("òa", "oà"))
    assert labels(partial(unicodedata.normalize, "NFC")) == labels(partial(unicodedata.normalize, "NFD"))


CROPS = ("lúa", "gạo", "lúa gạo", "cá", "cá lúa")
PHRASES = st.lists(
    st.builds(
        Phrase,
        st.sampled_from(CROPS),
        st.sampled_from((FIELDS, ("title",), ("lead", "body"))),
        st.sampled_from((0.5, 1.0, 4.0)),
    ),
    max_size=3,
    unique_by=lambda phrase: phrase.text,
).map(tuple)
RULES = st.builds(Rule, PHRASES, PHRASES, PHRASES, st.sampled_from((0.5, 1.0, 2.0)))
LISTED = st.lists(st.sampled_from((*CROPS, "mưa")), max_size=6).map(" ".join)


@given(st.lists(RULES, min_size=1, max_size=6), st.sampled_from(((), ("t0",))), LISTED, LISTED, LISTED)
def test_the_topics_are_those_that_looking_at_every_rule_gives(
    rules: list[Rule], said: tuple[str, ...], title: str, lead: str, body: str
) -> None:
    classifier = classifier_of(
        taxonomy_of(tuple(replace(topic(f"t{place}"), rule=one) for place, one in enumerate(rules)), ())
    )
    one, strength = draft(title, lead, body), dict.fromkeys(said, SOURCE_STRENGTH)
    reading = classifier.reading(one)
    for slug, each in classifier.taxonomy.topics.items():
        met = reading.met("topic", slug, each.rule)
        most = reading.at_most("topic", slug, each.rule)
        assert met.weight <= most[0]
        assert met.strength <= most[1]
        if met.reaches(each.rule.threshold):
            strength[slug] = met.strength + strength.get(slug, 0.0)
    needed = BESIDE * max(strength.values(), default=0.0)
    wanted = {slug for slug, its in strength.items() if its >= needed or slug in said}
    assert set(topics(one, replace(SOURCE, topics=said, home=None), classifier)) == wanted
