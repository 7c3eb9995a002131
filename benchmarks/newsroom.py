"""A newsroom that polls the newspapers: its configuration as an operator would write it, and its services."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from feedsvc import bootstrap
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.ports import Clock, Reader

from .classifying.gazetteer import looked_for

LOOKED_FOR = "words"
"""A file in the folder of a newsroom that looks for names and phrases."""
DATABASE = Path("data") / "feedsvc.db"
WARM_UPS = frozenset(f"w{number}" for number in range(1, 9))
"""Sources of one entry each, polled all at once before anything is measured."""

SERVICE = (
    'site: {{title: "Tin Đo", language: vi, zone: Asia/Ho_Chi_Minh, tag_authority: "example.org,2026"}}',
    "polling: {{a_host: 8}}",
    'fetch: {{contact: "do@example.org", allow_hosts: ["127.0.0.1:{port}"]}}',
)
"""The lines of feedsvc.yaml; `port` is that of the newspapers."""


def write_configuration(folder: Path, port: int, count: int) -> None:
    """The four files, without topics and regions: what is measured is everything else."""
    folder.mkdir(parents=True)
    (folder / "feedsvc.yaml").write_text("\n".join(SERVICE).format(port=port), encoding="utf-8")
    for name in ("topics", "regions"):
        (folder / f"{name}.yaml").write_text(f"{name}: []\n")
    sources = [*sorted(WARM_UPS), *(f"s{number}" for number in range(1, count + 1))]
    lines = "".join(
        f'  - {{id: {one}, kind: syndication, url: "{address(port, one)}", title: "Báo {one}", every: 12h}}\n'
        for one in sources
    )
    defaults = "defaults: {language: vi, zone: Asia/Ho_Chi_Minh}\nsources:\n"
    (folder / "sources.yaml").write_text(defaults + lines, encoding="utf-8")


def looks_for_words(folder: Path) -> None:
    """Let a newsroom look for a country's names and phrases."""
    (folder / LOOKED_FOR).touch()


def taxonomy_of(folder: Path) -> Taxonomy | None:
    """What a newsroom looks for, None for nothing."""
    return looked_for() if (folder / LOOKED_FOR).exists() else None


def address(port: int, source: str) -> str:
    """Where the feed of a source is."""
    return f"http://127.0.0.1:{port}/s/{source.removeprefix('s')}.xml"


def opened(folder: Path, clock: Clock, reader: Reader | None = None) -> bootstrap.Services:
    """The services of a newsroom whose configuration lies in `folder`, its database made and in line with it."""
    settings = bootstrap.read_settings(folder / "config", {"FEEDSVC_DATA_DIR": str(folder / "data")})
    taxonomy = taxonomy_of(folder)
    settings = settings if taxonomy is None else replace(settings, taxonomy=taxonomy)
    services = bootstrap.Services(settings, clock=clock, reader=reader)
    bootstrap.configure(services)
    return services
