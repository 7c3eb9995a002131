"""T39: no scheduler lives in a process of the web, where each worker would poll everything once more."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.e2e.newsroom import Newsroom

PACKAGE = ROOT / "feedsvc"
SERVING = (*sorted((PACKAGE / "web").glob("*.py")), PACKAGE / "bootstrap" / "web.py", PACKAGE / "running" / "server.py")
NEVER = ("apscheduler", "feedsvc.scheduling")
WEB = """
import sys
from werkzeug.test import Client
from feedsvc.bootstrap import web_app
app = web_app()
assert Client(app).get("/readyz").status_code in (200, 503)
never = ("apscheduler", "feedsvc.scheduling", "feedsvc.pipeline.classify")
loaded = [name for name in sys.modules if name.startswith(never)]
assert loaded == [], loaded
"""


def imported(module: Path) -> Iterator[str]:
    """What a module imports, by full names, wherever it does."""
    package = ".".join(module.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            yield ".".join(filter(None, (above, node.module)))


@pytest.mark.parametrize("module", SERVING, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_what_serves_imports_no_scheduler(module: Path) -> None:
    assert [name for name in imported(module) if name.startswith(NEVER)] == []


def test_one_room_alone_knows_apscheduler() -> None:
    knowing = {path.parent.name for path in PACKAGE.rglob("*.py") if "apscheduler" in {*imported_roots(path)}}
    assert knowing == {"scheduling"}


def imported_roots(module: Path) -> Iterator[str]:
    return (name.split(".")[0] for name in imported(module))


@pytest.mark.slow
def test_a_web_process_that_answers_has_loaded_none_nor_what_finds_topics(tmp_path: Path) -> None:
    environment = Newsroom(tmp_path).environment()
    done = subprocess.run([sys.executable, "-c", WEB], env=environment, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
