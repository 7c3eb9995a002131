"""A newsroom with as many generated articles as are wanted, the same on every machine; and edits of its rules."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.domain.article import Article, Draft
from feedsvc.domain.identity import article_id, article_uri
from feedsvc.domain.passes import Outcome, Pass, Placed
from feedsvc.domain.source import Source

from ..classifying.texts import drafts

CONFIG = Path(__file__).parents[2] / "config"
START = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
LEASE = timedelta(hours=1)
A_PASS = 1000
SOURCES = 20
TOPIC = '  - {id: thu-nghiem, title: {vi: "Thử nghiệm"}, any: [{phrase: "nông dân", weight: 9}]}\n'
NAME, PHRASE = "xứ thử nghiệm", '    any:\n      - "một câu thử nghiệm"\n'
SERVICE = 'site: {title: "Tin Đo", language: vi, zone: Asia/Ho_Chi_Minh, tag_authority: "example.org,2026"}\n'
SOURCE = (
    '  - {{id: s{number}, kind: documents, path: inbox/s{number}, every: 12h, title: "Báo {number}", home: {home}}}\n'
)


class BenchedNewsroom:
    """Its configuration lies in `config`, below a folder of its own; nothing is applied but empty rules at first."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "config"
        self.environ = {"FEEDSVC_CONFIG": str(self.config), "FEEDSVC_DATA_DIR": str(folder / "data")}
        self.config.mkdir(parents=True)
        (folder / "data").mkdir()
        (self.config / "feedsvc.yaml").write_text(SERVICE, encoding="utf-8")
        (self.config / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
        self.bundled_rules()
        self.taxonomy = bootstrap.read_settings(self.config, self.environ).taxonomy
        places = [slug for slug, one in self.taxonomy.regions.items() if not one.scope]
        chosen = random.Random(1).sample(places, min(SOURCES, len(places)))
        lines = (SOURCE.format(number=number, home=home) for number, home in enumerate(chosen))
        defaults = "defaults: {language: vi, zone: Asia/Ho_Chi_Minh}\nsources:\n"
        (self.config / "sources.yaml").write_text(defaults + "".join(lines), encoding="utf-8")

    def bundled_rules(self) -> None:
        """The topics and regions that the program comes with."""
        for name in ("topics.yaml", "regions.yaml"):
            shutil.copy(CONFIG / name, self.config / name)

    def one_topic_more(self) -> None:
        """One topic more, which some articles have."""
        self._write("topics.yaml", lambda text: f"{text}\n{TOPIC}")

    def one_name_more(self) -> None:
        """A place that goes by one more name."""
        plain = [slug for slug, one in self.taxonomy.regions.items() if not (one.scope or one.aliases or one.seat)]

        def named(text: str) -> str:
            slug = next(slug for slug in plain if f"  - id: {slug}\n" in text)
            return text.replace(f"  - id: {slug}\n", f'  - id: {slug}\n    aliases: ["{NAME}"]\n', 1)

        self._write("regions.yaml", named)

    def a_phrase_in_each(self) -> None:
        """Every topic has one more phrase."""
        self._write("topics.yaml", lambda text: re.sub(r"^    any: *\[|^    any: *\n", PHRASE, text, flags=re.M))

    def another_order(self) -> None:
        """The last topic comes first, which may matter to every article."""

        def reordered(text: str) -> str:
            head, *topics = re.split(r"^(?=  - )", text, flags=re.M)
            return "".join((head, topics[-1].rstrip("\n") + "\n", *topics[:-1]))

        self._write("topics.yaml", reordered)

    def _write(self, name: str, change: Callable[[str], str]) -> None:
        file = self.config / name
        before = file.read_text("utf-8")
        after = change(before)
        if after == before:
            raise ValueError(f"{name} is written in another way by now; edit it in another way too")
        file.write_text(after, "utf-8")

    def services(self) -> Services:
        """By what the files say."""
        return Services(bootstrap.read_settings(self.config, self.environ))

    def fill(self, count: int, words: int) -> None:
        """Store so many articles, without any label, and write the bundled rules, which are not applied then."""
        names = ("topics", "regions", "sources")
        kept = {name: (self.config / f"{name}.yaml").read_text("utf-8") for name in names}
        homeless = "\n".join(
            line.partition(", home:")[0] + ("}" if ", home:" in line else "") for line in kept["sources"].splitlines()
        )
        for name, text in zip(names, ("topics: []\n", "regions: []\n", homeless)):
            (self.config / f"{name}.yaml").write_text(text, "utf-8")
        with closing(self.services()) as services:
            bootstrap.configure(services)
            sources = list(services.sources.values())
            for start in range(0, count, A_PASS):
                source = sources[start // A_PASS % len(sources)]
                batch = drafts(self.taxonomy, start, min(A_PASS, count - start), words)
                _store(services, source, [_numbered(one, start + place) for place, one in enumerate(batch)])
        for name, text in kept.items():
            (self.config / f"{name}.yaml").write_text(text, "utf-8")


def _numbered(draft: Draft, number: int) -> Draft:
    return replace(draft, key=f"n{number}", published=START + timedelta(minutes=10 * number))


def _store(services: Services, source: Source, batch: list[Draft]) -> None:
    (claim,) = services.store.claim(holder="bench", now=NOW, lease=LEASE, limit=1, only=frozenset({source.id}))
    done = Pass(
        claim=claim,
        outlet=source.outlet,
        started=NOW,
        outcome=Outcome.CHANGED,
        cursor=claim.cursor,
        next_poll=NOW,
        articles=tuple(_placed(services, source, draft) for draft in batch),
    )
    if not services.store.commit(done).stored:
        raise RuntimeError("a pass was refused")


def _placed(services: Services, source: Source, draft: Draft) -> Placed:
    id = article_id(source.outlet, draft.key)
    article = Article(
        id=id,
        uri=article_uri("example.org,2026", id),
        source=source.id,
        outlet=source.outlet,
        draft=draft,
        updated=draft.published,
        fingerprint=draft.key,
    )
    return Placed(article, services.classifier.feeds(source.id, ()))
