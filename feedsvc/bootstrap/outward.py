"""What reaches out to the web, as it is configured; its libraries are loaded where they are used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .. import __version__

if TYPE_CHECKING:
    from ..fetching.resolving import Lookups
    from ..fetching.turns import Turns
    from ..ports import Clock, Fetcher
    from ..settings import Settings


def web_fetcher(settings: Settings, clock: Clock, queues: Callable[[], tuple[Lookups, Turns]]) -> Fetcher:
    """The fetcher of what is on the web."""
    from ..fetching.guarding import Guard
    from ..fetching.web import WebFetcher

    lookups, turns = queues()
    return WebFetcher(clock, agent(settings), lookups, Guard(settings.allow_hosts), turns=turns)


def agent(settings: Settings) -> str:
    """What it calls itself to others."""
    from ..fetching.web import agent_of

    return agent_of(__version__, settings.site.public_url, settings.contact)


def queues(a_host: int) -> tuple[Lookups, Turns]:
    """Where fetches wait for a name, and for one of so many places at a host."""
    from ..fetching.resolving import Lookups
    from ..fetching.turns import Turns

    return Lookups(), Turns(a_host)
