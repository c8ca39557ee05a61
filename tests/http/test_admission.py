"""Only so many requests are worked on at once; the others wait a little, then hear that it is busy."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from gateway.http.admission import Admission
from gateway.http.refusal import Refusal
from tests.http.asking import HELLO, client, code
from tests.http.engines import SlowEngine
from tests.http.running import application, settings, until


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits longer than a moment."""
    monkeypatch.setattr(Admission.__init__, "__defaults__", (0.05,))


async def test_no_more_than_the_limit_are_worked_on_and_the_rest_wait_their_turn() -> None:
    engine = SlowEngine()
    async with client(application(engine, settings(requests_in_flight=3))) as http:
        asked = [asyncio.create_task(http.post("/graphql", json=HELLO)) for _ in range(8)]
        await until(lambda: engine.working == 3)
        engine.go.set()
        answers = await asyncio.gather(*asked)
    assert [answer.status_code for answer in answers] == [200] * 8
    assert engine.most == 3


async def test_whoever_waits_too_long_hears_that_it_is_busy(short_patience: None) -> None:
    engine = SlowEngine()
    async with client(application(engine, settings(requests_in_flight=2))) as http:
        asked = [asyncio.create_task(http.post("/graphql", json=HELLO)) for _ in range(2)]
        await until(lambda: engine.working == 2)
        refused = await http.post("/graphql", json=HELLO)
        assert (await http.get("/livez")).status_code == 200
        engine.go.set()
        answers = await asyncio.gather(*asked)
        assert (await http.post("/graphql", json=HELLO)).status_code == 200
    assert refused.status_code == 503
    assert code(refused) == "UNAVAILABLE"
    assert refused.headers["retry-after"] == "2"
    assert [answer.status_code for answer in answers] == [200, 200]


async def test_downloads_take_places_as_well(short_patience: None) -> None:
    async def file(request: Request) -> Response:
        return PlainTextResponse("file")

    engine = SlowEngine()
    app = application(engine, settings(requests_in_flight=1), downloads=[Route("/file", file)])
    async with client(app) as http:
        assert (await http.get("/file")).text == "file"
        asked = asyncio.create_task(http.post("/graphql", json=HELLO))
        await until(lambda: engine.working == 1)
        assert (await http.get("/file")).status_code == 503
        engine.go.set()
        await asked
        assert (await http.get("/file")).status_code == 200


async def test_a_place_is_free_again_however_it_was_left() -> None:
    admission = Admission(1, 0.05)
    with pytest.raises(ValueError, match="inside"):
        async with admission:
            raise ValueError("inside")

    async def hold() -> None:
        async with admission:
            await asyncio.Event().wait()

    holding = asyncio.create_task(hold())
    await asyncio.sleep(0)
    with pytest.raises(Refusal):
        async with admission:
            pass
    waiting = asyncio.create_task(hold())
    await asyncio.sleep(0)
    waiting.cancel()
    holding.cancel()
    await asyncio.gather(holding, waiting, return_exceptions=True)
    async with admission:
        pass
