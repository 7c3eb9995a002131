"""A newsroom with a folder and a newspaper, its running service, and what readers should see of it."""

from __future__ import annotations

import itertools
import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from tests.e2e.newsroom import Newsroom, age
from tests.e2e.service import Service, eventually
from tests.e2e.upstream import Reply, Upstream

from .between import Between
from .seen import Seen

SOURCES = """
defaults: {{language: vi, zone: Asia/Ho_Chi_Minh, every: 2s}}
sources:
  - {{id: dai-thu, kind: documents, path: inbox/dai-thu, title: "Đài Thử", home: tien-giang}}
  - {{id: bao-mau, kind: syndication, url: "{root}/rss", title: "Báo Mẫu"}}
"""
ENDED, KEPT = "/feeds/regions/tien-giang", "/feeds/regions/dong-thap"
OURS = "Giá a < b & c > d: “gạo” ở Gò Công 🌾"
THEIRS = "Đò qua sông: 1 < 2 & 3 > 2 – phà nghỉ 🚣"
PICTURE = "http://bao.example/do.jpg"
AUTHORS = ("Lê Văn Thử", "Trần Thị Mẫu")


def png() -> bytes:
    """A picture of one grey dot."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    packed = zlib.compress(b"\0\x80")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def document() -> str:
    """The newsroom's article."""
    return json.dumps(
        {
            "title": OURS,
            "authors": [{"name": name} for name in AUTHORS],
            "date_published": "2026-03-01T08:00:00+07:00",
            "date_modified": "2026-03-02T09:30:00+07:00",
            "content_html": "<p>Một đoạn về gạo &amp; muối.</p><figure><img src='gao.png'></figure>",
        }
    )


def rss(title: str, text: str, changed: str) -> bytes:
    """The newspaper's feed of one item."""
    authors = "".join(f"<dc:creator>{name}</dc:creator>" for name in AUTHORS)
    item = (
        f"<guid isPermaLink='false'>do</guid><title>{escape(escape(title))}</title><link>http://bao.example/do</link>"
        f"<description>{escape(f'<p>{text}</p>')}</description>{authors}"
        f"<pubDate>Tue, 03 Mar 2026 10:00:00 +0700</pubDate><dcterms:modified>{changed}</dcterms:modified>"
        f"<enclosure url='{PICTURE}' type='image/jpeg' length='4321'/>"
    )
    names = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/'"
    head = "<title>Báo Mẫu</title><link>http://bao.example/</link><description>Tin</description>"
    return f"<rss version='2.0' {names}><channel>{head}<item>{item}</item></channel></rss>".encode()


@dataclass
class Stage:
    """Readers ask `between`, which stands for the service's public address."""

    service: Service
    between: Between
    upstream: Upstream
    _counter: Iterator[int] = field(default_factory=itertools.count)

    def at(self, path: str) -> str:
        """The address that a reader is given."""
        return f"{self.between.root}{path}"

    def statuses(self, path: str) -> list[tuple[bool, int]]:
        """Of the requests of a path so far, whether they were conditional, and their answers."""
        return [(one.conditional, one.status) for one in self.between.asked if one.path == path]

    def correct(self) -> str:
        """Let the newspaper correct title and text of its article; its title once the service shows it."""
        number = next(self._counter)
        title = f"{THEIRS}, sửa lần {number}"
        body = rss(title, f"Lời lần {number}.", f"2026-03-{4 + number // 24:02}T{number % 24:02}:00:00Z")
        before = self.service.get("/feeds/all.json").headers["etag"]
        self.upstream.reply = Reply(body, etag=f'"{number}"')
        assert eventually(lambda: self.service.get("/feeds/all.json", If_None_Match=before).status == 200)
        assert self.expected()[0].title == title
        return title

    def expected(self) -> list[Seen]:
        """The entries of the feed of everything, newest first, as its JSON says them."""
        items = json.loads(self.service.get("/feeds/all.json").body)["items"]
        return [
            Seen(
                id=item["id"],
                title=item["title"],
                link=item["url"],
                authors=", ".join(author["name"] for author in item["authors"]),
                published=_moment(item["date_published"]),
                updated=_moment(item["date_modified"]),
                picture=item["attachments"][0]["url"],
            )
            for item in items
        ]


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """The running service, with both articles in its feeds."""
    with Upstream() as upstream, Between() as between:
        upstream.reply = Reply(rss(THEIRS, "Lời đầu.", "2026-03-03T04:00:00Z"), etag='"first"')
        newsroom = Newsroom(folder, SOURCES.format(root=upstream.root), [upstream.place])
        regions = newsroom.config / "regions.yaml"
        written = regions.read_text(encoding="utf-8")
        regions.write_text(written.replace("- id: tien-giang", "- id: tien-giang\n    when_ended: redirect"))
        (newsroom.inbox / "gao.png").write_bytes(png())
        age(newsroom.inbox / "gao.png", days=1)
        newsroom.drop("bai-1.json", document())
        with Service(newsroom, FEEDSVC_PUBLIC_URL=between.root) as service:
            between.service = service.address
            service.wait_until_ready()
            stage = Stage(service, between, upstream)
            assert eventually(lambda: len(stage.expected()) == 2)
            yield stage
