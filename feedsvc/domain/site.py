"""The service as its readers see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from .retirement import FAREWELL

DEFAULT_BIND = "127.0.0.1:8080"
"""Where the web server listens unless FEEDSVC_BIND says otherwise."""

_EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1", "[::]": "[::1]"}  # noqa: S104  nobody listens here


def reachable(host: str) -> str:
    """The host at which this machine reaches what listens on a host, which may be all of its own."""
    return _EVERYWHERE.get(host, host)


@dataclass(frozen=True, slots=True, kw_only=True)
class Emblem:
    """A picture that stands for the site; `name` is that of its file, and another one for other bytes.

    Width and height are in pixels.
    """

    name: str
    media_type: str
    width: int
    height: int
    body: bytes = field(repr=False)

    @property
    def path(self) -> str:
        """Where it is served."""
        return f"/static/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Title, language (BCP 47), zone (IANA), the public address without a slash at its end, and the feeds' measure.

    `tag_authority` is the domain and year of RFC 4151; `entries` are those of a document; `max_age` is in seconds.
    `rights` is the notice of what holds articles of several sources; None for one in the words of the language.
    The `logo` is wider than the square `icon`. `farewell`, in whole days, is how long the feed of what has ended says
    so.
    """

    title: str
    language: str
    zone: str
    public_url: str
    tag_authority: str
    entries: int
    max_age: int
    rights: str | None = None
    logo: Emblem | None = None
    icon: Emblem | None = None
    farewell: timedelta = FAREWELL

    def address(self, path: str) -> str:
        """The absolute address of a path of ours (`/…`); an address that is absolute already stays."""
        return f"{self.public_url}{path}" if path.startswith("/") else path

    def title_of(self, titles: Mapping[str, str], fallback: str) -> str:
        """The title in the site's language (`vi` does for `vi-VN`), else any."""
        tongue = self.language.partition("-")[0]
        return titles.get(self.language) or titles.get(tongue) or next(iter(titles.values()), fallback)
