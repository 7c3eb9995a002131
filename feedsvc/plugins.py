"""What can be plugged in, by name: entry points to factories. The built-in ones come the same way."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from .errors import PluginBroken

SOURCES = "feedsvc.sources"
FORMATS = "feedsvc.formats"
LANGUAGES = "feedsvc.languages"


def plugins(group: str) -> dict[str, Any]:
    """The factories of a group by name, each called without arguments by who builds it.

    Raises PluginBroken, naming the plug-in, for one that cannot be imported and for two of one name.
    """
    return {name: _loaded(point) for name, point in _points(group).items()}


def _points(group: str) -> dict[str, EntryPoint]:
    points: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value)):
        first = points.setdefault(point.name, point)
        if first.value != point.value:
            raise PluginBroken(
                f"two plug-ins of {group} are called {point.name}: {first.value} and {point.value}; uninstall one"
            )
    return points


def _loaded(point: EntryPoint) -> Any:
    try:
        return point.load()
    except Exception as error:
        raise PluginBroken(
            f"the plug-in {point.name} of {point.group} ({point.value}) cannot be loaded: {error}; mend or uninstall it"
        ) from error
