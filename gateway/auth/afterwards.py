"""Small writes that no answer waits for: when a session was last used, that somebody failed to sign in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextvars import Context

MOST_WAITING = 10_000

Write = Callable[[], Awaitable[object]]

_log = logging.getLogger(__name__)


class Afterwards:
    """Does them one after the other, so a process spends one connection on them. Lost when the process is killed.

    One per process; `settle` it at shutdown, before the database is closed.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, Write] = {}
        self._worker: asyncio.Task[None] | None = None

    def do(self, name: str, write: Write) -> None:
        """Do `write` soon, in place of one of the same name that still waits. Never raises, never waits.

        Beyond `MOST_WAITING` (the database stands still) new ones are dropped.
        """
        if name not in self._waiting and len(self._waiting) >= MOST_WAITING:
            return
        self._waiting[name] = write
        if self._worker is None or self._worker.done():
            # In a context of its own: what belongs to the request (its unit of work, say) is none of this.
            self._worker = asyncio.create_task(self._work(), context=Context())

    async def _work(self) -> None:
        while self._waiting:
            write = self._waiting.pop(next(iter(self._waiting)))
            try:
                await write()
            except Exception:  # Whatever it was: the request it belongs to was answered.
                _log.warning("a write after an answer failed", exc_info=True)

    async def settle(self) -> None:
        """Wait until everything is written."""
        while self._worker is not None and not self._worker.done():
            await asyncio.wait([self._worker])
