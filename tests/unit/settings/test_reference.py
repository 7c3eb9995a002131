"""The reference in docs is the one that the models give."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import BaseModel

from feedsvc.settings import models, taxonomy
from feedsvc.settings.environment import leaves, variable_of
from feedsvc.settings.reference import COMMAND, reference_markdown
from feedsvc.settings.values import Model
from tests.conftest import ROOT
from tests.unit.settings.folder import KINDS

PAGE = ROOT / "docs" / "configuration.md"
NAMED = {**vars(models), **vars(taxonomy)}.values()
MODELS = [one for one in NAMED if isinstance(one, type) and issubclass(one, Model) and one is not Model]
FILES = {models.SourcesModel, taxonomy.TopicsModel, taxonomy.RegionsModel, models.ServiceModel}


def test_the_page_is_what_the_models_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference_markdown(KINDS), f"remake it: {COMMAND}"


def test_the_command_that_the_page_names_makes_it() -> None:
    arguments = COMMAND.partition(" > ")[0].split()
    made = subprocess.run([sys.executable, *arguments[1:]], capture_output=True, check=True, cwd=ROOT)
    assert made.stdout.decode() == PAGE.read_text(encoding="utf-8")
    assert COMMAND in made.stdout.decode()


@pytest.mark.parametrize("model", [*(one for one in MODELS if one not in FILES), *KINDS.values()])
def test_every_key_has_a_meaning_and_stands_on_the_page(model: type[BaseModel]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, field in model.model_fields.items():
        assert field.description, name
        key = field.alias or name
        assert f"`{key}`" in page or f".{key}`" in page, key


def test_every_variable_stands_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"`{variable_of(path)}`" in page for path, _ in leaves(models.ServiceModel))
    for variable in ("CONFIG", "DATA_DIR", "BIND", "DATABASE_URL", "DATABASE_URL_FILE", "PUBLIC_URL"):
        assert f"`FEEDSVC_{variable}`" in page


class Options(Model):
    """Of another kind."""

    url: str
    limit: int | None = None
    depth: float = 0.5
    flags: dict[str, tuple[bool, ...]] | None = None


def test_a_kind_of_ones_own_has_a_table_without_doing_anything() -> None:
    page = reference_markdown({"other": Options})
    assert "With `kind: other`" in page
    assert "| `url` | text | none: must be given |  |" in page
    assert "| `limit` | a whole number |  |  |" in page
    assert "| `depth` | a number | `0.5` |  |" in page
    assert "| `flags` | a mapping of text to a list, each true or false |  |  |" in page
