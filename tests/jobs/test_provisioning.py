"""Operations reach the host's systems at least once, those of a package one after the other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from gateway.auth.operations import SealedSecrets, request, sealed
from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.errors import ErrorCode, GatewayError
from gateway.jobs.operation_end import UNREACHABLE
from gateway.jobs.provisioning import LEASE, PATIENCE, OperationRounds
from gateway.ports.provisioning import Accepted, Answer, Embedded, Order, Provisioning, Result
from models import Operation, SessionKind
from models.database import in_unit_of_work
from tests.databases import RING
from tests.world import NOW, World, make_world

DONE = Answer(Result.SUCCEEDED)


class Host:
    """Another system that remembers what it was given, and answers as it is told."""

    def __init__(self, *, broken: bool = False, answer: Answer | Accepted = DONE) -> None:
        self.given: list[Order] = []
        self.broken = broken
        self.answer = answer

    async def apply(self, order: Order) -> Answer | Accepted:
        self.given.append(order)
        await asyncio.sleep(0)
        if self.broken:
            raise ConnectionError("gone, with the words of somebody else")
        return self.answer


@pytest.fixture
async def world(database: str) -> World:
    """The seeded world, without operations."""
    made = await make_world()
    await Operation.all().delete()
    return made


def viewer(world: World, package: str | None = None) -> Viewer:
    kind = SessionKind.CUSTOMER if package is None else SessionKind.PACKAGE
    return Viewer(kind, world.owner.customer, package, SCOPES_OF[kind], "")


async def ask(
    world: World,
    package: str = "shop",
    secrets: SealedSecrets | None = None,
    now: datetime = NOW,
    desired: Mapping[str, object] | None = None,
) -> Operation:
    id = world.owner.packages[package]
    return await in_unit_of_work(
        lambda: request(viewer(world), id, "mailbox.create", "mbx_1", desired or {}, now, secrets=secrets)
    )


def rounds(host: Provisioning, **limits: int) -> OperationRounds:
    return OperationRounds(host, RING, **limits)


async def states() -> list[str]:
    return [row.state.value for row in await Operation.all().order_by("package_id", "number")]


async def test_numbers_count_per_package_also_when_asked_for_at_once(world: World) -> None:
    made = await asyncio.gather(*(ask(world) for _ in range(10)), ask(world, "club"))
    assert sorted(one.number for one in made[:-1]) == list(range(1, 11))
    assert made[-1].number == 1


async def test_a_unit_that_fails_leaves_no_operation(world: World) -> None:
    async def work() -> None:
        await request(viewer(world), world.owner.packages["shop"], "mailbox.create", "mbx_1", {}, NOW)
        raise KeyError

    with pytest.raises(KeyError):
        await in_unit_of_work(work)
    assert await Operation.all().count() == 0


async def test_a_package_that_is_not_there_for_the_viewer_gets_none(world: World) -> None:
    login = viewer(world, world.owner.packages["shop"])
    with pytest.raises(GatewayError) as refusal:
        await in_unit_of_work(lambda: request(login, world.owner.packages["club"], "mailbox.create", "mbx_1", {}, NOW))
    assert refusal.value.code is ErrorCode.NOT_FOUND
    assert await Operation.all().count() == 0


async def test_the_embedded_host_carries_out_at_once_and_in_order(world: World) -> None:
    for _ in range(3):
        await ask(world)
    job = rounds(Embedded())
    assert [await job.step(NOW) for _ in range(4)] == [1, 1, 1, 0]
    rows = await Operation.all()
    assert {(row.state.value, row.progress, row.started_at, row.finished_at) for row in rows} == {
        ("SUCCEEDED", 100, NOW, NOW)
    }


async def test_each_package_has_its_own_order(world: World) -> None:
    first, second, other = await ask(world), await ask(world), await ask(world, "club")
    host = Host(broken=True)
    job = rounds(host)
    await job.step(NOW)
    assert {order.id for order in host.given} == {first.id, other.id}
    host.broken = False
    await job.step(NOW + timedelta(minutes=1))
    await job.step(NOW + timedelta(minutes=1))
    assert [order.id for order in host.given if order.package_id == first.package_id] == [first.id, first.id, second.id]


async def test_two_workers_hand_over_once(world: World) -> None:
    for package in ("shop", "club"):
        await ask(world, package)
    host = Host()
    await asyncio.gather(*(rounds(host).step(NOW) for _ in range(5)))
    assert len(host.given) == 2


async def test_what_a_dead_worker_held_is_handed_over_again_with_the_same_id(world: World) -> None:
    asked = await ask(world)
    host = Host()

    class Dying:
        async def apply(self, order: Order) -> Answer:
            host.given.append(order)
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await rounds(Dying()).step(NOW)
    assert await rounds(host).step(NOW + LEASE - timedelta(seconds=1)) == 0
    assert await rounds(host).step(NOW + LEASE) == 1
    assert [order.id for order in host.given] == [asked.id, asked.id]
    assert await states() == ["SUCCEEDED"]


async def test_what_fails_comes_back_later_and_is_given_up_in_the_end(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await ask(world, secrets=sealed(RING, password_hash="very secret"))
    await ask(world)
    host, now = Host(broken=True), NOW
    job = rounds(host, most_attempts=3)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert await job.step(now) == 1
            assert await job.step(now) == 0, "not before its time"
            now += timedelta(hours=1)
        assert [await job.step(now), await job.step(now)] == [1, 1]
    first, second = await Operation.all().order_by("number")
    assert (first.state.value, first.error, first.dead_at is not None) == ("FAILED", UNREACHABLE, True)
    assert first.secrets_sealed is None
    assert second.attempts == 1, "those behind it go on"
    assert "words of somebody else" not in caplog.text
    assert "very secret" not in caplog.text


async def test_a_refusal_ends_it_with_its_code(world: World) -> None:
    await ask(world)
    await rounds(Host(answer=Answer(Result.FAILED, "QUOTA_TOO_LARGE"))).step(NOW)
    row = await Operation.get()
    assert (row.state.value, row.error, row.progress, row.dead_at) == ("FAILED", "QUOTA_TOO_LARGE", 0, None)


async def test_secrets_reach_the_host_alone_and_are_gone_afterwards(world: World) -> None:
    await ask(world, secrets=sealed(RING, password_hash="very secret"), desired={"quotaMb": 10})
    assert "very secret" not in repr(await Operation.all().values())
    host = Host()
    await rounds(host).step(NOW)
    (order,) = host.given
    assert (order.desired, order.secrets) == ({"quotaMb": 10}, {"password_hash": "very secret"})
    assert "very secret" not in repr(order)
    assert (await Operation.get()).secrets_sealed is None


async def test_what_was_accepted_stays_handed_over_and_holds_back_what_is_behind_it(world: World) -> None:
    first, _ = await ask(world), await ask(world)
    host = Host(answer=Accepted())
    job = rounds(host)
    assert await job.step(NOW) == 1
    assert await states() == ["RUNNING", "QUEUED"]
    assert await job.step(NOW + PATIENCE - timedelta(seconds=1)) == 0
    assert await job.step(NOW + PATIENCE) == 1
    assert [order.id for order in host.given] == [first.id, first.id]


async def test_what_was_accepted_and_never_ends_is_given_up(world: World) -> None:
    asked = await ask(world, secrets=sealed(RING, password="very secret"))
    host, now = Host(answer=Accepted()), NOW
    job = rounds(host, most_attempts=2)
    for handed_over in (1, 2, 2):
        assert await job.step(now) == 1
        assert len(host.given) == handed_over
        now += PATIENCE
    row = await Operation.get(id=asked.id)
    assert (row.state.value, row.error, row.dead_at, row.secrets_sealed) == (
        "FAILED",
        UNREACHABLE,
        now - PATIENCE,
        None,
    )
    assert await job.step(now) == 0
