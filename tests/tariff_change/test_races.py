"""Changed to several tariffs, taken back and cancelled at the same time: one wins (SECURITY MO4)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable
from typing import Any

import pytest
from tortoise.expressions import F

from gateway.auth.sessions import hold_customer
from gateway.errors import ErrorCode, GatewayError
from gateway.jobs.tariff_change import change_due
from models import Contract, OutboxMessage, Package, TariffChange
from models.database import in_unit_of_work
from models.database.faults import Contended
from tests.proofs import proved
from tests.tariff_change.acting import change, revoke, shown, tariff
from tests.world import NOW, World, make_world

AT_ONCE = 50


@pytest.fixture
async def world(database: str) -> World:
    """The seeded world, in a database of its own; nothing waits in it."""
    made = await make_world()
    await TariffChange.all().update(state="REVOKED", pending_for_id=None)
    return made


async def outcome(doing: Awaitable[Any]) -> str:
    """What came of it, by the code of its refusal."""
    try:
        await doing
    except GatewayError as error:
        return error.code.value
    except Contended:
        return "UNAVAILABLE"
    return "OK"


async def cancel(world: World) -> None:
    """End the contract as a cancellation does: where it still is as it was read."""
    contract = await Contract.get(id=world.owner.contracts["shop"])

    async def write() -> None:
        await hold_customer(world.owner.customer)
        unchanged = Contract.filter(id=contract.id, state="ACTIVE", version=contract.version)
        if not await unchanged.update(state="CANCELLED", ends_on="2026-12-31", version=F("version") + 1):
            raise GatewayError(ErrorCode.CONFLICT, "cancellation.stale")

    await in_unit_of_work(write)


async def test_of_fifty_mixed_requests_one_wins(world: World) -> None:
    owner, package, id = world.owner, world.owner.packages["shop"], world.owner.contracts["shop"]
    before = await Contract.get(id=id)
    up, down = await tariff("gross", 2_000), await tariff("klein", 1)
    tokens = {one.id: (await shown(owner.customer, package, one.id)).token or "" for one in (up, down)}
    doing: list[Awaitable[Any]] = []
    for number in range(AT_ONCE):
        if number % 5 == 4:
            doing.append(cancel(world))
        else:
            wanted = up if number % 2 else down
            doing.append(change(owner.customer, package, wanted.id, tokens[wanted.id], f"key-{number}"))
    codes = Counter(await asyncio.gather(*map(outcome, doing)))
    assert codes["OK"] == 1, codes
    assert set(codes) <= {"OK", "CONFLICT", "UNAVAILABLE"}
    after, made = await Contract.get(id=id), await TariffChange.filter(contract_id=id, requested_at=NOW)
    assert after.version == before.version + 1
    assert len(made) == (after.state == "ACTIVE")
    assert await OutboxMessage.filter(kind__startswith="mail.tariff_change").count() == len(made)
    for one in made:
        upgraded = one.state == "CARRIED_OUT"
        assert after.tariff_id == (up.id if upgraded else before.tariff_id)
        assert ((await Package.get(id=package)).type_id == up.type_id) == upgraded
    proved(f"tariff change races ({AT_ONCE} parallel, 1 winner)")


async def test_taken_back_and_carried_out_at_once_only_one_happens(world: World) -> None:
    owner, down = world.owner, await tariff("klein", 1)
    token = (await shown(owner.customer, owner.packages["shop"], down.id)).token or ""
    made = await change(owner.customer, owner.packages["shop"], down.id, token, "eins")
    later = NOW.replace(year=2027)
    both = [outcome(revoke(owner.customer, made.id)) for _ in range(20)]
    settled = asyncio.gather(*(outcome(change_due(later)) for _ in range(3)))
    codes = Counter(await asyncio.gather(*both))
    await settled
    after = await TariffChange.get(id=made.id)
    tariff_now = (await Contract.get(id=made.contract_id)).tariff_id
    if after.state == "REVOKED":
        assert (codes["OK"], tariff_now) == (1, made.from_tariff_id)
    else:
        assert (after.state, codes["OK"], tariff_now) == ("CARRIED_OUT", 0, down.id)
    told = await OutboxMessage.filter(kind__in=["mail.tariff_change_done", "mail.tariff_change_revoked"]).count()
    assert told == 1
