"""What people get who open a feed's address in a browser: item 30."""

from __future__ import annotations

import pytest

from .publisher import FEEDS, FORMS, TYPES, Publisher

pytestmark = pytest.mark.slow

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_30_a_feed_carries_no_stylesheet_and_no_script(publisher: Publisher) -> None:
    for path in FEEDS:
        for form in ("atom", "rss"):
            body = publisher.document(path, form)
            assert body.count(b"<?") == 1
            assert b"<script" not in body
            assert b"xml-stylesheet" not in body


@pytest.mark.parametrize("form", FORMS)
def test_30_what_a_client_accepts_makes_it_no_browser(publisher: Publisher, form: str) -> None:
    for path in FEEDS:
        reply = publisher.ask(f"/feeds/{path}.{form}", Accept=HTML, User_Agent="Mozilla/5.0 (X11; Linux x86_64)")
        assert (reply.status, reply["Content-Type"]) == (200, TYPES[form])
