"""The configuration of a process, watched from before it is read."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .services import read_settings

if TYPE_CHECKING:
    from ..running.reloading import Reloading
    from ..settings import Settings


def reloading(config: Path, where: str, tell: bool = True) -> Reloading[Settings]:
    """What watches a folder of configuration, and has read nothing yet; for `where` and `tell` see Reloading."""
    from ..running.reloading import Reloading
    from ..settings import FILES

    return Reloading((config / name for name in FILES), partial(read_settings, config), where, tell)
