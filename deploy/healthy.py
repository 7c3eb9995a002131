"""Exit code 0 while feeds can be served: the health check of a container, with nothing but the standard library."""

import http.client
import os
import sys

PATIENCE = 4
"""Seconds; the health check as a whole has five."""


def main() -> int:
    """Ask the web server, wherever it listens, whether it is ready."""
    # localhost is whichever of its addresses answers; a proxy of the environment is never asked.
    port = int(os.environ["FEEDSVC_BIND"].rpartition(":")[2])
    server = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
    try:
        server.request("GET", "/readyz")
        return int(server.getresponse().status != http.HTTPStatus.OK)
    except (OSError, http.client.HTTPException) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(main())
