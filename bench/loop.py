"""The load: connections that each send the next request when the answer is there. One process, raw sockets, a C parser."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any

import httptools
import orjson
import uvloop

Make = Callable[[int], bytes]
"""The n-th request of a connection, as bytes."""

DRAIN_SECONDS = 15.0
"""How long the last answers may take after the time is over."""


class Refused(RuntimeError):
    """A contestant answered with something else than 200; the text is its answer."""


@dataclass(frozen=True)
class Round:
    """What one round gave: answers within the time, its seconds, and how long each answer took, in seconds, sorted."""

    seconds: float
    times: list[float]

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the answers came."""
        return self.times[min(int(share * len(self.times)), len(self.times) - 1)] * 1_000


def request(token: str, body: bytes) -> bytes:
    """One request."""
    return (
        b"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json\r\n"
        b"authorization: Bearer %b\r\ncontent-length: %d\r\n\r\n%b" % (token.encode(), len(body), body)
    )


class _Connection(asyncio.Protocol):
    """One connection in the loop."""

    def __init__(self, make: Make, until: float, times: list[float], *, kept: bool = False) -> None:
        self._make, self._until, self._times = make, until, times
        self._number = 0
        self._parts: list[bytes] | None = [] if kept else None  # kept: the body of the answer
        self.ended: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._next()

    def _next(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._begun = perf_counter()
        self._transport.write(self._make(self._number))
        self._number += 1

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:  # pragma: no cover - a contestant that speaks no HTTP
            self._end(Refused(str(error)))

    def on_body(self, body: bytes) -> None:
        if self._parts is not None or self._parser.get_status_code() != 200:
            self._parts = [*(self._parts or []), body]

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        now = perf_counter()
        if status != 200:
            self._end(Refused(f"{status}: {b''.join(self._parts or [])[:500]!r}"))
            return
        self._times.append(now - self._begun)
        if now < self._until:
            asyncio.get_running_loop().call_soon(self._next)  # not within the parser's own call
        else:
            self._end(None)

    def _end(self, error: Exception | None) -> None:
        self._transport.close()
        if not self.ended.done():
            if error is None:
                self.ended.set_result(b"".join(self._parts or []))
            else:
                self.ended.set_exception(error)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(Refused(f"the connection was closed: {error}"))


async def _loop(port: int, makes: list[Make], seconds: float) -> Round:
    loop, times = asyncio.get_running_loop(), list[float]()
    begun = perf_counter()
    connections = []
    for make in makes:
        made = partial(_Connection, make, begun + seconds, times)
        _, connection = await loop.create_connection(made, "127.0.0.1", port)
        connections.append(connection.ended)
    async with asyncio.timeout(seconds + DRAIN_SECONDS):
        await asyncio.gather(*connections)
    return Round(perf_counter() - begun, sorted(times))


def drive(port: int, makes: list[Make], seconds: float) -> Round:
    """So many connections as `makes`, for so many seconds. Raises `Refused`, or `TimeoutError` for a dead contestant."""
    gc.collect()
    gc.disable()
    try:
        return uvloop.run(_loop(port, makes, seconds))
    finally:
        gc.enable()


async def _ask(port: int, sent: bytes) -> bytes:
    made = partial(_Connection, lambda number: sent, 0.0, [], kept=True)
    _, connection = await asyncio.get_running_loop().create_connection(made, "127.0.0.1", port)
    async with asyncio.timeout(DRAIN_SECONDS):
        return await connection.ended


def ask(port: int, token: str, body: bytes) -> Any:
    """One answer, as JSON."""
    return orjson.loads(uvloop.run(_ask(port, request(token, body))))
