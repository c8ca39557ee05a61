"""The seeded world, made once for a run, and the gateway on copies of it: one for a module, or one for a test."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
import structlog

from models.database import close, connect
from tests.api.service import WIDE, Service, serving
from tests.databases import PostgresServer, copied
from tests.http.asking import Log
from tests.world import World, make_world


@dataclass(frozen=True)
class Seeded:
    """A database with the world in it (a file, or a name on `server`), to be copied."""

    place: str
    world: World
    server: PostgresServer | None

    @asynccontextmanager
    async def copy(self) -> AsyncIterator[str]:
        """The address of a copy, gone at the end."""
        with copied(self.place, self.server) as url:
            yield url


async def _seed(url: str) -> World:
    await connect(url)
    try:
        return await make_world()
    finally:
        await close()


@pytest.fixture(scope="session")
def seeded(
    database_kind: str, template: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Seeded:
    """The world in a database of its own."""
    if database_kind == "sqlite":
        path = tmp_path_factory.mktemp("world") / "world.sqlite3"
        shutil.copyfile(template, path)
        return Seeded(str(path), asyncio.run(_seed(f"sqlite:///{path}")), None)
    server: PostgresServer = request.getfixturevalue("postgres_server")
    asyncio.run(server.execute(f"CREATE DATABASE template_world TEMPLATE {template}"))
    return Seeded("template_world", asyncio.run(_seed(server.url("template_world"))), server)


@pytest.fixture(scope="session")
def world(seeded: Seeded) -> World:
    """What is in every copy."""
    return seeded.world


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(seeded: Seeded) -> AsyncIterator[Service]:
    """The gateway on a copy that a module reads and leaves as it is. Its tests run in the loop of their module."""
    async with seeded.copy() as url, serving(url, seeded.world, **WIDE) as service:
        yield service


@pytest_asyncio.fixture
async def service(seeded: Seeded) -> AsyncIterator[Service]:
    """The gateway with its own limits, on a copy for one test."""
    async with seeded.copy() as url, serving(url, seeded.world) as running:
        yield running


Serve = Callable[..., AbstractAsyncContextManager[Service]]


@pytest.fixture
def serve(seeded: Seeded) -> Serve:
    """`async with serve(introspection=False) as service:` for a test that needs settings of its own."""

    @asynccontextmanager
    async def start(**values: Any) -> AsyncIterator[Service]:
        async with seeded.copy() as url, serving(url, seeded.world, **values) as running:
            yield running

    return start


@pytest.fixture(autouse=True)
def sheets_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs at once on two processors are no reason to answer without the sheet of recovery codes."""
    monkeypatch.setattr("gateway.resolvers.two_factor.SHEET_SECONDS", 60.0)


@pytest.fixture
def log() -> Iterator[Log]:
    """Everything that is logged, at the most talkative level."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield Log(log_level="DEBUG")
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("uvicorn.access", "strawberry.execution"):
        logging.getLogger(name).disabled = False
