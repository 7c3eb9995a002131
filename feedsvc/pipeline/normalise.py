"""From a record in the source's words to a draft: clean, dated, its lead, captions, byline and figures told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from ..domain.article import Draft
from ..domain.clean import one_line, shortened
from ..domain.iso639 import LANGUAGES
from ..domain.record import Hypertext, RawRecord
from ..domain.source import Source
from ..errors import RecordRefused
from ..ports import Language, Markup
from . import dating
from .links import http
from .mending import mended
from .parts import Parts, blocks_of
from .stating import Calendar, stated
from .undoubling import plain_name, plain_text

LONGEST_TITLE = 300
LONGEST_SUMMARY = 4000
LONGEST_NAME = 200
"""Characters of a person's name or of an upstream's term."""
TITLE_FROM_TEXT = 80
MOST_NAMES = 32
LANGUAGE_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.I | re.A)
"""RFC 5646 section 2.1, its shape."""


def normalise(source: Source, language: Language, markup: Markup, record: RawRecord, now: datetime) -> Draft:
    """The draft of a record.

    Raises RecordRefused, with the reason, for one that has neither a title nor a text, or none that can be read.
    """
    record, written_in = mended(language, record)
    parts = Parts(language, record)
    parts.take(blocks_of(record, markup))
    named = shortened(_title(record, markup), LONGEST_TITLE)
    title = named or shortened(one_line(plain_text(parts.lead, markup)), TITLE_FROM_TEXT)
    if not title:
        raise RecordRefused(record.key, "it has neither a title nor a text")
    dateline, lead = language.dateline(parts.lead)
    calendar = Calendar(ZoneInfo(source.zone), source.date_order, language)
    dated = dating.published(record, language.day(lead), calendar, now)
    return Draft(
        key=record.key,
        title=title,
        summary=shortened(_summary(record, markup) or lead, LONGEST_SUMMARY),
        content=tuple(parts.content),
        published=dated.at,
        dated_by=one_line(dated.by),
        dated=dated.known,
        updated=stated(record.updated, calendar, now, record.modified),
        language=language_tag(source, record),
        link=http(record.link),
        authors=names(plain_name(name, markup) for name in record.authors) or names(parts.authors),
        contributors=names((*parts.credits, *parts.contributors)),
        categories=names(record.categories),
        dateline=dateline,
        policy=markup.policy,
        mended=written_in,
    )


def language_tag(source: Source, record: RawRecord) -> str:
    """What the record says if it is a language tag (`vi_VN` is meant for one), else the source's."""
    return _tag(record.language, source.language) if record.language else source.language


@lru_cache(maxsize=256)
def _tag(written: str, otherwise: str) -> str:
    said = one_line(written).replace("_", "-")
    known = said.partition("-")[0].lower() in LANGUAGES
    return said if known and LANGUAGE_TAG.fullmatch(said) and len(said) <= LONGEST_NAME else otherwise


def _title(record: RawRecord, markup: Markup) -> str:
    title = record.title
    text = markup.plain(title.html) if isinstance(title, Hypertext) else title
    return one_line(plain_text(text, markup))


def _summary(record: RawRecord, markup: Markup) -> str:
    return one_line(plain_text(markup.plain(record.summary or ""), markup))


def names(written: Iterable[str]) -> tuple[str, ...]:
    """People or terms, each once, in one line, and not without end."""
    said = (shortened(name, LONGEST_NAME) for name in map(one_line, written) if name)
    return tuple(islice(dict.fromkeys(said), MOST_NAMES))
