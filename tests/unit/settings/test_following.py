"""Two files are followed as they are now; topics and regions stay as they were applied, whatever the files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedsvc.domain.pending import Edited
from feedsvc.errors import ConfigurationError
from feedsvc.settings import Followed, load_followed
from feedsvc.settings.files import gazetteer_of, read_files

from .folder import KINDS, SOURCES, TOPICS, write

WITH_NEWS = TOPICS + "  - {id: news, title: {en: News}, any: [today]}\n"
WRONG = "topics:\n  - {id: sport, title: {en: Sport}, any: [goal], parent: never}\n"


class Folder:
    """A folder whose topics and regions were applied as they were at first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rules: str | None = gazetteer_of(read_files(write(path))).rules
        self.right = list[bool]()

    def applied(self, right: bool) -> str | None:
        self.right.append(right)
        return self.rules

    def followed(self, **files: str) -> Followed:
        return load_followed(write(self.path, **files), {}, KINDS, self.applied)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def places(found: Followed) -> list[str]:
    return [str(one) for one in found.warnings]


def test_where_nothing_was_edited_all_of_it_is_in_force(folder: Folder) -> None:
    found = folder.followed()
    assert not found.pending
    assert (found.problems, found.warnings) == ((), ())
    assert folder.right == [True]


def test_where_nothing_is_applied_all_that_the_files_say_is_in_force(folder: Folder) -> None:
    folder.rules = None
    found = folder.followed(topics=WITH_NEWS)
    assert list(found.settings.taxonomy.topics) == ["sport", "news"]
    assert not found.pending


def test_where_nothing_is_applied_whatever_is_wrong_is_so(folder: Folder) -> None:
    folder.rules = None
    with pytest.raises(ConfigurationError, match=r"topics\.yaml:2: topics\[0\]\.parent"):
        folder.followed(topics=WRONG)
    assert folder.right == [False]


def test_edited_topics_are_pending_and_edited_sources_in_force(folder: Folder) -> None:
    found = folder.followed(topics=WITH_NEWS, sources=SOURCES.replace("title: One", "title: Two"))
    assert list(found.settings.taxonomy.topics) == ["sport"]
    assert found.settings.rules == folder.rules
    assert found.settings.sources[0].title == "Two"
    assert found.pending.topics == Edited(new=("news",))


def test_each_state_of_the_files_is_another(folder: Folder) -> None:
    first = folder.followed(topics=TOPICS.replace("goal", "ball")).pending
    second = folder.followed(topics=TOPICS.replace("goal", "bat")).pending
    assert first.topics == second.topics
    assert first != second
    assert folder.followed(topics=WRONG).pending != folder.followed(topics=WRONG.replace("never", "nor")).pending


def test_wrong_topics_are_pending_with_their_places(folder: Folder) -> None:
    found = folder.followed(topics=WRONG, regions="regions: {}\n")
    assert found.pending.wrong == ("topics.yaml:2", "regions.yaml:1")
    assert [one.key for one in found.problems] == ["topics[0].parent", "regions"]
    assert list(found.settings.taxonomy.topics) == ["sport"]
    assert list(found.settings.taxonomy.regions) == ["land"]


def test_topics_that_cannot_be_read_at_all_are_no_hindrance(folder: Folder) -> None:
    sources = SOURCES + "    topics: [sport, whatever]\n"
    found = folder.followed(topics="topics: [", sources=sources)
    assert found.settings.sources[0].topics == ("sport",)
    assert len(found.warnings) == 1


def test_wrong_sources_are_wrong_with_every_problem_there_is(folder: Folder) -> None:
    with pytest.raises(ConfigurationError) as caught:
        folder.followed(topics=WRONG, sources=SOURCES + "    home: nowhere\n")
    assert [one.file for one in caught.value.problems] == ["sources.yaml", "topics.yaml"]


def test_a_name_that_only_the_edited_files_have_counts_for_nothing_yet_and_is_told(folder: Folder) -> None:
    named = "    home: city\n    topics: [news, sport]\n    categories: {A: news, B: sport}\n"
    named += "    sections: {/news/: news, /sport/: sport}\n"
    regions = "regions:\n  - {id: land, rows: [{title: {en: Land}, type: country}]}\n"
    city = "  - {id: city, rows: [{title: {en: City}, type: city}]}\n"
    found = folder.followed(topics=WITH_NEWS, regions=regions + city, sources=SOURCES + named)
    (source,) = found.settings.sources
    assert (source.home, source.topics, dict(source.categories)) == (None, ("sport",), {"B": "sport"})
    assert dict(source.sections) == {"/sport/": "sport"}
    until = "it counts for nothing until `feedsvc apply`"
    assert places(found) == [
        f"sources.yaml:6: sources[0].home: city is no region that is applied; {until}",
        f"sources.yaml:7: sources[0].topics[0]: news is no topic that is applied; {until}",
        f"sources.yaml:8: sources[0].categories.A: news is no topic that is applied; {until}",
        f"sources.yaml:9: sources[0].sections./news/: news is no topic that is applied; {until}",
    ]


def test_a_name_that_only_what_is_applied_has_goes_on_to_count(folder: Folder) -> None:
    found = folder.followed(topics="topics: []\n", sources=SOURCES + "    topics: [sport]\n")
    assert found.settings.sources[0].topics == ("sport",)
    assert found.warnings == ()


def test_a_name_that_neither_has_is_wrong(folder: Folder) -> None:
    with pytest.raises(ConfigurationError, match=r"sources\.yaml:6: .*: golf is no topic of topics\.yaml"):
        folder.followed(topics=WITH_NEWS, sources=SOURCES + "    topics: [golf]\n")


def test_a_home_that_is_a_scope_as_applied_and_a_place_as_edited_counts_for_nothing_yet(folder: Folder) -> None:
    scope = "regions:\n  - {id: land, scope: true, title: {en: Land}, any: [all of it]}\n"
    folder.rules = gazetteer_of(read_files(write(folder.path, regions=scope))).rules
    found = folder.followed(sources=SOURCES + "    home: land\n")
    assert found.settings.sources[0].home is None
    assert len(found.warnings) == 1
    with pytest.raises(ConfigurationError, match="is a scope"):
        folder.followed(regions=scope.replace("all of it", "all of them"), sources=SOURCES + "    home: land\n")
