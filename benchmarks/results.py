"""What was measured, as a page: ratios, which hold on other machines too, and the machine that gave them."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from feedsvc.storage.sqlite import DRIVER

from .cases import CASES
from .classifying.gazetteer import NAMES, PHRASES
from .feeds import ENTRIES, WORDS
from .ingest import Measured, fewer

PAGE = """# Ingest against the plain way

Written by `./run bench ingest --sources {sources} --rounds {rounds}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is compared and how.

CPU time of all processes and threads of a side together; the plain way is 1, and less is better. The ratio is that of
the medians, in brackets are the lowest and the highest of any round.

| case | plain | ours | plain : ours | target | met |
|---|---|---|---|---|---|
{ratios}

{sources} sources of {entries} entries of {words} words, rounds: {rounds}, both sides in turn. {fewer} sources where
topics and regions are looked for, {names:,} names and {phrases:,} phrases, of which each paragraph has one.

| | |
|---|---|
{machine}

For orientation only, CPU microseconds on that machine (median):

| case | | plain | ours |
|---|---|---|---|
{orientation}
"""


def page(found: Sequence[Measured], sources: int) -> str:
    """The whole page, in Markdown."""
    in_order = sorted(found, key=lambda one: CASES.index(one.case))
    return PAGE.format(
        sources=sources,
        rounds=len(found[0].plain),
        entries=ENTRIES,
        words=WORDS,
        fewer=fewer(sources),
        names=NAMES,
        phrases=PHRASES,
        ratios="\n".join(map(_ratio, in_order)),
        machine="\n".join(f"| {name} | {value} |" for name, value in machine()),
        orientation="\n".join(_orientation(one) for one in in_order),
    )


def keep(text: str, file: Path) -> None:
    """Write a page into a file of several, in the place of the one with the same title; the others stay."""
    title = text.partition("\n")[0]
    there = file.read_text(encoding="utf-8") if file.exists() else ""
    pages = [page.strip() for page in re.split(r"^(?=# )", there, flags=re.MULTILINE) if page.strip()]
    titles = [page.partition("\n")[0] for page in pages]
    place = titles.index(title) if title in titles else len(pages)
    file.write_text("\n\n".join([*pages[:place], text.strip(), *pages[place + 1 :]]) + "\n", encoding="utf-8")


def _ratio(one: Measured) -> str:
    spread = f"{one.ratios[0]:.2f} to {one.ratios[-1]:.2f}"
    met = "yes" if one.met else "no"
    return (
        f"| {one.case.title} | 1 | {1 / one.ratio:.2f} | **{one.ratio:.2f}** ({spread}) | {one.case.target:g} | {met} |"
    )


def _orientation(one: Measured) -> str:
    sources = one.sources
    per, name = (sources * ENTRIES, "an entry") if one.case.name != "304" else (sources, "a source")
    plain, ours = (median(seconds) / per * 1e6 for seconds in (one.plain, one.ours))
    return f"| {one.case.title} | {name} | {plain:.0f} | {ours:.0f} |"


def machine() -> list[tuple[str, str]]:
    """What the figures were found with: names and values."""
    return [
        ("cores", str(os.cpu_count())),
        ("CPU", _cpu()),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("SQLite", DRIVER.sqlite_version),
    ]


def _cpu() -> str:
    """The model's name, where Linux says it."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text(errors="replace").splitlines() if file.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
