"""The schemas that editors use: what they say of the files that are shipped, and of each kind of mistake."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from feedsvc.bootstrap import schemas
from feedsvc.settings.models import ServiceModel
from feedsvc.settings.schema import MODELS, schema_of
from feedsvc.settings.values import Model
from tests.conftest import ROOT
from tests.rules.json_schema import violations
from tests.unit.settings.folder import KINDS, REGIONS, SERVICE, SOURCES, TOPICS, load, problems
from tests.unit.settings.test_examples import EXAMPLES

CONFIG = ROOT / "config"
NAMES = tuple(MODELS)


class Yaml12(yaml.SafeLoader):
    """YAML as editors read it: of the core schema, in which a day is a text, and so are `yes` and `12:30`."""


Yaml12.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"(?:~|null|Null|NULL|)", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^{pattern}$"), first)


def read(text: str) -> Any:
    return yaml.load(text, Loader=Yaml12)


def wrong(name: str, text: str) -> list[str]:
    """What the schema of a file says of a text."""
    return list(violations(schema_of(name, KINDS), read(text)))


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_file_is_right_and_names_its_schema_which_is_there(name: str) -> None:
    text = (CONFIG / f"{name}.yaml").read_text(encoding="utf-8")
    assert wrong(name, text) == []
    [path] = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", text, re.M)
    assert text.startswith("# yaml-language-server:")
    assert (CONFIG / path).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_that_are_shipped_are_those_of_today(name: str) -> None:
    shipped = (CONFIG / "schema" / f"{name}.json").read_text(encoding="utf-8")
    assert shipped == schemas()[name], "remake them: feedsvc schema --out config/schema"


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_documentation_are_right(example: str) -> None:
    assert wrong("sources", example) == []


RIGHT = {
    "feedsvc": SERVICE,
    "sources": SOURCES,
    "topics": TOPICS,
    "regions": REGIONS + "  - {id: wide, scope: true, title: {en: Wide}, any: [everywhere, {phrase: all over}]}\n",
}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_right_is_not_underlined(tmp_path: Path, name: str) -> None:
    assert wrong(name, RIGHT[name]) == []
    assert load(tmp_path, {}, **{name: RIGHT[name]})


SOURCE = "  - {id: a, title: A, "
TOPIC = "  - {id: a, title: {en: A}"
REGION = "  - {id: a, rows: [{title: {en: A}, type: town"
MISTAKES = [
    ("feedsvc", "feedz: {}", ".feedz"),
    ("feedsvc", "feeds: {entries: many}", "feeds.entries"),
    ("feedsvc", "feeds: {entries: 0}", "feeds.entries"),
    ("feedsvc", "feeds: {entries: 501}", "feeds.entries"),
    ("feedsvc", "feeds: {max_age: 5}", "feeds.max_age"),
    ("feedsvc", "feeds: {keep: auto}", "feeds.keep"),
    ("feedsvc", "feeds: {farewell: 36h}", "feeds.farewell"),
    ("feedsvc", "feeds: {farewell: 0d}", "feeds.farewell"),
    ("feedsvc", "fetch: {contact: nobody}", "fetch.contact"),
    ("feedsvc", "fetch: {allow_hosts: [cms.lan]}", "fetch.allow_hosts[0]"),
    ("feedsvc", "operator: {trusted: [localhost]}", "operator.trusted[0]"),
    ("sources", SOURCE + "kind: documents}", "sources[1]: lacks path"),
    ("sources", SOURCE + "kind: document, path: a}", "sources[1].kind"),
    ("sources", SOURCE + "path: a}", "sources[1]: lacks kind"),
    ("sources", SOURCE + "kind: documents, path: a, url: https://example.org/}", "sources[1].url"),
    ("sources", SOURCE + "kind: syndication, url: https://example.org/, entries: 0}", "sources[1].entries"),
    ("sources", SOURCE + "kind: documents, path: a, every: often}", "sources[1].every"),
    ("sources", SOURCE + "kind: documents, path: a, home: Land}", "sources[1].home"),
    ("sources", SOURCE + "kind: documents, path: a, dates: {order: dym}}", "sources[1].dates.order"),
    ("sources", SOURCE + "kind: documents, path: a, rights: {licence: by}}", "sources[1].rights.licence"),
    ("sources", SOURCE + "kind: documents, path: a, categories: [sport]}", "sources[1].categories"),
    ("topics", TOPIC + ", any: goal}", "topics[1].any"),
    ("topics", TOPIC + ", any: [{phrase: b, wight: 2}]}", "topics[1].any[0]"),
    ("topics", TOPIC + ", any: [{weight: 2}]}", "topics[1].any[0]"),
    ("topics", TOPIC + ", any: [{phrase: b, in: [head]}]}", "topics[1].any[0]"),
    ("topics", TOPIC + ", any: [{phrase: b, in: []}]}", "topics[1].any[0]"),
    ("topics", TOPIC + ", any: [{phrase: b, case: maybe}]}", "topics[1].any[0]"),
    ("topics", TOPIC + ", any: ['']}", "topics[1].any[0]"),
    ("topics", TOPIC + ", any: [b], threshold: 0}", "topics[1].threshold"),
    ("topics", TOPIC + ', medtop: "1"}', "topics[1].medtop"),
    ("topics", TOPIC + ", aliases: [b]}", "topics[1].aliases"),
    ("topics", TOPIC + ", until: soon}", "topics[1].until"),
    ("topics", TOPIC + ", until: 2025-06-30, successor: [sport]}", "topics[1].successor"),
    ("topics", TOPIC + ", until: 2025-06-30, when_ended: over}", "topics[1].when_ended"),
    ("topics", "  - {id: A, title: {en: A}}", "topics[1].id"),
    ("topics", "  - {id: a, title: {EN: A}}", "topics[1].title.EN"),
    ("topics", "  - {id: a, title: {}}", "topics[1].title"),
    ("topics", "  - {id: a}", "topics[1]: lacks title"),
    ("topics", "  - a", "topics[1]: is no object"),
    ("regions", REGION + ", until: 30-06-2025}]}", "regions[1].rows[0].until"),
    ("regions", REGION + ", iso: VN46}]}", "regions[1].rows[0].iso"),
    ("regions", REGION + ", successor: land}]}", "regions[1].rows[0].successor"),
    ("regions", REGION + "}], when_ended: over}", "regions[1].when_ended"),
    ("regions", REGION + "}], any: [b]}", "regions[1].any"),
    ("regions", REGION + "}], reach: national}", "regions[1].reach"),
    ("regions", REGION + "}], topics: [sport]}", "regions[1].topics"),
    ("regions", "  - {id: a, scope: true, title: {en: A}, any: [b], seat: true}", "regions[1].seat"),
    ("regions", REGION + "}], title: {en: A}}", "regions[1].title"),
    ("regions", "  - {id: a}", "regions[1]: lacks rows"),
    ("regions", "  - {id: a, scope: true, any: [b]}", "regions[1]: lacks title"),
    ("regions", "  - {id: a, scope: true, title: {en: A}}", "regions[1]: lacks any"),
    ("regions", "  - {id: a, scope: true, title: {en: A}, any: [b], aliases: [c]}", "regions[1].aliases"),
]


@pytest.mark.parametrize(("name", "line", "where"), MISTAKES, ids=[f"{one} {line}" for one, line, _ in MISTAKES])
def test_a_mistake_is_underlined_where_it_stands_and_refused_by_the_check(
    tmp_path: Path, name: str, line: str, where: str
) -> None:
    base = {"feedsvc": SERVICE, "sources": SOURCES, "topics": TOPICS, "regions": REGIONS}[name]
    text = f"{base}{line}\n"
    found = wrong(name, text)
    assert found
    assert all(one.startswith(where.lstrip(".")) for one in found), found
    assert problems(tmp_path, {}, **{name: text})


def test_an_editor_completes_every_key_with_its_meaning_and_the_kinds_of_sources() -> None:
    for name in NAMES:
        for one, model in schema_of(name, KINDS)["$defs"].items():
            if one.endswith("Model"):
                told = [key for key, about in model["properties"].items() if about.get("description")]
                assert told == list(model["properties"]), one
    source = schema_of("sources", KINDS)["$defs"]["SourceModel"]
    assert source["properties"]["kind"]["enum"] == ["documents", "syndication"]


def test_defaults_are_written_as_in_the_files_and_nothing_is_said_of_secrets() -> None:
    schema = json.dumps(schema_of("feedsvc", KINDS))
    service = schema_of("feedsvc", KINDS)["$defs"]
    assert service["FeedsModel"]["properties"]["max_age"]["default"] == "5m"
    assert service["FeedsModel"]["properties"]["keep"]["default"] == "all"
    assert service["PollingModel"]["properties"]["ceiling"]["default"] == "4h"
    assert "password" not in schema
    assert "writeOnly" not in schema
    assert set(service) == {
        field.annotation.__name__ for field in ServiceModel.model_fields.values() if field.annotation
    }


class Options(Model):
    """Of a kind that somebody plugged in."""

    depth: int


def test_a_kind_of_ones_own_has_its_keys_without_doing_anything() -> None:
    schema = schema_of("sources", {**KINDS, "other": Options})
    text = SOURCES + "  - {id: a, title: A, kind: other, depth: 3}\n"
    assert list(violations(schema, read(text))) == []
    assert list(violations(schema, read(text.replace("depth: 3", "path: a")))) == [
        "sources[1].path: is not allowed",
        "sources[1]: lacks depth",
    ]
