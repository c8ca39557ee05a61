"""Killed at any statement, a change of a tariff is whole or not at all (SECURITY R7): asked for, taken back, carried out."""

from __future__ import annotations

import asyncio
import sys

import pytest

from models import AuditEvent, Contract, ContractEvent, OutboxMessage, Package, TariffChange
from tests.proofs import proved
from tests.running_demo import ROOT
from tests.tariff_change.acting import change, shown, tariff
from tests.world import World, make_world


@pytest.fixture
async def world(database: str) -> World:
    """The seeded world, in a database of its own; nothing waits in it."""
    made = await make_world()
    await TariffChange.all().update(state="REVOKED", pending_for_id=None)
    return made


async def killed_everywhere(url: str, *arguments: str) -> int:
    """At how many places it was killed before it came to its end; nothing was stored until then."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.tariff_change.dying_process", url, *arguments,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, _ = await asyncio.wait_for(process.communicate(), 240)
    lines = output.decode().split()
    committed = next((place for place, digest in enumerate(lines) if digest != lines[0]), len(lines))
    assert committed > 8, lines
    assert len({digest for digest in lines[committed:] if digest != "done"}) <= 1
    return committed


async def test_an_upgrade_is_whole_or_not_at_all(world: World, database_url: str) -> None:
    owner, larger = world.owner, await tariff("gross", 2_000)
    contract = owner.contracts["shop"]
    places = await killed_everywhere(database_url, "change", owner.customer, owner.packages["shop"], larger.id)
    (made,) = await TariffChange.filter(contract_id=contract, state="CARRIED_OUT", to_tariff_id=larger.id)
    after = await Contract.get(id=contract)
    assert (after.tariff_id, after.net_minor, after.gross_minor) == (larger.id, made.net_minor, made.gross_minor)
    assert (await Package.get(id=owner.packages["shop"])).type_id == larger.type_id
    assert await OutboxMessage.filter(kind="mail.tariff_change_done").count() == 1
    assert await AuditEvent.filter(action="tariff_change.request").count() == 1
    assert await ContractEvent.filter(contract_id=contract, kind="TARIFF_CHANGED", tariff_id=larger.id).count() == 1
    proved(f"tariff changed: killed at {places} places, 1 change")


async def scheduled(world: World) -> TariffChange:
    """A downgrade that waits."""
    owner, smaller = world.owner, await tariff("klein", 1)
    option = await shown(owner.customer, owner.packages["shop"], smaller.id)
    return await change(owner.customer, owner.packages["shop"], smaller.id, option.token or "", "eins")


async def test_taking_back_is_whole_or_not_at_all(world: World, database_url: str) -> None:
    made, before = await scheduled(world), await Contract.get(id=world.owner.contracts["shop"])
    places = await killed_everywhere(database_url, "revoke", world.owner.customer, made.id)
    after = await TariffChange.get(id=made.id)
    assert (after.state, after.pending_for_id) == ("REVOKED", None)
    assert (await Contract.get(id=before.id)).tariff_id == before.tariff_id
    assert await OutboxMessage.filter(kind="mail.tariff_change_revoked").count() == 1
    proved(f"tariff change taken back: killed at {places} places, once")


async def test_carrying_out_is_whole_or_not_at_all(world: World, database_url: str) -> None:
    made = await scheduled(world)
    places = await killed_everywhere(database_url, "carry-out", world.owner.customer, made.id)
    assert (await TariffChange.get(id=made.id)).state == "CARRIED_OUT"
    assert (await Contract.get(id=made.contract_id)).tariff_id == made.to_tariff_id
    assert await OutboxMessage.filter(kind="mail.tariff_change_done").count() == 1
    assert await AuditEvent.filter(action="tariff_change.finish").count() == 1
    proved(f"tariff change carried out: killed at {places} places, once")
