"""feedsvc as it is run: its settings, its guards, its workers, its store; passes in threads, as its scheduler does.

`python -m benchmarks.ours PORT SOURCES FOLDER`.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.domain.passes import Claim
from feedsvc.scheduling.limits import Limits

from .side import WARM, serve

LEASE = timedelta(hours=1)
AT_ONCE = 100
"""Sources that are claimed together."""


@dataclass
class Ours:
    """Takes in sources, an hour after the time before."""

    services: Services
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def take_in(self, numbers: range) -> int:
        """A pass over each; how many articles were new or changed."""
        self.now += timedelta(hours=1)
        names = [f"s{number}" for number in numbers]
        moved = 0
        with ThreadPoolExecutor(Limits().places) as pool:
            for start in range(0, len(names), AT_ONCE):
                only = frozenset(names[start : start + AT_ONCE])
                claims = self.services.store.claim(holder="bench", now=self.now, lease=LEASE, limit=AT_ONCE, only=only)
                moved += sum(pool.map(self._pass, claims))
        return moved

    def _pass(self, claim: Claim) -> int:
        done, changes = self.services.ingest.run(claim, self.now)
        if not (changes.stored and done.outcome.success):
            raise RuntimeError(f"{claim.source}: {done.outcome}: {done.message}")
        return len(done.articles)


def write_configuration(folder: Path, port: int, sources: int) -> Path:
    """A newsroom of that many sources without topics and regions."""
    config = folder / "config"
    config.mkdir()
    service = f'site: {{title: T, tag_authority: "example.org,2026"}}\nfetch: {{allow_hosts: ["127.0.0.1:{port}"]}}\n'
    (config / "feedsvc.yaml").write_text(service, encoding="utf-8")
    (config / "topics.yaml").write_text("topics: []\n", encoding="utf-8")
    (config / "regions.yaml").write_text("regions: []\n", encoding="utf-8")
    lines = (
        f'  - {{id: s{number}, kind: syndication, url: "http://127.0.0.1:{port}/s/{number}.xml", title: S{number}}}\n'
        for number in range(sources)
    )
    (config / "sources.yaml").write_text("defaults: {language: vi}\nsources:\n" + "".join(lines), encoding="utf-8")
    return config


def main() -> None:
    """Take in what it is told to, until nobody tells any more."""
    port, count, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    config = write_configuration(folder, port, count + WARM)
    services = Services(bootstrap.read_settings(config, {"FEEDSVC_DATA_DIR": str(folder)}))
    bootstrap.configure(services)
    serve(Ours(services).take_in, count)
    services.close()


if __name__ == "__main__":
    main()
