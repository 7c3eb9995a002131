"""What the edited configuration would change, by looking at everything that is stored; nothing is written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from .applying import labelled_by
from .crew import Progress, Task, survey
from .services import Services, read_settings
from .stored_rules import stored_taxonomy

if TYPE_CHECKING:
    from ..domain.applied import Applied
    from ..domain.pending import Pending
    from ..domain.plan import Plan
    from ..settings import Settings


def plan(config: Path, examples: int, progress: Progress, environ: Mapping[str, str] = os.environ) -> Plan:
    """The plan of the files of a folder. Raises ConfigurationError and StoreError."""
    from ..domain.plan import Plan
    from ..storage.store import open_to_read

    settings = read_settings(config, environ)
    with closing(open_to_read(settings.database_url)) as store:
        services, applied = Services(settings, store=store), store.applied()
        task = Task(
            database_url=settings.database_url,
            rules=settings.rules,
            sources=services.sources,
            language=settings.site.language,
            examples=examples,
            **labelled_by(applied, services.setup),
        )
        edited = _edited(applied, settings)
        opened, closed = store.opened_and_closed(services.setup)
        found = survey(task, store, services.placing, progress)
    return Plan(
        articles=found.articles,
        differing=found.differing,
        motions=found.motions(),
        topics=edited.topics,
        regions=edited.regions,
        otherwise=edited.otherwise,
        first=stored_taxonomy(applied) is None,
        opened=opened,
        closed=closed,
    )


def _edited(applied: Applied | None, settings: Settings) -> Pending:
    from ..domain.pending import compared
    from ..domain.taxonomy import Taxonomy

    return compared(stored_taxonomy(applied) or Taxonomy({}, {}), settings.taxonomy)
