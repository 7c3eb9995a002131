"""nginx, handing out as files what an answer of ours held: the same bytes under the same fields."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from .asking import Said
from .programs import program
from .running import Cores, Running, free_port, on, running

ITS_OWN = frozenset("content-type content-length content-encoding etag last-modified date server connection".split())
"""Fields that it makes itself: its validators are made of the file's size and time."""

# A line a request in JSON, with what ours says of one; buffered, as one does where much is asked.
CONFIGURATION = """
{user}daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    log_format line escape=json '{{"method":"$request_method","path":"$uri","status":$status,'
        '"encoding":"$sent_http_content_encoding","agent":"$http_user_agent","if_none_match":"$http_if_none_match",'
        '"if_modified_since":"$http_if_modified_since","bytes":$bytes_sent,"s":$request_time,"time":"$time_iso8601"}}';
    access_log {folder}/access.log line buffer=64k flush=1s;
    sendfile on;
    tcp_nopush off;
    keepalive_requests 1000000000;
    gzip_static on;
    types {{ }}
    default_type '{media_type}';
    client_body_temp_path {folder}/temporary;
    proxy_temp_path {folder}/temporary;
    fastcgi_temp_path {folder}/temporary;
    uwsgi_temp_path {folder}/temporary;
    scgi_temp_path {folder}/temporary;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/www;
{fields}
    }}
}}
"""


@contextmanager
def nginx(folder: Path, path: str, plain: Said, packed: Said, cores: Cores) -> Iterator[Running]:
    """It serves `path` from now on, on a core of its own, from answers of ours as they are and packed with gzip."""
    lay_out(folder, path, plain, packed)
    port = free_port()
    (folder / "nginx.conf").write_text(configuration(folder, plain, port), encoding="utf-8")
    argv = [program("nginx"), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    with running(on(cores.server, argv), port, folder / "error.log") as server:
        yield Running(server.process, port, folder / "access.log")


def lay_out(folder: Path, path: str, plain: Said, packed: Said) -> None:
    """Write the file and its packed twin, changed when the feed did."""
    file = folder / "www" / path.lstrip("/")
    file.parent.mkdir(parents=True)
    (folder / "temporary").mkdir()
    for place in (folder, folder / "www"):
        place.chmod(0o755)
    changed = _time(plain.field("Last-Modified"))
    for name, body in ((file, plain.body), (file.with_name(f"{file.name}.gz"), packed.body)):
        name.write_bytes(body)
        os.utime(name, (changed.timestamp(), changed.timestamp()))


def configuration(folder: Path, answer: Said, port: int) -> str:
    """Its configuration, with the fields of an answer that it does not make itself."""
    kept = ((name, value) for name, value in answer.fields if name.lower() not in ITS_OWN)
    return CONFIGURATION.format(
        user="user root;\n" if os.geteuid() == 0 else "",
        folder=folder,
        port=port,
        media_type=_quoted(answer.field("Content-Type")),
        fields="\n".join(f"        add_header '{name}' '{_quoted(value)}';" for name, value in kept),
    )


def _quoted(value: str) -> str:
    if "$" in value:
        raise ValueError(f"nginx would read a variable: {value}")
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _time(value: str) -> datetime:
    return parsedate_to_datetime(value)
