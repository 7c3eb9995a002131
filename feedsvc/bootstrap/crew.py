"""Several processes that classify stored articles: each has a connection, a classifier and a run of ids at a time.

Each ends when its pipe does, so none outlives a process that was killed.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing import connection, get_context
from typing import TYPE_CHECKING, Any

from .. import errors
from ..errors import FeedsvcError, WorkerGone
from .classifying import classifier_of, mattering_of

if TYPE_CHECKING:
    from ..domain.applied import Applying, Look
    from ..domain.passes import Placed
    from ..domain.source import Source
    from ..pipeline.mattering import Mattering
    from ..pipeline.motions import Motions
    from ..pipeline.relabel import Placing, Run
    from ..storage.applying_store import ApplyingStore

RUN = 1000
"""Articles that a process is given at a time."""
ALONE = 3
"""Runs that are not worth another process, which takes a second to start."""
MOST = 8
"""Processes."""
LEASE = timedelta(seconds=20)
"""For which the right to apply is held; it is renewed with every run."""

Progress = Callable[[int, int], None]
"""Called with how many runs are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a survey is about: `rules` as they are stored. What differs is staged for `apply`, where there is one.

    `stored` are those by which the labels were made, `others` the sources that said something else then; without
    `stored`, labels may be anything.
    """

    database_url: str
    rules: str
    sources: Mapping[str, Source]
    language: str
    stored: str | None = None
    others: frozenset[str] = frozenset()
    examples: int = 0
    apply: Applying | None = None

    @property
    def only(self) -> frozenset[str] | None:
        """The sources whose articles alone may have other labels; None for all."""
        return self.others if self.stored == self.rules else None


def survey(task: Task, store: ApplyingStore, placing: Placing, progress: Progress) -> Motions:
    """Look at every live article, in this process or, where there are many, in several. Raises FeedsvcError."""
    ids = store.bounds(RUN)
    runs: list[Run] = list(zip(("", *ids), (*ids, None), strict=True))
    if len(runs) <= ALONE or not task.database_url.partition("://")[2]:
        return _alone(task, store, placing, runs, progress)
    return _together(task, runs, progress)


def _alone(task: Task, store: ApplyingStore, placing: Placing, runs: Sequence[Run], progress: Progress) -> Motions:
    from ..pipeline.motions import Motions

    found, matters = Motions(task.examples), _mattering(task, placing)
    for done, run in enumerate(runs, 1):
        _look(task, store, placing, matters, found, run)
        progress(done, len(runs))
    return found


def _mattering(task: Task, placing: Placing) -> Mattering | None:
    """What tells to which articles the rules may matter; None: to all."""
    from ..settings import taxonomy_of

    if task.stored is None or task.only is not None:
        return None
    return mattering_of(taxonomy_of(task.stored), placing, task.language, task.others)


def _look(
    task: Task, store: ApplyingStore, placing: Placing, matters: Mattering | None, into: Motions, run: Run
) -> None:
    from ..pipeline.relabel import surveyed
    from .services import utc_now

    def stage(one: Applying, placed: tuple[Placed, ...], look: Look) -> None:
        store.stage(one, placed, look.seq, utc_now() + LEASE)

    differing = None if task.apply is None else partial(stage, task.apply)
    surveyed(
        store,
        placing,
        into,
        run,
        sources=task.only,
        matters=matters,
        differing=differing,
    )


def _together(task: Task, runs: Sequence[Run], progress: Progress) -> Motions:
    from ..pipeline.motions import Motions

    found, rest, done = Motions(task.examples), iter(runs), 0
    with _crew(task, min(len(os.sched_getaffinity(0)), MOST)) as crew:
        busy = set(crew)
        for pipe in crew:
            _give(pipe, next(rest, None))
        while busy:
            for pipe in connection.wait(list(busy)):
                kind, result = _answer(pipe)
                if kind == "counted":
                    found.join(result)
                    busy.discard(pipe)
                    continue
                done += 1
                progress(done, len(runs))
                _give(pipe, next(rest, None))
    return found


def _give(pipe: Any, run: Run | None) -> None:
    """Give a worker its next run, or ask for what it has counted. Raises WorkerGone."""
    try:
        pipe.send(run)
    except OSError:
        raise WorkerGone from None


def _answer(pipe: Any) -> tuple[str, Any]:
    try:
        kind, result = pipe.recv()
    except (EOFError, OSError):
        raise WorkerGone from None
    if kind == "failed":
        name, text = result
        raise _error(name, text)
    return kind, result


def _error(name: str, text: str) -> Exception:
    """The error of a worker, as far as it is one of ours."""
    found = getattr(errors, name, None)
    if found is errors.ApplyLost:
        return errors.ApplyLost()
    if isinstance(found, type) and issubclass(found, errors.StoreError):
        return found(text)
    return RuntimeError(f"{name}: {text}")


@contextmanager
def _crew(task: Task, count: int) -> Iterator[list[Any]]:
    from ..running.wire import packed

    context, body = get_context("spawn"), packed(task)
    started: list[tuple[Any, Any]] = []
    try:
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=work, args=(theirs, body), daemon=True)
            process.start()
            theirs.close()
            started.append((process, ours))
        yield [pipe for _, pipe in started]
    finally:
        for process, pipe in started:
            pipe.close()
            process.join(2.0)
            if process.is_alive():
                process.kill()
                process.join()


def work(pipe: Any, body: bytes) -> None:
    """What a worker does: look at one run after the other, and tell at the end what it counted."""
    from ..logs import configure_logs

    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    configure_logs()
    with suppress(EOFError, OSError):
        try:
            _serve(pipe, pickle.loads(body))  # noqa: S301  it comes from the process that started this one
        except FeedsvcError as error:
            pipe.send(("failed", (type(error).__name__, str(error))))


def _serve(pipe: Any, task: Task) -> None:
    from ..pipeline.motions import Motions
    from ..pipeline.relabel import Placing
    from ..running.memory import collect_rarely
    from ..settings import taxonomy_of
    from ..storage.store import open_store, open_to_read

    opened = open_to_read if task.apply is None else open_store
    found = Motions(task.examples)
    with closing(opened(task.database_url)) as store:
        placing = Placing(classifier_of(taxonomy_of(task.rules), task.language), task.sources)
        matters = _mattering(task, placing)
        collect_rarely()
        while (run := pipe.recv()) is not None:
            _look(task, store, placing, matters, found, run)
            pipe.send(("done", None))
        pipe.send(("counted", found))
