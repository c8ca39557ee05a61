"""Killed at any statement, a cancellation is whole or not at all (SECURITY R7): declared, taken back, carried out."""

from __future__ import annotations

import asyncio
import sys

import pytest

from models import AuditEvent, Cancellation, CancellationReceipt, Contract, Domain, OutboxMessage, Package
from tests.cancellation.acting import declare, token
from tests.proofs import proved
from tests.running_demo import ROOT
from tests.world import World, make_world


@pytest.fixture
async def world(database: str) -> World:
    """The seeded world, in a database of its own."""
    return await make_world()


async def killed_everywhere(url: str, *arguments: str) -> int:
    """At how many places it was killed before it came to its end; nothing was stored until then."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.cancellation.dying_process", url, *arguments,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, _ = await asyncio.wait_for(process.communicate(), 240)
    lines = output.decode().split()
    # The last but one died after its commit, so that the last found everything done: by a replay, or as a refusal.
    committed = next((place for place, digest in enumerate(lines) if digest != lines[0]), len(lines))
    assert committed > 10, lines
    assert len(set(lines[:committed])) == 1
    assert len({digest for digest in lines[committed:] if digest != "done"}) <= 1
    return committed


async def test_a_declaration_is_whole_or_not_at_all(world: World, database_url: str) -> None:
    owner = world.owner
    places = await killed_everywhere(
        database_url, "declare", owner.customer, owner.packages["shop"],
        owner.domains["bücher-müller.example"], owner.domains["laden.example"], owner.packages["club"],
    )  # fmt: skip
    (made,) = await Cancellation.filter(contract_id=owner.contracts["shop"])
    assert (await Contract.get(id=owner.contracts["shop"])).state == "CANCELLED"
    assert (await Package.get(id=owner.packages["shop"])).state == "CANCELLED"
    assert await CancellationReceipt.filter(cancellation_id=made.id).count() == 1
    assert await OutboxMessage.filter(kind="mail.cancellation_declared").count() == 1
    assert await AuditEvent.filter(action="cancellation.declare").count() == 1
    proved(f"cancellation declared: killed at {places} places, 1 cancellation")


async def _declared(world: World) -> str:
    owner = world.owner
    chosen: list[tuple[str, str, str | None]] = [
        (owner.domains["bücher-müller.example"], "TRANSFER", None),
        (owner.domains["laden.example"], "KEEP", owner.packages["club"]),
    ]
    shown = await token(owner.customer, owner.packages["shop"], chosen)
    return str((await declare(owner.customer, owner.packages["shop"], chosen, shown, "eins")).id)


async def test_taking_back_is_whole_or_not_at_all(world: World, database_url: str) -> None:
    id = await _declared(world)
    places = await killed_everywhere(database_url, "undo", world.owner.customer, id)
    assert (await Cancellation.get(id=id)).state == "UNDONE"
    assert (await Contract.get(id=world.owner.contracts["shop"])).state == "ACTIVE"
    assert (await Package.get(id=world.owner.packages["shop"])).state == "ACTIVE"
    assert await AuditEvent.filter(action="cancellation.undo").count() == 1
    proved(f"cancellation undone: killed at {places} places, once")


async def test_carrying_out_is_whole_or_not_at_all(world: World, database_url: str) -> None:
    id = await _declared(world)
    await Cancellation.exclude(id=id).update(ends_on="2028-01-01")
    places = await killed_everywhere(database_url, "carry-out", world.owner.customer, id)
    assert (await Cancellation.get(id=id)).state == "CARRIED_OUT"
    assert (await Contract.get(id=world.owner.contracts["shop"])).state == "ENDED"
    package = await Package.get(id=world.owner.packages["shop"])
    assert (package.state, package.password_hash) == ("ENDED", None)
    assert (await Domain.get(id=world.owner.domains["laden.example"])).package_id == world.owner.packages["club"]
    assert await OutboxMessage.filter(kind="mail.cancellation_carried_out").count() == 1
    assert await AuditEvent.filter(action="cancellation.carry_out").count() == 1
    proved(f"cancellation carried out: killed at {places} places, once")
