"""The one composition root: settings in, services out. Every default can be replaced by keyword.

Nothing is built on import, and a process imports only the rooms that it uses, since that is most of its start. It
builds after its fork, and closes what it built.
"""

from .applying import configure, told_to_wait
from .backups import back_up, restore
from .doubting import doubts_of
from .following import services_in_force
from .planning import plan
from .reading import draft_of_file, draft_of_record, worker_reader
from .reloading import Changing, known_to_all
from .schemas import schemas
from .services import Services, read_settings
from .shift import Shift, run_pass, scheduling, telling
from .web import build_web, quiet_web_app, web_app

__all__ = [
    "Changing",
    "Services",
    "Shift",
    "back_up",
    "build_web",
    "configure",
    "doubts_of",
    "draft_of_file",
    "draft_of_record",
    "known_to_all",
    "plan",
    "quiet_web_app",
    "read_settings",
    "restore",
    "run_pass",
    "scheduling",
    "schemas",
    "services_in_force",
    "telling",
    "told_to_wait",
    "web_app",
    "worker_reader",
]
