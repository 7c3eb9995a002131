"""`feedsvc explain`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from .. import bootstrap
from ..bootstrap import Services
from ..domain.article import Article, Draft, Evidence
from ..pipeline.explain import Explanation, explain
from ..pipeline.explained import facts_of
from ..pipeline.overruling import explained
from ..pipeline.questions import UnknownLabel, Wanted, answered
from .tables import shown


def explain_article(services: Services, article: str, wanted: Wanted, as_json: bool) -> None:
    """Explain a stored article by its id, or by an address or a tag that ends with it."""
    article = article.rstrip("/").rpartition("/")[2]
    found = services.store.article(article)
    if found is None:
        raise click.ClickException(f"no article is called {article}; its id is the last part of /articles/…")
    explanation = explained(services.classifier, services.sources, found)
    if explanation is None:
        raise click.ClickException(f"its source, {found.source}, is not configured any more")
    _show(found.draft, _about(services, explanation, wanted), as_json, found)


def explain_text(services: Services, path: Path, source_id: str | None, wanted: Wanted, as_json: bool) -> None:
    """Explain a file as if it were a document of a source."""
    if source_id is not None and source_id not in services.sources:
        raise click.UsageError(f"no source is called {source_id}; there are: {', '.join(services.sources)}")
    source, draft = bootstrap.draft_of_file(services, path.resolve(), source_id)
    _show(draft, _about(services, explain(services.classifier, source, draft), wanted), as_json, None)


def _about(services: Services, found: Explanation, wanted: Wanted) -> Explanation:
    try:
        return answered(services.classifier.taxonomy, found, wanted)
    except UnknownLabel as error:
        raise click.UsageError(str(error)) from None


def _show(draft: Draft, found: Explanation, as_json: bool, article: Article | None) -> None:
    if as_json:
        click.echo(json.dumps(facts_of(draft, found, article), ensure_ascii=False, indent=2))
        return
    click.echo(shown(draft.title))
    click.echo(shown(f"published {draft.published:%Y-%m-%dT%H:%M:%SZ}: {draft.dated_by}"))
    if draft.mended:
        click.echo(f"mended: its text was written in {draft.mended} and had been read as another encoding")
    for label in found.labels:
        kind = f"{label.kind} {label.slug}"
        how = "derived" if label.derived else f"{label.origin}, strength {label.strength:g}"
        click.echo(f"\n{kind}  ({how})")
        _reasons(label.reason)
    if found.misses:
        click.echo("\nNot given:")
    for miss in found.misses:
        click.echo(f"\n{miss.kind} {miss.slug}: {miss.why}")
        _reasons(miss.evidence)


def _reasons(evidence: Iterable[Evidence]) -> None:
    for one in evidence:
        click.echo(shown(f"  {one.rule}: {one.before}“{one.words}”{one.after} in {one.field}"))
