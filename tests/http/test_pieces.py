"""Large answers: in pieces, as fast as the client takes them, and without a place among the requests."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.http.admission import Admission, Admitted
from gateway.http.pieces import PIECE, InPieces
from gateway.http.refusal import Refusal

SCOPE: dict[str, Any] = {"type": "http"}


async def never() -> Any:
    raise AssertionError("nothing is to be received")


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
async def test_a_body_of_any_size_arrives_whole_and_in_pieces(size: int) -> None:
    content = bytes(index % 251 for index in range(size))
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await InPieces(content, headers={"Content-Length": str(size)})(SCOPE, never, send)
    start, *bodies = sent
    assert (start["type"], start["status"]) == ("http.response.start", 200)
    assert (b"content-length", str(size).encode()) in start["headers"]
    assert b"".join(body["body"] for body in bodies) == content
    assert all(len(body["body"]) <= PIECE for body in bodies)
    assert [body.get("more_body", False) for body in bodies] == [True] * (len(bodies) - 1) + [False]


async def test_who_takes_an_answer_slowly_holds_no_place() -> None:
    app = Admitted(InPieces(b"x" * 3 * PIECE), Admission(places=1, patience=0.01))
    taken = asyncio.Event()

    async def slow(message: Any) -> None:
        if message["type"] == "http.response.body":
            await taken.wait()

    async def quick(message: Any) -> None:
        pass

    reading = asyncio.create_task(app(SCOPE, never, slow))
    await asyncio.sleep(0)
    await app(SCOPE, never, quick)  # refused, if the slow one had the only place
    assert not reading.done()
    taken.set()
    await reading


async def test_a_place_comes_back_once_also_from_an_app_that_fails() -> None:
    admission = Admission(places=1, patience=0.01)

    async def failing(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start"})
        raise ZeroDivisionError

    async def quick(message: Any) -> None:
        pass

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            await Admitted(failing, admission)(SCOPE, never, quick)
    async with admission:
        with pytest.raises(Refusal):
            await admission.__aenter__()
