"""Whether the service is ready, asked as a client would."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable

from ..domain.site import reachable
from .address import Address


def answers_ready(address: Address, path: str = "/readyz") -> Callable[[], bool]:
    """Ask the server at an address: True once every check of its answer is in order."""
    host = reachable(address.host)

    def ready() -> bool:
        connection = http.client.HTTPConnection(host, address.port, timeout=1)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            found = json.loads(answer.read(64 * 1024))
            return answer.status == 200 and all(check["ok"] for check in found["checks"])
        except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError):
            return False
        finally:
            connection.close()

    return ready
