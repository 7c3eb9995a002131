"""Names that two places have at the same time: an article that names one of them would be about both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ..domain.language import Lexicon
from ..domain.taxonomy import Region, Taxonomy
from ..errors import Problem
from .yamlfile import KeyPath, YamlFile


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of a place, from one day to another, both included."""

    name: str
    slug: str
    start: date
    end: date
    at: KeyPath

    def meets(self, other: _Named) -> bool:
        return self.slug != other.slug and self.start <= other.end and other.start <= self.end


def namesakes(taxonomy: Taxonomy, file: YamlFile, lexicon: Lexicon) -> Iterator[Problem]:
    """Each name that a place before it in the file has as well, on the same days."""
    known: dict[str, list[_Named]] = {}
    for one in _every(taxonomy, file):
        alike = known.setdefault(lexicon.canonical(one.name), [])
        other = next((other for other in alike if one.meets(other)), None)
        if other is not None:
            line = file.line(other.at)
            message = (
                f"“{one.name}” is a name of {other.slug} too, in line {line}, at the same time; leave it to one of them"
            )
            yield file.problem(one.at, message)
        alike.append(one)


def _every(taxonomy: Taxonomy, file: YamlFile) -> Iterator[_Named]:
    listed = file.values.get("regions")
    for place, raw in enumerate(listed if isinstance(listed, list) else []):
        region = taxonomy.regions.get(str(raw.get("id"))) if isinstance(raw, dict) else None
        if region is not None and not region.scope:
            yield from _names(region, ("regions", place))


def _names(region: Region, at: KeyPath) -> Iterable[_Named]:
    spans = [(row.start or date.min, row.end or date.max) for row in region.rows]
    for place, (row, (start, end)) in enumerate(zip(region.rows, spans, strict=True)):
        for language, name in row.title.items():
            yield _Named(name, region.id, start, end, (*at, "rows", place, "title", language))
    for place, name in enumerate(region.aliases):
        yield _Named(name, region.id, spans[0][0], spans[-1][1], (*at, "aliases", place))
