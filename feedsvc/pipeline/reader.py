"""Reading, in the process that it is called in: what a kind makes of bytes, and what normalise makes of records."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..domain.article import Draft
from ..domain.fetched import Fetched, Listing
from ..domain.record import Parsed, RawRecord, Rejection
from ..domain.source import Source
from ..errors import RecordRefused, Unreadable
from ..ports import Markup, SourceKind
from .languages import Languages
from .normalise import language_tag, normalise

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PlainReader:
    """Implements `ports.Reader` but for its bounds: what takes long takes long, and whoever calls it waits."""

    kinds: Mapping[str, SourceKind]
    languages: Languages
    markup: Markup

    def parse(self, source: Source, answer: Fetched | Listing) -> Parsed:
        """The kind's own answer; see `ports.Reader`."""
        try:
            return self.kinds[source.kind].parse(source, answer)
        except Exception as error:
            # A kind promises not to raise. Where it does, one answer is lost, and the others are not.
            log.exception("an answer could not be read", extra={"source": source.id})
            raise Unreadable(_broken(error)) from None

    def understand(self, source: Source, records: Iterable[RawRecord], now: datetime) -> tuple[Draft | Rejection, ...]:
        """Each record by itself; see `ports.Reader`."""
        return tuple(self.draft(source, record, now) for record in records)

    def draft(self, source: Source, record: RawRecord, now: datetime) -> Draft | Rejection:
        """One record understood, or the reason why it is not."""
        try:
            return normalise(source, self.languages.of(language_tag(source, record)), self.markup, record, now)
        except RecordRefused as refused:
            return Rejection(record.key, str(refused))
        except Exception as error:
            log.exception("a record could not be read", extra={"source": source.id, "record": record.key})
            return Rejection(record.key, _broken(error))


def _broken(error: Exception) -> str:
    return f"it could not be read: {type(error).__name__}"
