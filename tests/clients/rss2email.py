"""rss2email, which sends each entry as a mail: here into a folder, so that none leaves the machine."""

from __future__ import annotations

import email
import email.policy
import mailbox
import os
import re
import subprocess
from datetime import UTC
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from .seen import Failed, Seen, installed

_CONFIG = """[DEFAULT]
to = reader@example.org
from = feeds@example.org
email-protocol = maildir
maildir-path = {folder}
maildir-mailbox = mail
html-mail = True
name-format = {{author}}
date-header = True
date-header-order = issued
reply-changes = True

[feed.one]
url = {address}
"""


class Rss2email:
    """r2e with files of its own; where an entry changes, it answers its mail with another (`reply-changes`)."""

    def __init__(self, folder: Path, address: str) -> None:
        self._program = installed("r2e", "rss2email")
        folder.mkdir()
        self._config = folder / "config"
        self._config.write_text(_CONFIG.format(folder=folder, address=address))
        self._folder = folder

    def poll(self) -> list[Seen]:
        """A run, and all mails so far, newest entry first, an answer after what it answers."""
        argv = [self._program, "-c", str(self._config), "-d", str(self._folder / "seen.json"), "run"]
        environment = {**os.environ, "HOME": str(self._folder), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode or "[ERROR]" in done.stderr:
            raise Failed(done.stderr)
        return [_entry(mail) for mail in self.mails()]

    def mails(self) -> list[EmailMessage]:
        """All mails so far, in that order."""
        found = [_read(bytes(mail)) for mail in mailbox.Maildir(self._folder / "mail")]
        found.sort(key=lambda mail: "In-Reply-To" in mail)
        return sorted(found, key=lambda mail: parsedate_to_datetime(mail["Date"]), reverse=True)

    @property
    def address(self) -> str:
        """The address of the feed as its configuration has it now."""
        (found,) = re.findall("^url = (.*)$", self._config.read_text(), re.M)
        return str(found)


def _read(mail: bytes) -> EmailMessage:
    found = email.message_from_bytes(mail, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def _entry(mail: EmailMessage) -> Seen:
    body = mail.get_body()
    assert body is not None
    enclosure = re.search(r'Enclosure: <a href="([^"]*)"', body.get_content())
    return Seen(
        id=str(mail["X-RSS-ID"]),
        title=str(mail["Subject"]).strip(),
        link=str(mail["X-RSS-URL"]),
        authors=mail["From"].addresses[0].display_name,
        published=parsedate_to_datetime(mail["Date"]).replace(tzinfo=UTC),
        picture=enclosure[1] if enclosure else "",
    )
