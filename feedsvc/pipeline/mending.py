"""Records that were read in the wrong encoding before they came here: mended, or refused with the encoding's name."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

from ..domain.language import Mended
from ..domain.record import Hypertext, Line, PlainText, RawFigure, RawRecord
from ..errors import RecordRefused
from ..ports import Language

log = logging.getLogger(__name__)


def mended(language: Language, record: RawRecord) -> tuple[RawRecord, str]:
    """The record with its texts as they should be, and what they were really written in, empty where nothing was wrong.

    One decision a record, on its title and content. Raises RecordRefused for one that cannot be mended.
    """
    found = _decided(language, record)
    if found is None:
        return record, ""
    if found.mend is None:
        raise RecordRefused(
            record.key,
            f"its text was written in {found.encoding} and read as another encoding, which lost some of its letters; "
            "it has to be mended where it was read",
        )
    log.info(
        "a text that was read in the wrong encoding was mended", extra={"record": record.key, "was": found.encoding}
    )
    return _with(record, found.mend), found.encoding


def _decided(language: Language, record: RawRecord) -> Mended | None:
    """What can be mended comes first: a field that was read well hides the others."""
    recognised = None
    texts = tuple(_texts(record))
    for text in dict.fromkeys(texts) if language.suspect(texts[0]) else ():
        found = language.mended(text)
        if found is not None and found.mend is not None:
            return found
        recognised = recognised or found
    return recognised


def _texts(record: RawRecord) -> Iterator[str]:
    title = _plain(record.title)
    content = record.content
    if isinstance(content, PlainText):
        text = "\n".join(block.text for block in content.blocks if isinstance(block, Line))
    else:
        text = content.html
    yield f"{title}\n{text or record.summary or ''}"
    yield text
    yield title


def _with(record: RawRecord, mend: Callable[[str], str]) -> RawRecord:
    content = record.content
    if isinstance(content, PlainText):
        blocks = (Line(mend(block.text)) if isinstance(block, Line) else block for block in content.blocks)
        content = PlainText(tuple(blocks))
    else:
        content = _each(mend, content)
    return replace(
        record,
        title=_each(mend, record.title) if isinstance(record.title, Hypertext) else mend(record.title),
        content=content,
        summary=None if record.summary is None else mend(record.summary),
        authors=tuple(map(mend, record.authors)),
        categories=tuple(map(mend, record.categories)),
        figures=tuple(_figure(mend, figure) for figure in record.figures),
    )


def _each(mend: Callable[[str], str], text: Hypertext) -> Hypertext:
    return replace(text, html=mend(text.html))


def _figure(mend: Callable[[str], str], figure: RawFigure) -> RawFigure:
    return replace(figure, caption=mend(figure.caption), alternative=mend(figure.alternative))


def _plain(title: str | Hypertext) -> str:
    return title.html if isinstance(title, Hypertext) else title
