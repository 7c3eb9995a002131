"""A newsroom's text, dropped into a folder, as it stands in Atom, RSS and JSON Feed.

What is expected is computed from the text: its first line, its last one, its lead, its captions.
"""

from __future__ import annotations

import calendar
import io
import json
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import lxml.html
import pytest
from lxml import etree

from feedsvc import plugins
from feedsvc.domain.feed import FeedKey
from tests.rules import check

from .newsroom import Newsroom

NOW = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)
PUBLISHED = datetime(2018, 1, 10, 7, 45, 40, tzinfo=UTC)
OURS = """Họp mặt tổng kết công tác dân vận toàn quốc ở Tân Thử

(ĐT) Sáng 10/1, Ban Thử nghiệm  Trung ương mở cuộc họp mặt. Thủ tướng Chính phủ gửi thư chúc mừng.

vlcsnap-2018-01-10-14h42m09s668

Các đại biểu trong cuộc họp mặt. Ảnh: Mai Thử

Bộ Chính trị đã có thư, và phong trào “Dân vận khéo” được nhắc đến nhiều lần.

vlcsnap-2018-01-10-14h44m36s592

vlcsnap-2018-01-10-14h45m40s782

Quang cảnh tại điểm cầu Tiền Giang. Ảnh: Mai Thử

Cuộc họp mặt khép lại trong buổi sáng.

Lê Văn Thử
"""


@dataclass(frozen=True)
class Expected:
    """The parts of a text of this shape."""

    title: str
    lead: str
    author: str
    paragraphs: list[str]

    @classmethod
    def of(cls, text: str) -> Expected:
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        body = [line for line in lines[1:-1] if not line.startswith("vlcsnap-")]
        return cls(lines[0], re.sub(r"^\([^)]*\)\s*", "", lines[1]), lines[-1], body)

    @property
    def published(self) -> list[str]:
        """The paragraphs, and the line that names the outlet."""
        return [*self.paragraphs, "Nguồn: Đài Thử"]

    @property
    def photographer(self) -> str:
        return self.paragraphs[1].rpartition("Ảnh: ")[2]


@pytest.fixture(params=["ours", pytest.param("the newsroom's own", marks=pytest.mark.shared)])
def text(request: pytest.FixtureRequest) -> str:
    if request.param == "ours":
        return OURS
    (article,) = (request.getfixturevalue("shared") / "data" / "articles").glob("*.txt")
    return str(article.read_text("utf-8"))


@pytest.fixture
def documents(text: str, tmp_path: Path) -> dict[str, bytes]:
    newsroom = Newsroom(tmp_path)
    newsroom.drop("bai.txt", text)
    newsroom.one_pass(NOW)
    services = newsroom.open(NOW)
    feed = services.assembler.feed(FeedKey(region="dong-thap"))
    services.close()
    return {name: make().render(feed).body for name, make in plugins.plugins(plugins.FORMATS).items()}


def moment(parsed: time.struct_time) -> datetime:
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC)


def paragraphs(html: str) -> list[str]:
    return [plain(one) for one in lxml.html.fromstring(f"<div>{html}</div>").findall("p")]


def plain(element: etree._Element) -> str:
    return " ".join(str(etree.tostring(element, method="text", encoding="unicode", with_tail=False)).split())


def test_it_is_valid_in_every_format(documents: dict[str, bytes]) -> None:
    assert {name: check(name, body, now=NOW) for name, body in documents.items()} == {name: [] for name in documents}


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_it_reads_back_as_it_was_written(form: str, documents: dict[str, bytes], text: str) -> None:
    expected = Expected.of(text)
    found = feedparser.parse(io.BytesIO(documents[form]), sanitize_html=False, resolve_relative_uris=False)
    (entry,) = found.entries
    assert (entry.title, entry.summary, entry.author) == (expected.title, expected.lead, expected.author)
    assert moment(entry.published_parsed) == PUBLISHED
    assert paragraphs(entry.content[0].value) == expected.published
    topics = [tag.term for tag in entry.tags if tag.scheme.endswith("/scheme/topic")]
    regions = [tag.term for tag in entry.tags if tag.scheme.endswith("/scheme/region")]
    assert topics == ["dan-van", "politics"]
    assert regions[:2] == ["toan-quoc", "tien-giang"]
    assert "dong-thap" in regions
    assert re.search(r"/articles/[a-z2-7]{16}$", entry.link)
    assert "enclosures" not in entry or entry.enclosures == []
    if form == "atom":
        assert moment(entry.updated_parsed) == PUBLISHED
        assert [one.name for one in entry.contributors] == [expected.photographer]


def test_it_reads_back_from_json(documents: dict[str, bytes], text: str) -> None:
    expected = Expected.of(text)
    (item,) = json.loads(documents["json"])["items"]
    assert (item["title"], item["summary"]) == (expected.title, expected.lead)
    assert [author["name"] for author in item["authors"]] == [expected.author]
    assert datetime.fromisoformat(item["date_published"]) == PUBLISHED
    assert paragraphs(item["content_html"]) == expected.published
    assert "image" not in item
