"""What an editor may know of the small types: how a value looks, as JSON Schema has it.

It is less than the types check themselves. What an editor underlines, `feedsvc check` refuses, but for a key without a
value, which is as if it were not there.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import GetJsonSchemaHandler, WithJsonSchema

Shape = dict[str, Any]
NAMED = re.compile(r"\(\?P<\w+>")


def looks_like(*patterns: re.Pattern[str] | str, number: bool = False, **more: Any) -> WithJsonSchema:
    """A text that matches one of these patterns as a whole.

    One that may consist of digits is a `number` to an editor. ECMA-262 names groups in another way than Python does.
    """
    plain = (NAMED.sub("(?:", one if isinstance(one, str) else one.pattern) for one in patterns)
    kinds = ["string", "number"] if number else "string"
    return WithJsonSchema({"type": kinds, "pattern": f"^(?:{'|'.join(plain)})$", **more})


class AtLeastOne:
    """Beside the type of a list or a mapping: it must not be empty."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> Shape:
        """See pydantic: the shape, with its least size."""
        shape = handler(schema)
        return {**shape, "minItems" if shape.get("type") == "array" else "minProperties": 1}
