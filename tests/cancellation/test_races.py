"""Declared, taken back and changed at the same time: one wins, and what is stored fits together (SECURITY MO4)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable
from typing import Any

import pytest
from tortoise.expressions import F

from gateway.errors import ErrorCode, GatewayError
from models import (
    AddOn,
    AuditEvent,
    Cancellation,
    CancellationReceipt,
    Contract,
    ContractEvent,
    Domain,
    OutboxMessage,
    Package,
    TariffChange,
)
from models.database import in_unit_of_work
from models.database.faults import Contended
from tests.cancellation.acting import declare, token, undo
from tests.proofs import proved
from tests.world import NOW, World, make_world

ROUNDS = 10
AT_ONCE = 50


@pytest.fixture
async def world(database: str) -> World:
    """The seeded world, in a database of its own."""
    return await make_world()


async def outcome(doing: Awaitable[Any]) -> str:
    """What came of it, by the code of its refusal."""
    try:
        await doing
    except GatewayError as error:
        return error.code.value
    except Contended:
        return "UNAVAILABLE"
    return "OK"


async def change_tariff(world: World, name: str) -> None:
    """Schedule a change as the mutation does: where the contract still runs, and by a step of its version."""
    owner = world.owner
    contract = await Contract.get(id=owner.contracts[name])

    async def schedule() -> None:
        unchanged = Contract.filter(id=contract.id, state="ACTIVE", version=contract.version)
        if not await unchanged.update(version=F("version") + 1):
            raise GatewayError(ErrorCode.CONFLICT, "cancellation.stale")
        await TariffChange.create(
            customer_id=owner.customer, package_id=contract.package_id, contract_id=contract.id,
            from_tariff_id=world.tariff, to_tariff_id=world.tariff, pending_for_id=contract.id, direction="DOWNGRADE",
            state="SCHEDULED", effective_on="2026-04-01", net_minor=1, gross_minor=1, currency="EUR", requested_at=NOW,
        )  # fmt: skip

    await in_unit_of_work(schedule)


def chosen(world: World) -> list[tuple[str, str, str | None]]:
    owner = world.owner
    return [
        (owner.domains["bücher-müller.example"], "TRANSFER", None),
        (owner.domains["laden.example"], "KEEP", owner.packages["club"]),
    ]


async def hold_together(world: World) -> None:
    """What a cancellation is, and what it made of things, says the same everywhere."""
    owner = world.owner
    contract = await Contract.get(id=owner.contracts["shop"])
    package = await Package.get(id=owner.packages["shop"])
    add_on = await AddOn.get(id=owner.add_ons["shop"])
    leaving = await Domain.get(id=owner.domains["bücher-müller.example"])
    waiting = await Cancellation.filter(contract_id=contract.id, state="DECLARED")
    states = {contract.state.value, package.state.value, add_on.state.value, leaving.state.value}
    assert states == ({"CANCELLED"} if waiting else {"ACTIVE"})
    assert len(waiting) <= 1
    for made in waiting:
        assert (contract.ends_on, leaving.ends_on) == (made.ends_on, made.ends_on)
        assert await TariffChange.filter(contract_id=contract.id, state="SCHEDULED").count() == 0
    of_shop = await Cancellation.filter(contract_id=contract.id)
    undone = [made for made in of_shop if made.state == "UNDONE"]
    assert await CancellationReceipt.filter(cancellation_id__in=[made.id for made in of_shop]).count() == len(of_shop)
    assert await OutboxMessage.filter(kind="mail.cancellation_declared").count() == len(of_shop)
    assert await OutboxMessage.filter(kind="mail.cancellation_undone").count() == len(undone)
    assert await AuditEvent.filter(action="cancellation.declare").count() == len(of_shop)
    assert await ContractEvent.filter(contract_id=contract.id, kind="CANCELLED", occurred_at__gte=NOW).count() == len(
        of_shop
    )


async def test_of_fifty_declarations_one_wins(world: World) -> None:
    owner, fates = world.owner, chosen(world)
    shown = await token(owner.customer, owner.packages["shop"], fates)
    codes = Counter(
        await asyncio.gather(
            *(
                outcome(declare(owner.customer, owner.packages["shop"], fates, shown, f"key-{number}"))
                for number in range(AT_ONCE)
            )
        )
    )
    assert codes["OK"] == 1
    assert set(codes) <= {"OK", "CONFLICT", "UNAVAILABLE"}
    await hold_together(world)
    proved(f"cancellation races ({AT_ONCE} parallel declarations, 1 winner)")


async def test_one_key_sent_fifty_times_is_one_cancellation(world: World) -> None:
    owner, fates = world.owner, chosen(world)
    shown = await token(owner.customer, owner.packages["shop"], fates)
    sent = [outcome(declare(owner.customer, owner.packages["shop"], fates, shown, "once")) for _ in range(AT_ONCE)]
    codes = Counter(await asyncio.gather(*sent))
    assert codes["OK"] >= 1
    assert await Cancellation.filter(contract_id=owner.contracts["shop"]).count() == 1
    await hold_together(world)


async def test_declared_taken_back_and_changed_at_once_it_stays_whole(world: World) -> None:
    owner, fates = world.owner, chosen(world)
    counted: Counter[str] = Counter()
    for turn in range(ROUNDS):
        waiting = await Cancellation.get_or_none(contract_id=owner.contracts["shop"], state="DECLARED")
        doing: list[Awaitable[Any]] = []
        if waiting is None:
            shown = await token(owner.customer, owner.packages["shop"], fates)
            doing += [
                declare(owner.customer, owner.packages["shop"], fates, shown, f"{turn}-{number}")
                for number in range(AT_ONCE // 2)
            ]
        else:
            doing += [undo(owner.customer, waiting.id) for _ in range(AT_ONCE // 2)]
        doing += [change_tariff(world, "shop") for _ in range(AT_ONCE - len(doing))]
        codes = Counter(await asyncio.gather(*map(outcome, doing)))
        assert set(codes) <= {"OK", "CONFLICT", "UNAVAILABLE"}
        counted += codes
        await hold_together(world)
        await TariffChange.filter(contract_id=owner.contracts["shop"]).delete()
        for made in await Cancellation.filter(contract_id=owner.contracts["shop"], state="DECLARED"):
            made.before = {id: noted for id, noted in made.before.items() if not id.startswith("tch")}
            await made.save(update_fields=["before"])
    assert counted["OK"] >= ROUNDS
    proved(f"cancellation, undo and tariff change at once ({ROUNDS} x {AT_ONCE}, {counted['OK']} done, 0 torn)")
