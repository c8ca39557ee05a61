"""The host's system as a process, and packages whose operations say what it does with them."""

from __future__ import annotations

import asyncio
import json
import sys
import urllib.request
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from gateway.auth.operations import Wish, request_all
from gateway.auth.viewer import SCOPES_OF, Viewer
from models import Operation, SessionKind
from models.database import in_unit_of_work
from tests.running_demo import ROOT
from tests.world import NOW, World, make_world

SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"


class Process:
    """A process that prints a port."""

    def __init__(self, running: asyncio.subprocess.Process, port: int) -> None:
        self.running = running
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    async def kill(self) -> None:
        """SIGKILL, and wait."""
        if self.running.returncode is None:
            self.running.kill()
        await self.running.wait()


async def started(module: str, *arguments: str) -> Process:
    """A Python process that has come up."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert running.stdout is not None
    line = await asyncio.wait_for(running.stdout.readline(), 60)
    return Process(running, int(line))


class Receiver(Process):
    """The host's system."""

    journal: Path

    async def calls(self, address: str) -> None:
        """Have it tell results there."""
        asked = urllib.request.Request(f"{self.url}/callback", address.encode(), method="PUT")
        await asyncio.to_thread(lambda: urllib.request.urlopen(asked, timeout=10).close())

    def noted(self, what: str) -> list[dict[str, Any]]:
        """The lines of its journal of one kind."""
        if not self.journal.exists():
            return []
        lines = [json.loads(line) for line in self.journal.read_text().splitlines()]
        return [line for line in lines if line["what"] == what]


@pytest.fixture
async def receiver(tmp_path: Path) -> AsyncIterator[Receiver]:
    """A receiver that runs for a test."""
    journal = tmp_path / "journal"
    made = await started("tests.provisioning.receiver", str(journal), SECRET)
    system = Receiver(made.running, made.port)
    system.journal = journal
    yield system
    await system.kill()


@pytest.fixture
async def world(database: str) -> World:
    """The seeded world, without operations."""
    made = await make_world()
    await Operation.all().delete()
    return made


async def asked(
    world: World, package: str, scripts: Sequence[Sequence[str]], kind: str = "cron_job.change"
) -> list[str]:
    """An operation for each script, in this order: their ids."""
    viewer = Viewer(SessionKind.CUSTOMER, world.owner.customer, None, SCOPES_OF[SessionKind.CUSTOMER], "")
    wishes = [Wish(kind, f"crn_{number}", {"script": list(script)}) for number, script in enumerate(scripts)]
    id = world.owner.packages[package]
    return [row.id for row in await in_unit_of_work(lambda: request_all(viewer, id, wishes, NOW))]
