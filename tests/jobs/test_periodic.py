"""Periodic jobs run side by side, rest when there is nothing to do, and end when they are told to."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from gateway.jobs.periodic import Periodic, Rounds

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Job:
    """Work that counts how often it was looked for, and has as much to do as it is told."""

    def __init__(self, *amounts: int) -> None:
        self.left = list(amounts)
        self.asked: list[datetime] = []
        self.idle = asyncio.Event()

    async def __call__(self, now: datetime) -> int:
        self.asked.append(now)
        if not self.left:
            self.idle.set()
            return 0
        return self.left.pop(0)


async def test_each_job_is_done_and_told_the_time() -> None:
    first, second = Job(2), Job()
    rounds = Rounds([Periodic("a", 60, first), Periodic("b", 60, second)], clock=lambda: NOW)
    assert await rounds.run_once() == 2
    assert await rounds.run_once() == 0
    assert first.asked == second.asked == [NOW, NOW]


async def test_a_job_goes_on_while_there_is_work_and_then_rests() -> None:
    job = Job(3, 1, 2)
    rounds = Rounds([Periodic("a", 3_600, job)])
    rounds.start()
    await asyncio.wait_for(job.idle.wait(), 5)
    await rounds.stop()
    await rounds.stop()
    assert len(job.asked) == 4


async def test_a_job_that_fails_holds_up_no_other_and_its_words_are_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(now: datetime) -> int:
        raise ValueError("SENTINEL of a customer")

    job = Job(1)
    rounds = Rounds([Periodic("failing", 60, fail), Periodic("b", 60, job)])
    assert await rounds.run_once() == 1
    assert "failing failed: ValueError in fail, line " in caplog.text
    assert "SENTINEL" not in caplog.text


async def test_what_is_being_done_is_cancelled_at_the_end() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def hang(now: datetime) -> int:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return 0

    rounds = Rounds([Periodic("hanging", 60, hang)])
    rounds.start()
    await asyncio.wait_for(begun.wait(), 5)
    await rounds.stop()
    assert ended.is_set()
