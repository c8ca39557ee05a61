"""How many requests are worked on at once. The others wait a little, then hear that the gateway is busy."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from types import TracebackType

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.refusal import unavailable


class Admission:
    """A bounded number of places. `async with admission:` takes one, waiting at most `patience` seconds for it.

    Raises `Refusal` 503 when none becomes free in time. A place is taken once a request has arrived in full, so that
    slow senders hold none.
    """

    def __init__(self, places: int, patience: float = 2.0) -> None:
        self._places = asyncio.Semaphore(places)
        self._patience = patience

    async def __aenter__(self) -> None:
        if self._places.locked():
            try:
                async with asyncio.timeout(self._patience):
                    await self._places.acquire()
            except TimeoutError:
                raise unavailable() from None
        else:
            await self._places.acquire()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._places.release()


class Admitted:
    """An ASGI app whose requests take a place before they start, and give it back with the first of their answer.

    What is left then is sending, at the client's pace: slow readers hold no place either.
    """

    def __init__(self, app: ASGIApp, admission: Admission) -> None:
        self._app = app
        self._admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with AsyncExitStack() as place:
            await place.enter_async_context(self._admission)

            async def send_without_place(message: Message) -> None:
                await place.aclose()  # at the second message there is nothing left to give back
                await send(message)

            await self._app(scope, receive, send_without_place)
