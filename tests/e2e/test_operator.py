"""T54: what the operator has, over real sockets: numbers for a Prometheus, and pages behind a token."""

from __future__ import annotations

import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from .newsroom import ROOT, Newsroom, article
from .service import Service, eventually, free_port, get

pytestmark = pytest.mark.slow

SERVE = """
import sys
from feedsvc.running.server import serve
sys.exit(serve("tests.unit.web.guarded:make", sys.argv[1]))
"""
OPEN = ("/feeds/all.atom", "/feeds/none.atom", "/metrics", "/healthz", "/")
CLAIMS = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "Forwarded": "for=127.0.0.1"}


def numbers(service: Service) -> dict[str, float]:
    """Every sample of the page, by its name and the values of its labels."""
    families = text_string_to_metric_families(service.get("/metrics").body.decode())
    return {" ".join((one.name, *one.labels.values())): one.value for family in families for one in family.samples}


def test_metrics_of_a_running_service_can_be_read_and_its_logs_hold_no_token(tmp_path: Path) -> None:
    newsroom, token = Newsroom(tmp_path), secrets.token_hex()
    (newsroom.data / "token").write_text(token)
    newsroom.drop("dau-tien.txt", article("Bài đầu tiên"))
    with Service(newsroom, FEEDSVC_OPERATOR__TOKEN_FILE="token") as service:
        service.wait_until_ready()
        for path in ("/status", "/status/health.atom", "/status/health.rss", "/status/health.json", "/api/v1/sources"):
            assert service.get(f"{path}?token={token}").status == 200
            assert service.get(path).status == (200 if path.startswith("/api") else 401)
        for path in (*OPEN, "/status", "/status/health.atom", "/api/v1/sources"):
            answer = service.get(f"{path}?token={token}", Authorization=f"Bearer {token}")
            assert token not in f"{answer}"
        malformed(service, f"GET /?token={token} HTTP/9\r\nAuthorization: Bearer {token}\r\n\r\n")
        malformed(service, f"GET /?token={token}\0 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
        assert eventually(lambda: numbers(service)["feedsvc_articles"] == 1)
        found = numbers(service)
        assert found["feedsvc_database_up"] == 1
        assert sum(value for name, value in found.items() if name.startswith("feedsvc_sources ")) == 1
        assert found["feedsvc_feed_requests_total atom 200"] >= 1
        assert found["feedsvc_feed_requests_total atom 404"] == 1
        assert "feedsvc_scheduler_last_tick_age_seconds" in found
    log = (newsroom.data / "service.log").read_text("utf-8")
    assert '"path": "/feeds/all.atom"' in log
    assert token not in log


def malformed(service: Service, text: str) -> None:
    """Send bytes that are no request; whatever comes back."""
    host, _, port = service.address.partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(text.encode())
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


@contextmanager
def guarded(folder: Path, token: str, trusted: str) -> Iterator[str]:
    """The address of a page behind the token, served by the web server of production."""
    address = f"127.0.0.1:{free_port()}"
    environment = {"PYTHONPATH": str(ROOT), "TOKEN": token, "TRUSTED": trusted}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen((sys.executable, "-c", SERVE, address), env=environment, stderr=log)
        try:
            assert eventually(lambda: answers(f"http://{address}/healthz"))
            yield f"http://{address}/desk"
        finally:
            server.terminate()
            server.wait(15)


def answers(address: str) -> bool:
    try:
        return get(address).status == 200
    except OSError:
        return False


def test_the_web_server_tells_the_other_end_of_a_connection_and_what_it_claims_opens_nothing(tmp_path: Path) -> None:
    token = secrets.token_hex()
    with guarded(tmp_path, token, "203.0.113.9") as page:
        assert get(page, headers=CLAIMS | {"X-Forwarded-For": "203.0.113.9"}).status == 401
        assert get(page, headers={"Authorization": f"Bearer {token}"}).body == b"for you\n"
        assert get(f"{page}?token={token}").headers["cache-control"] == "private, no-store"
        wrong = f"{page}?token={token[:-1]}"
        assert [get(wrong).status for _ in range(10)] == [401] * 10
        locked = get(f"{page}?token={token}")
        assert (locked.status, locked.headers["retry-after"]) == (429, "60")
    log = (tmp_path / "log").read_text("utf-8")
    assert "wrong tokens" in log
    assert token[:-1] not in log
    with guarded(tmp_path, token, "127.0.0.0/8") as page:
        assert get(page).body == b"for you\n"
