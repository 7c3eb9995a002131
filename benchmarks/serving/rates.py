"""Requests a second, slowest answers and CPU a request: ours, nginx and the plain way in turn, round by round."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from feedsvc.domain.feed import Feed

from .asking import Said, ask
from .load import Failed, Found, Load, put
from .naive import STORED
from .newsroom import Newsroom, as_stored
from .nginx import nginx
from .running import Cores, Running, free_port, on, running
from .size import Size

PATH = "/feeds/sources/do.atom"
SMALLEST, LARGEST = 78_000, 84_000
"""Bytes that the feed may have."""
HEAD = 1500
"""Bytes that the head of an answer has at most."""
OURS, NGINX, NAIVE = "feedsvc serve", "nginx, a static file", "Flask, feedgen at each request"


@dataclass(frozen=True, slots=True)
class Case:
    """One way to ask; wanted of ours: so much of nginx's rate, or else at most so many times its CPU a request."""

    name: str
    packed: bool
    conditional: bool
    rate: float
    cost: float

    def fields(self, server: Running) -> Mapping[str, str]:
        """The fields of the request: the condition is the tag that the server gives."""
        fields = {"Accept-Encoding": "gzip"} if self.packed else {}
        return {**fields, "If-None-Match": ask(server.port, PATH, fields).field("ETag")} if self.conditional else fields


CASES = (
    Case("identity", packed=False, conditional=False, rate=0.7, cost=2.0),
    Case("gzip", packed=True, conditional=False, rate=0.65, cost=1.8),
    Case("304", packed=True, conditional=True, rate=0.45, cost=2.4),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Every round of a server in a case."""

    server: str
    case: Case
    rounds: list[Found] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second, the median."""
        return median(one.rate for one in self.rounds)

    @property
    def p99(self) -> float:
        """Milliseconds, the median of the rounds."""
        return median(one.p99 for one in self.rounds)

    @property
    def cost(self) -> float:
        """CPU microseconds a request, the median."""
        return median(one.cost for one in self.rounds)


def measured(folder: Path, size: Size, cores: Cores, say: Callable[[str], None]) -> list[Measured]:
    """Measure it. Raises Failed where a server does not answer as the others do."""
    with ExitStack() as stack:
        servers = stack.enter_context(_servers(folder, size, cores))
        found = {(name, case.name): Measured(name, case) for case in CASES for name in servers}
        asked = [(case, name, server, case.fields(server)) for case in CASES for name, server in servers.items()]
        sizes = {
            (name, case.name): _require(name, case, ask(server.port, PATH, fields))
            for case, name, server, fields in asked
        }
        servers[NAIVE].settle(size.patience)
        for number in range(1, size.rounds + 1):
            for case, name, server, fields in asked:
                server.forget_lines()
                one = put(Load(path=PATH, fields=fields, seconds=size.seconds), server, cores)
                _require_whole(name, case, one, sizes[name, case.name])
                found[name, case.name].rounds.append(one)
                if name == NAIVE:
                    server.settle(size.patience)  # what was under way at the end would be in the way of the next
                say(f"{name}, {case.name}, round {number} of {size.rounds}: {one.rate:.0f}/s, {one.cost:.1f} µs")
    return list(found.values())


@contextmanager
def _servers(folder: Path, size: Size, cores: Cores) -> Iterator[Mapping[str, Running]]:
    """All three, each with the same feed."""
    room = Newsroom(folder / "room")
    feed = room.fill()
    with ExitStack() as stack:
        ours = stack.enter_context(room.served(cores.server))
        plain, packed = _settled(ours, size, cores)
        if not SMALLEST <= len(plain.body) <= LARGEST:
            raise Failed(f"the feed has {len(plain.body)} bytes, which are to be {SMALLEST} to {LARGEST}")
        yield {
            OURS: ours,
            NGINX: stack.enter_context(_nginx(folder / "nginx", plain, packed, cores)),
            NAIVE: stack.enter_context(_naive(folder / "naive", feed, cores)),
        }


def _settled(ours: Running, size: Size, cores: Cores) -> tuple[Said, Said]:
    """The answers of ours, as they are and packed, once it serves them as it will for good.

    What is asked for often is packed anew: nginx shall have those bytes.
    """
    for fields in ({}, {"Accept-Encoding": "gzip"}):
        put(Load(path=PATH, fields=fields, seconds=1), ours, cores)
    ours.settle(size.patience)
    return ask(ours.port, PATH), ask(ours.port, PATH, {"Accept-Encoding": "gzip"})


@contextmanager
def _nginx(folder: Path, plain: Said, packed: Said, cores: Cores) -> Iterator[Running]:
    folder.parent.chmod(0o755)
    folder.mkdir()
    with nginx(folder, PATH, plain, packed, cores) as server:
        yield server


@contextmanager
def _naive(folder: Path, feed: Feed, cores: Cores) -> Iterator[Running]:
    folder.mkdir()
    stored = folder / "feed.json"
    stored.write_text(json.dumps(as_stored(feed)), encoding="utf-8")
    port = free_port()
    argv = [sys.executable, "-m", "benchmarks.serving.naive", f"127.0.0.1:{port}"]
    with running(on(cores.server, argv), port, folder / "naive.log", {STORED: str(stored)}) as server:
        yield server


def _require(name: str, case: Case, said: Said) -> int:
    """The bytes of the body of an answer that is right. Raises Failed for another one."""
    wanted = 304 if case.conditional else 200
    packed = "content-encoding" in {one.lower() for one, _ in said.fields}
    if said.status != wanted or (wanted == 200 and packed is not case.packed):
        raise Failed(f"{name}, {case.name}: {said.status} {said.fields}")
    return len(said.body)


def _require_whole(name: str, case: Case, found: Found, body: int) -> None:
    """wrk counts what is 400 and more; by their bytes it shows that the answers were those that are meant."""
    if found.refused or not body < found.size < body + HEAD:
        raise Failed(f"{name}, {case.name}: {found.refused} errors, {found.size:.0f} bytes an answer")


def of(found: Sequence[Measured], server: str, case: str) -> Measured:
    """That of one server in one case."""
    return next(one for one in found if (one.server, one.case.name) == (server, case))
