"""A newsroom in a temporary folder, and the commands over it, as an operator gives them."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from feedsvc.cli import main
from tests.conftest import ROOT

SAMPLES = ROOT / "config" / "samples"


@dataclass(frozen=True)
class Newsroom:
    """The bundled configuration in `config`, its samples in `data/inbox`; commands run in `folder`."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> Newsroom:
        """A copy of the bundled newsroom, nothing fetched yet; its files are old enough to be read."""
        shutil.copytree(ROOT / "config", folder / "config")
        shutil.copytree(SAMPLES, folder / "data" / "inbox")
        for path in (folder / "data" / "inbox").rglob("*.*"):
            os.utime(path, (path.stat().st_mtime - 3600,) * 2)
        return cls(folder)

    def copied(self, folder: Path) -> Newsroom:
        """Another newsroom like this one."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Newsroom(folder)

    @property
    def inbox(self) -> Path:
        return self.folder / "data" / "inbox"

    def drop(self, source: str, name: str, text: str | bytes) -> Path:
        """Put a document into a source's folder, left alone for an hour."""
        path = self.inbox / source / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
        return path

    def configure(self, name: str, text: str) -> None:
        """Replace a file of the configuration."""
        (self.folder / "config" / name).write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> Result:
        """A command, in this folder, with no variable of ours but those that say where things are."""
        env: dict[str, str | None] = {name: None for name in os.environ if name.startswith("FEEDSVC_")}
        env |= {"FEEDSVC_CONFIG": str(self.folder / "config"), "FEEDSVC_DATA_DIR": str(self.folder / "data")}
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            return CliRunner(env=env).invoke(main, arguments)
        finally:
            os.chdir(before)
