"""`./run`, in a copy of what it needs, with stand-ins for Python and the installers: nothing is downloaded."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TOOLS = ("sh", "dirname", "cat", "cksum", "sed", "rm", "cp", "mv", "mkdir", "sleep")
"""All that ./run may need of a machine, beside Python."""

OLD_PYTHON = """#!/bin/sh
if [ "$1" = -V ]; then echo "Python 3.9.2"; exit; fi
exit 1
"""

# Notes each set-up step in $STEPS; the venv that it makes holds itself and a feedsvc that only tells how it was called.
PYTHON = f"""#!/bin/sh
case "$1 $2" in
    "-m venv")
        echo venv >>"$STEPS"
        if [ -n "$VENV_FAILS" ]; then echo "$VENV_FAILS"; exit 1; fi
        for last; do :; done
        mkdir -p "$last/bin"
        cp "$0" "$last/bin/python"
        printf '#!/bin/sh\\necho "feedsvc $* in $PWD with $FEEDSVC_DATA_DIR"\\n' >"$last/bin/feedsvc"
        "{sys.executable}" -c 'import os, sys; os.chmod(sys.argv[1], 0o755)' "$last/bin/feedsvc"
        ;;
    "-m pip")
        if [ "$3" = -V ]; then exit; fi
        echo "pip $*" >>"$STEPS"
        if [ -n "$SLOW" ]; then sleep 0.3; fi
        if [ -n "$PIP_FAILS" ]; then echo "no network" >&2; exit 1; fi
        ;;
    *) exec "{sys.executable}" "$@" ;;
esac
"""

UV = """#!/bin/sh
echo "uv $*" >>"$STEPS"
"""


class Checkout:
    """A copy of the project, below a path with a space, on a machine with nothing but the tools and a Python."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a checkout"
        self.bin = folder / "bin"
        self.steps_file = folder / "steps"
        self.root.mkdir()
        for name in ("run", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, self.root / name)
        (self.root / "feedsvc").mkdir()
        samples = self.root / "config" / "samples" / "somewhere"
        samples.mkdir(parents=True)
        (samples / "article.md").write_text("a sample")
        self.bin.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, f"{tool} is not on this machine"
            (self.bin / tool).symlink_to(found)
        self.program("python3", PYTHON)

    def program(self, name: str, text: str) -> Path:
        """Put a program on the PATH."""
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def begin(self, *arguments: str, cwd: Path | None = None, **env: str) -> subprocess.Popen[str]:
        """Start ./run."""
        return subprocess.Popen(
            (str(self.root / "run"), *arguments),
            cwd=cwd or self.root,
            env={"PATH": str(self.bin), "STEPS": str(self.steps_file), "VENV_FAILS": "", "PIP_FAILS": "", "SLOW": ""}
            | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, cwd: Path | None = None, **env: str) -> tuple[int, str, str]:
        """What ./run answers: its exit code, output and errors."""
        process = self.begin(*arguments, cwd=cwd, **env)
        output, errors = process.communicate(timeout=30)
        return process.returncode, output, errors

    def steps(self) -> list[str]:
        """The set-up steps since the last call."""
        steps = self.steps_file.read_text().splitlines() if self.steps_file.exists() else []
        self.steps_file.unlink(missing_ok=True)
        return steps


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_a_python_that_is_too_old_is_one_helpful_line(checkout: Checkout) -> None:
    checkout.program("python3", OLD_PYTHON)
    code, output, errors = checkout.run()
    assert (code, output) == (1, "")
    assert errors.count("\n") == 1
    assert "needs Python 3.11 or newer, and found Python 3.9.2" in errors


def test_no_python_at_all_is_one_helpful_line(checkout: Checkout) -> None:
    (checkout.bin / "python3").unlink()
    code, _, errors = checkout.run("setup")
    assert code == 1
    assert errors.count("\n") == 1
    assert "found no Python" in errors


def test_a_newer_python_beside_an_old_one_is_found(checkout: Checkout) -> None:
    checkout.program("python3", OLD_PYTHON)
    checkout.program("python3.13", PYTHON)
    assert checkout.run("setup")[0] == 0


def test_the_python_that_is_named_is_taken_or_refused(checkout: Checkout) -> None:
    old = checkout.program("old", OLD_PYTHON)
    code, _, errors = checkout.run("setup", PYTHON=str(old))
    assert code == 1
    assert f"PYTHON={old} is not that" in errors
    checkout.program("python3", OLD_PYTHON)
    good = checkout.program("good", PYTHON)
    assert checkout.run("setup", PYTHON=str(good))[0] == 0


@pytest.mark.parametrize("words", ["No module named venv", "because ensurepip is not available"])
def test_a_missing_venv_module_is_one_helpful_line(checkout: Checkout, words: str) -> None:
    code, _, errors = checkout.run("setup", VENV_FAILS=words)
    assert code == 1
    assert errors.splitlines()[1:] == ["python3 has no venv module. On Debian and Ubuntu: apt install python3-venv"]
    assert not (checkout.root / ".venv").exists()


def test_any_other_trouble_with_the_venv_is_told(checkout: Checkout) -> None:
    code, _, errors = checkout.run("setup", VENV_FAILS="No space left on device")
    assert code == 1
    assert "No space left on device" in errors


def test_installs_the_lock_with_hashes_and_then_the_project(checkout: Checkout) -> None:
    assert checkout.run("setup")[0] == 0
    venv, build, lock, project = checkout.steps()
    assert venv == "venv"
    assert "--require-hashes -r" in build
    assert lock.endswith(f"--require-hashes -r {checkout.root}/requirements.lock")
    assert project.endswith(f"--no-deps -e {checkout.root}")
    assert (checkout.root / ".venv" / ".build").read_text().startswith("setuptools==")


def test_uv_installs_where_it_is_found(checkout: Checkout) -> None:
    checkout.program("uv", UV)
    assert checkout.run("setup")[0] == 0
    assert [step.split()[0] for step in checkout.steps()] == ["venv", "uv", "uv", "uv"]


def test_the_second_time_there_is_nothing_to_do(checkout: Checkout) -> None:
    checkout.run("setup")
    checkout.steps()
    assert checkout.run("setup") == (0, "", "")
    assert checkout.steps() == []


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed_over(checkout: Checkout, name: str) -> None:
    checkout.run("setup")
    checkout.steps()
    with (checkout.root / name).open("a") as file:
        file.write("\n# changed\n")
    assert checkout.run("setup")[0] == 0
    assert [step.split()[0] for step in checkout.steps()] == ["pip", "pip", "pip"]


def test_a_set_up_that_broke_off_begins_afresh(checkout: Checkout) -> None:
    code, _, errors = checkout.run("setup", PIP_FAILS="yes")
    assert code == 1
    assert "no network" in errors
    assert "did not finish" in errors
    assert len(checkout.steps()) == 2
    assert checkout.run("setup")[0] == 0
    assert len(checkout.steps()) == 4


def test_a_checkout_that_was_moved_is_set_up_again(checkout: Checkout) -> None:
    checkout.run("setup")
    checkout.steps()
    checkout.root = checkout.root.rename(checkout.root.with_name("moved"))
    assert checkout.run("setup")[0] == 0
    assert checkout.steps()


@pytest.mark.slow
def test_two_at_once_set_up_once(checkout: Checkout) -> None:
    both = [checkout.begin(SLOW="yes"), checkout.begin(SLOW="yes")]
    outputs = [each.communicate(timeout=30)[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert len(checkout.steps()) == 4
    assert all(output.startswith("feedsvc run") for output in outputs)
    assert sorted(path.name for path in (checkout.root / "data").iterdir()) == ["inbox"]
    assert [path.name for path in (checkout.root / "data" / "inbox").iterdir()] == ["somewhere"]


def test_starts_in_the_checkout_with_the_samples_whatever_the_callers_folder(
    checkout: Checkout, tmp_path: Path
) -> None:
    code, output, _ = checkout.run(cwd=tmp_path)
    assert (code, output) == (0, f"feedsvc run in {checkout.root} with \n")
    sample = checkout.root / "data" / "inbox" / "somewhere" / "article.md"
    assert sample.stat().st_mtime == (checkout.root / "config" / "samples" / "somewhere" / "article.md").stat().st_mtime


def test_a_relative_data_folder_is_the_callers(checkout: Checkout, tmp_path: Path) -> None:
    code, output, _ = checkout.run(cwd=tmp_path, FEEDSVC_DATA_DIR="my data")
    assert code == 0
    assert output.endswith(f"with {tmp_path}/my data\n")
    assert (tmp_path / "my data" / "inbox" / "somewhere" / "article.md").exists()


def test_an_inbox_that_is_there_is_left_alone(checkout: Checkout) -> None:
    (checkout.root / "data" / "inbox").mkdir(parents=True)
    checkout.run()
    assert list((checkout.root / "data" / "inbox").iterdir()) == []


def test_a_configuration_of_ones_own_gets_no_samples(checkout: Checkout, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    checkout.run(FEEDSVC_CONFIG=str(own))
    assert not (checkout.root / "data").exists()
    checkout.run(FEEDSVC_CONFIG="config")
    assert (checkout.root / "data" / "inbox").exists()


def test_tells_what_it_can_do(checkout: Checkout) -> None:
    code, output, _ = checkout.run("help")
    assert code == 0
    assert "./run setup" in output
    code, output, errors = checkout.run("tset")
    assert (code, output) == (2, "")
    assert "./run test" in errors


def test_says_that_there_are_no_benchmarks(checkout: Checkout) -> None:
    code, _, errors = checkout.run("bench")
    assert code == 1
    assert errors == "There are no benchmarks in this checkout.\n"
