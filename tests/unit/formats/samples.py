"""Feeds built in code, which the golden documents stand for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from feedsvc.domain.feed import Category, Entry, Feed, FeedKey, Image, Origin, Picture, Related
from feedsvc.domain.geometry import Box, Point

NOW = datetime(2017, 1, 11, tzinfo=UTC)

SOURCE = Origin(
    id="tag:example.org,2026:f/sources/dai-ba-song",
    title="Đài Ba Sông",
    address="https://example.org/feeds/sources/dai-ba-song",
    page="https://example.org/sources/dai-ba-song",
    updated=datetime(2017, 1, 10, 6, 0, tzinfo=UTC),
    rights="© Đài Ba Sông",
)

PICTURES = (
    Picture(
        address="https://example.org/media/0a1b2c/lễ-hội.jpg",
        media_type="image/jpeg",
        length=48213,
        width=1280,
        height=720,
        caption="Đoàn đại biểu tại buổi làm việc. Ảnh: Minh Trí",
        credit="Minh Trí",
    ),
    Picture(address="https://example.org/media/3d4e5f/toan-canh.png", media_type="image/png", length=0),
)

FULL = Entry(
    id="tag:example.org,2026:a/abcdefghijklmnop",
    address="https://example.org/articles/abcdefghijklmnop",
    title="Dân vận khéo: a < b & c > d",
    summary="Tỉnh ủy Tiền Giang triển khai công tác dân vận năm 2017; mực nước <50 cm & giảm.",
    content=(
        "<p>Sáng 10/1, Tỉnh ủy Tiền Giang tổ chức hội nghị.</p>"
        '<figure><img src="https://example.org/media/0a1b2c/le-hoi.jpg" alt="Đoàn đại biểu">'
        "<figcaption>Đoàn đại biểu tại buổi làm việc. Ảnh: Minh Trí</figcaption></figure>"
        '<p>Xem <a href="https://example.org/articles/ponmlkjihgfedcba">bài trước</a> &amp; bình luận.</p>'
    ),
    published=datetime(2017, 1, 10, 2, 0, tzinfo=UTC),
    updated=datetime(2017, 1, 10, 5, 30, tzinfo=UTC),
    language="vi",
    authors=("Hữu Nghị", "Lê Ngân"),
    contributors=("Minh Trí",),
    categories=(
        Category(scheme="https://example.org/scheme/topic", term="dan-van", label="Dân vận"),
        Category(scheme="https://example.org/scheme/region", term="tien-giang", label="Tiền Giang"),
        Category(scheme="https://example.org/scheme/region", term="dong-thap", label="Đồng Tháp"),
        Category(scheme="http://cv.iptc.org/newscodes/mediatopic/", term="11000000", label="Chính trị"),
        Category(scheme="urn:iso:std:iso:3166:-2", term="VN-46", label="Tiền Giang"),
    ),
    pictures=PICTURES,
    origin=SOURCE,
    attribution='<p>Nguồn: <a href="https://ba-song.example.org/tin/1?a=1&amp;b=2">Đài Ba Sông</a></p>',
    via="https://ba-song.example.org/tin/1?a=1&b=2",
    licence="https://creativecommons.org/licenses/by/4.0/",
    rights="© Đài Ba Sông",
    where=Point(10.36, 106.36),
)

PLAIN = Entry(
    id="tag:example.org,2026:a/ponmlkjihgfedcba",
    address="https://tin-tức.example.org/đà-nẵng?trang=1&mục=xã hội",
    title="Một bài không có ảnh",
    summary="Chỉ có tóm tắt.",
    content="",
    attribution="<p>Nguồn: Đài Ba Sông</p>",
    where=Box(Point(8.38, 104.44), Point(11.03, 106.83)),
    published=datetime(2017, 1, 9, 23, 0, tzinfo=UTC),
    updated=datetime(2017, 1, 9, 23, 0, tzinfo=UTC),
    language="vi",
)


def feed_of(*entries: Entry) -> Feed:
    """A feed with these entries."""
    return Feed(
        key=FeedKey(topic="dan-van", region="tien-giang"),
        id="tag:example.org,2026:f/topics/dan-van/regions/tien-giang",
        title="Tin Ba Sông: Dân vận, Tiền Giang",
        subtitle="Tin về dân vận ở Tiền Giang",
        address="https://example.org/feeds/topics/dan-van/regions/tien-giang",
        page="https://example.org/topics/dan-van",
        language="vi",
        author="Tin Ba Sông",
        updated=datetime(2017, 1, 10, 6, 0, tzinfo=UTC),
        max_age=300,
        generator="feedsvc",
        version="0.1.0",
        entries=entries,
        rights="© Tin Ba Sông",
        logo=Image(address="https://example.org/static/logo-0a1b2c3d.png", width=144, height=72),
        icon=Image(address="https://example.org/static/icon-3d4e5f60.png", width=512, height=512),
    )


RELATED = (
    Related("https://example.org/feeds/topics/dan-van/regions/dong-thap", "Tin Ba Sông: Dân vận, Đồng Tháp"),
    Related("https://example.org/feeds/topics/dan-van/regions/sông-bé", "Tin Ba Sông: a < b & c"),
)
GOLDEN = {
    "full": feed_of(FULL, PLAIN),
    "empty": feed_of(),
    "related": replace(feed_of(replace(PLAIN, licence="https://example.org/by")), related=RELATED),
}
