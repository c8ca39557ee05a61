"""Documents are drawn in processes of their own, away from the event loop.

Processes rather than threads: drawing is pure Python and holds the interpreter's lock, so that every turn of the event
loop waits up to 5 ms (the switch interval) to get it back. Measured while invoices of 200 lines were drawn without a
pause, delay of a 1 ms timer: thread p50 5.3 ms, p99 14 ms; process p50 0.15 ms, p99 2 to 3 ms; nothing drawn p50
0.14 ms, p99 1 ms. The price is 60 MB and a start of about a second per worker, paid with the first document.

Workers are spawned, not forked: a fork would copy the locks of the server's threads in whatever state they are. A
spawned worker imports the main module again, which therefore starts the server only under `__name__ == "__main__"`.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar
from weakref import WeakValueDictionary

Document = TypeVar("Document")

QUEUE = 20
"""Documents that may wait for a worker."""


class Overloaded(Exception):
    """No place is free, or none will be: the queue is full, the worker died, the server shuts down. HTTP: 503."""


class Renderer:
    """Draws documents in `workers` processes; `queue` more may wait."""

    def __init__(self, workers: int, queue: int = QUEUE) -> None:
        self._workers = workers
        self._executor = self._pool()
        self._places = threading.BoundedSemaphore(workers + queue)
        self._closed = False
        self._turns: WeakValueDictionary[Hashable, asyncio.Lock] = (
            WeakValueDictionary()
        )  # as long as somebody holds one

    def turn(self, key: Hashable) -> asyncio.Lock:
        """The lock of whoever wants the document `key`: many who want one that is not there wait for one drawing."""
        return self._turns.setdefault(key, asyncio.Lock())

    async def render(self, function: Callable[[Document], bytes], document: Document) -> bytes:
        """`function(document)`, computed by a worker. Both are pickled: `function` is one of a module.

        Raises `Overloaded` at once when all places are taken, and what `function` raises. Cancelling a caller drops a
        document that waits; one that is being drawn is drawn to the end and keeps its place as long.
        """
        if self._closed or not self._places.acquire(blocking=False):
            raise Overloaded
        executor = self._executor
        try:
            future: Future[bytes] = executor.submit(function, document)
        except (OSError, RuntimeError) as error:  # no worker could be started, or the last one died
            self._places.release()
            if isinstance(error, BrokenProcessPool):
                self._replace(executor)
            raise Overloaded from error
        # A cancelled caller does not wait for the worker; the place is free when the worker is.
        future.add_done_callback(lambda _: self._places.release())
        try:
            return await asyncio.wrap_future(future)
        except BrokenProcessPool:
            self._replace(executor)
            raise Overloaded from None
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._closed and task is not None and not task.cancelling():
                raise Overloaded from None  # `close` dropped the document; the caller was not cancelled
            raise

    async def close(self) -> None:
        """Let documents that are being drawn end, drop those that wait, stop the workers."""
        self._closed = True
        await asyncio.to_thread(self._executor.shutdown, wait=True, cancel_futures=True)

    def _pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._workers, multiprocessing.get_context("spawn"), initializer=_start_worker)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """A pool that lost a worker (out of memory, killed) takes nothing any more."""
        if self._executor is broken and not self._closed:
            self._executor = self._pool()


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server ends its workers itself
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from gateway.documents.fonts import prepare  # only here: the server itself draws nothing, and saves 40 MB

    prepare()


def _end_with_parent() -> None:
    """A worker whose server was killed would wait for its next document for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
