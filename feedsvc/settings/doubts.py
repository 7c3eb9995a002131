"""What is right in topics.yaml and regions.yaml, and yet can hardly be meant: told by `feedsvc check`, and no error.

rules ─► terms: words, and where they stand ─► what can never count · what counts nearly everywhere · what contradicts
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..domain.language import Lexicon
from ..domain.rule import Rule
from ..domain.source import Source
from ..domain.taxonomy import Reach, Taxonomy
from ..errors import Problem
from .namesakes import namesakes
from .terms import RuleTerms, Term, terms_of
from .yamlfile import YamlFile, read_yaml

SHORT = 2
"""Letters of a word that says nothing by itself, in a language of which no common words are known."""
LONG_FIELDS = frozenset({"lead", "body"})
"""Where common words stand; in a headline even these may be chosen."""
GIVES_BOTH = {
    Reach.NATIONAL: "the names of the country, or many places, speak",
    Reach.INTERNATIONAL: "only foreign names speak",
}
"""What speaks for a scope by its reach alone."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A topic or a scope, its rule, and the terms of it as they stand in a file."""

    slug: str
    rule: Rule
    terms: RuleTerms
    file: YamlFile
    by_phrases: bool = True
    """Whether it is found by nothing but its phrases; a scope may be found by names of places, and except some."""

    def doubt(self, term: Term, message: str) -> Problem:
        return self.file.problem(term.at, f"“{term.text}” {message}")


def doubts(folder: Path, taxonomy: Taxonomy, sources: Iterable[Source], lexicon: Lexicon) -> tuple[Problem, ...]:
    """What can hardly be meant, in the order of the files; the taxonomy is that of the files in the folder."""
    topics, regions = read_yaml(folder / "topics.yaml"), read_yaml(folder / "regions.yaml")
    themes = _places(topics, "topics", {slug: one.rule for slug, one in taxonomy.topics.items()}, lexicon)
    rules = {slug: one.rule for slug, one in taxonomy.regions.items() if one.scope}
    named = (slug for slug, one in taxonomy.regions.items() if one.places)
    scopes = _places(regions, "regions", rules, lexicon, named)
    found = [
        *_idle(themes, taxonomy, sources),
        *(doubt for place in (*themes, *scopes) for doubt in _of_rule(place, lexicon)),
        *_of_families({place.slug: place for place in themes}, taxonomy),
        *_twins(themes),
        *_twins(scopes),
        *_of_one_reach(scopes, taxonomy),
        *namesakes(taxonomy, regions, lexicon),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.file != topics.name, one.line, one.key)))


def _places(
    file: YamlFile, key: str, rules: Mapping[str, Rule], lexicon: Lexicon, named: Iterable[str] = ()
) -> tuple[_Place, ...]:
    listed = file.values.get(key)
    found, places = [], frozenset(named)
    for place, raw in enumerate(listed if isinstance(listed, list) else []):
        slug = str(raw.get("id")) if isinstance(raw, dict) else ""
        if isinstance(raw, dict) and slug in rules:
            terms = terms_of(raw, (key, place), rules[slug], lexicon)
            found.append(_Place(slug, rules[slug], terms, file, slug not in places))
    return tuple(found)


def _idle(themes: Iterable[_Place], taxonomy: Taxonomy, sources: Iterable[Source]) -> Iterator[Problem]:
    """A topic that nothing gives: no phrase, no source, and no topic below it or merged into it."""
    given = {topic for source in sources for topic in (*source.topics, *source.categories.values())}
    fed = {slug for topic in taxonomy.topics.values() for slug in (topic.parent, topic.successor)}
    for place in themes:
        if not place.rule.any and place.slug not in given | fed:
            message = "is given by nothing: it has no phrases in `any`, no topic below it, and no source gives it"
            yield place.file.problem((*place.terms.at, "id"), message)


def _of_rule(place: _Place, lexicon: Lexicon) -> Iterator[Problem]:
    dead = {term: why for term in place.terms.any if (why := _why_dead(term, place.terms)) is not None}
    yield from (place.doubt(term, why) for term, why in dead.items())
    live = [term for term in place.terms.any if term not in dead]
    reach = sum(term.weight for term in live)
    if place.terms.any and reach < place.rule.threshold:
        said = f"the phrases of `any` that can count add up to {reach:g}, and {place.rule.threshold:g} is needed"
        yield place.file.problem((*place.terms.at, "any"), f"can never be met: {said}")
    else:
        yield from _everywhere(place, live, lexicon)
    yield from _twice(place)
    if place.terms.any and place.by_phrases:
        yield from _useless(place)


def _why_dead(term: Term, terms: RuleTerms) -> str | None:
    """Why a phrase of `any` can never give the label, if so."""
    if any(one.covers(term) for one in terms.exceptions if one.words == term.words):
        return "can never count: `except` has the same words; take one of the two out"
    against = next((one for one in terms.none if one.covers(term)), None)
    if against is None:
        return None
    same = "has it too" if against.words == term.words else f"has “{against.text}”, which stands in it"
    return f"can never count: `none` {same}, and takes the label away; take one of the two out"


def _everywhere(place: _Place, live: list[Term], lexicon: Lexicon) -> Iterator[Problem]:
    """Words that stand in most texts, and that reach the threshold without any other."""
    common = [term for term in live if _is_common(term, lexicon)]
    weight = sum(term.weight for term in common)
    if common and weight >= place.rule.threshold:
        others = "" if len(common) == 1 else f", together with {len(common) - 1} more such"
        message = f"is enough by itself{others}, and stands in most texts; write more words, or a smaller weight"
        yield place.doubt(common[0], message)


def _is_common(term: Term, lexicon: Lexicon) -> bool:
    """One word, in any capitals: of several, the whole says more. The length tells nothing in scripts without any."""
    if term.case or len(term.words) != 1 or term.fields.isdisjoint(LONG_FIELDS):
        return False
    [word] = term.words
    short = len(word) <= SHORT and word.isalpha() and word.upper() != word
    return word in lexicon.commonest if lexicon.commonest else short


def _twice(place: _Place) -> Iterator[Problem]:
    first: dict[tuple[object, ...], Term] = {}
    for term in place.terms.any:
        known = first.setdefault(term.meaning, term)
        if known is not term:
            line = place.file.line(known.at)
            yield place.doubt(
                term, f"stands in `any` already, in line {line}, and counts once all the same; take one of the two out"
            )


def _useless(place: _Place) -> Iterator[Problem]:
    for term in place.terms.exceptions:
        if not any(one.stands_in(term) for one in place.terms.any):
            yield place.doubt(term, "excepts nothing: no phrase of `any` stands in it; write it longer, or take it out")


def _of_families(places: Mapping[str, _Place], taxonomy: Taxonomy) -> Iterator[Problem]:
    """A topic and one above it that exclude each other: the articles of one stand in the feeds of the other."""
    for slug in places:
        for above in taxonomy.topic_ancestors(slug):
            for one, other, what in ((places[slug], places[above], "above"), (places[above], places[slug], "below")):
                yield from _excluding(one, other, what)


def _excluding(one: _Place, other: _Place, what: str) -> Iterator[Problem]:
    for term in one.terms.none:
        if any(theirs.words == term.words for theirs in other.terms.any):
            message = (
                f"takes {one.slug} away and speaks for {other.slug}, the topic {what} it; take it out of one of them"
            )
            yield one.doubt(term, message)


def _twins(places: Iterable[_Place]) -> Iterator[Problem]:
    first: dict[object, _Place] = {}
    for place in places:
        known = first.setdefault(place.terms.meaning(place.rule.threshold), place) if place.rule.any else place
        if known is not place:
            line = place.file.line((*known.terms.at, "id"))
            message = f"has the very rule of {known.slug}, in line {line}; tell them apart, or make one of them"
            yield place.file.problem((*place.terms.at, "any"), message)


def _of_one_reach(scopes: Iterable[_Place], taxonomy: Taxonomy) -> Iterator[Problem]:
    """What the places and names of an article say of a reach, they say of each scope that has it."""
    first: dict[Reach, _Place] = {}
    for place in scopes:
        reach = taxonomy.regions[place.slug].reach
        if reach is None:
            continue
        known = first.setdefault(reach, place)
        if known is not place:
            line = place.file.line((*known.terms.at, "reach"))
            given = f"both are given where {GIVES_BOTH[reach]} for them"
            message = f"is that of {known.slug} too, in line {line}, and {given}; leave it to one of them"
            yield place.file.problem((*place.terms.at, "reach"), message)
