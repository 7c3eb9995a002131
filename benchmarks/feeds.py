"""Feeds of fifty entries of two hundred words each, the same on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

ENTRIES = 50
VIETNAMESE = (
    "công tác dân vận xã hội nghị tỉnh ngày mai buổi sáng trường học giao thông đường bộ nông dân lúa gạo xuất khẩu "
    "thị trường giá vàng người dân chính quyền địa phương phát triển kinh tế xây dựng nông thôn mới đời sống chợ nổi"
).split()
ENGLISH = (
    "the council of a river town met in the morning to speak about roads and schools and rice and what people who live "
    "beside the old bridge had written to it before the rain came and the market moved to higher ground"
).split()
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
MARK = "@when@"
"""Where the time stands at which the feed says it was made."""


def feed(number: int) -> bytes:
    """The feed of a source."""
    chance = random.Random(number)  # noqa: S311  nobody shall be surprised by it
    words = VIETNAMESE if number % 2 else ENGLISH
    items = "".join(_item(number, place, words, chance) for place in range(ENTRIES))
    head = f"<title>Source {number}</title><link>https://s{number}.example/</link><description>News</description>"
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {spaces}><channel>{head}'
        f"<lastBuildDate>{MARK}</lastBuildDate>{items}</channel></rss>"
    ).encode()


def _item(number: int, place: int, words: list[str], chance: random.Random) -> str:
    site = f"https://s{number}.example"
    at = FIRST - timedelta(hours=place, minutes=number % 60)
    content = "".join(_content(site, place, words, chance))
    return (
        f"<item><title>{_sentence(words, 9, chance)}</title><link>{site}/news/{place}.html</link>"
        f'<guid isPermaLink="true">{site}/news/{place}.html</guid><pubDate>{format_datetime(at, usegmt=True)}</pubDate>'
        f"<dc:creator>Author {place}</dc:creator><category>News</category><category>Region {place % 7}</category>"
        f"<description>{_sentence(words, 20, chance)}</description>"
        f"<content:encoded>{escape(content)}</content:encoded></item>"
    )


def _content(site: str, place: int, words: list[str], chance: random.Random) -> Iterator[str]:
    for _ in range(4):
        yield f"<p>{_sentence(words, 40, chance)}</p>\n"
    link = f'<a href="{site}/more/{place}">{_sentence(words, 3, chance)}</a>'
    yield f"<p>{_sentence(words, 37, chance)} {link}</p>\n"
    yield f'<p><img src="{site}/pictures/{place}.jpg" alt="{_sentence(words, 4, chance)}" /></p>\n'


def _sentence(words: list[str], length: int, chance: random.Random) -> str:
    text = " ".join(chance.choices(words, k=length))
    return f"{text[0].upper()}{text[1:]}."
