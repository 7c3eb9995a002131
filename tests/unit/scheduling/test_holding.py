"""A claim held outside the scheduler."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.domain.setup import Asked, Setup
from feedsvc.scheduling.holding import held
from feedsvc.storage.store import open_store

LEASE = timedelta(seconds=3)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.slow
def test_a_claim_is_renewed_for_as_long_as_it_is_held() -> None:
    store = open_store("sqlite://")
    setup = Setup(sources={"s": Asked("s")}, feeds=frozenset(), presentation="", digest="", text="", window=50)
    store.configure(setup, now())
    (claim,) = store.claim(holder="one", now=now(), lease=LEASE, limit=1)
    with held(store, claim, now, LEASE):
        time.sleep(4)
        assert store.claim(holder="two", now=now(), lease=LEASE, limit=1) == ()
    later = now() + timedelta(seconds=9)
    assert len(store.claim(holder="two", now=later, lease=LEASE, limit=1)) == 1
    store.close()
