"""A server process around a sleeping engine, for tests that end processes.

Arguments: the number of workers, and `working`, `failing` (at start) or `hurried` (little patience when it stops).
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp

from gateway.http import server
from gateway.http.application import http_application
from gateway.http.health import Readiness
from gateway.settings import Settings
from tests.http.engines import SleepingEngine


def build(settings: Settings, readiness: Readiness) -> ASGIApp:
    """The app of one process; says on standard output when it has closed what it opened."""

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        if settings.explorer:  # the test's way to make a start fail
            raise RuntimeError("cannot start")
        readiness.started = True
        yield
        print("closed", flush=True)

    return http_application(settings, SleepingEngine(), readiness, lifespan=lifespan)


if __name__ == "__main__":
    _, workers, mood = sys.argv
    if mood == "hurried":
        server.FINISH_WITHIN = 4.0
    settings = Settings(
        port=0,
        workers=int(workers),
        explorer=mood == "failing",
        database_url="postgres://localhost/unused",
        requests_in_flight=1_000,
    )
    sys.exit(server.serve(settings, build, lambda url: print(url, flush=True)))
