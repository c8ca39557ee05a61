"""`/livez` and `/readyz`: what a load balancer is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from gateway.http.application import http_application
from gateway.http.health import FRESH, Readiness
from tests.http.asking import client, code
from tests.http.engines import RecordingEngine
from tests.http.running import settings


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Database:
    """A check that answers as it is told and counts how often it was asked."""

    def __init__(self) -> None:
        self.good = True
        self.asked = 0

    async def __call__(self) -> bool:
        self.asked += 1
        return self.good


def started(clock: Callable[[], float], **checks: Callable[[], Awaitable[bool]]) -> Readiness:
    readiness = Readiness(clock)
    readiness.checks.update(checks)
    readiness.started = True
    return readiness


async def status(readiness: Readiness, path: str = "/readyz") -> int:
    async with client(http_application(settings(), RecordingEngine(), readiness)) as http:
        response = await http.get(path)
    if response.status_code != 200:
        assert code(response) == "UNAVAILABLE"
        assert response.headers["retry-after"]
        assert "database" not in response.text
    return response.status_code


async def test_ready_means_every_check_says_yes() -> None:
    clock, database, migrations = Clock(), Database(), Database()
    readiness = started(clock, database=database, migrations=migrations)
    assert await status(readiness) == 200
    migrations.good = False
    clock.now += FRESH
    assert await status(readiness) == 503
    migrations.good, database.good = True, False
    clock.now += FRESH
    assert await status(readiness) == 503
    database.good = True
    clock.now += FRESH
    assert await status(readiness) == 200


async def test_a_process_that_starts_or_stops_is_not_ready_and_asks_nothing() -> None:
    database = Database()
    readiness = Readiness()
    readiness.checks["database"] = database
    assert await status(readiness) == 503
    readiness.started = True
    readiness.stop()
    assert await status(readiness) == 503
    assert database.asked == 0


async def test_a_check_that_hangs_counts_as_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.http.health.CHECK_DEADLINE", 0.05)

    async def hang() -> bool:
        await asyncio.Event().wait()
        return True

    assert await status(started(Clock(), database=hang)) == 503


async def test_a_check_that_fails_counts_as_no_and_keeps_it_to_itself() -> None:
    async def fail() -> bool:
        raise OSError("connection to database at 10.0.0.5 refused")

    assert await status(started(Clock(), database=fail)) == 503


async def test_a_flood_of_probes_is_one_question() -> None:
    clock, database = Clock(), Database()
    readiness = started(clock, database=database)
    assert await asyncio.gather(*(status(readiness) for _ in range(50))) == [200] * 50
    assert [await status(readiness) for _ in range(3)] == [200] * 3
    assert database.asked == 1
    clock.now += FRESH
    await status(readiness)
    assert database.asked == 2


async def test_being_alive_touches_nothing() -> None:
    database = Database()
    database.good = False
    readiness = started(Clock(), database=database)
    readiness.stop()
    assert await status(readiness, "/livez") == 200
    assert database.asked == 0
