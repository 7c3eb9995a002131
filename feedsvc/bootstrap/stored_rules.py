"""The topics and regions that are applied, where this release can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import RulesUnreadable

if TYPE_CHECKING:
    from ..domain.applied import Applied
    from ..domain.taxonomy import Taxonomy


def stored_taxonomy(applied: Applied | None) -> Taxonomy | None:
    """The applied taxonomy; None where there is none, or none that this release can read."""
    from ..settings import taxonomy_of

    if applied is None or applied.rules is None:
        return None
    try:
        return taxonomy_of(applied.rules)
    except RulesUnreadable:
        return None


def stored_rules(applied: Applied | None) -> str | None:
    """The same in the form in which they are stored."""
    return None if applied is None or stored_taxonomy(applied) is None else applied.rules
