"""What is left of articles that are not kept any more takes little room on the disk."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from feedsvc.storage.store import Store, open_store
from tests.contracts.samples import NOW, SETUP, Desk, placed

COUNT = 200


def used(store: Store) -> int:
    """Bytes of the pages that something is written on."""
    names = "page_count", "freelist_count", "page_size"
    with store.database.reading() as connection:
        pages, free, size = (int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in names)
    return (pages - free) * size


def test_what_is_left_of_one_article_shares_its_page_with_that_of_others(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 'feeds.db'}")) as store:
        store.configure(SETUP, NOW)
        before, desk = used(store), Desk(store)
        desk.run(*(placed(f"{number}", at=number, words="một bài dài " * 100) for number in range(COUNT)))
        full = used(store) - before
        assert store.purge(NOW + timedelta(days=9), COUNT, desk.now) == COUNT
        assert full / COUNT > 4000
        assert (used(store) - before) / COUNT < 1000
