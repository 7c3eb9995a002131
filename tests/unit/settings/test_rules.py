"""Topics and regions come back from the form in which they are stored as they went in."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedsvc.domain.taxonomy import WhenEnded
from feedsvc.errors import RulesUnreadable
from feedsvc.settings import taxonomy_of
from feedsvc.settings.files import gazetteer_of, read_files
from tests.conftest import ROOT

from .folder import load, write

TOPICS = """
topics:
  - id: dan-van
    title: {vi: "Dân vận", en: "Mass mobilisation"}
    parent: politics
    threshold: 2
    any: ["công tác dân vận", {phrase: "dân vận", in: [title, lead], weight: 2, case: true}]
    except: ["nhân dân vận động"]
    none: ["x y"]
  - {id: politics, title: {vi: "Chính trị"}, medtop: "11000000", any: ["bộ chính trị"], threshold: 1}
  - {id: xoa-mu, title: {vi: "Xóa mù"}, any: ["xóa mù"], until: 2025-06-30, successor: dan-van, when_ended: redirect}
"""
REGIONS = """
regions:
  - id: tien-giang
    aliases: ["Tien Giang"]
    rows: [{title: {vi: "Tiền Giang"}, type: tinh, until: 2025-06-30, successors: [dong-thap]}]
  - {id: dong-thap, rows: [{title: {vi: "Đồng Tháp"}, type: tinh, from: 2025-07-01}]}
  - {id: toan-quoc, scope: true, title: {vi: "Toàn quốc"}, any: ["cả nước"]}
"""


def rules_of(folder: Path) -> str:
    return gazetteer_of(read_files(folder)).rules


def test_the_taxonomy_is_the_same_in_the_same_order(tmp_path: Path) -> None:
    settings = load(tmp_path, topics=TOPICS, regions=REGIONS)
    found = taxonomy_of(settings.rules)
    assert found == settings.taxonomy
    assert list(found.topics) == list(settings.taxonomy.topics)
    assert list(found.regions) == list(settings.taxonomy.regions)


def test_so_is_the_bundled_one() -> None:
    gazetteer = gazetteer_of(read_files(ROOT / "config"))
    assert gazetteer.problems == ()
    assert taxonomy_of(gazetteer.rules) == gazetteer.taxonomy


def test_what_was_stored_before_topics_could_end_is_read_as_it_was_meant() -> None:
    stored = '{"form":1,"topics.yaml":{"topics":[{"id":"a","title":{"en":"A"}}]},"regions.yaml":{}}'
    topic = taxonomy_of(stored).topics["a"]
    assert (topic.end, topic.successor, topic.when_ended) == (None, None, WhenEnded.KEEP)


def test_nothing_is_stored_of_an_end_that_there_is_not(tmp_path: Path) -> None:
    rules = rules_of(write(tmp_path, topics=TOPICS.split("  - {id: xoa-mu", maxsplit=1)[0], regions=REGIONS))
    assert not any(word in rules.partition("regions.yaml")[0] for word in ("until", "successor", "when_ended"))


def test_what_means_the_same_is_stored_as_the_same(tmp_path: Path) -> None:
    first = rules_of(write(tmp_path, topics=TOPICS, regions=REGIONS))
    laid_out = "# a remark\n" + TOPICS.replace(", threshold: 1}", "}").replace('["bộ', '[ "bộ')
    assert rules_of(write(tmp_path, topics=laid_out, regions=REGIONS)) == first


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"form": 2}', "form 2, and this release reads form 1"),
        ("none", "JSONDecodeError"),
        ('{"form": 1}', "KeyError"),
        ('{"form": 1, "topics.yaml": {"topics": [{"id": "a"}]}, "regions.yaml": {}}', r"topics\.0\.title"),
    ],
)
def test_what_another_release_wrote_in_another_form_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(RulesUnreadable, match=why):
        taxonomy_of(text)
