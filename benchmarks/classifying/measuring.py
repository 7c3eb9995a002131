"""The benchmark of classification: three ways over the same articles, in turn, round by round."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from feedsvc.domain.article import Draft
from feedsvc.domain.matching import Scan
from feedsvc.domain.source import Source
from feedsvc.pipeline.classify import Classifier
from feedsvc.running.memory import collect_rarely

from ..agreement import Disagreement
from . import gazetteer, texts
from .page import Found, page
from .size import Size

SOURCE = Source(
    id="do",
    kind="documents",
    title="Tin Đo",
    outlet="do",
    language="vi",
    zone="Asia/Ho_Chi_Minh",
    every=timedelta(days=1),
    home="dong-thap",
)


@dataclass(frozen=True)
class Ways:
    """What is measured, each way over one article; `words` are all names and phrases in lower case, each once."""

    classifier: Classifier
    words: Sequence[str]

    def loop(self, draft: Draft) -> list[str]:
        """The plain way: which of them stand in the text in lower case, wherever, and however they are accented."""
        text = "\n".join(text for _, text in draft.fields()).lower()
        return [word for word in self.words if word in text]

    def match(self, draft: Draft) -> tuple[Scan, ...]:
        """Normalising and matching alone."""
        return self.classifier.matcher.scans([text for _, text in draft.fields()])

    def decide(self, draft: Draft) -> int:
        """The whole decision, with evidence and reasons."""
        return len(self.classifier.labels(SOURCE, draft))


def everything(size: Size, say: Callable[[str], None]) -> str:
    """The page. Raises Disagreement where matching does not find what the loop finds."""
    services = gazetteer.services_of(gazetteer.SEED, size.names, size.phrases)
    taxonomy = services.settings.taxonomy
    names, phrases = list(gazetteer.names_of(taxonomy)), list(gazetteer.phrases_of(taxonomy))
    ways = Ways(services.classifier, sorted({word.lower() for word in (*names, *phrases)}))
    drafts = texts.drafts(taxonomy, gazetteer.SEED, size.articles)
    hits = _agree(ways, drafts)
    collect_rarely()  # as services do
    rounds = []
    for number in range(1, size.rounds + 1):
        rounds.append([_seconds(way, drafts) for way in (ways.loop, ways.match, ways.decide)])
        loop, match, decide = rounds[-1]
        say(f"round {number} of {size.rounds}: {loop / match:.1f} and {decide / match:.2f}")
    loops, matches, decisions = zip(*rounds, strict=True)
    found = Found(
        loop=loops, match=matches, decide=decisions, names=len(names), phrases=len(phrases), hits=hits / len(drafts)
    )
    return page(size, found)


def _seconds(way: Callable[[Draft], object], drafts: Sequence[Draft]) -> float:
    """CPU seconds of this thread for all articles."""
    begin = time.thread_time()
    for draft in drafts:
        way(draft)
    return time.thread_time() - begin


def _agree(ways: Ways, drafts: Sequence[Draft]) -> int:
    """How often anything is found; and everything is warm. Raises Disagreement, see `everything`."""
    hits = decided = 0
    for draft in drafts:
        scans = ways.match(draft)
        hits += sum(len(scan.hits) for scan in scans)
        decided += ways.decide(draft)
        words = {scan.words(hit.start, hit.end).lower() for scan in scans for hit in scan.hits}
        if not words <= {*ways.loop(draft)}:
            raise Disagreement(f"article {draft.key}: {sorted(words)} were found, and not all of them by the loop")
    if not hits or not decided:
        raise Disagreement("nothing was found in any article, or nothing decided")
    return hits
