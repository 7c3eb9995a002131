"""An operator decides about an article while the service runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from feedsvc.domain.identity import article_id

from .newsroom import Newsroom
from .service import Service, eventually

NAME = "mot.txt"
ID = article_id("dai-thu", NAME)


def titles(service: Service, path: str) -> list[str]:
    answer = service.get(f"/feeds/{path}.json")
    assert answer.status == 200
    return [item["title"] for item in json.loads(answer.body)["items"]]


def label(newsroom: Newsroom, *arguments: str) -> None:
    argv = [sys.executable, "-m", "feedsvc", "label", ID, *arguments]
    subprocess.run(argv, env=newsroom.environment(), check=True, capture_output=True)


@pytest.mark.slow
def test_a_decision_shows_at_once_and_outlives_a_correction_and_a_restart(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.drop(NAME, "Chợ nổi\n\nGhe về đông.\n")
    with Service(newsroom) as service:
        service.wait_until_ready()
        assert eventually(lambda: titles(service, "all") == ["Chợ nổi"])
        assert titles(service, "topics/sport") == []
        label(newsroom, "--add", "topic:sport", "--add", "region:hue", "--reason", "a boat race")
        assert titles(service, "topics/sport/regions/hue") == ["Chợ nổi"]
        newsroom.drop(NAME, "Chợ nổi mùa nước\n\nGhe về đông.\n", days_old=0.5)
        assert eventually(lambda: titles(service, "all") == ["Chợ nổi mùa nước"])
        assert titles(service, "topics/sport") == ["Chợ nổi mùa nước"]
        label(newsroom, "--forget", "region:hue")
        assert titles(service, "regions/hue") == []
    with Service(newsroom) as service:
        service.wait_until_ready()
        assert titles(service, "topics/sport") == ["Chợ nổi mùa nước"]
