"""Keys of feeds and the paths by which they are stored, remembered: the next article's thirty are much the same.

What strangers ask for never comes here, or it would be remembered too.
"""

from __future__ import annotations

from functools import lru_cache

from ..domain.feed import FeedKey

_REMEMBERED = 32_768


@lru_cache(maxsize=_REMEMBERED)
def path_of(key: FeedKey) -> str:
    """The path of a feed that there is."""
    return key.path


@lru_cache(maxsize=_REMEMBERED)
def key_of(path: str) -> FeedKey | None:
    """The key of a stored path, None where no key has it."""
    return FeedKey.of(path)
