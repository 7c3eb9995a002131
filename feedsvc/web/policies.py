"""The fields that go out with each kind of resource: how long it keeps, and what a browser may do with it."""

from __future__ import annotations

from .answer import Fields, Policy

_SEALED: Fields = (
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
)
_LENIENT = "stale-while-revalidate=60, stale-if-error=86400"
"""RFC 5861: while it is asked for anew, and while it cannot be had."""
_PAGE: Fields = (
    ("X-Content-Type-Options", "nosniff"),
    (
        "Content-Security-Policy",
        "default-src 'none'; img-src https: http: 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
    ),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)

PICTURE = Policy((("Cache-Control", "public, max-age=31536000, immutable"), *_SEALED))
PAGE = Policy((("Cache-Control", f"public, max-age=60, {_LENIENT}"), *_PAGE))
ASSET = Policy((("Cache-Control", f"public, max-age=3600, {_LENIENT}"), *_SEALED))
UNCACHED = Policy((("Cache-Control", "no-store"), *_SEALED))


def open_policy(address: str, max_age: int) -> Policy:
    """That of feeds and of all else that programs read: RFC 9111 section 5.2.2, RFC 8288 for its own address.

    It is open to every origin.
    """
    return Policy(
        (
            ("Cache-Control", f"public, max-age={max_age}, {_LENIENT}"),
            ("Link", f'<{address}>; rel="self"'),
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Expose-Headers", "ETag, Link"),
            *_SEALED,
        )
    )


def download_policy(address: str, max_age: int, name: str) -> Policy:
    """The same for what a browser keeps as a file of a name (RFC 6266)."""
    kept = ("Content-Disposition", f'attachment; filename="{name}"')
    return Policy((kept, *open_policy(address, max_age).fields))


def uncached(media_type: str) -> Fields:
    """For what is true only now: health, and everything that went wrong (RFC 9111 section 5.2.2.5)."""
    protection = _PAGE if media_type.startswith("text/html") else _SEALED
    return (("Content-Type", media_type), ("Cache-Control", "no-store"), *protection)
