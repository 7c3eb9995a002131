"""A real newsroom's text, as it was exported; what is expected is computed from the file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feedsvc.domain.article import Draft, Figure, LabelKind, Paragraph, Role
from feedsvc.domain.feed import FeedKey
from feedsvc.pipeline.classify import Classifier
from feedsvc.settings import load_settings
from feedsvc.sources.documents.kind import DocumentsOptions
from tests.conftest import ROOT

from .newsroom import SOURCE, classifier_of
from .records import read

SEED = "000_5512043a36d63984.txt"
PICTURE = re.compile(r"vlcsnap-(\d{4}-\d\d-\d\d-\d\dh\d\dm\d\ds)\d+")

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    return (shared / "data" / "articles" / SEED).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def pictures(lines: list[str]) -> list[str]:
    return [line for line in lines if PICTURE.fullmatch(line)]


@pytest.fixture(scope="module")
def draft(text: str) -> Draft:
    return read(SEED, text)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    settings = load_settings(ROOT / "config", {}, {"documents": DocumentsOptions})
    return classifier_of(settings.taxonomy)


def test_its_title_is_its_first_line(draft: Draft, lines: list[str]) -> None:
    assert draft.title == lines[0]


def test_its_author_is_its_last_line(draft: Draft, lines: list[str]) -> None:
    assert draft.authors == (lines[-1],)


def test_its_contributors_are_named_after_the_pictures(draft: Draft, text: str) -> None:
    assert draft.contributors == tuple(dict.fromkeys(re.findall(r"Ảnh: (.+)", text)))


def test_it_is_dated_by_the_latest_stamp_of_the_day_of_its_lead(
    draft: Draft, lines: list[str], pictures: list[str]
) -> None:
    latest = max(PICTURE.sub(r"\1", name) for name in pictures)
    wall = datetime.strptime(latest, "%Y-%m-%d-%Hh%Mm%Ss").replace(tzinfo=ZoneInfo(SOURCE.zone))
    assert f" {wall.day}/{wall.month}," in lines[1]
    assert draft.published == wall.astimezone(UTC)


def test_its_summary_is_its_lead_without_the_dateline(draft: Draft, lines: list[str]) -> None:
    assert f"({draft.dateline}) {draft.summary}" == lines[1]


def test_without_pictures_it_holds_every_other_line_in_order(
    draft: Draft, lines: list[str], pictures: list[str]
) -> None:
    said = [line for line in lines[1:-1] if line not in pictures]
    roles = [Role.LEAD, Role.CAPTION, Role.BODY, Role.CAPTION, Role.BODY]
    assert draft.content == tuple(map(Paragraph, said, roles))


def test_with_pictures_the_captions_are_those_of_figures(text: str, lines: list[str], pictures: list[str]) -> None:
    blocks = read(SEED, text, *(f"{name}.jpg" for name in pictures)).content
    figures = [block for block in blocks if isinstance(block, Figure)]
    assert [type(block) for block in blocks] == [Paragraph, Figure, Paragraph, Figure, Paragraph]
    assert [len(figure.pictures) for figure in figures] == [1, 2]
    assert [figure.caption for figure in figures] == [line for line in lines if "Ảnh:" in line]


def test_it_has_its_topics_each_by_phrases_of_its_own(draft: Draft, classifier: Classifier) -> None:
    labels = [label for label in classifier.labels(SOURCE, draft) if label.kind is LabelKind.TOPIC]
    assert [label.slug for label in labels] == ["dan-van", "politics"]
    assert all(label.reason for label in labels)


def test_it_has_its_regions_as_written_and_derived(draft: Draft, classifier: Classifier) -> None:
    labels = classifier.labels(SOURCE, draft)
    regions = {label.slug: label for label in labels if label.kind is LabelKind.REGION}
    assert {slug for slug, label in regions.items() if not label.derived} == {"toan-quoc", "tien-giang"}
    assert regions["toan-quoc"].reason[0].field == "title"
    assert [why.field for why in regions["tien-giang"].reason] == ["caption", "source"]
    assert regions["dong-thap"].derived
    assert FeedKey(region="dong-thap") in classifier.feeds(SOURCE.id, labels)
