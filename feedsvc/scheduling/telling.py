"""Tells the operator's webhook how sources do, beside the tick and never in its way.

every two seconds ─► take the change that is due ─► POST ─┬─► taken: told
                               ▲                          └─► not: again after a minute, two, four … an hour
                               └──────────── until none is due ────────────────────┘
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

from ..domain.secret import Secret
from ..domain.status import Telling
from ..pipeline.telling import Webhook, wait_after
from ..ports import Clock, Herald
from .troubles import Troubles

EVERY = 2.0
"""Seconds between two looks at what is to be told."""
LEASE = timedelta(minutes=1)
"""For which a change is held; longer than a message may take."""
_WEBHOOK, _TELLING = "the webhook", "telling the webhook"


class Teller:
    """From `start` to `stop` in a thread of its own; `webhook` gives the one that is in force, None for none."""

    def __init__(
        self,
        herald: Herald,
        webhook: Callable[[], Webhook | None],
        clock: Clock,
        every: float = EVERY,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._herald = herald
        self._webhook = webhook
        self._clock = clock
        self._every = every
        self._monotonic = monotonic
        self._troubles = Troubles()
        self._address: Secret | None = None
        self._over = Event()
        self._thread = Thread(target=self._run, name="telling", daemon=True)

    def start(self) -> None:
        """Begin to look for what is to be told."""
        self._thread.start()

    def leave(self) -> None:
        """Tell nothing more; what is being told goes on."""
        self._over.set()

    def stop(self, timeout: float = 0.5) -> bool:
        """Tell nothing more; False when something is still being told after so many seconds.

        A process that ends then leaves it to the next one, which tells it again.
        """
        self.leave()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def tell_all(self) -> None:
        """Tell whatever is due now, one after the other; raises nothing."""
        try:
            while not self._over.is_set() and self._tell_one():
                pass
        except Exception as error:  # the store is away: what was told may be told again
            self._troubles.happened(_TELLING, error, self._monotonic())
        else:
            self._troubles.over(_TELLING)

    def _run(self) -> None:
        while not self._over.wait(self._every):
            self.tell_all()

    def _tell_one(self) -> bool:
        """Tell the one change that is due, if there is one and somebody to be told."""
        webhook = self._webhook()
        telling = self._herald.next_telling(self._clock(), LEASE) if webhook is not None else None
        if webhook is None or telling is None:
            return False
        if webhook.address != self._address:  # what is said of another one is news
            self._address = webhook.address
            self._troubles.forget(_WEBHOOK)
        self._tell(webhook, telling)
        return True

    def _tell(self, webhook: Webhook, telling: Telling) -> None:
        number = telling.change.number
        try:
            webhook.tell(telling.change)
        except Exception as error:  # whatever it is, the others are told
            self._herald.tell_again(number, self._clock() + wait_after(telling.attempts))
            self._troubles.happened(_WEBHOOK, error, self._monotonic())
        else:
            self._herald.told(number, self._clock())
            self._troubles.over(_WEBHOOK)
