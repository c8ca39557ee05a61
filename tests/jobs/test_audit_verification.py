"""Whoever changes, moves, removes or puts in an audit entry is found out, whatever else they mend."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from tortoise.connection import get_connection

from gateway.auth import audit
from gateway.auth.audit_chain import SEALED_COLUMNS, append
from gateway.jobs import audit_verification
from gateway.jobs.audit_verification import Finding, Problem, Tally, find_customer, verify
from gateway.keys import Keyring
from models import ActorKind, AuditChain, AuditEvent, Customer
from models.database import at_end, fetch, in_unit_of_work
from tests.append_only import allow_changes
from tests.auth.conftest import CLIENT, START, Door, People, make_people
from tests.world import KEYS

RING = Keyring(KEYS)
ENTRIES = 5


async def note(people: People, customer: Customer, action: str = "session.sign_in") -> None:
    async def write() -> None:
        actor = audit.Actor(ActorKind.CUSTOMER, customer.id, customer.id, None, "ses_1")
        detail = {"failures": 3, "names": ["ä", None, True]}
        at = CLIENT
        await audit.record(actor, at, START, action, object_id=customer.id, package_id=people.hosted.id, detail=detail)

    await in_unit_of_work(write)


@pytest.fixture
async def people(database: str, monkeypatch: pytest.MonkeyPatch) -> People:
    """Eve and Otto with five entries each, in tables that somebody can get at; rows are read three at a time."""
    monkeypatch.setattr(audit_verification, "ENTRIES_AT_ONCE", 3)
    monkeypatch.setattr(audit_verification, "CUSTOMERS_AT_ONCE", 1)
    door = Door()
    made = await make_people(door)
    await door.close()
    for _ in range(ENTRIES):
        await note(made, made.eve)
        await note(made, made.otto)
    await allow_changes()
    return made


async def found(ring: Keyring = RING, only: str | None = None) -> list[Finding]:
    return [finding async for finding in verify(ring, Tally(), only)]


async def problems(ring: Keyring = RING) -> list[tuple[Problem, int | None]]:
    """What is wrong with Eve's entries; nothing ever is with Otto's."""
    everything = await found(ring)
    assert {finding.customer for finding in everything} <= {"10001"}
    return [(finding.problem, finding.number) for finding in everything]


def entries(people: People) -> Any:
    return AuditEvent.filter(customer_id=people.eve.id)


async def test_what_nobody_touched_holds(people: People) -> None:
    tally = Tally()
    assert [finding async for finding in verify(RING, tally)] == []
    assert (tally.customers, tally.entries, tally.unsealed) == (2, 2 * ENTRIES, 0)


CHANGES: dict[str, Any] = {
    "package_id": None, "occurred_at": START + timedelta(microseconds=1),
    "actor_kind": "OPERATOR", "actor_id": "cus_2", "session_id": None, "address": "198.51.100.0",
    "action": "session.end", "object_id": "cus_2", "result": "NOT_FOUND", "request_id": "other",
    "detail": {"failures": 4, "names": ["ä", None, True]},
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("number", [1, 3, ENTRIES])
async def test_a_changed_column_is_found(people: People, column: str, number: int) -> None:
    assert await entries(people).filter(number=number).update(**{column: CHANGES[column]}) == 1
    assert await problems() == [(Problem.CHANGED, number)]


@pytest.mark.parametrize("change", ["actor_kind = 'NOBODY'", "id = 'aud_01h455vb4pex5vsknk084sn02q'", "action = ''"])
async def test_what_no_model_would_write_is_found(people: People, change: str) -> None:
    where = f"WHERE number = 2 AND customer_id = '{people.eve.id}'"
    await get_connection("default").execute_query(f"UPDATE audit_event SET {change} {where}")
    assert await problems() == [(Problem.CHANGED, 2)]


def test_every_column_is_tried() -> None:
    assert {*CHANGES, "customer_id", "number", "id"} == set(SEALED_COLUMNS)


async def test_an_entry_given_to_somebody_else_is_found(people: People) -> None:
    await entries(people).filter(number=ENTRIES).update(customer_id=people.otto.id, number=ENTRIES + 1)
    told = {(finding.customer, finding.problem) for finding in await found()}
    assert {("10001", Problem.TRUNCATED), ("10002", Problem.CHANGED), ("10002", Problem.TRUNCATED)} == told


async def test_a_changed_seal_is_found(people: People) -> None:
    await entries(people).filter(number=3).update(seal="1:" + "0" * 64)
    assert await problems() == [(Problem.CHANGED, 3), (Problem.CHANGED, 4)]
    await entries(people).filter(number=3).update(seal="nonsense")
    assert (Problem.CHANGED, 3) in await problems()


@pytest.mark.parametrize("number", [1, 3])
async def test_a_removed_entry_is_found(people: People, number: int) -> None:
    await entries(people).filter(number=number).delete()
    assert await problems() == [(Problem.REMOVED, number)]


async def test_several_removed_entries_are_told_at_once(people: People) -> None:
    await entries(people).filter(number__in=(2, 3, 4)).delete()
    (finding,) = await found()
    assert str(finding) == "customer 10001: each of the entries 2 to 4 is missing"


@pytest.mark.parametrize("kept", [0, ENTRIES - 1])
async def test_entries_removed_from_the_end_are_found(people: People, kept: int) -> None:
    await entries(people).filter(number__gt=kept).delete()
    assert [problem for problem, _ in await problems()] == [Problem.TRUNCATED]


async def test_an_end_moved_back_to_what_is_left_is_found(people: People) -> None:
    await entries(people).filter(number=ENTRIES).delete()
    last = await entries(people).get(number=ENTRIES - 1)
    await AuditChain.filter(customer_id=people.eve.id).update(number=ENTRIES - 1, seal=last.seal)
    assert await problems() == [(Problem.TRUNCATED, ENTRIES - 1)]


async def test_a_removed_entry_whose_followers_move_up_is_found(people: People) -> None:
    await entries(people).filter(number=2).delete()
    for number in range(3, ENTRIES + 1):
        await entries(people).filter(number=number).update(number=number - 1)
    await AuditChain.filter(customer_id=people.eve.id).update(number=ENTRIES - 1)
    changed = [number for problem, number in await problems() if problem is Problem.CHANGED]
    assert changed == [2, 3, 4]


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, ENTRIES)])
async def test_entries_that_change_places_are_found(people: People, first: int, second: int) -> None:
    ids = {number: (await entries(people).get(number=number)).id for number in (first, second)}
    for id, number in ((ids[first], 99), (ids[second], first), (ids[first], second)):
        await AuditEvent.filter(id=id).update(number=number)
    changed = {number for problem, number in await problems() if problem is Problem.CHANGED}
    assert {first, second} <= changed


async def test_an_entry_put_in_is_found(people: People) -> None:
    last = await entries(people).get(number=ENTRIES)
    await AuditEvent(**{name: getattr(last, name) for name in SEALED_COLUMNS if name not in ("id", "number")},
                     number=ENTRIES + 1, seal=last.seal).save(force_create=True)  # fmt: skip
    assert {problem for problem, _ in await problems()} == {Problem.CHANGED, Problem.TRUNCATED}


async def test_an_entry_without_a_seal_is_found_unless_it_is_older_than_the_chain(people: People) -> None:
    plain: dict[str, Any] = {
        "occurred_at": START,
        "actor_kind": "CUSTOMER",
        "action": "session.sign_in",
        "result": "OK",
    }
    await AuditEvent.create(customer_id=people.eve.id, id="aud_00000000000000000000000000", **plain)
    tally = Tally()
    assert [finding async for finding in verify(RING, tally)] == []
    assert tally.unsealed == 1
    await AuditEvent.create(customer_id=people.eve.id, **plain)
    assert [problem for problem, _ in await problems()] == [Problem.UNSEALED]


async def test_an_entry_taken_out_of_its_chain_is_found(people: People) -> None:
    await entries(people).filter(number=2).update(number=None, seal=None)
    assert {problem for problem, _ in await problems()} == {Problem.REMOVED, Problem.UNSEALED}


async def test_a_number_below_the_first_is_found(people: People) -> None:
    await entries(people).filter(number=1).update(number=-7)
    assert (Problem.CHANGED, -7) in await problems()


async def test_a_removed_end_is_found(people: People) -> None:
    await AuditChain.filter(customer_id=people.eve.id).delete()
    assert [problem for problem, _ in await problems()] == [Problem.NO_CHAIN]


async def test_a_key_that_was_given_up_is_told(people: People) -> None:
    told = {finding.problem for finding in await found(Keyring({2: b"2" * 32}))}
    assert told == {Problem.UNKNOWN_KEY}
    wrong = {finding.problem for finding in await found(Keyring({1: b"x" * 32}))}
    assert wrong == {Problem.CHANGED, Problem.TRUNCATED}


async def test_one_customer_can_be_looked_at_alone(people: People) -> None:
    await entries(people).filter(number=2).update(result="X")
    assert await found(only=await find_customer("10002")) == []
    assert len(await found(only=await find_customer("10001"))) == 1
    assert await find_customer("4711") is None


async def test_entries_written_meanwhile_are_no_defect(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    read: Callable[..., Awaitable[Any]] = fetch

    async def and_somebody_writes(sql: str, arguments: list[Any]) -> Any:
        rows = await read(sql, arguments)
        for customer in (people.eve, people.otto):
            await note(people, customer)
        return rows

    monkeypatch.setattr(audit_verification, "fetch", and_somebody_writes)
    monkeypatch.setattr(audit_verification, "ENTRIES_AT_ONCE", 6)
    assert await found() == []


async def test_entries_of_many_customers_in_one_unit_hold(people: People) -> None:
    def entry(customer: Customer) -> AuditEvent:
        return AuditEvent(
            customer_id=customer.id, occurred_at=START, actor_kind="OPERATOR", action="customer.import", result="OK",
            detail={"changed": ["city"]},
        )  # fmt: skip

    async def work() -> None:
        for customer in (people.otto, people.eve, people.otto):
            at_end(append, entry(customer))

    await in_unit_of_work(work)
    assert await found() == []
