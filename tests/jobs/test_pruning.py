"""What has been over for a day goes, though its owner may never come back; what lives stays."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tortoise.models import Model

from gateway.documents.render import Renderer
from gateway.jobs import pruning
from gateway.jobs.periodic import Rounds
from gateway.jobs.pruning import KEPT, PASSING, SessionPruning, prune_expired
from gateway.jobs.schedule import schedule
from gateway.settings import Settings
from models import (
    ApiToken,
    Customer,
    DownloadTicket,
    IdempotencyKey,
    LinkCode,
    LinkPurpose,
    Session,
    SignInChallenge,
    Throttle,
    TrustedDevice,
)
from models.database import in_unit_of_work

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OVER = NOW - KEPT
"""What ended then goes now; what ended a second later stays."""

HALF_AN_HOUR = 1_800


class Rows:
    """Makes rows of one customer; everything that is not said is as in a fresh sign-in."""

    def __init__(self, customer: Customer) -> None:
        self._owner = {"customer_id": customer.id}
        self._made = 0

    def _hash(self) -> str:
        self._made += 1
        return f"{self._made:064}"

    async def session(self, **values: Any) -> Session:
        living = {"idle_seconds": HALF_AN_HOUR, "created_at": OVER, "last_used_at": NOW, "expires_at": NOW + KEPT}
        return await Session.create(kind="CUSTOMER", token_hash=self._hash(), **self._owner, **(living | values))

    async def passing(self, model: type[Model], expires_at: datetime) -> Model:
        """A row of a table that is over at its `expires_at`."""
        if model is Throttle:
            return await Throttle.create(key=self._hash(), failures=3, window_started_at=OVER, expires_at=expires_at)
        times = {"created_at": OVER, "expires_at": expires_at}
        if model is DownloadTicket:
            session = await self.session()
            given: dict[str, Any] = {"session_id": session.id, "path": "/a", "expires_at": expires_at}
            return await DownloadTicket.create(token_hash=self._hash(), **self._owner, **given)
        if model is LinkCode:
            address = {"purpose": LinkPurpose.EMAIL_CHANGE, "email": "a@example.com"}
            return await LinkCode.create(code_hash=self._hash(), **self._owner, **address, **times)
        if model is SignInChallenge:
            return await SignInChallenge.create(token_hash=self._hash(), password_hash="x", **self._owner, **times)
        if model is ApiToken:
            given = {
                "name": "Skript",
                "scopes": ["PACKAGE_READ"],
                "created_at": expires_at - KEPT,
                "expires_at": expires_at,
            }
            return await ApiToken.create(token_hash=self._hash(), **self._owner, **given)
        if model is IdempotencyKey:
            return await IdempotencyKey.create(
                mutation="m", key=self._hash(), input_hash="x", result="can_1", **self._owner, **times
            )
        assert model is TrustedDevice
        named = {"name": "Firefox", "last_used_at": OVER}
        return await TrustedDevice.create(token_hash=self._hash(), **self._owner, **named, **times)


@pytest.fixture
async def rows(database: str) -> Rows:
    eve = await Customer.create(
        number="10001", kind="PERSON", last_name="Eve", street="Hafenstr. 1", postcode="20095", city="Hamburg",
        country="DE", email="eve@example.com", password_hash="x", password_changed_at=OVER, created_at=OVER,
    )  # fmt: skip
    return Rows(eve)


async def walked(pruning: SessionPruning, now: datetime = NOW) -> int:
    """One walk to its end; how many steps it took."""
    steps = 1
    while await pruning.step(now):
        steps += 1
    return steps


@pytest.mark.parametrize("model", PASSING)
async def test_what_expired_a_day_ago_goes(rows: Rows, model: type[Model]) -> None:
    await rows.passing(model, OVER)
    later = await rows.passing(model, OVER + SECOND)
    assert await prune_expired(NOW) == 1
    assert [row.pk for row in await model.all()] == [later.pk]
    assert await prune_expired(NOW + SECOND) == 1
    assert await prune_expired(NOW + SECOND) == 0
    assert not await model.exists()


async def test_a_used_ticket_goes_as_well(rows: Rows) -> None:
    ticket = await rows.passing(DownloadTicket, OVER)
    await DownloadTicket.filter(pk=ticket.pk).update(used_at=OVER - SECOND)
    assert await prune_expired(NOW) == 1


@pytest.mark.parametrize("model", PASSING)
async def test_each_unit_takes_so_many_rows_and_the_rest_is_for_the_next(
    rows: Rows, model: type[Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "AT_ONCE", 3)
    for _ in range(7):
        await rows.passing(model, OVER)
    assert [await prune_expired(NOW) for _ in range(4)] == [3, 3, 1, 0]


async def test_workers_at_the_same_time_delete_each_row_once(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "AT_ONCE", 10)
    for _ in range(40):
        await rows.passing(Throttle, OVER)
    while await Throttle.exists():
        left = await Throttle.all().count()
        gone = await asyncio.gather(*(prune_expired(NOW) for _ in range(4)))
        assert sum(gone) == left - await Throttle.all().count()


@pytest.mark.parametrize(
    "ended",
    [
        {"revoked_at": OVER},
        {"expires_at": OVER},
        {"last_used_at": OVER - timedelta(seconds=HALF_AN_HOUR)},
        {"last_used_at": OVER - timedelta(days=30), "idle_seconds": 30 * 86_400, "expires_at": NOW + 150 * KEPT},
    ],
    ids=["revoked", "expired", "idle", "remembered and idle"],
)
async def test_a_session_that_ended_a_day_ago_goes_with_its_tickets(rows: Rows, ended: dict[str, Any]) -> None:
    living = await rows.session()
    dead = await rows.session(**ended)
    await DownloadTicket.create(
        customer_id=dead.customer_id, session_id=dead.id, token_hash="t", path="/a", expires_at=NOW
    )
    await walked(SessionPruning(), NOW - SECOND)
    assert await Session.all().count() == 2
    await walked(SessionPruning())
    assert [session.id for session in await Session.all()] == [living.id]
    assert not await DownloadTicket.exists()


async def test_the_walk_comes_by_every_session_and_begins_again(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "LOOKED_AT", 4)
    monkeypatch.setattr(pruning, "AT_ONCE", 2)
    kept = {(await rows.session(**({} if number % 5 == 0 else {"revoked_at": OVER}))).id for number in range(11)}
    walk = SessionPruning()
    assert await walked(walk) == 3
    living = {session.id for session in await Session.all()}
    assert len(living) == 3
    assert living < kept
    await Session.all().update(revoked_at=OVER)
    assert await walked(walk) == 1
    assert not await Session.exists()


async def test_a_row_that_is_being_written_is_passed_over(rows: Rows, database_kind: str) -> None:
    if database_kind != "postgres":
        pytest.skip("SQLite has one writer: nobody else is writing")
    held_counter = await rows.passing(Throttle, OVER)
    held_session = await rows.session(revoked_at=OVER)
    await rows.passing(Throttle, OVER)
    await rows.session(revoked_at=OVER)
    held, done = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        await Throttle.filter(pk=held_counter.pk).update(expires_at=NOW)
        await Session.filter(pk=held_session.pk).update(user_agent="Firefox")
        held.set()
        await done.wait()

    writing = asyncio.create_task(in_unit_of_work(write))
    await held.wait()
    assert await prune_expired(NOW) == 1
    await walked(SessionPruning())
    done.set()
    await writing
    assert [counter.pk for counter in await Throttle.all()] == [held_counter.pk]
    assert [session.pk for session in await Session.all()] == [held_session.pk]


async def test_it_is_among_what_comes_round(rows: Rows) -> None:
    await rows.passing(Throttle, OVER)
    await rows.session(revoked_at=OVER)
    renderer = Renderer(1)
    await Rounds(schedule(Settings(), renderer), clock=lambda: NOW).run_once()
    await renderer.close()
    assert not await Throttle.exists()
    assert not await Session.exists()
