"""What is written: two feeds of others with all that a feed may hold, and two articles of the newsroom's own."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.e2e.newsroom import Newsroom, age

COMPARED = "Giá lúa <5.000 đ & gạo > 9.000 đ, theo “Báo Mẫu” 🌾"
DECOMPOSED = "Đại hội thể thao Đồng Tháp"
"""In NFD as it is sent, see `rss`."""
ESCAPED_TWICE = 'Cà phê & trà "ngon" ở Sa Đéc'
MARKED = "Hai tin trong một dòng"
UNDATED, FUTURE = "Tin không ngày", "Tin của ngày mai"
LONG = "Một tiêu đề rất dài " * 40
FORWARDED = "Bóng đá: tin dẫn lại từ báo khác"
RELATIVE = "Bài có địa chỉ tương đối"
PICTURED = "Bóng đá trẻ Đồng Tháp vào chung kết"
OLD_PLACE = "Chợ Gò Công họp phiên cuối năm"
"""About a place whose feeds lead to those of another one."""
OLD_TOPIC = "Giải futsal các phường khai mạc"
"""About a topic whose feeds lead to those of another one."""
AUTHORS = ("Lê Vân", "Trần Hà & em", "Nguyễn <An>")
IRI = "http://báo-mẫu.example/đà-nẵng/giá lúa?trang=một&đủ=1#đầu"
URI = (
    "http://xn--bo-mu-xqa9944c.example/%C4%91%C3%A0-n%E1%BA%B5ng/gi%C3%A1%20l%C3%BAa"
    "?trang=m%E1%BB%99t&%C4%91%E1%BB%A7=1#%C4%91%E1%BA%A7u"
)
POINT = "21.0 105.8"
"""Where a newspaper says that an article is, which nobody looks at."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NASTY = """
<p onclick="alert(1)" style="position:fixed">Đoạn một, <b>đậm</b>, <a href="/xem?a=1&b=2">xem thêm</a> và
<a href="javascript:alert(1)">bấm</a> &amp; hết.</p>
<script>alert(1)</script><iframe src="https://evil.example/"></iframe><object data="x"></object>
<style>p{color:red}</style>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="../anh/lua.jpg" alt="Ruộng lúa" onerror="alert(1)">
<img src="https://count.example/pixel.gif" width="1" height="1"><form action="/x"><input name="y"></form>
<svg><script>alert(1)</script></svg><p>Đoạn hai không đóng <em>nghiêng
"""
_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:georss="http://www.georss.org/georss" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(now: datetime) -> bytes:
    """A newspaper's RSS feed, whose channel and items have everything, also what they should not."""
    items = (
        _complete(now - timedelta(hours=1)),
        # Đ, a letter of its own, then letters and their marks; characters of no text between them.
        _item(
            "nfd",
            "&#x110;a\u0323i ho\u0323\u0302i &#x9d;the\u0302\u0309 thao&#xFDD0; &#x110;o\u0302\u0300ng Tha\u0301p",
            now - timedelta(hours=2),
        ),
        _item("hai-lan", "Cà phê &amp;amp; trà &amp;quot;ngon&amp;quot; ở Sa Đéc", now - timedelta(hours=3)),
        _item("dai", LONG, now - timedelta(hours=4)),
        _item(
            "danh-dau",
            "Hai <![CDATA[<b>tin</b>]]>\n\t trong&amp;nbsp;một <![CDATA[<i onload='x'>dòng</i>]]>",
            now - timedelta(hours=5),
        ),
        _item("khong-ngay", UNDATED, None),
        _item("ngay-mai", FUTURE, now + timedelta(days=3)),
        "<item><guid>hong</guid></item>",
    )
    head = "<title>Báo Mẫu</title><link>http://bao.example/</link><description>Tin</description>"
    start = f'<?xml version="1.0"?><rss version="2.0" {_NAMESPACES}>'
    return f"{start}<channel>{head}{''.join(items)}</channel></rss>".encode()


def atom(now: datetime) -> bytes:
    """A magazine's Atom feed: an entry that it has from somebody else, and one with addresses relative to a base."""
    forwarded = f"""<entry><id>tag:tap-chi.example,2026:1</id><title>{FORWARDED}</title>
<link href="http://tap-chi.example/1"/><published>{_rfc3339(now - timedelta(hours=6))}</published>
<updated>{_rfc3339(now - timedelta(hours=5))}</updated>
<author><name>Phạm Một</name></author><author><name>Phạm Hai</name></author>
<category term="bong-da" label="Bóng đá"/><summary>Tóm tắt bóng đá.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Bóng đá <br/> trong XHTML.</p></div></content>
<link rel="via" href="http://goc.example/bai"/>
<source><id>tag:goc.example,2026:feed</id><title>Báo Gốc</title><updated>{_rfc3339(now - timedelta(hours=7))}</updated>
<link rel="self" href="http://goc.example/feed.atom"/><link rel="alternate" href="http://goc.example/"/></source></entry>"""
    relative = f"""<entry xml:base="http://tap-chi.example/so-2/"><id>tag:tap-chi.example,2026:2</id>
<title>{RELATIVE}</title><link href="bai-2.html"/><updated>{_rfc3339(now - timedelta(hours=8))}</updated>
<content type="html">{escape('<p><a href="../so-1/">Số trước</a> <img src="anh.png" alt="Ảnh"></p>')}</content>
</entry>"""
    head = f"<id>tag:tap-chi.example,2026:f</id><title>Tạp chí</title><updated>{_rfc3339(now)}</updated>"
    author = "<author><name>Tòa soạn</name></author>"
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{author}{forwarded}{relative}</feed>'.encode()


def documents(newsroom: Newsroom) -> None:
    """The newsroom's own articles: one with pictures, captions, a photographer and an author, and one without."""
    for name, size in (("san.png", (4, 3)), ("khan-dai.png", (2, 2))):
        (newsroom.inbox / name).write_bytes(png(*size))
        age(newsroom.inbox / name, 1)
    text = f"""{PICTURED}

(ĐT) Sáng 10/1, đội bóng đá trẻ Đồng Tháp thắng 2-0 ở Cao Lãnh.

san.png

Các cầu thủ ăn mừng. Ảnh: Mai Thử

khan-dai.png

Khán đài chật kín. Ảnh: Mai Thử

Trận chung kết diễn ra vào Chủ nhật.

Lê Thử
"""
    newsroom.drop("bong-da.txt", text)
    lead = "(ĐT) Sáng 8/1, giải futsal các phường khai mạc."
    newsroom.drop("futsal.txt", f"{OLD_TOPIC}\n\n{lead}\n\nGiải có tám đội.\n\nLê Thử")
    newsroom.drop("cho.txt", f"{OLD_PLACE}\n\n(ĐT) Sáng 9/1, tỉnh Gò Công họp chợ.\n\nChợ đông từ sớm.\n\nLê Thử")


def png(width: int, height: int) -> bytes:
    """A black picture of this size (PNG, RFC 2083)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\0\0\0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _complete(when: datetime) -> str:
    first, second, third = map(escape, AUTHORS)
    return f"""<item><guid isPermaLink="false">day-du</guid><title>{escape(COMPARED)}</title>
<link>{escape(IRI)}</link><pubDate>{format_datetime(when.astimezone(UTC))}</pubDate>
<dc:creator>{first}</dc:creator><dc:creator>{second}</dc:creator><dc:creator>{third}</dc:creator>
<category domain="http://bao.example/muc">Nông nghiệp</category><category>dân vận</category>
<description>Nông dân &lt;b&gt;Tháp Mười&lt;/b&gt; bán lúa: 3 &amp;lt; 5 &amp;amp; hết.</description>
<content:encoded>{escape(NASTY)}</content:encoded>
<enclosure url="http://bao.example/anh/đồng lúa.jpg" length="" type="image/jpeg"/>
<media:content url="http://bao.example/anh/đồng lúa.jpg" medium="image" type="image/jpeg" width="640" height="480"/>
<media:thumbnail url="http://bao.example/anh/nho.jpg" width="75" height="50"/>
<georss:point>{POINT}</georss:point><source url="http://goc.example/rss.xml">Báo Gốc</source></item>"""


def _item(guid: str, title: str, when: datetime | None) -> str:
    dated = f"<pubDate>{format_datetime(when.astimezone(UTC))}</pubDate>" if when else ""
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title><link>http://bao.example/{guid}.html</link>"
        f"<description>&lt;p&gt;Một đoạn văn ngắn của tin {guid}.&lt;/p&gt;</description>{dated}</item>"
    )


def _rfc3339(when: datetime) -> str:
    return when.astimezone(UTC).replace(microsecond=0).isoformat()
