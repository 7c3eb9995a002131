"""Topics and regions in the form in which they are stored when they are applied, and back.

What the files say is kept as their models have it, defaults left out: the same files give the same text, however they
are laid out, and a later release reads it as it reads its own files. The form has a number, which grows when that is no
longer so.
"""

from __future__ import annotations

import json

from pydantic import BaseModel, ValidationError

from ..domain.taxonomy import Taxonomy
from ..errors import RulesUnreadable
from .gazetteer import region_of, topic_of, types_of
from .taxonomy import RegionsModel, TopicsModel

FORM = 1


def rules_text(topics: TopicsModel, regions: RegionsModel) -> str:
    """Both files as one text."""
    stored = {"form": FORM, "topics.yaml": _dumped(topics), "regions.yaml": _dumped(regions)}
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


def taxonomy_of(text: str) -> Taxonomy:
    """The taxonomy that both files gave. Raises RulesUnreadable for what another release wrote in another form."""
    try:
        stored = json.loads(text)
        form = stored["form"]
        if form != FORM:
            raise RulesUnreadable(f"they are in form {form}, and this release reads form {FORM}")
        topics = TopicsModel.model_validate(stored["topics.yaml"])
        regions = RegionsModel.model_validate(stored["regions.yaml"])
    except (ValueError, KeyError, TypeError) as error:
        raise RulesUnreadable(_why(error)) from error
    return Taxonomy(
        topics={one.id: topic_of(one) for one in topics.topics},
        regions={one.id: region_of(one) for one in regions.regions},
        types=types_of(regions.types),
    )


def _dumped(model: BaseModel) -> object:
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return f"{type(error).__name__}: {error}"
