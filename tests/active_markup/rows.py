"""The rows of `rows.jsonl`: one piece of markup each, under a name that says what it tries."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Row:
    """`markup` is what somebody writes where a text or HTML is wanted."""

    name: str
    markup: str

    @property
    def in_xml(self) -> bool:
        """Whether XML can hold its characters."""
        return NOT_IN_XML.search(self.markup) is None


def _read() -> list[Row]:
    lines = Path(__file__).with_name("rows.jsonl").read_text(encoding="utf-8").splitlines()
    return [Row(**json.loads(line)) for line in lines]


ROWS = _read()
