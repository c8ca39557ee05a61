"""Places for computations that would hold the event loop: a few threads, and a queue that has an end (SECURITY AU5)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from gateway.errors import ErrorCode, GatewayError

T = TypeVar("T")

RETRY_AFTER = 1
"""Seconds a caller waits when all places are taken: a computation takes a fraction of one."""


def _no_place() -> GatewayError:
    return GatewayError(ErrorCode.UNAVAILABLE, "unavailable", extensions={"retryAfter": RETRY_AFTER})


class Places:
    """`threads` compute and `queue` wait; when they are taken, `run` raises `UNAVAILABLE` at once, with `retryAfter`."""

    def __init__(self, name: str, threads: int, queue: int) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._places = threading.BoundedSemaphore(threads + queue)

    async def close(self) -> None:
        """Let running computations end and drop waiting ones."""
        await asyncio.to_thread(self._executor.shutdown, wait=True, cancel_futures=True)

    async def run(self, compute: Callable[[], T]) -> T:
        """What `compute` gives."""
        if not self._places.acquire(blocking=False):
            raise _no_place()
        try:
            future: Future[T] = self._executor.submit(compute)
        except RuntimeError:  # The executor is shut down.
            self._places.release()
            raise _no_place() from None
        # The place is free when the thread is done with it, which a cancelled caller does not wait for.
        future.add_done_callback(lambda _: self._places.release())
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if future.cancelled() and task is not None and not task.cancelling():
                raise _no_place() from None  # `close` dropped the computation; the caller was not cancelled.
            raise
