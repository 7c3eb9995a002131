"""What is offered at an address, and the answers that were made of it: each is made once, and given again and again.

This is the one place where a response is decided: pure, and of no framework.

method · request fields ─┐
Representation ──────────┼─► Offer.answer ─► Answer: 200 or 304, for GET and HEAD alike
Policy ──────────────────┘
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from typing import Protocol

from .answer import Answer, Asked, Fields, Policy
from .conditional import not_modified
from .negotiation import IDENTITY, USUAL, choose_coding, usual_choice


class Representation(Protocol):
    """A document in every coding that it is offered in (RFC 9110 section 8).

    `tag` is the opaque part of its entity tags; `modified` is in whole seconds, UTC. One that is not `dated_apart` may
    have the second of the version before it, so that only its tag tells them apart.
    """

    @property
    def media_type(self) -> str: ...
    @property
    def tag(self) -> str: ...
    @property
    def modified(self) -> datetime | None: ...
    @property
    def dated_apart(self) -> bool: ...
    @property
    def codings(self) -> tuple[str, ...]:
        """Those that it is offered in, the preferred one first."""

    @property
    def size(self) -> int:
        """Bytes that it takes, bodies that are made when asked for aside."""

    def packed(self, coding: str, plain: bytes | None = None) -> tuple[bytes, str]:
        """Its bytes in one of them, and their strong tag; `plain` are those as they are, where they are at hand.

        Raises LetGo where it has to be made anew.
        """

    def etags(self, coding: str) -> tuple[str, ...]:
        """The strong tags of one coding: that of its bytes, then those of the bytes that it had before."""


class Offer:
    """A representation under a policy. For many threads.

    `asked` counts its answers. `whole` are those with a body, by coding; whoever bounds memory has them released, and
    they are made anew. `made` is told of each that was made.
    """

    __slots__ = ("_choose", "_made", "_modified", "_spared", "asked", "policy", "representation", "whole")

    def __init__(
        self,
        representation: Representation,
        policy: Policy,
        made: Callable[[Offer, str, Answer], None] | None = None,
    ) -> None:
        self.representation = representation
        self.policy = policy
        self.asked = 0
        self.whole: dict[str, Answer] = {}
        modified = representation.modified
        self._modified = (("Last-Modified", format_datetime(modified, usegmt=True)),) if modified else ()
        self._spared: dict[str, Answer] = {}
        self._made = made
        self._choose = usual_choice(representation.codings)

    def answer(self, method: str, asked: Asked) -> Answer:
        """The answer to a GET or HEAD for something that exists (RFC 9110 sections 9.3, 12.5.3, 13.2 and 15.4.5).

        HEAD has the fields of GET and no body. Ranges are not offered, so a Range field is ignored (14.2). Raises what
        making a body does.
        """
        return self.chosen(
            method, asked.get("Accept-Encoding"), asked.get("If-None-Match"), asked.get("If-Modified-Since")
        )

    def chosen(self, method: str, accepted: str | None, none_match: str | None, since: str | None) -> Answer:
        """The same, by the values of the fields that matter."""
        self.asked += 1
        shown = self.representation
        if accepted is None:
            coding = IDENTITY
        else:
            coding = self._choose(accepted) if len(accepted) <= USUAL else choose_coding(accepted, shown.codings)
        if none_match is not None or since is not None:
            etags = shown.etags(coding)
            if none_match in etags:  # as nearly all who have it ask
                return self._not_modified(none_match)
            modified = shown.modified if shown.dated_apart else None
            if not_modified(none_match, since, shown.tag, modified):
                return self._not_modified(next((one for one in etags if one in (none_match or "")), etags[0]))
        whole = self.whole.get(coding) or self.prepare(coding)
        return whole if method != "HEAD" else replace(whole, body=b"")

    def _not_modified(self, etag: str) -> Answer:
        """It names the tag that the client has, where that is one of this coding's (RFC 9111 section 4.3.4)."""
        spared = self._spared.get(etag)
        if spared is None:
            spared = self._spared[etag] = Answer(304, self._validated(etag))
        return spared

    @property
    def size(self) -> int:
        """Bytes that it takes, bodies that are made when asked for aside."""
        return self.representation.size

    def prepare(self, coding: str, plain: bytes | None = None) -> Answer:
        """Have the answer with a body in one coding ready; `plain` are the bytes as they are, where they are known."""
        if plain is None and (kept := self.whole.get(IDENTITY)) is not None:
            plain = kept.body
        body, etag = self.representation.packed(coding, plain)
        answer = Answer(200, (*self._described(coding, len(body)), *self._validated(etag)), body, coding)
        self.whole[coding] = answer
        if self._made is not None:
            self._made(self, coding, answer)
        return answer

    def release(self, coding: str) -> None:
        """Let go of the body in one coding; it is made anew when it is asked for."""
        self.whole.pop(coding, None)

    def _described(self, coding: str, length: int) -> Fields:
        described = (("Content-Type", self.representation.media_type), ("Content-Length", str(length)))
        return described if coding == IDENTITY else (*described, ("Content-Encoding", coding))

    def _validated(self, etag: str) -> Fields:
        """The fields that 200 and 304 share."""
        shown = self.representation
        vary = (("Vary", "Accept-Encoding"),) if len(shown.codings) > 1 else ()
        return (("ETag", etag), *self._modified, *vary, *self.policy.fields)


def respond(method: str, asked: Asked, representation: Representation, policy: Policy) -> Answer:
    """The answer of an offer that is made for this once."""
    return Offer(representation, policy).answer(method, asked)
