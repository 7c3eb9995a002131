"""Bodies of all documents together, bounded in bytes; what is asked for again and again stays."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from .answer import Answer
from .offers import Offer

OVERHEAD = 1500
"""Bytes of an answer beside its body."""


@dataclass(slots=True)
class _Kept:
    size: int
    asked: int
    """As often as its offer had been asked for when this was last looked at."""


class Bodies:
    """The answers with bodies of many offers, for many threads.

    One stays, however large it is. The eldest go first, but for those whose offers were asked for meanwhile: they count
    as young again.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._kept: OrderedDict[tuple[Offer, str], _Kept] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    @property
    def full(self) -> float:
        """The part of the budget that is taken."""
        return self._size / self._budget

    def made(self, offer: Offer, coding: str, answer: Answer) -> None:
        """Take notice of a body that an offer now has."""
        with self._lock:
            self._take_out(offer, coding)
            size = len(answer.body) + OVERHEAD
            self._kept[offer, coding] = _Kept(size, offer.asked)
            self._size += size
            self._make_room()

    def forget(self, offer: Offer) -> None:
        """Let go of the bodies of an offer."""
        with self._lock:
            for coding in tuple(offer.whole):
                self._take_out(offer, coding)
                offer.release(coding)

    def often_asked(self, times: int) -> list[tuple[Offer, str]]:
        """The bodies whose offers were asked for so many times."""
        with self._lock:
            return [one for one in self._kept if one[0].asked >= times]

    def _make_room(self) -> None:
        looks = len(self._kept)
        while self._size > self._budget and len(self._kept) > 1:  # the youngest is about to be sent
            (offer, coding), kept = next(iter(self._kept.items()))
            if offer.asked > kept.asked and looks > 0:
                kept.asked = offer.asked
                self._kept.move_to_end((offer, coding))
                looks -= 1
            else:
                self._take_out(offer, coding)
                offer.release(coding)

    def _take_out(self, offer: Offer, coding: str) -> None:
        kept = self._kept.pop((offer, coding), None)
        self._size -= kept.size if kept is not None else 0
