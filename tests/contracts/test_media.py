"""What every MediaStore keeps, refuses and gives back."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import MediaRefused, StoreError
from feedsvc.ports import MediaStore
from feedsvc.storage.media import FolderMedia


def png(width: int = 4, height: int = 3) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def gif(width: int = 4, height: int = 3) -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + b"\0" * 53 + b";"


def jpeg(width: int = 4, height: int = 3) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x11\0\x02\x11\0\x03\x11\0"
    head = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    parts = ((b"\xe0", head), (b"\xc0", frame), (b"\xda", b"\0" * 10))
    return b"\xff\xd8" + b"".join(b"\xff" + m + struct.pack(">H", len(d) + 2) + d for m, d in parts) + b"\0\xff\xd9"


def webp(width: int = 4, height: int = 3) -> bytes:
    data = b"VP8X" + struct.pack("<I", 10) + b"\0" * 4
    data += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + b"\0" * 40
    return b"RIFF" + struct.pack("<I", len(data) + 4) + b"WEBP" + data


KINDS = [
    pytest.param(png, "image/png", "png", id="PNG"),
    pytest.param(gif, "image/gif", "gif", id="GIF"),
    pytest.param(jpeg, "image/jpeg", "jpg", id="JPEG"),
    pytest.param(webp, "image/webp", "webp", id="WebP"),
]


@pytest.fixture(params=[FolderMedia])
def media(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    """An empty store of each kind."""
    store: MediaStore = request.param(tmp_path / "deep" / "media")
    return store


def parts(address: str) -> tuple[str, str]:
    """The digest and the name in an address."""
    _, root, digest, name = address.split("/")
    assert root == "media"
    return digest, name


@pytest.mark.parametrize(("make", "media_type", "extension"), KINDS)
def test_a_picture_is_served_as_what_its_bytes_are(
    media: MediaStore, make: Callable[[], bytes], media_type: str, extension: str
) -> None:
    body = make()
    medium = media.keep("Ảnh Đẹp (1).exe", body)
    digest = hashlib.sha256(body).hexdigest()[:32]
    assert medium.address == f"/media/{digest}/anh-dep-1.{extension}"
    assert (medium.media_type, medium.length, medium.width, medium.height) == (media_type, len(body), 4, 3)
    assert media.open(*parts(medium.address)) == (media_type, body)


def test_the_same_bytes_are_kept_once_under_any_name(media: MediaStore) -> None:
    first, again = media.keep("a.png", png()), media.keep("b.png", png())
    assert parts(first.address)[0] == parts(again.address)[0]
    assert media.open(*parts(again.address)) == ("image/png", png())


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y z.JPG", "y-z"),
        ("...", "picture"),
        ("日本.png", "picture"),
        ("", "picture"),
    ],
)
def test_a_name_is_made_safe(media: MediaStore, name: str, slug: str) -> None:
    assert parts(media.keep(name, png()).address)[1] == f"{slug}.png"


def test_a_long_name_is_cut(media: MediaStore) -> None:
    assert media.open(*parts(media.keep("a" * 500, png()).address)) is not None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>", id="SVG"),
        pytest.param(b"<?xml version='1.0'?><svg/>", id="SVG behind a declaration"),
        pytest.param(b"<html><script>alert(1)</script>", id="HTML"),
        pytest.param(b"RIFF\0\0\0\0WAVEfmt ", id="sound"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="only the beginning of a PNG"),
        pytest.param(b"\xff\xd8\xff" + b"\0" * 100, id="a JPEG without a frame"),
        pytest.param(b"\xff\xd8\xff\xe0\0\0", id="a JPEG with an impossible segment"),
        pytest.param(png(0, 5), id="no width"),
        pytest.param(png(2**31, 2**31), id="absurd size"),
        pytest.param(png(32_000, 32_000), id="too many pixels"),
        pytest.param(gif(65_535, 1), id="GIF wider than can be"),
        pytest.param(png() + b"\0" * 16 * 1024 * 1024, id="more than 16 MiB"),
    ],
)
def test_anything_else_is_refused_whatever_its_name(media: MediaStore, body: bytes) -> None:
    with pytest.raises(MediaRefused, match=r"^picture\.png: "):
        media.keep("picture.png", body)


@pytest.mark.parametrize(
    ("digest", "name"),
    [
        ("0" * 32, "a.png"),
        ("../" + "0" * 29, "a.png"),
        ("..", "a.png"),
        ("", ""),
        ("A" * 32, "a.png"),
        ("0" * 32 + "\n", "a.png"),
        ("0" * 32, "../a.png"),
    ],
)
def test_what_was_not_kept_is_not_there(media: MediaStore, digest: str, name: str) -> None:
    assert media.open(digest, name) is None


def test_an_address_that_was_never_given_out_is_not_there(media: MediaStore) -> None:
    digest, _ = parts(media.keep("a.png", png()).address)
    assert media.open(digest, "a.html") is None
    assert media.open(digest, "a.jpg") is None
    assert media.open(digest, "A B.png") is None


def test_every_picture_is_told_and_nothing_else_that_lies_there(tmp_path: Path) -> None:
    media = FolderMedia(tmp_path / "media")
    assert list(media.pictures()) == []
    kept = {hashlib.sha256(body).hexdigest()[:32]: body for body in (png(), gif(), jpeg())}
    for body in kept.values():
        media.keep("a.png", body)
    digest = next(iter(kept))
    (tmp_path / "media" / digest[:2] / f".{digest}.0123").write_bytes(png()[:9])
    (tmp_path / "media" / "README").write_text("Dear newsroom")
    assert list(media.pictures()) == sorted(kept.items())


def test_no_half_written_file_stays(tmp_path: Path) -> None:
    media = FolderMedia(tmp_path)
    digest, _ = parts(media.keep("a.png", png()).address)
    assert [file.name for file in (tmp_path / digest[:2]).iterdir()] == [digest]


def test_a_file_cut_by_a_crash_is_written_again(tmp_path: Path) -> None:
    media = FolderMedia(tmp_path)
    address = parts(media.keep("a.png", png()).address)
    (tmp_path / address[0][:2] / address[0]).write_bytes(b"\x89PNG")
    media.keep("a.png", png())
    assert media.open(*address) == ("image/png", png())


def test_a_folder_that_takes_or_gives_nothing_is_an_error_to_try_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"a\.png cannot be kept"):
        FolderMedia(tmp_path / "file").keep("a.png", png())
    (tmp_path / "00" / ("0" * 32)).mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be read"):
        FolderMedia(tmp_path).open("0" * 32, "a.png")


HEADS = [
    b"",
    b"\xff\xd8\xff",
    b"\xff\xd8\xff\xe1",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"RIFF\0\0\0\0WEBPVP8 ",
    b"RIFF\0\0\0\0WEBP",
]


@given(head=st.sampled_from(HEADS), tail=st.binary(max_size=200), name=st.text(max_size=40))
def test_hostile_bytes_are_kept_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, head: bytes, tail: bytes, name: str
) -> None:
    media = FolderMedia(tmp_path_factory.getbasetemp() / "hostile")
    try:
        medium = media.keep(name, head + tail)
    except MediaRefused:
        return
    assert media.open(*parts(medium.address)) == (medium.media_type, head + tail)


def test_a_picture_is_taken_out_unless_it_was_kept_again_since(tmp_path: Path) -> None:
    store, body, now = FolderMedia(tmp_path), png(), datetime.now(UTC)
    digest = store.keep("a", body).address.split("/")[2]
    day = timedelta(days=1)
    assert not store.forget(digest, now - day)
    place = tmp_path / digest[:2] / digest
    os.utime(place, (0, 0))
    store.keep("b", body)
    assert not store.forget(digest, now - day), "it is wanted again"
    assert store.open(digest, "a.png") is not None
    assert store.forget(digest, now + day)
    assert store.open(digest, "a.png") is None
    assert store.forget(digest, now + day), "it is gone"


def test_a_picture_that_is_kept_again_in_the_moment_it_is_taken_out_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, body = FolderMedia(tmp_path), png()
    digest, name = parts(store.keep("anh.png", body).address)
    (place,) = tmp_path.glob(f"*/{digest}")
    os.utime(place, (0, 0))
    unlink, again, waited = Path.unlink, Thread(target=store.keep, args=("anh.png", body)), list[bool]()

    def wanted_meanwhile(self: Path, missing_ok: bool = False) -> None:
        if self == place:
            again.start()
            again.join(0.1)
            waited.append(again.is_alive())
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", wanted_meanwhile)
    assert store.forget(digest, datetime.now(UTC) - timedelta(days=1))
    again.join(5)
    assert waited == [True]
    assert store.open(digest, name) == ("image/png", body)
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 1


@pytest.mark.parametrize("digest", ["", "..", "../../etc/passwd", "0" * 31])
def test_what_is_no_digest_takes_out_nothing(tmp_path: Path, digest: str) -> None:
    (tmp_path / "file").write_text("x")
    assert not FolderMedia(tmp_path).forget(digest, datetime.now(UTC) + timedelta(days=1))
    assert (tmp_path / "file").exists()
