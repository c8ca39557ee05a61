"""`/livez`: the process answers. `/readyz`: it may be sent requests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.http.refusal import unavailable

CHECK_DEADLINE = 1.0
"""Seconds the database has to answer."""

FRESH = 0.5
"""Seconds for which an answer holds, so that a flood of probes is no flood of statements."""

Check = Callable[[], Awaitable[bool]]


class Readiness:
    """Whether this process should be sent requests: it has started, is not stopping, and every check says yes.

    `checks` are named for the log only; a check that fails, hangs or raises means no.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.checks: dict[str, Check] = {}
        self.started = False
        self.stopping = False
        self._clock = clock
        self._checking: asyncio.Task[None] | None = None
        self._checked_at = float("-inf")
        self._reason: str | None = None

    def stop(self) -> None:
        """From now on no more requests, please."""
        self.stopping = True

    async def ready(self) -> bool:
        """The answer, at most `FRESH` seconds old."""
        if self.stopping or not self.started:
            return False
        if self._checking is None and self._clock() - self._checked_at >= FRESH:
            self._checking = asyncio.create_task(self._check())
        if self._checking is not None:
            await asyncio.shield(self._checking)
        return self._reason is None

    async def _check(self) -> None:
        reason = None
        for name, check in self.checks.items():
            try:
                async with asyncio.timeout(CHECK_DEADLINE):
                    good = await check()
            except Exception:  # whatever a driver raises: it is not ready
                good = False
            if not good:
                reason = name
                break
        if reason != self._reason:
            structlog.get_logger().warning("ready" if reason is None else "not ready", because=reason)
        self._reason = reason
        self._checked_at = self._clock()
        self._checking = None


def health_routes(readiness: Readiness) -> list[Route]:
    """Both routes. What is wrong is told to the log, not to the caller."""

    async def live(request: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(request: Request) -> Response:
        if not await readiness.ready():
            raise unavailable()
        return JSONResponse({"status": "ready"})

    return [Route("/livez", live), Route("/readyz", ready)]
