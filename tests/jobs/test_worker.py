"""The worker sends what is in the outbox at least once, gives the rest of the world time, and gives up in the end."""

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from gateway.jobs.outbox import MOST_ATTEMPTS, note_failed, note_sent, take_due, wait_after
from gateway.jobs.worker import LEASE, Handler, Worker
from gateway.ports.delivery import Undeliverable
from models import OutboxMessage

pytestmark = pytest.mark.usefixtures("database")

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock:
    """A time that tests move."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Sent:
    """A handler that keeps what it was given, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.ids: list[str] = []
        self.failures = failures

    async def __call__(self, message: OutboxMessage) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("geheim")
        self.ids.append(message.id)


async def enqueue(kind: str = "test.thing", payload: Any = None, at: datetime = START) -> OutboxMessage:
    return await OutboxMessage.create(kind=kind, payload=payload or {}, created_at=at, available_at=at)


def worker(handler: Handler, clock: Clock) -> Worker:
    return Worker({"test": handler}, clock=clock, rest=0.01)


async def test_what_is_due_is_sent_once_and_what_is_not_waits() -> None:
    clock, sent = Clock(), Sent()
    due, later = await enqueue(), await enqueue(at=START + timedelta(minutes=5))
    assert await worker(sent, clock).run_once() == 1
    assert await worker(sent, clock).run_once() == 0
    assert sent.ids == [due.id]
    assert (await OutboxMessage.get(id=due.id)).sent_at == START
    clock.now += timedelta(minutes=5)
    await worker(sent, clock).run_once()
    assert sent.ids == [due.id, later.id]


async def test_what_was_taken_by_a_worker_that_died_is_taken_again_after_the_lease() -> None:
    message = await enqueue()
    assert [taken.id for taken in await take_due(START, lease=LEASE, most=10)] == [message.id]
    assert list(await take_due(START + LEASE - timedelta(seconds=1), lease=LEASE, most=10)) == []
    assert [taken.attempts for taken in await take_due(START + LEASE, lease=LEASE, most=10)] == [2]


async def test_many_workers_at_once_take_each_message_once() -> None:
    ids = {(await enqueue()).id for _ in range(30)}
    taken = await asyncio.gather(*(take_due(START, lease=LEASE, most=5) for _ in range(12)))
    assert sorted(message.id for batch in taken for message in batch) == sorted(ids)


async def test_a_failure_is_tried_again_later_and_its_text_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    clock, sent = Clock(), Sent(failures=1)
    message = await enqueue()
    await worker(sent, clock).run_once()
    waiting = await OutboxMessage.get(id=message.id)
    assert (waiting.sent_at, waiting.failed_at, waiting.attempts) == (None, None, 1)
    assert START < waiting.available_at <= START + timedelta(seconds=10)
    assert message.id in caplog.text
    assert "geheim" not in caplog.text
    clock.now = waiting.available_at
    await worker(sent, clock).run_once()
    assert sent.ids == [message.id]


async def test_a_message_is_given_up_after_so_many_tries() -> None:
    clock, sent = Clock(), Sent(failures=1_000)
    message = await enqueue()
    for _ in range(MOST_ATTEMPTS + 3):
        await worker(sent, clock).run_once()
        clock.now += timedelta(days=1)
    dead = await OutboxMessage.get(id=message.id)
    assert (dead.attempts, dead.sent_at) == (MOST_ATTEMPTS, None)
    assert dead.failed_at is not None
    assert sent.failures == 1_000 - MOST_ATTEMPTS


async def test_what_is_undeliverable_is_given_up_at_once_and_the_log_says_why(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    message = await enqueue()

    async def refuse(message: OutboxMessage) -> None:
        raise Undeliverable("550 5.1.1")

    await worker(refuse, clock).run_once()
    dead = await OutboxMessage.get(id=message.id)
    assert (dead.attempts, dead.sent_at, dead.failed_at) == (1, None, START)
    (line,) = (record for record in caplog.records if message.id in record.getMessage())
    assert line.levelname == "ERROR"
    assert "given up: 550 5.1.1" in line.getMessage()
    clock.now += timedelta(days=30)
    assert await worker(Sent(), clock).run_once() == 0


async def test_a_kind_nobody_knows_waits_for_a_worker_that_does() -> None:
    clock, sent = Clock(), Sent()
    message = await enqueue(kind="fax.page")
    await worker(sent, clock).run_once()
    clock.now += timedelta(minutes=1)
    await Worker({"fax": sent}, clock=clock).run_once()
    assert sent.ids == [message.id]


async def test_a_handler_that_hangs_is_cut_off_and_others_are_sent() -> None:
    hung, sent, clock = await enqueue(kind="hang.on"), Sent(), Clock()
    other = await enqueue()

    async def hang(message: OutboxMessage) -> None:
        await asyncio.Event().wait()

    await Worker({"hang": hang, "test": sent}, clock=clock, sending=0.05).run_once()
    assert sent.ids == [other.id]
    assert (await OutboxMessage.get(id=hung.id)).sent_at is None


async def test_the_failure_of_an_older_taking_is_not_noted() -> None:
    await enqueue()
    (older,) = await take_due(START, lease=LEASE, most=1)
    (newer,) = await take_due(START + LEASE, lease=LEASE, most=1)
    await note_failed(older, START + LEASE, Random(1))
    assert (await OutboxMessage.get()).available_at == START + 2 * LEASE
    await note_sent(newer, START + LEASE)
    await note_failed(newer, START + LEASE, Random(1))
    assert (await OutboxMessage.get()).sent_at == START + LEASE


def test_the_waits_double_up_to_half_a_day_and_differ() -> None:
    waits = [wait_after(attempts, Random(attempts)) for attempts in range(1, MOST_ATTEMPTS)]
    assert all(timedelta(seconds=5) <= wait <= timedelta(hours=12) for wait in waits)
    assert waits[-1] > timedelta(hours=2)
    assert len({wait_after(5, Random(seed)) for seed in range(10)}) == 10


async def test_a_worker_that_was_started_works_until_it_is_stopped() -> None:
    arrived = asyncio.Event()

    async def arrive(message: OutboxMessage) -> None:
        arrived.set()

    running = worker(arrive, Clock())
    running.start()
    message = await enqueue()
    await asyncio.wait_for(arrived.wait(), 10)
    await running.stop()
    await running.stop()
    assert (await OutboxMessage.get(id=message.id)).sent_at is not None
    await enqueue()
    assert await OutboxMessage.filter(sent_at=None).count() == 1
