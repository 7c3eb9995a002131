"""A newsroom made for the contract, and its running service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from lxml import etree

from tests.e2e.newsroom import Newsroom
from tests.e2e.service import Service, eventually
from tests.e2e.upstream import Item, Reply, Upstream, rss
from tests.rules import ids_of

from . import newspapers, wire

SITE = "https://tin.example.org"
"""Where readers find it, which is not where it listens: what it says of itself comes from the configuration alone."""
FORMS = ("atom", "rss", "json")
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
CODINGS = ("identity", "gzip", "br")
MAX_AGE, WINDOW, WHOLE = 420, 10, 3
"""Seconds, the articles of a feed, and how often within an hour one client gets one feed whole."""
FEEDS = (
    "all",
    "topics/the-thao",
    "regions/dong-thap",
    "regions/tien-giang",
    "regions/lai-chau",
    "topics/the-thao/regions/dong-thap",
    "sources/bao-mau",
)
"""A feed of each kind: everything, a topic, a region, one that ended, an empty one, a topic in a region, a source."""
EMPTY, RETIRED, HEIR = "regions/lai-chau", "regions/go-cong", "regions/dong-thap"
POINT = "10.46 105.64"
"""Where Đồng Tháp is, latitude first."""
PAGES = ("/", *(f"/{path}" for path in FEEDS if path != "all"))

RIGHTS = "© Tin <Thử> & bạn"
LOGO, ICON = (120, 40), (32, 32)
"""Width and height in pixels."""
SERVICE = f"""
site:
  title: "Tin <Thử> & Nghiệm"
  language: vi
  zone: Asia/Ho_Chi_Minh
  tag_authority: "example.org,2026"
  rights: "{RIGHTS}"
  logo: logo.png
  icon: icon.png
feeds: {{entries: {WINDOW}, max_age: {MAX_AGE}s, farewell: 30d}}
serve: {{proxies: ["127.0.0.1"], whole_an_hour: {WHOLE}}}
"""
SOURCES = """
defaults: {{language: vi, zone: Asia/Ho_Chi_Minh, every: 2s}}
sources:
  - id: dai-thu
    kind: documents
    path: inbox/dai-thu
    title: "Đài Thử"
    home: dong-thap
    rights: {{licence: "https://creativecommons.org/licenses/by/4.0/", notice: "© Đài Thử"}}
  - id: bao-mau
    kind: syndication
    url: "{rss}/rss"
    title: "Báo Mẫu"
    home: dong-thap
    topics: [the-thao]
    rights: {{licence: "https://creativecommons.org/licenses/by/4.0/", notice: "© Báo <Mẫu> & bạn"}}
  - {{id: tap-chi, kind: syndication, url: "{atom}/atom", title: "Tạp chí", home: dong-thap}}
  - {{id: bao-doi, kind: syndication, url: "{other}/rss", title: "Báo Đổi"}}
"""
ENDING, ENDED = ("topics/sea-games", "regions/ha-tien"), ("topics/world-cup", "regions/rach-gia")
"""What ended three days ago, and says so, and what did sixty days ago, and is gone."""
TOPICS = """
topics:
  - {id: the-thao, title: {vi: "Thể thao", en: "Sport"}, medtop: "15000000", any: ["bóng đá"]}
  - {id: politics, title: {vi: "Chính trị", en: "Politics"}, any: ["bộ chính trị"]}
  - {id: dan-van, title: {vi: "Dân vận", en: "Mass mobilisation"}, parent: politics, any: ["dân vận"]}
  - {id: futsal, title: {vi: "Futsal"}, any: ["futsal"], until: LONG_AGO, successor: the-thao, when_ended: redirect}
  - {id: sea-games, title: {vi: "SEA Games"}, any: ["sea games"], until: LATELY, successor: futsal, when_ended: gone}
  - {id: world-cup, title: {vi: "World Cup"}, any: ["world cup"], until: LONG_AGO, when_ended: gone}
"""
REGIONS = """
types:
  country: {title: {vi: "Quốc gia", en: "Country"}, area: true}
  tinh: {title: {vi: "Tỉnh", en: "Province"}, words: ["tỉnh"]}
regions:
  - {id: viet-nam, rows: [{title: {vi: "Việt Nam", en: "Vietnam"}, type: country}]}
  - {id: lai-chau, rows: [{title: {vi: "Lai Châu"}, type: tinh, iso: VN-01, parent: viet-nam}]}
  - id: dong-thap
    rows: [{title: {vi: "Đồng Tháp"}, type: tinh, iso: VN-45, parent: viet-nam, point: [10.46, 105.64]}]
  - id: tien-giang
    rows:
      - {title: {vi: "Tiền Giang"}, type: tinh, parent: viet-nam, until: 2025-06-30, successors: [dong-thap]}
  - id: go-cong
    rows:
      - {title: {vi: "Gò Công"}, type: tinh, parent: viet-nam, until: 1976-02-23, successors: [tien-giang]}
    when_ended: redirect
  - id: ha-tien
    rows: [{title: {vi: "Hà Tiên"}, type: tinh, parent: viet-nam, until: LATELY, successors: [go-cong]}]
    when_ended: gone
  - id: rach-gia
    rows: [{title: {vi: "Rạch Giá"}, type: tinh, parent: viet-nam, until: LONG_AGO, successors: [dong-thap]}]
    when_ended: gone
"""


@dataclass(frozen=True)
class Publisher:
    """The running service and what it is made of; `began` is when it did."""

    service: Service
    newsroom: Newsroom
    changing: Upstream
    """The newspaper `bao-doi`, whose feed tests may change."""
    began: datetime

    def ask(self, target: str, method: str = "GET", **fields: str) -> wire.Reply:
        """One request on a connection of its own; underscores in names of fields stand for hyphens."""
        return wire.ask(self.service.address, target, method, **fields)

    def connection(self) -> wire.Wire:
        """A connection for several requests."""
        return wire.Wire(self.service.address)

    def document(self, path: str, form: str) -> bytes:
        """The bytes of a feed."""
        reply = self.ask(f"/feeds/{path}.{form}")
        assert reply.status == 200
        return reply.body

    def ids(self, path: str) -> list[str]:
        """The ids of a feed's entries, in their order."""
        return ids_of("atom", self.document(path, "atom"))

    def root(self, path: str, form: str) -> etree._Element:
        """A feed in XML."""
        return etree.fromstring(self.document(path, form))

    def says(self, *items: Item) -> None:
        """Let the newspaper `bao-doi` have these items, newest first, and wait until its feed has them in each form."""
        self.changing.reply = Reply(rss(items), etag=f'"{hash(items)}"')
        titles = {item.title.encode() for item in items}
        for form in FORMS:  # one is made after the other
            assert eventually(lambda: all(title in self.document("sources/bao-doi", form) for title in titles))  # noqa: B023


@contextmanager
def publishing(folder: Path) -> Iterator[Publisher]:
    """The service, once everything that its sources have is published."""
    began = datetime.now(UTC)
    with Upstream() as of_rss, Upstream() as of_atom, Upstream() as changing:
        of_rss.reply = Reply(newspapers.rss(began), etag='"r"')
        of_atom.reply = Reply(newspapers.atom(began), etag='"a"', media_type="application/atom+xml")
        changing.reply = Reply(rss([steady(began)]), etag='"0"')
        sources = SOURCES.format(rss=of_rss.root, atom=of_atom.root, other=changing.root)
        newsroom = Newsroom(folder, sources, [one.place for one in (of_rss, of_atom, changing)])
        for name, text in (("feedsvc", SERVICE), ("topics", TOPICS), ("regions", REGIONS)):
            (newsroom.config / f"{name}.yaml").write_text(_ended(text, began), encoding="utf-8")
        for name, size in (("logo", LOGO), ("icon", ICON)):
            (newsroom.data / f"{name}.png").write_bytes(newspapers.png(*size))
        newspapers.documents(newsroom)
        with Service(newsroom, FEEDSVC_PUBLIC_URL=SITE) as service:
            service.wait_until_ready()
            publisher = Publisher(service, newsroom, changing, began)
            held = {"bao-mau": 7, "tap-chi": 2, "dai-thu": 3, "bao-doi": 1}
            assert eventually(lambda: {one: len(publisher.ids(f"sources/{one}")) for one in held} == held)
            yield publisher


def last_day(began: datetime, days: int) -> date:
    """The day in the newsroom's zone that is so many days ago."""
    return (began - timedelta(days=days)).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()


def _ended(text: str, began: datetime) -> str:
    """The configuration with the days on which things ended."""
    return text.replace("LATELY", str(last_day(began, 3))).replace("LONG_AGO", str(last_day(began, 60)))


def steady(began: datetime) -> Item:
    """What the newspaper `bao-doi` always has."""
    return Item("doi-0", "Tin đầu tiên", date=dated(began - timedelta(hours=9)))


def dated(when: datetime) -> str:
    """A date as newspapers write it."""
    return when.strftime("%a, %d %b %Y %H:%M:%S +0000")
