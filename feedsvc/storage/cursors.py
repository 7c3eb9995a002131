"""Cursors as JSON: ASCII, so that a file name in an unknown encoding comes back as it was."""

from __future__ import annotations

import json

from ..domain.source import Cursor


def cursor_text(cursor: Cursor) -> str:
    """The cursor as it is stored."""
    return json.dumps(dict(cursor.state), separators=(",", ":"), sort_keys=True)


def cursor_of(text: str) -> Cursor:
    """The cursor that was stored."""
    return Cursor(json.loads(text))
