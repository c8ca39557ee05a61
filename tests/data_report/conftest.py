"""A world, somebody who draws, and reports made of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from gateway.documents.render import Renderer
from tests.world import World, make_world


@pytest.fixture
async def world(database: str) -> World:
    """The seeded world, in a database of its own."""
    return await make_world()


class InPlace(Renderer):
    """Draws at once, in this process: the same documents without a process to start."""

    def __init__(self) -> None:
        self.drawn = 0

    async def render(self, function: Callable[..., bytes], document: object) -> bytes:
        self.drawn += 1
        return function(document)


@pytest_asyncio.fixture
async def renderer() -> AsyncIterator[InPlace]:
    """Somebody who draws."""
    yield InPlace()
