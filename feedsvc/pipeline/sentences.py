"""What feeds and pages say in sentences, in each language, as data: a new language is a new row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..domain.site import Site
from ..domain.succession import Handover, taken_over, took_over
from ..domain.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """The sentences of one language, patterns of `day`, `place` and `places`; `written` is how it writes a day.

    `rights` is the notice of a feed of several sources, `source` the line that names the `outlet` of an article.
    """

    months: tuple[str, ...]
    written: str
    last: str
    widened: str
    ended: str
    goes_on: str
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
    widened="Từ {day}, {place} gồm cả {places}.",
    ended="Từ {day}, {place} thuộc {places}.",
    goes_on="Nguồn tin này tiếp tục với những tin về địa bàn cũ.",
    rights="Bản quyền mỗi bài thuộc về nguồn ghi cuối bài.",
    source="Nguồn: {outlet}",
)
ENGLISH = Sentences(
    months=tuple(
        "January February March April May June July August September October November December".split(),
    ),
    written="{day} {month} {year}",
    last=" and ",
    widened="Since {day}, {place} has included {places}.",
    ended="Since {day}, {place} has been part of {places}.",
    goes_on="This feed goes on with news of the old place.",
    rights="Each article belongs to the source named at its end.",
    source="Source: {outlet}",
)
_TABLE = {"vi": VIETNAMESE, "en": ENGLISH}


def sentences_for(language: str) -> Sentences:
    """The sentences of a language tag (RFC 5646), by its primary subtag; English where there are none."""
    return _TABLE.get(language.lower().partition("-")[0], ENGLISH)


def story_of(site: Site, taxonomy: Taxonomy, slug: str, day: date) -> str:
    """What the readers of a place's feed have to know of its bounds as of a day, in the language of the site.

    Empty where they are what they always were.
    """
    return " ".join(_story(site, taxonomy, slug, day))


def _story(site: Site, taxonomy: Taxonomy, slug: str, day: date) -> Iterator[str]:
    said, region = sentences_for(site.language), taxonomy.regions[slug]

    def sentence(pattern: str, over: Handover, named: date) -> str:
        # By the names that they had then: whoever misses a place looks for that name.
        places = [site.title_of(taxonomy.regions[one].row(named).title, one) for one in over.places]
        name = site.title_of(region.row(day).title, slug)
        return pattern.format(day=said.day(over.day), place=name, places=said.listed(places))

    for over in took_over(taxonomy, slug, day):
        yield sentence(said.widened, over, over.day - over.day.resolution)
    if (over_by := taken_over(taxonomy, slug, day)) is not None:
        yield sentence(said.ended, over_by, day)
        yield said.goes_on
