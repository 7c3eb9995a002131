"""A backup is whole or not there, and what is damaged or foreign is refused before anything is touched."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from feedsvc.errors import BackupFailed, StoreError
from feedsvc.storage import backing, migrating, upgrading
from feedsvc.storage.backup_file import portions_of
from feedsvc.storage.media import FolderMedia, digest_of
from feedsvc.storage.schema import metadata
from feedsvc.storage.sealing import broken, seal
from feedsvc.storage.sqlite import DRIVER, SqliteDatabase
from feedsvc.storage.stage import stage
from feedsvc.storage.store import Store, open_store
from tests.contracts.backups import Archive, rows
from tests.contracts.samples import NOW, SETUP, Desk, placed, topic
from tests.contracts.test_media import png

EVERYTHING = tuple(metadata.tables)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with an article in it, and labels."""
    store = open_store(f"sqlite:///{tmp_path / 'data' / 'feeds.db'}")
    store.configure(SETUP, NOW)
    Desk(store).run(placed("a", labels=[topic("sport")]))
    yield store
    store.close()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """A folder with nothing in it but a picture."""
    (tmp_path / "archive").mkdir()
    archive = Archive(tmp_path / "archive")
    archive.media = FolderMedia(tmp_path / "data" / "media")
    archive.media.keep("a.png", png())
    return archive


@pytest.fixture
def backup(store: Store, archive: Archive) -> Path:
    """A backup of the store."""
    archive.back_up(store)
    return archive.file("a.backup")


@contextmanager
def untouched(store: Store, archive: Archive) -> Iterator[None]:
    """Nothing that is stored changes in the block, and no file comes or stays behind."""
    before, names = rows(store, *EVERYTHING), sorted(archive.folder.iterdir())
    yield
    assert rows(store, *EVERYTHING) == before
    assert sorted(archive.folder.iterdir()) == names or sorted(archive.folder.iterdir()) == [*names, archive.room]
    assert not archive.room.exists() or list(archive.room.iterdir()) == []


def refused(store: Store, archive: Archive, pattern: str) -> None:
    """The backup is refused in one line that names it, and leaves everything as it is."""
    with untouched(store, archive), pytest.raises(BackupFailed, match=pattern) as told:
        archive.restore(store, NOW)
    assert str(archive.file("a.backup")) in str(told.value)
    assert "\n" not in str(told.value)


def change(file: Path, *statements: str) -> None:
    with closing(DRIVER.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def another(file: Path) -> None:
    file.unlink()
    change(file, "CREATE TABLE a (b)")


def test_a_backup_is_a_sqlite_database_of_our_tables_and_the_pictures(backup: Path) -> None:
    with closing(DRIVER.connect(backup)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA journal_mode").fetchall() == [("delete",)]
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(migrating.HEAD,)]
        assert connection.execute("SELECT * FROM pictures").fetchall() == [(digest_of(png()), png())]
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
        found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found == {*metadata.tables, *stage.tables, "alembic_version", "pictures"}


def test_pictures_come_back(store: Store, archive: Archive, backup: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "data" / "media")
    assert archive.restore(store, NOW).pictures == 1
    assert archive.media.open(digest_of(png()), "a.png") == ("image/png", png())


def test_a_file_that_exists_is_replaced_by_force_alone(store: Store, archive: Archive) -> None:
    file = archive.file("a.backup")
    file.write_text("Dear newsroom")
    with untouched(store, archive), pytest.raises(BackupFailed, match=r"a\.backup exists .*--force"):
        archive.back_up(store)
    assert file.read_text() == "Dear newsroom"
    archive.back_up(store, force=True)
    archive.restore(store, NOW)


@pytest.mark.parametrize("end", ["", "-wal", "-shm", ".lock"])
def test_the_database_itself_is_never_replaced(store: Store, archive: Archive, tmp_path: Path, end: str) -> None:
    file = tmp_path / "data" / f"feeds.db{end}"
    with untouched(store, archive), pytest.raises(BackupFailed, match="is the database itself"):
        backing.back_up(store.database, archive.media, file, force=True)


@pytest.mark.parametrize(("name", "why"), [("no/a.backup", "its folder does not exist. Make it"), ("", "is a folder")])
def test_a_place_that_cannot_be_written_to_is_named(store: Store, archive: Archive, name: str, why: str) -> None:
    with untouched(store, archive), pytest.raises(BackupFailed, match=why) as told:
        archive.back_up(store, name)
    assert str(archive.file(name)) in str(told.value)


class Failing(FolderMedia):
    """Pictures that cannot be read."""

    def pictures(self) -> Iterator[tuple[str, bytes]]:
        yield from super().pictures()
        raise StoreError("picture 00 cannot be read: Input/output error")


@pytest.mark.parametrize("force", [False, True])
def test_a_backup_that_fails_leaves_what_was_there(store: Store, archive: Archive, tmp_path: Path, force: bool) -> None:
    if force:
        archive.file("a.backup").write_text("yesterday's")
    archive.media = Failing(tmp_path / "data" / "media")
    with untouched(store, archive), pytest.raises(BackupFailed, match=r"a\.backup was not written: picture 00 .*error"):
        archive.back_up(store, force=force)
    assert not force or archive.file("a.backup").read_text() == "yesterday's"


class Small(SqliteDatabase):
    """A database on a disk that is full but for some pages."""

    pages = 80

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with super().writing() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {self.pages}")
            yield connection


@pytest.mark.parametrize("table", ["rejections", "pictures"])
def test_a_full_disk_costs_the_backup_and_nothing_else(
    store: Store, archive: Archive, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    if table == "pictures":
        archive.media.keep("b.png", png() + bytes(400_000))
    else:
        overfill(store)
    monkeypatch.setattr(backing, "SqliteDatabase", Small)
    with (
        untouched(store, archive),
        pytest.raises(BackupFailed, match=r"a\.backup.*disk is full\. Make room, or") as told,
    ):
        archive.back_up(store)
    assert "feeds.db" not in str(told.value)


def overfill(store: Store) -> None:
    """More than a small disk takes."""
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE articles SET text = json_replace(text, '$', printf('%.400000c', 'x'))")


def test_a_full_disk_costs_the_restoring_and_nothing_else(store: Store, archive: Archive, backup: Path) -> None:
    with store.database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    change(backup, "UPDATE sources SET cursor = printf('%.400000c', 'x')")
    change(backup, "PRAGMA user_version = 0")
    refused(
        store,
        archive,
        r"a\.backup was not restored: .*feeds\.db: database or disk is full\. Make room, and restore again",
    )


def test_a_folder_that_takes_no_pictures_costs_the_restoring(
    store: Store, archive: Archive, backup: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    archive.media = FolderMedia(tmp_path / "file")
    refused(store, archive, r"a\.backup was not restored: .* cannot be kept in .*file")


def test_any_byte_that_is_another_is_noticed(store: Store, archive: Archive, backup: Path) -> None:
    whole = backup.read_bytes()
    for place in [*range(0, 120, 7), *range(120, len(whole), len(whole) // 150), len(whole) - 1]:
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
        with pytest.raises(BackupFailed, match=r"a\.backup is (damaged|not a backup|made by)|newer release"):
            archive.restore(store, NOW)
    with untouched(store, archive):
        refused(store, archive, "is damaged")


@pytest.mark.parametrize("length", [1, 99, 100, 5_000, 40_000, -4096, -1])
def test_a_backup_cut_short_is_refused(store: Store, archive: Archive, backup: Path, length: int) -> None:
    backup.write_bytes(backup.read_bytes()[:length])
    refused(store, archive, "is damaged|is not a backup")


def test_damage_is_noticed_in_a_backup_without_a_seal_too(store: Store, archive: Archive, backup: Path) -> None:
    change(backup, "PRAGMA user_version = 0", "DROP INDEX ix_sources_claimed", "PRAGMA writable_schema = 1")
    whole = backup.read_bytes()
    for place in (8_192, len(whole) // 2 // 4096 * 4096):
        backup.write_bytes(whole[:place] + b"\xff" * 64 + whole[place + 64 :])
        refused(store, archive, "is damaged")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        pytest.param(lambda file: file.unlink(), "does not exist", id="nothing"),
        pytest.param(lambda file: (file.unlink(), file.mkdir()), "is not a file", id="a folder"),
        pytest.param(lambda file: file.write_bytes(b""), "is empty", id="an empty file"),
        pytest.param(lambda file: file.write_text("Dear newsroom, " * 99), "is not a backup", id="a letter"),
        pytest.param(lambda file: file.write_bytes(gzip.compress(file.read_bytes())), "is not a backup", id="gzip"),
        pytest.param(lambda file: change(file, "DROP TABLE pictures"), "is not a backup", id="a database of ours"),
        pytest.param(another, "is not a backup", id="another database"),
        pytest.param(
            lambda file: change(file, "UPDATE alembic_version SET version_num = '0999'"),
            "made by a newer release: it has the schema 0999",
            id="a newer release",
        ),
        pytest.param(
            lambda file: change(file, "DELETE FROM ledger", "PRAGMA user_version = 0"), "its ledger", id="no ledger"
        ),
        pytest.param(
            lambda file: change(file, "UPDATE pictures SET body = x'00'", "PRAGMA user_version = 0"),
            r"picture [0-9a-f]+ is another one",
            id="another picture",
        ),
        pytest.param(
            lambda file: change(file, "UPDATE labels SET article = 'nobody'", "PRAGMA user_version = 0"),
            r"was not restored: .*FOREIGN KEY",
            id="a label of nothing",
        ),
        pytest.param(
            lambda file: change(file, "UPDATE articles SET dated_by = CAST(x'ff' AS TEXT)", "PRAGMA user_version = 0"),
            "UTF-8",
            id="no text",
        ),
    ],
)
def test_what_is_no_sound_backup_is_refused(
    store: Store, archive: Archive, backup: Path, make: Callable[[Path], object], why: str
) -> None:
    make(backup)
    refused(store, archive, why)


@pytest.mark.parametrize("revision", ["0001", "0002", "0003"])
@pytest.mark.parametrize("sealed", [False, True])
def test_a_backup_of_an_earlier_release_is_migrated_and_left_as_it_is(
    store: Store, archive: Archive, revision: str, sealed: bool
) -> None:
    file = archive.file("a.backup")
    with closing(SqliteDatabase(file)) as database, database.writing() as connection:
        upgrading.upgrade(connection, migrating.SCRIPTS, revision)
    columns = "(id, outlet, state, cursor, next_poll, last_success)"
    change(
        file,
        "CREATE TABLE pictures (digest TEXT PRIMARY KEY, body BLOB)",
        f"INSERT INTO sources {columns} VALUES ('day', 'day', 'configured', '{{}}', 0, 1)",
    )
    if sealed:
        seal(file)
    before = file.read_bytes()
    archive.restore(store, NOW)
    assert file.read_bytes() == before
    assert {status.source: status.last_success is None for status in store.statuses()} == {"day": False, "night": True}
    assert list(archive.room.iterdir()) == []


def test_a_backup_is_read_where_nothing_may_be_written(store: Store, archive: Archive, backup: Path) -> None:
    backup.chmod(0o400)
    archive.folder.chmod(0o500)
    try:
        archive.room = archive.folder.parent / "room"
        archive.restore(store, NOW)
    finally:
        archive.folder.chmod(0o700)


def test_a_picture_that_is_no_longer_what_it_was_is_left_out_and_named(
    store: Store, archive: Archive, tmp_path: Path
) -> None:
    digest = digest_of(png(9, 9))
    archive.media.keep("b.png", png(9, 9))
    (tmp_path / "data" / "media" / digest[:2] / digest).write_bytes(b"\x89PNG")
    made = archive.back_up(store)
    assert (made.pictures, made.left_out) == (1, (digest,))


def test_a_picture_that_is_refused_by_now_costs_itself_alone(store: Store, archive: Archive, backup: Path) -> None:
    digest = digest_of(b"<svg/>")
    change(backup, f"INSERT INTO pictures VALUES ('{digest}', CAST('<svg/>' AS BLOB))", "PRAGMA user_version = 0")
    restored = archive.restore(store, NOW)
    assert (restored.pictures, restored.left_out) == (1, (digest,))


def test_few_rows_are_in_memory_at_once(store: Store) -> None:
    with store.database.writing() as connection:
        for number in range(1000):
            connection.exec_driver_sql(f"INSERT INTO heartbeats (process, at) VALUES ('process {number}', {number})")
    with store.database.reading() as connection:
        portions = [len(rows) for rows in portions_of(connection, metadata.tables["heartbeats"])]
    assert sum(portions) == 1000
    assert max(portions) <= 200


def test_a_seal_is_broken_by_any_change_and_is_none_where_there_was_none(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    change(file, "CREATE TABLE a (b)")
    assert not broken(file)
    seal(file)
    assert not broken(file)
    change(file, "INSERT INTO a VALUES (1)")
    assert broken(file)
    seal(file)
    assert not broken(file)
