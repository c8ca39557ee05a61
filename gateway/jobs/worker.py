"""The worker: sends what is in the outbox, at least once, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from random import SystemRandom

from gateway.auth.notices import unsealed
from gateway.jobs import notices
from gateway.jobs.attachments import attachments_of
from gateway.jobs.declaration_match import match_confirmed
from gateway.jobs.outbox import note_failed, note_sent, take_due
from gateway.jobs.password_reset import send_reset_link
from gateway.keys import Keyring
from gateway.ports.delivery import Undeliverable
from gateway.ports.mail import Mailer
from models import OutboxMessage

Handler = Callable[[OutboxMessage], Awaitable[None]]

LEASE = timedelta(minutes=2)
SENDING = 60.0
"""Seconds a handler may take: less than the lease, so that nothing is sent by two at once."""

AT_ONCE = 10
REST = 2.0
"""Seconds between two looks at an empty outbox."""

_log = logging.getLogger(__name__)


def handlers(mailer: Mailer, portal_url: str, keyring: Keyring) -> dict[str, Handler]:
    """Who sends what, by the first part of the kind of a row. Links in mails lead to `portal_url`.

    `keyring` opens what only the receiver may know. A mail whose key is not there (yet) is tried again.
    """

    async def send_mail(message: OutboxMessage) -> None:
        secrets = unsealed(keyring, message.payload)
        try:
            mail = notices.notice_mail(message, portal_url, secrets, await attachments_of(message))
        except ValueError as error:
            raise Undeliverable(f"no mail can be made of it ({type(error).__name__})") from error
        await mailer.send(mail)

    async def answer_forgotten_password(message: OutboxMessage) -> None:
        await send_reset_link(message, keyring)

    return {"mail": send_mail, "password_reset": answer_forgotten_password, "declaration": match_confirmed}


class Worker:
    """Looks into the outbox again and again. Several may run at once, in one process or many.

    A handler that raises, takes too long, or does not exist counts as a failed try: it is made again later, and given
    up after some days, or at once when it says `Undeliverable`. A worker that dies loses its lease, and another one
    takes what it held.
    """

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        rest: float = REST,
        sending: float = SENDING,
    ) -> None:
        self._handlers = handlers
        self._clock = clock
        self._rest = rest
        self._sending = sending
        self._random = SystemRandom()
        self._stopping = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, in a task of its own."""
        self._running = asyncio.create_task(self.run(), name="outbox worker")

    def end(self) -> None:
        """Take nothing more; `run` returns when what is being sent is finished."""
        self._stopping.set()

    async def stop(self) -> None:
        """`end`, and wait for it. Never raises; safe without `start` and more than once."""
        self.end()
        if self._running is not None:
            await asyncio.gather(self._running, return_exceptions=True)

    async def run(self) -> None:
        """Work until `end` or `stop` is called. A database that is away is waited for."""
        while not self._stopping.is_set():
            try:
                busy = await self.run_once() > 0
            except Exception:
                _log.exception("the outbox cannot be read")
                busy = False
            if not busy:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), self._rest)

    async def run_once(self) -> int:
        """Take what is due and send it; returns how much that was."""
        due = await take_due(self._clock(), lease=LEASE, most=AT_ONCE)
        await asyncio.gather(*(self._send(message) for message in due))
        return len(due)

    async def _send(self, message: OutboxMessage) -> None:
        """One message. What goes wrong is logged by kind and id only: the payload may hold personal data."""
        try:
            handler = self._handlers[message.kind.partition(".")[0]]
            await asyncio.wait_for(handler(message), self._sending)
        except Exception as error:
            hopeless = isinstance(error, Undeliverable)
            last = await note_failed(message, self._clock(), self._random, hopeless=hopeless)
            level = logging.ERROR if last else logging.WARNING
            reason = f"given up: {error}" if hopeless else type(error).__name__
            _log.log(level, "outbox %s %s: try %d failed (%s)", message.kind, message.id, message.attempts, reason)
        else:
            await note_sent(message, self._clock())
