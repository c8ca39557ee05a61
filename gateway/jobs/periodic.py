"""What the house does again and again beside the outbox: a list of jobs, each with its own pace."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job. `work(now)` does what is due and tells how much that was: after nothing it rests for `every` seconds,
    otherwise it looks again at once. Several processes may have the same job: each makes sure that nothing is done twice.
    """

    name: str
    every: float
    work: Callable[[datetime], Awaitable[int]]


class Rounds:
    """Runs jobs side by side until it is stopped. A job that fails is tried again after its rest, and holds up no other."""

    def __init__(self, jobs: Sequence[Periodic], *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._jobs = jobs
        self._clock = clock
        self._stopping = False
        self._running: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin, each job in a task of its own."""
        self._running = [asyncio.create_task(self._run(job), name=job.name) for job in self._jobs]

    async def stop(self) -> None:
        """Cancel what is being done, and wait until it has come to an end. Never raises; safe without `start`, or twice.

        Units of work are not cut in half by it, and what was taken with a lease is taken up again by somebody.
        """
        self._stopping = True  # also for a job that takes its cancellation for an error
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def run_once(self) -> int:
        """One look of each job; how much was done. A job that fails has done nothing."""
        return sum([await self._look(job) for job in self._jobs])

    async def _run(self, job: Periodic) -> None:
        while not self._stopping:
            if not await self._look(job) and not self._stopping:
                await asyncio.sleep(job.every)

    async def _look(self, job: Periodic) -> int:
        try:
            return await job.work(self._clock())
        except Exception as error:
            _log.error("%s failed: %s", job.name, reason(error))
            return 0


def reason(error: BaseException) -> str:
    """What went wrong and where, without the error's own words: they may hold what customers stored."""
    with contextlib.suppress(Exception):
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {frame.name}, line {frame.lineno} of {frame.filename.rpartition('/')[2]}"
    return type(error).__name__
