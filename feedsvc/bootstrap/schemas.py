"""The schemas of the files of the configuration, with the kinds of sources that are plugged in."""

from __future__ import annotations

import json
from collections.abc import Mapping

from .. import plugins


def schemas() -> Mapping[str, str]:
    """The JSON Schema of each file by its name without `.yaml`. Raises PluginBroken."""
    from ..settings.schema import MODELS, schema_of

    kinds = {name: kind.options for name, kind in plugins.plugins(plugins.SOURCES).items()}
    return {name: f"{json.dumps(schema_of(name, kinds), ensure_ascii=False, indent=2)}\n" for name in MODELS}
