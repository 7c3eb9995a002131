"""What feeds and pages say in sentences, in each language, as data: a new language is a new row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of topics, or of places: patterns of `day`, `one` and `others`."""

    widened: str
    ended: str
    goes_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """The sentences of one language, patterns of `day`, `feed` and `feeds`; `written` is how it writes a day.

    `silent` and `silent_since` are of a feed to which nothing new comes, `farewell` is the title of its last entry.
    `rights` is the notice of a feed of several sources, `source` the line that names the `outlet` of an article.
    """

    months: tuple[str, ...]
    written: str
    last: str
    place: Told
    topic: Told
    silent: str
    silent_since: str
    farewell: str
    follow: str
    rights: str
    source: str

    def day(self, day: date) -> str:
        """The day, as the language writes it."""
        return self.written.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def listed(self, names: Sequence[str]) -> str:
        """The names as one reads them out: the last one is joined in another way than the others."""
        *first, end = names
        return f"{', '.join(first)}{self.last}{end}" if first else end


VIETNAMESE = Sentences(
    months=tuple(str(month) for month in range(1, 13)),
    written="{day}/{month}/{year}",
    last=" và ",
    place=Told(
        widened="Từ {day}, {one} gồm cả {others}.",
        ended="Từ {day}, {one} thuộc {others}.",
        goes_on="Nguồn tin này tiếp tục với những tin về địa bàn cũ.",
    ),
    topic=Told(
        widened="Từ {day}, chủ đề {one} gồm cả {others}.",
        ended="Từ {day}, chủ đề {one} được gộp vào {others}.",
        goes_on="Nguồn tin này tiếp tục với những tin thuộc chủ đề cũ.",
    ),
    silent="Nguồn tin này không có tin mới nữa.",
    silent_since="Từ {day}, nguồn tin này không có tin mới nữa.",
    farewell="Nguồn tin “{feed}” đã kết thúc",
    follow="Mời bạn theo dõi thay vào đó: {feeds}.",
    rights="Bản quyền mỗi bài thuộc về nguồn ghi cuối bài.",
    source="Nguồn: {outlet}",
)
ENGLISH = Sentences(
    months=tuple(
        "January February March April May June July August September October November December".split(),
    ),
    written="{day} {month} {year}",
    last=" and ",
    place=Told(
        widened="Since {day}, {one} has included {others}.",
        ended="Since {day}, {one} has been part of {others}.",
        goes_on="This feed goes on with news of the old place.",
    ),
    topic=Told(
        widened="Since {day}, {one} has included {others}.",
        ended="Since {day}, {one} has been part of {others}.",
        goes_on="This feed goes on with news of the old topic.",
    ),
    silent="Nothing new comes to this feed any more.",
    silent_since="Since {day}, nothing new has come to this feed.",
    farewell="The feed “{feed}” has ended",
    follow="Please follow instead: {feeds}.",
    rights="Each article belongs to the source named at its end.",
    source="Source: {outlet}",
)
_TABLE = {"vi": VIETNAMESE, "en": ENGLISH}


def sentences_for(language: str) -> Sentences:
    """The sentences of a language tag (RFC 5646), by its primary subtag; English where there are none."""
    return _TABLE.get(language.lower().partition("-")[0], ENGLISH)
