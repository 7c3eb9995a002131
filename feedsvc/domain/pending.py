"""How edited topics and regions differ from those that are applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Edited:
    """The ids of what is new, has changed, or is gone, each in the order of its file."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.new) + len(self.changed) + len(self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What an apply would put in force; nothing, where the files say what is applied.

    `otherwise`: what stays stands in another order, or the ranks of places are others. `wrong` are the places of what
    is wrong in the files, like `topics.yaml:12`; then nothing else is known of them. `state` stands for what the files
    say, right or wrong.
    """

    topics: Edited = Edited()
    regions: Edited = Edited()
    otherwise: bool = False
    wrong: tuple[str, ...] = ()
    state: str = ""

    def __bool__(self) -> bool:
        return bool(self.wrong or self.topics or self.regions or self.otherwise)

    def sentence(self) -> str:
        """What there is to say to an operator, empty for nothing; it quotes nothing of the files."""
        if self.wrong:
            others = f" and {len(self.wrong) - 1} more" if len(self.wrong) > 1 else ""
            return f"pending, and wrong: {self.wrong[0]}{others}, run `feedsvc check`"
        if not self:
            return ""
        counted = ((len(self.topics), "topic"), (len(self.regions), "region"))
        parts = [f"{number} {word}{'s' if number > 1 else ''}" for number, word in counted if number]
        differ = "differ" if len(self.topics) + len(self.regions) > 1 else "differs"
        what = " and ".join(parts) or "the order of topics or regions, or a rank of places,"
        return f"pending: {what} {differ} from what is applied, run `feedsvc plan`"


NOTHING = Pending()


def compared(applied: Taxonomy, edited: Taxonomy, state: str = "") -> Pending:
    """What is other in the edited taxonomy."""
    topics, regions = _edited(applied.topics, edited.topics), _edited(applied.regions, edited.regions)
    otherwise = applied.types != edited.types or any(
        reordered(before, after)
        for before, after in ((applied.topics, edited.topics), (applied.regions, edited.regions))
    )
    return Pending(topics=topics, regions=regions, otherwise=otherwise, state=state)


def reordered(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether those of them that stay stand in another order."""
    return [slug for slug in before if slug in after] != [slug for slug in after if slug in before]


def _edited(before: Mapping[str, object], after: Mapping[str, object]) -> Edited:
    return Edited(
        new=tuple(slug for slug in after if slug not in before),
        changed=tuple(slug for slug in after if slug in before and after[slug] != before[slug]),
        gone=tuple(slug for slug in before if slug not in after),
    )
