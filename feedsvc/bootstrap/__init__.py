"""The one composition root: settings in, services out. Every default can be replaced by keyword.

Nothing is built on import, and a process imports only the rooms that it uses, since that is most of its start. It
builds after its fork, and closes what it built.
"""

from .backups import back_up, restore
from .reading import draft_of_file, worker_reader
from .services import Services, configure, read_settings, run_pass, scheduling
from .web import build_web, web_app

__all__ = [
    "Services",
    "back_up",
    "build_web",
    "configure",
    "draft_of_file",
    "read_settings",
    "restore",
    "run_pass",
    "scheduling",
    "web_app",
    "worker_reader",
]
