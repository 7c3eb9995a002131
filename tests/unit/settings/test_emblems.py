"""The pictures of the site: those that come with the program, and the operator's, which have to fit."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from feedsvc.settings.emblems import LARGEST, bundled
from tests.unit.settings.folder import SERVICE, load, problems


def png(width: int, height: int) -> bytes:
    """As much of a picture as tells its size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IEND", b"")


def with_file(folder: Path, body: bytes) -> dict[str, str]:
    (folder / "picture").write_bytes(body)
    return {"FEEDSVC_DATA_DIR": str(folder)}


def test_those_that_come_with_the_program_keep_the_limits_of_rss_and_atom() -> None:
    logo, icon = bundled("logo"), bundled("icon")
    assert (logo.width, logo.height, logo.media_type) == (144, 72, "image/png")
    assert icon.width == icon.height


def test_without_any_of_its_own_a_site_has_those(tmp_path: Path) -> None:
    site = load(tmp_path).site
    assert (site.logo, site.icon) == (bundled("logo"), bundled("icon"))


@pytest.mark.parametrize(("key", "body"), [("logo", png(144, 400)), ("logo", png(88, 31)), ("icon", png(32, 32))])
def test_one_that_fits_is_taken_and_its_name_changes_with_its_bytes(tmp_path: Path, key: str, body: bytes) -> None:
    environ = with_file(tmp_path, body)
    feedsvc = f"{SERVICE}  {key}: picture\n"
    made = getattr(load(tmp_path, environ, feedsvc=feedsvc).site, key)
    assert made.body == body
    assert made.path.startswith(f"/static/{key}-")
    assert made.name.endswith(".png")
    with_file(tmp_path, body + b"x")
    assert getattr(load(tmp_path, environ, feedsvc=feedsvc).site, key).name != made.name


@pytest.mark.parametrize(
    ("key", "body", "expected"),
    [
        ("logo", png(145, 72), "must be 144 pixels wide and 400 high at most, and it has 145 by 72"),
        ("logo", png(144, 401), "must be 144 pixels wide and 400 high at most, and it has 144 by 401"),
        ("icon", png(32, 31), "must be as wide as high, 1024 pixels at most, and it has 32 by 31"),
        ("logo", b"<svg/>", "must be a PNG, JPEG or GIF file"),
        ("logo", b"", "must be a PNG, JPEG or GIF file"),
        ("logo", b"\x89PNG\r\n\x1a\n", "must be 144 pixels wide"),
        ("icon", png(1, 1) + bytes(LARGEST), "must have 256 KiB at most"),
    ],
)
def test_one_that_does_not_fit_is_a_problem(tmp_path: Path, key: str, body: bytes, expected: str) -> None:
    environ = with_file(tmp_path, body)
    (found,) = problems(tmp_path, environ, feedsvc=f"{SERVICE}  {key}: picture\n")
    assert found.startswith(f"feedsvc.yaml:4: site.{key}: {expected}")


@pytest.mark.parametrize("value", ["missing.png", ".", "[a]"])
def test_one_that_is_not_there_is_a_problem(tmp_path: Path, value: str) -> None:
    environ = {"FEEDSVC_DATA_DIR": str(tmp_path)}
    (found,) = problems(tmp_path, environ, feedsvc=f"{SERVICE}  logo: {value}\n")
    assert found.startswith("feedsvc.yaml:4: site.logo: ")
