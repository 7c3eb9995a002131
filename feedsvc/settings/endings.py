"""What ends, and what becomes of its feeds: whether that fits together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..domain.taxonomy import WhenEnded
from ..errors import Problem
from .taxonomy import RegionModel, TopicModel
from .yamlfile import KeyPath, YamlFile

Followed = Mapping[str, tuple[str, ...]]
"""What took over a topic or a place, by its slug."""


def ending_problems(topic: TopicModel, followed: Followed, file: YamlFile, at: KeyPath) -> Iterator[Problem]:
    """A topic ends on a day, is taken over by another one then, and its feeds lead there or nowhere."""
    if topic.successor and topic.end is None:
        yield file.problem((*at, "successor"), "takes over when the topic ends; say when, with `until`")
    if topic.when_ended is not WhenEnded.KEEP and topic.end is None:
        message = f"{topic.when_ended.value} is for a topic that ends; say when, with `until`, or write keep"
        yield file.problem((*at, "when_ended"), message)
    elif topic.when_ended is WhenEnded.REDIRECT and topic.successor is None:
        yield file.problem((*at, "when_ended"), "redirect leads to a `successor`; name one, or write keep or gone")
    if way := way_round(topic.id, followed):
        yield file.problem((*at, "successor"), f"is a circle of successors: {' to '.join(way)}; one of them must go")


def followed_by(region: RegionModel) -> tuple[str, ...]:
    """What took over a place that ends, or will have ended."""
    return tuple(slug for slug in region.rows[-1].successors if slug != region.id)


def lasting_problems(region: RegionModel, file: YamlFile, at: KeyPath) -> Iterator[Problem]:
    """A place that ends for good is taken over by another one, or by none; of a redirect that is told by itself."""
    if region.scope or region.when_ended is WhenEnded.REDIRECT or not region.rows:
        return
    last = region.rows[-1]
    goes_on = last.end is None or any(row.start is not None and row.start > last.end for row in region.rows)
    if set(last.successors) == {region.id} and not goes_on:
        message = (
            "is the place itself, and it has no later row; add the one in which it goes on, or name what took over"
        )
        yield file.problem((*at, "rows", len(region.rows) - 1, "successors"), f"{region.id} {message}")


def retiring_problems(region: RegionModel, followed: Followed, file: YamlFile, at: KeyPath) -> Iterator[Problem]:
    """Feeds are given up of what ended alone; they lead to those of one other place, or nowhere at all."""
    if region.scope or not region.rows:
        return
    if region.given_up is not None and region.when_ended is not WhenEnded.GONE:
        yield file.problem((*at[:-1], "given_up"), "is for a place that is `gone`; write `when_ended: gone` too")
    elif region.given_up is not None and region.rows[-1].end is not None and region.given_up < region.rows[-1].end:
        yield file.problem((*at[:-1], "given_up"), "lies before the place ended; give a later day, or none")
    if region.when_ended is WhenEnded.KEEP:
        return
    successors, said = followed.get(region.id), region.when_ended.value
    if successors is None:
        yield file.problem(at, f"{said} is for a place that has ended, and its last row has no `until`; write keep")
    elif region.when_ended is WhenEnded.GONE:
        return
    elif len(successors) != 1:
        many = f"{len(successors)} successors" if successors else "no successor"
        yield file.problem(at, f"redirect leads to one successor, and its last row has {many}; write keep")
    elif way := way_round(region.id, {slug: after for slug, after in followed.items() if len(after) == 1}):
        yield file.problem(at, f"redirect leads nowhere: {' to '.join(way)}; write keep for one of them")


def way_round(slug: str, parents: Followed) -> list[str]:
    """The way from a slug over its parents back to itself, nothing when there is none."""
    came_from: dict[str, str] = {}
    waiting = [slug]
    while waiting:
        here = waiting.pop()
        for parent in parents.get(here, ()):
            if parent == slug:
                way = [here]
                while way[-1] != slug:
                    way.append(came_from[way[-1]])
                return [*reversed(way), slug]
            if parent not in came_from:
                came_from[parent] = here
                waiting.append(parent)
    return []
