"""`feedsvc fetch`."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import timedelta

import click

from .. import bootstrap
from ..bootstrap import Services
from ..domain.passes import ChangeKind, Changes, Claim, Pass
from ..errors import ClockLeapt, StoreError
from ..pipeline.believing import believable
from ..scheduling.holding import held
from .tables import shown, table

HEAD = ("SOURCE", "OUTCOME", "SEEN", "NEW", "CORRECTED", "WITHDRAWN", "REJECTED")
LEASE = timedelta(seconds=30)
PATIENCE = 60.0
"""Seconds to wait for a pass that the scheduler has under way."""


def fetch_now(services: Services, names: tuple[str, ...], accept_deletions: bool) -> int:
    """Poll the named sources, or all, one after the other; the exit code: 1 when any did not do what it should."""
    if accept_deletions and not names:
        raise click.UsageError("--accept-deletions needs the name of the SOURCE that may lose its articles")
    chosen = tuple(dict.fromkeys(names)) or tuple(services.sources)
    unknown = [name for name in chosen if name not in services.sources]
    if unknown:
        known = ", ".join(services.sources)
        raise click.UsageError(f"no source is called {', '.join(unknown)}; there are: {known}")
    _believe(services)
    bootstrap.configure(services, waiting=bootstrap.told_to_wait)
    passes = []
    for place, name in enumerate(chosen, 1):
        click.echo(f"[{place}/{len(chosen)}] {name} ...", err=True)
        finished = _pass(services, name, accept_deletions)
        if finished is not None:
            passes.append(finished)
    click.echo(table(HEAD, [_row(done, changes) for done, changes in passes]))
    for done, _ in passes:
        _details(done)
    return 0 if len(passes) == len(chosen) and all(done.outcome.success for done, _ in passes) else 1


def _believe(services: Services) -> None:
    """Raises ClockLeapt where what comes would be dated by a clock that leapt ahead."""
    now = services.clock()
    believed = believable(services.store.heartbeat(), now)
    if believed < now:
        raise ClockLeapt(
            f"the clock says {now:%Y-%m-%d %H:%M} UTC, and a scheduler last believed it at {believed:%Y-%m-%d %H:%M}. "
            "Nothing was polled. Set the clock right; or, if it is right, wait until a scheduler has run for an hour."
        )


def _pass(services: Services, name: str, accept_deletions: bool) -> tuple[Pass, Changes] | None:
    claim = _claim(services, name)
    if claim is None:
        click.echo(f"{name} is being polled by a scheduler and was left alone; try again later", err=True)
        return None
    try:
        with held(services.store, claim, services.clock, LEASE):
            done, changes = services.ingest.run(claim, services.clock(), accept_deletions)
    except BaseException:
        # Whatever stopped it (Ctrl-C too), the scheduler need not wait for the end of the lease.
        with suppress(StoreError):
            services.store.release(claim, services.clock())
        raise
    if changes.outdated:
        services.store.release(claim, services.clock())
        click.echo(f"{name}: another configuration was applied meanwhile, and nothing was stored; try again", err=True)
        return None
    if not changes.stored:
        click.echo(f"{name} was taken over by a scheduler meanwhile, and nothing was stored; try again", err=True)
        return None
    return done, changes


def _claim(services: Services, name: str) -> Claim | None:
    end = time.monotonic() + PATIENCE
    while True:
        claims = services.store.claim(
            holder="feedsvc fetch", now=services.clock(), lease=LEASE, limit=1, only=frozenset({name})
        )
        if claims:
            return claims[0]
        if time.monotonic() > end:
            return None
        time.sleep(0.2)


def _row(done: Pass, changes: Changes) -> tuple[str, ...]:
    kinds = (ChangeKind.NEW, ChangeKind.CORRECTED, ChangeKind.WITHDRAWN)
    counts = (done.seen, *(changes.count(kind) for kind in kinds), len(done.rejections))
    return (done.claim.source, done.outcome.value, *map(str, counts))


def _details(done: Pass) -> None:
    if done.message:
        click.echo(shown(f"{done.claim.source}: {done.message}"))
    for rejection in done.rejections:
        click.echo(shown(f"{done.claim.source}: {rejection.key}: {rejection.reason}"))
