"""Audit entries are sealed into the chain of their customer, in whatever order units of work end."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from gateway.auth import audit, audit_chain
from gateway.auth.audit_chain import BEGINNING, SEALED_COLUMNS, canonical, end_seal, entry_seal
from gateway.keys import Keyring
from models import ActorKind, AuditChain, AuditEvent, Customer
from models.database import OutsideUnit, in_unit_of_work
from tests.auth.conftest import CLIENT, START, People
from tests.world import KEYS

RING = Keyring(KEYS)


def actor(customer: Customer) -> audit.Actor:
    return audit.Actor(ActorKind.CUSTOMER, customer.id, customer.id)


async def note(customer: Customer, action: str = "session.sign_in", times: int = 1) -> None:
    """A unit of work with so many entries."""

    async def write() -> None:
        for _ in range(times):
            await audit.record(actor(customer), CLIENT, START, action, detail={"failures": 3})

    await in_unit_of_work(write)


async def assert_whole(customer: Customer, entries: int) -> None:
    """The chain of a customer, recomputed from its first entry."""
    rows = await AuditEvent.filter(customer_id=customer.id).order_by("number")
    assert [row.number for row in rows] == list(range(1, entries + 1))
    end = BEGINNING
    for number, row in enumerate(rows, 1):
        assert row.seal == entry_seal(RING, 1, {name: getattr(row, name) for name in SEALED_COLUMNS}, end)
        end = end_seal(RING, customer.id, number, row.seal)
    chain = await AuditChain.get(customer_id=customer.id)
    assert (chain.number, chain.seal) == (entries, end)


async def test_entries_of_a_customer_continue_the_chain(people: People) -> None:
    await note(people.eve)
    await note(people.otto)
    await note(people.eve, times=3)
    await assert_whole(people.eve, 4)
    await assert_whole(people.otto, 1)


async def test_units_of_one_customer_at_once_both_survive(people: People) -> None:
    await asyncio.gather(*(note(people.eve, times=2) for _ in range(25)), *(note(people.otto) for _ in range(5)))
    await assert_whole(people.eve, 50)
    await assert_whole(people.otto, 5)


async def test_units_over_several_customers_are_in_nobodys_way(people: People) -> None:
    async def both(first: Customer, second: Customer) -> None:
        for customer in (first, second):
            await audit.record(actor(customer), CLIENT, START, "customer.import")

    work = [lambda: both(people.eve, people.otto), lambda: both(people.otto, people.eve)] * 10
    await asyncio.gather(*(in_unit_of_work(one) for one in work))
    await assert_whole(people.eve, 20)
    await assert_whole(people.otto, 20)


async def test_a_unit_that_fails_leaves_the_chain_as_it_was(people: People) -> None:
    await note(people.eve)

    async def fail() -> None:
        await audit.record(actor(people.eve), CLIENT, START, "session.end")
        raise LookupError

    with pytest.raises(LookupError):
        await in_unit_of_work(fail)
    await assert_whole(people.eve, 1)


async def test_an_entry_needs_a_unit_of_work(people: People) -> None:
    with pytest.raises(OutsideUnit):
        await audit.record(actor(people.eve), CLIENT, START, "session.end")


async def test_a_process_without_a_key_writes_nothing(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_chain._Installed, "keyring", None)
    with pytest.raises(RuntimeError, match="keyring"):
        await note(people.eve)
    assert not await AuditEvent.exists()


async def test_entries_go_on_with_a_new_key(people: People) -> None:
    await note(people.eve)
    both = Keyring({**KEYS, 2: b"2" * 32})
    audit_chain.seal_with(both)
    try:
        await note(people.eve)
    finally:
        audit_chain.seal_with(RING)
    first, second = await AuditEvent.filter(customer_id=people.eve.id).order_by("number")
    values = {name: getattr(second, name) for name in SEALED_COLUMNS}
    assert second.seal == entry_seal(both, 2, values, end_seal(both, people.eve.id, 1, first.seal or ""))
    assert (await AuditChain.get(customer_id=people.eve.id)).seal == end_seal(both, people.eve.id, 2, second.seal)


def test_every_column_is_sealed() -> None:
    assert {*SEALED_COLUMNS, "seal"} == set(AuditEvent._meta.fields_db_projection)


def test_what_databases_give_back_otherwise_cannot_be_sealed() -> None:
    entry: dict[str, object] = dict.fromkeys(SEALED_COLUMNS) | {"occurred_at": datetime(2026, 3, 1, tzinfo=UTC)}
    assert canonical(entry | {"detail": {"b": 1, "a": ["x", None, True]}})
    for detail in ({"share": 0.5}, {"at": START}, {1: "x"}):
        with pytest.raises(TypeError):
            canonical(entry | {"detail": detail})


def test_a_seal_belongs_to_its_key_its_place_and_its_purpose() -> None:
    entry: dict[str, object] = dict.fromkeys(SEALED_COLUMNS) | {"occurred_at": START}
    other = Keyring({1: b"x" * 32})
    seals = {
        entry_seal(RING, 1, entry, BEGINNING),
        entry_seal(other, 1, entry, BEGINNING),
        entry_seal(RING, 1, entry, "1:00"),
        end_seal(RING, "cus", 1, "1:00"),
        end_seal(RING, "cus", 2, "1:00"),
        end_seal(RING, "other", 1, "1:00"),
    }
    assert len(seals) == 6
