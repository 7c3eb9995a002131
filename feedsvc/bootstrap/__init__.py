"""The one composition root: settings in, services out. Every default can be replaced by keyword.

Nothing is built on import, and a process imports only the rooms that it uses, since that is most of its start. It
builds after its fork, and closes what it built.
"""

from .backups import back_up, restore
from .doubting import doubts_of
from .reading import draft_of_file, draft_of_record, worker_reader
from .reloading import reloading
from .schemas import schemas
from .services import Services, configure, read_settings
from .shift import Shift, run_pass, scheduling, telling
from .web import build_web, quiet_web_app, web_app

__all__ = [
    "Services",
    "Shift",
    "back_up",
    "build_web",
    "configure",
    "doubts_of",
    "draft_of_file",
    "draft_of_record",
    "quiet_web_app",
    "read_settings",
    "reloading",
    "restore",
    "run_pass",
    "scheduling",
    "schemas",
    "telling",
    "web_app",
    "worker_reader",
]
