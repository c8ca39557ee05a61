"""Several server processes on one socket: started together, replaced when one dies, stopped together.

uvicorn's own supervisor can only start its own server class, which neither announces that it is stopping nor ends with
status 0.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from time import monotonic
from types import FrameType

import structlog

STARTUP_FAILURE = 3
"""uvicorn's exit status when the application could not start: another try would fail as well."""

STOP_WITHIN = 25.0
"""Seconds from the signal until a process that has not ended is killed."""

_SHORT_LIFE = 5.0
_spawn = multiprocessing.get_context("spawn")
multiprocessing.allow_connection_pickling()


class Workers:
    """`count` processes that each run `target`; it and what it carries must be picklable."""

    def __init__(self, count: int, target: Callable[[], int]) -> None:
        self._count = count
        self._target = target
        self._stopping = threading.Event()
        self._processes: dict[SpawnProcess, float] = {}
        self._log = structlog.get_logger()

    def run(self) -> int:
        """Supervise until SIGTERM or SIGINT; the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for _ in range(self._count):
            self._start()
        status = 0
        while not self._stopping.is_set():
            wait([process.sentinel for process in self._processes], timeout=0.5)
            for process, started in list(self._processes.items()):
                if not process.is_alive() and not self._stopping.is_set():
                    status = self._replace(process, started) or status
        self._end()
        return status

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()

    def _start(self) -> None:
        process = _spawn.Process(target=_work, args=(self._target,))
        process.start()
        self._processes[process] = monotonic()

    def _replace(self, process: SpawnProcess, started: float) -> int:
        del self._processes[process]
        if process.exitcode == STARTUP_FAILURE:
            self._stopping.set()
            return STARTUP_FAILURE
        self._log.error("server process died", exit_status=process.exitcode)
        if monotonic() - started < _SHORT_LIFE:
            self._stopping.wait(1.0)
        if not self._stopping.is_set():
            self._start()
        return 0

    def _end(self) -> None:
        enough = monotonic() + STOP_WITHIN
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join(max(0.0, enough - monotonic()))
            if process.is_alive():
                process.kill()
                process.join()


def _work(target: Callable[[], int]) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:  # nobody would stop a process whose supervisor was killed
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    sys.exit(target())


def _follow(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
