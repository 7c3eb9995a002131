"""What an address of the web is, the same to every room."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

WEB = frozenset({"http", "https"})
"""The schemes behind which somebody's server stands."""
NEVER_WRITTEN = ' <>"'
"""Printable characters that an address has only where two things were written as one (RFC 3986 appendix C)."""


def web_parts(address: str) -> SplitResult | None:
    """The parts of an absolute http(s) address with a host (RFC 9110 section 4.2), None for anything else."""
    try:
        parts = urlsplit(address)
        fit = parts.scheme in WEB and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if fit else None


def host_of(address: str) -> str | None:
    """The host that an address of the web names, None for anything else, as for a folder."""
    parts = web_parts(address)
    return None if parts is None else (parts.hostname or "").rstrip(".")


def is_secure(address: str) -> bool:
    """Whether what is asked there is asked over TLS."""
    return address[:6].lower() == "https:"


def is_web_address(written: str) -> bool:
    """Whether a text that a person wrote is one such address, and nothing beside it."""
    odd = not written.isprintable() or any(character in written for character in NEVER_WRITTEN)
    return not odd and web_parts(written) is not None
