"""The web server's process."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from ..errors import FeedsvcError
from .address import Address, parse_bind, refusal
from .parent import end_with
from .restarting import KILLED
from .signals import end_at_once, on_hangup
from .threads import MOST, answering_threads, take_short_turns
from .wsgi import hand_over_lean

_log = logging.getLogger("feedsvc.running")

# granian writes its log through this logger; it belongs to ours.
_LOGGING: dict[str, Any] = {
    "handlers": {},
    "formatters": {},
    "loggers": {"_granian": {"handlers": [], "propagate": True}},
}

_PATIENCE = 7
_LONGEST_HEAD = 64 * 1024
"""Bytes of the fields of a request."""


def serve(factory: str, bind: str, *, workers: int = 1, threads: int = MOST, known: object = None) -> int:
    """Serve the WSGI application that `factory` (`module:function`) makes, until TERM or INT; the exit code.

    The factory is called in each worker process, and configures what a process needs; the first workers are told what
    is `known`, if anything is. The address is checked here: 2 for a wrong one, 1 for one that cannot be listened on.
    """
    try:
        address = parse_bind(bind)
    except ValueError as error:
        _log.critical(str(error))
        return 2
    refused = refusal(address)
    if refused:
        _log.critical(refused)
        return 1
    return _run(_server(factory, address, workers, threads), known)


class _Server(Server):  # type: ignore[misc,valid-type]  # one of several classes, by the platform
    """granian's server, which remembers whether a worker was killed: that is no fault of its own.

    A HUP it hands on, where granian would start new workers: they know how to read their configuration again.
    """

    killed = False

    def shutdown(self, exit_code: int = 0) -> None:
        """End the workers; see granian."""
        self.killed = any(worker.inner.exitcode == -signal.SIGKILL for worker in self.wrks)
        super().shutdown(exit_code)

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: partial[Any], delay: float = 0
    ) -> None:
        """Those that are started later find out for themselves what is so by then; see granian."""
        anew = partial(target_loader.func, *target_loader.args)  # granian adds the name of the factory to its arguments
        super()._respawn_workers(workers, spawn_target, anew, delay)

    def hand_on(self) -> None:
        """Send HUP to the workers."""
        if os.getpid() == self.pid:  # and not in a worker, which was forked with the handler
            for worker in self.wrks:
                with suppress(ProcessLookupError):
                    os.kill(worker.inner.pid, signal.SIGHUP)


def _server(factory: str, address: Address, workers: int, threads: int) -> _Server:
    return _Server(
        factory,
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=_LONGEST_HEAD),
        websockets=False,
        workers=workers,
        blocking_threads=answering_threads(threads),
        log_level=LogLevels.warning,
        log_dictconfig=_LOGGING,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE,
    )


def _run(server: _Server, known: object) -> int:
    hand_over_lean()
    # After granian's own handlers, before the workers.
    server.on_startup(lambda: on_hangup(server.hand_on, server.signal_handler_interrupt))
    try:
        server.serve(target_loader=partial(load_in_worker, known=known))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
        return KILLED if server.killed else code
    return 0


def load_in_worker(factory: str, known: object = None) -> Any:
    """Make the application, in a worker process that must not outlive the server's."""
    end_with(os.getppid())
    take_short_turns()
    module, _, name = factory.partition(":")
    try:
        make = getattr(import_module(module), name)
        return make() if known is None else make(known)
    except FeedsvcError as error:
        _log.critical(str(error))
        end_at_once()
