"""An image built by buildah and run by podman, with a store of its own that is gone afterwards."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("buildah", "podman", "runc", "debootstrap")
CERTIFICATES = Path("etc/ssl/certs/ca-certificates.crt")
BASE = "localhost/base"
BUILDING = (
    *("--format", "docker", "--isolation", "chroot", "--pull=never", "--network", "host"),
    *("--build-arg", f"BASE={BASE}"),
)
HARDENED = (
    *("--read-only", "--tmpfs", "/tmp", "--cap-drop", "all", "--security-opt", "no-new-privileges"),
    *("--memory", "512m", "--pids-limit", "256", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"),
)
"""As compose.yaml runs it."""


class Failed(Exception):
    """A tool ended with an error, which is the message."""


def why_not() -> str | None:
    """Why no image can be built and run here; None where one can."""
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        return f"{', '.join(missing)} not installed"
    return None if os.getuid() == 0 else "needs root"


class Containers:
    """The tools over a store in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        storage = folder / "storage.conf"
        storage.write_text(f'[storage]\ndriver = "overlay"\ngraphroot = "{folder}/images"\nrunroot = "{folder}/run"\n')
        self._environment = {**os.environ, "CONTAINERS_STORAGE_CONF": str(storage)}

    def build(self, tag: str) -> None:
        """Build the image of the project over a stand-in for its base, which no registry has to give.

        Skips the test where this machine lets nobody make or run a container at all.
        """
        try:
            self._make_base()
            self.podman("run", "--rm", "--network", "host", *HARDENED, BASE, "true")
        except Failed as failed:
            pytest.skip(f"containers cannot be made and run here: {failed}")
        self._run("buildah", "build", *BUILDING, "--tag", tag, str(ROOT), seconds=600)

    def podman(self, *words: str, check: bool = True, seconds: float = 60) -> subprocess.CompletedProcess[str]:
        """A command of podman, with the one runtime that needs no systemd."""
        fixed = ("--runtime", str(shutil.which("runc")), "--cgroup-manager", "cgroupfs", "--events-backend", "file")
        return self._run("podman", *fixed, *words, check=check, seconds=seconds)

    def clear_away(self) -> None:
        """End every container, and forget every image."""
        self.podman("rm", "--all", "--force", "--volumes", check=False)
        self.podman("rmi", "--all", "--force", check=False)
        self._run("umount", str(self._folder / "images" / "overlay"), check=False)

    def _make_base(self) -> None:
        """Debian with its own Python, in the place of the Dockerfile's base."""
        base = self._folder / "base"
        packages = "--include=ca-certificates,python3,python3-venv"
        self._run("debootstrap", "--variant=minbase", packages, _suite(), str(base), seconds=600)
        (base / "usr/local/bin/python").symlink_to("/usr/bin/python3")
        if (Path("/") / CERTIFICATES).exists():
            # A network that looks into what is fetched has a certificate of its own.
            shutil.copy(Path("/") / CERTIFICATES, base / CERTIFICATES)
            (base / "etc/pip.conf").write_text(f"[global]\ncert = /{CERTIFICATES}\n")
        made = self._run("buildah", "from", "scratch").stdout.strip()
        self._run("buildah", "add", "--quiet", made, str(base), "/", seconds=300)
        self._run("buildah", "config", "--env", "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", made)
        self._run("buildah", "commit", "--quiet", "--rm", made, BASE, seconds=300)
        shutil.rmtree(base)

    def _run(self, *argv: str, check: bool = True, seconds: float = 60) -> subprocess.CompletedProcess[str]:
        environment: Mapping[str, str] = self._environment
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=seconds, check=False)
        if check and done.returncode != 0:
            raise Failed(f"{' '.join(argv)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done


def _suite() -> str:
    """The name of this Debian's release."""
    release = Path("/etc/os-release").read_text()
    found = re.search(r"^VERSION_CODENAME=(\w+)", release, re.M)
    return found[1] if found else "stable"
