"""The shape of the four files as JSON Schema (2020-12), so that an editor completes their keys and underlines mistakes.

It comes from the models, as the checks do. What needs the whole of a file, or another one, only `feedsvc check` sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, NoDefault
from pydantic_core import CoreSchema, core_schema

from .checking import keys_of
from .models import ServiceModel, SourceModel, SourcesModel
from .taxonomy import RegionsModel, TopicsModel
from .values import in_words

Schema = dict[str, Any]

MODELS: Mapping[str, type[BaseModel]] = {
    "feedsvc": ServiceModel,
    "sources": SourcesModel,
    "topics": TopicsModel,
    "regions": RegionsModel,
}
"""The files by their names without `.yaml`, each with its model."""
SCOPE = {"properties": {"scope": {"const": True}}, "required": ["scope"]}
NOT_OF_A_SCOPE = ("rows", "aliases", "seat", "when_ended", "given_up")
NOT_OF_A_PLACE = ("title", "any", "none", "threshold", "reach", "topics")
DIALECT = "https://json-schema.org/draft/2020-12/schema"
IGNORED_FORMATS = frozenset({"password", "path"})
"""What a path leads to is secret, and not the path."""


def schema_of(name: str, kinds: Mapping[str, type[BaseModel]]) -> Schema:
    """The schema of a file; `kinds` are the options models of the kinds of sources, by name."""
    made: Schema = MODELS[name].model_json_schema(schema_generator=_Generator)
    defined = made.setdefault("$defs", {})
    if name == "sources":
        _know_kinds(defined, kinds)
    if "PhraseModel" in defined:
        defined["PhraseModel"]["oneOf"] = [{"required": ["phrase"]}, {"required": ["phrases"]}]
    if "RegionModel" in defined:
        defined["RegionModel"].update(_place_or_scope())
    return {"$schema": DIALECT, **made, "title": f"{name}.yaml of feedsvc"}


def _place_or_scope() -> Schema:
    return {
        "if": SCOPE,
        "then": {"properties": dict.fromkeys(NOT_OF_A_SCOPE, False), "required": ["title", "any"]},
        "else": {"properties": dict.fromkeys(NOT_OF_A_PLACE, False), "required": ["rows"]},
    }


def _know_kinds(defined: Schema, kinds: Mapping[str, type[BaseModel]]) -> None:
    """Each kind brings its own keys, which stand beside those of every source, and nothing else may."""
    source = defined["SourceModel"]
    source["properties"]["kind"] = {**source["properties"]["kind"], "enum": sorted(kinds)}
    source.pop("additionalProperties", None)
    common: Schema = dict.fromkeys(sorted(keys_of(SourceModel)), True)
    source["allOf"] = []
    for kind, model in sorted(kinds.items()):
        own = model.model_json_schema(schema_generator=_Generator)
        defined.update(own.pop("$defs", {}))
        defined[f"source-{kind}"] = {
            **own,
            "properties": {**common, **own["properties"]},
            "additionalProperties": False,
        }
        chosen = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
        source["allOf"].append({"if": chosen, "then": {"$ref": f"#/$defs/source-{kind}"}})


class _Generator(GenerateJsonSchema):
    """As pydantic makes it, in the words of the files: durations like 5m, and no titles that say the key again."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        return {key: value for key, value in super().model_schema(schema).items() if key != "title"}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Where keys have a shape, one of another shape is a mistake."""
        shape = super().dict_schema(schema)
        return {**shape, "additionalProperties": False} if "patternProperties" in shape else shape

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default that says something: nothing, an empty list and a mapping of defaults say nothing."""
        value = self.get_default_value(schema)
        shape = self.generate_inner(schema["schema"])
        if value is NoDefault or value is None or value in ((), {}) or isinstance(value, BaseModel):
            return shape
        written = in_words(value) if isinstance(value, timedelta) else self.encode_default(value)
        return {**shape, "default": written}

    def generate_inner(self, schema: CoreSchema) -> JsonSchemaValue:
        shape = super().generate_inner(schema)
        if shape.get("format") in IGNORED_FORMATS:
            return {key: value for key, value in shape.items() if key not in ("format", "writeOnly")}
        return shape
