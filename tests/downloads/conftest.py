"""The gateway with its downloads on a fresh database, a clock that tests move, and one process that draws for all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest

from gateway.app import assemble, assemble_engine, download_routes
from gateway.documents.render import Renderer
from gateway.http.health import Readiness
from gateway.settings import Settings
from tests.downloads.billing import NOW, People, make_people
from tests.http.asking import client


class Counting(Renderer):
    """A renderer that knows how often it was asked."""

    asked = 0

    async def render(self, function: Callable[[Any], bytes], document: Any) -> bytes:
        self.asked += 1
        return await super().render(function, document)


@pytest.fixture(scope="session")
def drawing() -> Iterator[Counting]:
    """A process that draws, started once: it takes a second."""
    renderer = Counting(1)
    yield renderer
    asyncio.run(renderer.close())


@pytest.fixture
def renderer(drawing: Counting) -> Counting:
    """The same, counting anew."""
    drawing.asked = 0
    return drawing


class Gateway:
    """The app, its time, and ways to ask it."""

    def __init__(self, url: str, renderer: Renderer, **settings: Any) -> None:
        self.now = NOW
        chosen = Settings(database_url=url, keys={1: b"k" * 32}, bcrypt_cost=4, **settings)
        self.made = assemble_engine(chosen, self.clock)
        self.made.renderer = renderer
        readiness = Readiness()
        readiness.started = True
        routes = download_routes(chosen, self.made, self.clock)
        app = assemble(chosen, readiness, self.made.engine, downloads=routes)
        self.http = client(app)

    def clock(self) -> datetime:
        return self.now

    def wait(self, **duration: float) -> None:
        """Let time pass."""
        self.now += timedelta(**duration)

    async def get(self, path: str, token: str | None = None, method: str = "GET", **headers: str) -> httpx2.Response:
        """Ask for a file, with a bearer token if there is one."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        return await self.http.request(method, path, headers=sent)

    async def ticket(self, invoice_id: str, token: str) -> str:
        """The path of a fresh ticket for an invoice."""
        answer = await self.mutate(invoice_id, token)
        path = answer["data"]["invoiceTicketCreate"]["ticket"]["path"]
        assert isinstance(path, str)
        return path

    async def mutate(self, invoice_id: str, token: str) -> dict[str, Any]:
        """The whole answer to asking for a ticket."""
        text = """mutation ($id: ID!) {
            invoiceTicketCreate(input: {invoiceId: $id}) { ticket { path expiresAt } errors { code } }
        }"""
        return await self.ask(text, token, id=invoice_id)

    async def ask(self, text: str, token: str, **variables: Any) -> dict[str, Any]:
        """The answer to a GraphQL operation."""
        reply = await self.http.post(
            "/graphql", json={"query": text, "variables": variables}, headers={"Authorization": f"Bearer {token}"}
        )
        answer = reply.json()
        assert isinstance(answer, dict)
        return answer

    async def close(self) -> None:
        await self.http.aclose()
        await self.made.passwords.close()
        await self.made.afterwards.settle()


MakeGateway = Callable[..., Any]


@pytest.fixture
def another(database: str, database_url: str, renderer: Counting) -> MakeGateway:
    """Makes a gateway of its own on the same database, as another process would be."""

    @asynccontextmanager
    async def make(renderer: Renderer = renderer, **settings: Any) -> AsyncIterator[Gateway]:
        made = Gateway(database_url, renderer, **settings)
        yield made
        await made.close()

    return make


@pytest.fixture
async def gateway(another: MakeGateway) -> AsyncIterator[Gateway]:
    async with another() as made:
        yield made


@pytest.fixture
async def people(database: str) -> People:
    return await make_people()
