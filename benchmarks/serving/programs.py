"""nginx and wrk, which are not of Python: found, or installed where that may be done."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NEEDED = ("nginx", "wrk")
"""Debian's packages have the same names."""
ADMINISTRATION = "/usr/local/sbin:/usr/sbin:/sbin"
"""Where nginx is, and not every user looks."""


class Missing(Exception):
    """Programs that are not there, and that could not be installed; its text says what to do."""


def program(name: str) -> str:
    """The path of a program. Raises Missing."""
    found = _found(name)
    if found is None:
        raise Missing(f"{name} is needed; on Debian: apt-get install {name}")
    return found


def require() -> None:
    """Have them all, by apt where this is root on Debian. Raises Missing."""
    missing = [name for name in NEEDED if _found(name) is None]
    if missing and may_install(os.geteuid(), Path("/etc/debian_version").exists()):
        _install(missing)
    for name in missing:
        program(name)


def may_install(user: int, debian: bool) -> bool:
    """Whether programs may be installed: by root, on Debian or what was made of it."""
    return user == 0 and debian


def _install(packages: list[str]) -> None:
    apt = program("apt-get")
    # Nothing is asked; and at this runlevel Debian's nginx does not begin to serve as soon as it is there.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update"], ["install", "--no-install-recommends", "-y", *packages]):
        subprocess.run([apt, *command], env=environment, stdout=subprocess.DEVNULL, check=False)


def _found(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:{ADMINISTRATION}")
