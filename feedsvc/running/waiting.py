"""Whether the service is ready, and what it calls itself, asked as a client would."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Callable

from ..domain.site import reachable
from .address import Address

BESIDE = frozenset({"disk"})
"""Checks that nobody has to wait for: what is stored is served however little room there is for more."""
SELF = re.compile(r'<([^>]*)>; *rel="self"')


def answers_ready(address: Address, path: str = "/readyz") -> Callable[[], bool]:
    """Ask the server at an address: True once every check of its answer is in order, but for those `BESIDE`."""
    host = reachable(address.host)

    def ready() -> bool:
        connection = http.client.HTTPConnection(host, address.port, timeout=1)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            found = json.loads(answer.read(64 * 1024))
            checks = found["checks"]
            return answer.status == 200 and all(check["ok"] for check in checks if check.get("name") not in BESIDE)
        except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError):
            return False
        finally:
            connection.close()

    return ready


def self_link(address: Address, path: str) -> str:
    """The address by which readers are told to know what stands at a path (RFC 8288), else the one it is asked at."""
    connection = http.client.HTTPConnection(reachable(address.host), address.port, timeout=5)
    try:
        connection.request("HEAD", path)
        found = SELF.search(connection.getresponse().getheader("Link") or "")
    except (OSError, http.client.HTTPException):
        found = None
    finally:
        connection.close()
    return found[1] if found else f"http://{address}{path}"
