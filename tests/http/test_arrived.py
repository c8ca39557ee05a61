"""Requests with a body outside of GraphQL: read to their end before they take a place."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Scope

from gateway.auth.client import Client
from gateway.http.admission import Admission, Admitted
from gateway.http.arrived import Arrived
from gateway.http.exchange import Exchange, remember
from gateway.http.refusal import ClientGone, Refusal


async def echo(request: Request) -> Response:
    return PlainTextResponse(await request.body())


def app(admission: Admission, most: int = 10) -> Arrived:
    return Arrived(Admitted(Route("/", echo, methods=["POST"]).app, admission), most)


async def asked(arrived: Arrived, *messages: Message, wait: asyncio.Event | None = None) -> bytes:
    """The body of the answer to a request that comes in these messages, the last of them when `wait` is set."""
    scope: Scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    remember(scope, Exchange(Client("192.0.2.1", None, "r"), {}))
    coming, sent = list(messages), []

    async def receive() -> Message:
        if wait is not None and len(coming) == 1:
            await wait.wait()
        return coming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    await arrived(scope, receive, send)
    return b"".join(sent)


def piece(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_the_body_is_there_in_one_piece() -> None:
    arrived = app(Admission(1))
    assert await asked(arrived, piece(b"01234", more=True), piece(b"", more=True), piece(b"56789")) == b"0123456789"
    assert await asked(arrived, piece(b"")) == b""


async def test_a_long_body_is_read_no_further() -> None:
    with pytest.raises(Refusal) as refused:
        await asked(app(Admission(1)), piece(b"012345", more=True), piece(b"67890", more=True))
    assert refused.value.status == 413


async def test_a_client_that_leaves_is_no_request() -> None:
    with pytest.raises(ClientGone):
        await asked(app(Admission(1)), piece(b"0", more=True), {"type": "http.disconnect"})


async def test_a_slow_sender_takes_no_place_from_others() -> None:
    arrived, late = app(Admission(1, patience=0.01)), asyncio.Event()
    slow = asyncio.create_task(asked(arrived, piece(b"slow", more=True), piece(b""), wait=late))
    await asyncio.sleep(0)
    assert await asked(arrived, piece(b"quick")) == b"quick"
    late.set()
    assert await slow == b"slow"
