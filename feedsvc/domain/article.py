"""What was understood of a record, and what it became: draft, labels, article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Union


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A picture that can be served: `address` is absolute, or starts with a slash and is ours."""

    address: str
    media_type: str
    length: int
    width: int | None = None
    height: int | None = None


class Role(StrEnum):
    """What a paragraph is in its article; rules name these beside `title`."""

    LEAD = "lead"
    CAPTION = "caption"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text, white space collapsed."""

    text: str
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Html:
    """Sanitised HTML with absolute addresses only, and the same in plain text, in one line."""

    markup: str
    text: str
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Figure:
    """One or more pictures under one caption, which may be empty; `credits` are the names in it.

    `alternative` is the text for who does not see them, where there is no caption.
    """

    pictures: tuple[Medium, ...]
    caption: str = ""
    credits: tuple[str, ...] = ()
    alternative: str = ""


Block = Union[Paragraph, Html, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record understood: dated, in clean text, its parts told apart; not yet labelled.

    `dated_by` says in words what `published` was decided from. `dateline` is the agency or place in
    front of the lead, without its brackets. `summary` is plain text. `updated` is what the source
    itself states, if it does. `link` is the article's own address elsewhere, if it has one. `policy` is the
    version of the rules that its HTML was sanitised under. `dated` is False where only its arrival dates it.
    `mended` names the encoding that the text was written in where it had been read as another, and is empty else.
    """

    key: str
    title: str
    summary: str
    content: tuple[Block, ...]
    published: datetime
    dated_by: str
    language: str
    updated: datetime | None = None
    link: str | None = None
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    dateline: str | None = None
    policy: int = 0
    dated: bool = True
    mended: str = ""

    def fields(self) -> tuple[tuple[str, str], ...]:
        """The texts that rules look at, in reading order: (field, text); fields are title, lead, caption, body."""
        found = [("title", self.title)]
        for block in self.content:
            if isinstance(block, Figure):
                if block.caption:
                    found.append((Role.CAPTION.value, block.caption))
            else:
                found.append((block.role.value, block.text))
        return tuple(found)


class LabelKind(StrEnum):
    TOPIC = "topic"
    REGION = "region"


class Origin(StrEnum):
    """Who decided a label."""

    SOURCE = "source"
    RULE = "rule"
    MODEL = "model"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why: the rule in words, the field that it was met in, and the words that met it as they stand there.

    `before` and `after` are what stands around them.
    """

    rule: str
    field: str
    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A topic or a region of an article, with its reason.

    `derived` labels follow from others (an ancestor, a successor) and are made anew with them.
    `strength` has no unit and compares labels of one article; `rank` 0 is the primary one of its kind.
    """

    kind: LabelKind
    slug: str
    origin: Origin
    reason: tuple[Evidence, ...]
    strength: float = 1.0
    rank: int = 0
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Carrier:
    """A source that brings an article too, and the upstream's own terms that it brings it under."""

    source: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an operator decided about one label of an article: `given` to it or taken from it, why, and when.

    It outranks every rule and every source until the operator takes it back.
    """

    kind: LabelKind
    slug: str
    given: bool
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with its identity: `id` is its place in every address, `uri` the Atom id, both for ever.

    `published` never moves; `updated` moves with what a reader sees, which `fingerprint` stands for. The words are
    those of `source`; `others` are the further sources of its outlet that bring it, and have a say in its labels.
    `unsaid` counts the changes since the source last stated one, the last of them at `unsaid_at`. `decisions` are the
    operator's about its labels, by kind and slug.
    """

    id: str
    uri: str
    source: str
    outlet: str
    draft: Draft
    updated: datetime
    fingerprint: str
    labels: tuple[Label, ...] = ()
    others: tuple[Carrier, ...] = ()
    unsaid: int = 0
    unsaid_at: datetime | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def published(self) -> datetime:
        return self.draft.published

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that brings it, the one whose words they are first."""
        return (self.source, *(carrier.source for carrier in self.others))

    def labelled(self, kind: LabelKind) -> tuple[Label, ...]:
        """The labels of one kind, the primary one first, the derived ones last."""
        chosen = [label for label in self.labels if label.kind is kind]
        return tuple(sorted(chosen, key=lambda label: (label.derived, label.rank, label.slug)))


def reads_alike(first: str, second: str) -> bool:
    """Whether two fingerprints are of texts that a reader takes for the same.

    Their last part, after a colon, stands for what readers do not see, or not as a correction: it moves no date. Those
    of different versions, their first part, say nothing of each other, and no reader shall notice a new release.
    """
    if first.count(":") == second.count(":") == 2 and first.partition(":")[0] != second.partition(":")[0]:
        return True
    return (first.rpartition(":")[0] or first) == (second.rpartition(":")[0] or second)
