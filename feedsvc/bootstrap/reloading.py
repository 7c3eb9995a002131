"""The configuration of a process, watched from before it is read; and the days on which it means something else."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..domain.succession import turns
from .services import read_settings, utc_now

if TYPE_CHECKING:
    from ..ports import Clock
    from ..running.reloading import Reloading
    from ..settings import Settings


def turned(settings: Settings, clock: Clock = utc_now) -> int:
    """How often a place of the gazetteer had begun, changed or ended by now, where the site is."""
    return turns(settings.taxonomy, clock().astimezone(ZoneInfo(settings.site.zone)).date())


def reloading(config: Path, where: str, tell: bool = True) -> Reloading[Settings]:
    """What watches a folder of configuration, and has read nothing yet; for `where` and `tell` see Reloading."""
    from ..running.reloading import Reloading
    from ..settings import FILES

    files = (config / name for name in FILES)
    return Reloading(files, partial(read_settings, config), where, tell, beside=turned)
