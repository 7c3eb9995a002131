"""The documents in tests/data/documents, each beside what it must come out as: NAME.txt and NAME.expected.json.

A new case is two new files. `given` are the pictures in the folder and the source's encoding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedsvc.domain.record import Hypertext, Line, RawRecord, Rejection
from feedsvc.domain.source import Json

from .desk import read_document

DATA = Path(__file__).parents[2] / "data" / "documents"
DOCUMENTS = sorted(path for path in DATA.iterdir() if not path.name.endswith(".expected.json"))


def outcome(found: RawRecord | Rejection) -> dict[str, Json]:
    """What a document became, as it stands in the expectations: only what is there."""
    if isinstance(found, Rejection):
        return {"rejected": found.reason}
    fields: dict[str, Json] = {
        "title": str(found.title),
        "summary": found.summary,
        "link": found.link,
        "published": found.published,
        "updated": found.updated,
        "authors": [*found.authors],
        "categories": [*found.categories],
        "language": found.language,
        "stamps": [stamp.isoformat() for stamp in found.stamps],
        "wants": {want.name: [*want.called] for want in found.wants},
        **content(found),
    }
    return {name: value for name, value in fields.items() if value or name == "title"}


def content(record: RawRecord) -> dict[str, Json]:
    if isinstance(record.content, Hypertext):
        return {"html": record.content.html, "base": record.content.base}
    return {"blocks": [block.text if isinstance(block, Line) else [*block.names] for block in record.content.blocks]}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_becomes_what_stands_beside_it(document: Path) -> None:
    expected = json.loads(document.with_name(f"{document.stem}.expected.json").read_text("utf-8"))
    given = expected.pop("given", {})
    found = read_document(
        document.name, document.read_bytes(), tuple(given.get("beside", ())), given.get("encoding", "utf-8")
    )
    assert outcome(found) == expected


def test_every_expectation_belongs_to_a_document() -> None:
    expectations = {path.name.removesuffix(".expected.json") for path in DATA.glob("*.expected.json")}
    assert expectations == {path.stem for path in DOCUMENTS}
