"""A folder in memory, behind the Fetcher port."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feedsvc.domain.fetched import Answer, Failure, FailureKind, Fetched, FileKind, FileSeen, Listing, Request


class FakeFolder:
    """Answers `folder:` with what was put into it and `file:` with its bytes; `away` makes it fail."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.away = False
        self._files: dict[str, tuple[bytes, datetime]] = {}

    def put(self, name: str, body: bytes, modified: datetime | None = None) -> None:
        """Write a file; by default it was left alone for an hour."""
        self._files[name] = body, modified or self.now - timedelta(hours=1)

    def remove(self, name: str) -> None:
        """Delete a file."""
        del self._files[name]

    def fetch(self, request: Request, deadline: timedelta) -> Answer:
        """As the port promises."""
        scheme, _, path = request.address.partition(":")
        name = path.rpartition("/")[2]
        if self.away or (scheme == "file" and name not in self._files):
            return Failure(request=request, at=self.now, kind=FailureKind.MISSING, why=f"{path} does not exist")
        if scheme == "folder":
            return Listing(request=request, at=self.now, files=tuple(map(self._seen, sorted(self._files))))
        body, modified = self._files[name]
        return Fetched(request=request, at=self.now, body=body, modified=modified)

    def _seen(self, name: str) -> FileSeen:
        body, modified = self._files[name]
        nanoseconds = (modified - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000
        return FileSeen(name=name, kind=FileKind.FILE, size=len(body), modified_ns=nanoseconds, changed_ns=nanoseconds)
