"""Invented feeds of the usual size: RSS 2.0 in Vietnamese and in English, the same on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

ENTRIES = 50
WORDS = 200
PARAGRAPHS = 4
FIRST_DAY = datetime(2025, 3, 1, 1, 0, tzinfo=UTC)

VIETNAMESE = tuple(
    "sáng chiều người dân xã phường tỉnh họp bàn công tác trồng lúa mưa lớn nước sông lên nhanh chợ nổi cầu mới "
    "đường làng trường học sinh viên thầy giáo bác sĩ bệnh viện giá gạo tăng giảm nhẹ so với tuần trước theo báo cáo "
    "của ban quản lý dự án khởi công hoàn thành đúng hạn vốn đầu tư hơn một trăm tỷ đồng nông dân được mùa cá tôm xuất "
    "khẩu khách du lịch đến thăm vườn cây trái lễ hội đua ghe đội bóng thắng trận chung kết trời nắng gió nhẹ biển "
    "êm".split()
)
ENGLISH = tuple(
    "the council met on Monday to discuss a new bridge over river farmers expect good harvest after heavy rain school "
    "opens its doors with more pupils than last year prices of rice rose slightly while exports of fish fell visitors "
    "came from every district for festival and boat race doctors advise people to drink enough water during hot days "
    "work began this week project will cost about ten million said head of board team won final match by two "
    "goals".split()
)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in the two parts that stand before and after the date of its lastBuildDate."""

    before: bytes
    after: bytes

    def built(self, at: datetime) -> bytes:
        """The whole feed, said to be built then."""
        return self.before + format_datetime(at).encode() + self.after


def feed(number: int, entries: int = ENTRIES, named: Sequence[str] = ()) -> Feed:
    """The feed of a source: the same number gives the same bytes; each paragraph names one of `named`."""
    chance = random.Random(number)
    words = VIETNAMESE if number % 2 else ENGLISH
    site = f"https://bao-{number}.example"
    before = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"<channel>\n<title>Báo số {number}</title>\n<link>{site}/</link>\n<description>Tin {number}</description>\n"
        f"<language>{'vi' if number % 2 else 'en'}</language>\n<lastBuildDate>"
    )
    items = "".join(_item(chance, words, site, place, named) for place in range(entries))
    return Feed(before.encode(), f"</lastBuildDate>\n{items}</channel>\n</rss>\n".encode())


def _item(chance: random.Random, words: tuple[str, ...], site: str, place: int, named: Sequence[str]) -> str:
    title = " ".join(chance.choices(words, k=10)).capitalize()
    link = f"{site}/2025/tin-{place}-{chance.randrange(10**6)}.html"
    published = FIRST_DAY + timedelta(hours=place, seconds=chance.randrange(3600))
    author = " ".join(chance.choices(words, k=2)).title()
    creator = f"<dc:creator><![CDATA[{author}]]></dc:creator>"
    mail = f"<author>tin@example.org ({author})</author>"
    content = "".join(_content(chance, words, site, place, named))
    terms = "".join(f"<category><![CDATA[{term}]]></category>" for term in chance.sample(words, 2))
    people = creator if place % 2 else mail
    return (
        f"<item>\n<title>{escape(title)} &amp; {place}</title>\n<link>{link}</link>\n"
        f'<guid isPermaLink="false">{site}/?p={place}</guid>\n<pubDate>{format_datetime(published)}</pubDate>\n'
        f"{people}\n{terms}\n<content:encoded><![CDATA[{content}]]></content:encoded>\n</item>\n"
    )


def _content(
    chance: random.Random, words: tuple[str, ...], site: str, place: int, named: Sequence[str]
) -> Iterator[str]:
    for paragraph in range(PARAGRAPHS):
        text = " ".join(chance.choices(words, k=WORDS // PARAGRAPHS)).capitalize()
        if named:
            text = f"{text}. {escape(chance.choice(named))}"
        if paragraph == 1:
            yield f'<p><img src="{site}/anh/{place}.jpg" alt="" width="800" height="533" class="aligncenter" /></p>\n'
        if paragraph == 2:
            text = f'{text}, <a href="{site}/lien-quan/{place}" target="_blank">{words[place % len(words)]}</a>'
        yield f"<p>{text}.</p>\n"
