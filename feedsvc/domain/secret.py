"""What only some may know: never printed, and read from files by one rule, whoever it is for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

LONGEST_SECRET = 4096


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that whatever prints this does not show."""

    text: str = field(repr=False)


def read_secret(path: Path, shortest: int = 1) -> Secret:
    """The secret that a file holds; raises ValueError, which names the file and tells nothing of what it holds."""
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_SECRET + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file has such a name"
        raise ValueError(f"{path} cannot be read: {reason}") from None
    try:
        return Secret(_one_line(content, shortest))
    except ValueError as error:
        raise ValueError(f"{path} {error}") from None


def _one_line(content: bytes, shortest: int) -> str:
    """The one line of printable ASCII; white space around it does not count."""
    try:
        secret = content.decode("ascii").strip()
    except ValueError:
        raise ValueError("cannot be read: it is not ASCII") from None
    if not secret.isprintable() or not 0 < len(secret) <= LONGEST_SECRET:
        raise ValueError(f"must hold one line of at most {LONGEST_SECRET} characters")
    if len(secret) < shortest:
        raise ValueError(f"must hold {shortest} characters or more")
    return secret
