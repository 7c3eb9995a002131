"""The address of a database that is none: said without showing what may be a password in it."""

from __future__ import annotations

import pytest

from feedsvc.errors import StoreError
from feedsvc.storage.store import open_store


@pytest.mark.parametrize("url", ["me:secret@@host", "mysql://me:secret@host:x/db", "oracle://me:secret@host/db"])
def test_what_cannot_be_opened_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StoreError, match="sqlite:///PATH") as caught:
        open_store(url)
    assert "secret" not in str(caught.value)
