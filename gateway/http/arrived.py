"""Requests with a body outside of GraphQL: they have arrived in full before anything is done for them."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.exchange import exchange_of
from gateway.http.request import read_body


@dataclass(frozen=True, slots=True)
class Call:
    """A route that takes a body of at most `most` bytes."""

    route: Route
    most: int


class Arrived:
    """An ASGI app that sees a request once all of its body is here, so that slow senders take no place from others.

    A longer body than `most` bytes is refused with 413 as soon as it is known to be one.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive, exchange_of(scope).headers, self._most)
        messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def arrived() -> Message:
            return messages.pop() if messages else await receive()

        await self._app(scope, arrived, send)
