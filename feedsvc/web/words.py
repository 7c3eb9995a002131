"""What the pages say in each language, as data: a new language is a new row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language; `moment` is a pattern of weekday, day, month, year, time and offset."""

    tag: str
    intro: str
    how: str
    main: str
    topics: str
    regions: str
    areas: str
    former: str
    former_note: str
    sources: str
    jump: str
    skip: str
    authors: str
    contributors: str
    published: str
    updated: str
    source: str
    original: str
    licence: str
    home: str
    found_in: str
    newest: str
    follow: str
    empty: str
    parts: str
    by_topic: str
    opml: str
    gone_title: str
    gone_text: str
    missing_title: str
    missing_text: str
    no_list_title: str
    no_list_text: str
    ended_title: str
    ended_text: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    moment: str

    def when(self, instant: datetime, zone: tzinfo) -> str:
        """The instant in words, as a clock in the zone shows it."""
        local = instant.astimezone(zone)
        return self.moment.format(
            weekday=self.weekdays[local.weekday()],
            day=local.day,
            month=self.months[local.month - 1],
            year=local.year,
            time=f"{local:%H:%M}",
            offset=_offset(local),
        )


def words_for(language: str) -> Words:
    """The words of a language tag (RFC 5646), by its primary subtag; English where there are none."""
    return _TABLE.get(language.lower().split("-")[0], _ENGLISH)


def _offset(local: datetime) -> str:
    """`GMT+7`, `GMT+5:30`: how Vietnamese and English papers write a zone."""
    sign, hours, minutes = f"{local:%z}"[0], int(f"{local:%z}"[1:3]), f"{local:%z}"[3:5]
    return f"GMT{sign}{hours}" + (f":{minutes}" if minutes != "00" else "")


_VIETNAMESE = Words(
    tag="vi",
    intro="Tin theo chủ đề và theo vùng, để đọc trong phần mềm đọc tin của bạn.",
    how="Chọn một nguồn tin, chép địa chỉ của nó vào phần mềm đọc tin. Phần lớn phần mềm đọc được Atom; "
    "RSS và JSON có cùng nội dung.",
    main="Tất cả tin",
    topics="Chủ đề",
    regions="Tỉnh, thành phố",
    areas="Cả nước và các vùng",
    former="Tỉnh, thành phố trước sáp nhập",
    former_note="nay thuộc {successors}",
    sources="Cơ quan báo chí",
    jump="Đi tới",
    skip="Tới nội dung chính",
    authors="Tác giả",
    contributors="Ảnh",
    published="Đăng",
    updated="Cập nhật",
    source="Nguồn",
    original="Đọc bài gốc tại",
    licence="Giấy phép",
    home="Trang đầu",
    found_in="Bài này có trong các nguồn tin",
    newest="Tin mới",
    follow="Muốn theo dõi, chép một trong các địa chỉ này vào phần mềm đọc tin; bấm một lần là chọn cả địa chỉ:",
    empty="Chưa có bài nào. Nguồn tin đã sẵn sàng: theo dõi từ bây giờ thì không bỏ lỡ bài đầu tiên.",
    parts="Gồm có",
    by_topic="Nguồn tin theo chủ đề",
    opml="Tải tất cả nguồn tin (OPML)",
    gone_title="Bài này đã được gỡ",
    gone_text="Bài này không còn ở đây nữa. Địa chỉ sẽ không dùng lại cho bài khác.",
    missing_title="Không có bài này",
    missing_text="Địa chỉ có thể bị chép thiếu. Xin kiểm tra lại, hoặc bắt đầu từ trang đầu.",
    no_list_title="Không có trang này",
    no_list_text="Không có chủ đề, vùng hay cơ quan báo chí nào mang tên này. Trang đầu liệt kê tất cả.",
    ended_title="Nguồn tin này đã kết thúc",
    ended_text="Nguồn tin này không còn tin mới. Mời bạn theo dõi thay vào đó:",
    weekdays=("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    months=tuple(str(month) for month in range(1, 13)),
    moment="{weekday}, {day}/{month}/{year}, {time} ({offset})",
)
_ENGLISH = Words(
    tag="en",
    intro="News by topic and by region, to follow in your own feed reader.",
    how="Choose a feed and paste its address into your feed reader. Nearly every reader takes Atom; "
    "RSS and JSON hold the same.",
    main="All news",
    topics="Topics",
    regions="Provinces and cities",
    areas="The country and its areas",
    former="Provinces and cities before they were merged",
    former_note="now part of {successors}",
    sources="Publishers",
    jump="Jump to",
    skip="Skip to the main content",
    authors="By",
    contributors="Pictures",
    published="Published",
    updated="Updated",
    source="Source",
    original="Read the original at",
    licence="Licence",
    home="Front page",
    found_in="This article is in the feeds",
    newest="Latest news",
    follow="To follow it, copy one of these addresses into your feed reader; one click selects all of it:",
    empty="There is no article yet. The feed is ready: whoever follows it now will not miss the first one.",
    parts="Within it",
    by_topic="Feeds by topic",
    opml="Download every feed (OPML)",
    gone_title="This article is no longer here",
    gone_text="It was taken out. The address will not be used for another article.",
    missing_title="There is no such article",
    missing_text="The address may be incomplete. Please check it, or start from the front page.",
    no_list_title="There is no such page",
    no_list_text="No topic, no region and no publisher goes by this name. The front page lists them all.",
    ended_title="This feed has ended",
    ended_text="Nothing new comes here any more. Please follow instead:",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    moment="{weekday}, {day} {month} {year}, {time} ({offset})",
)
_TABLE = {words.tag: words for words in (_VIETNAMESE, _ENGLISH)}
