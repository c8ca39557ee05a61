"""The schema with fields that go wrong, for a gateway that is otherwise whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import strawberry

from gateway import app
from gateway.auth.permissions import Public, ReadPackages
from gateway.context import Context
from gateway.resolvers.outcome import Outcome
from gateway.schema.build import build_schema
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, mutation, resolver
from gateway.schema.mutation import Mutation
from gateway.schema.query import Query
from models.database import dialect, fetch, in_unit_of_work
from models.database.target import POSTGRES
from tests.world import NOW

SECRET = "geheim-4711"

SLOW = {
    "postgres": "SELECT pg_sleep(8)",
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000000) SELECT max(i) FROM n",
}
"""Statements that take far longer than any deadline of a test."""


class Unforeseen(Exception):
    """Nobody catches this by name."""


def _fail(context: Context) -> str:
    raise Unforeseen(f"cannot read {SECRET}")


def _fail_with(text: str) -> str:
    raise Unforeseen(f"cannot read {SECRET} and {text}")


async def _be_slow() -> str:
    await fetch(SLOW["postgres" if dialect() == POSTGRES else "sqlite"])
    return "at last"


async def _write_and_be_slow(context: Context, input: Any) -> Outcome:
    from models import Throttle

    async def write() -> None:
        await Throttle.create(key="half-done", failures=1, window_started_at=NOW, expires_at=NOW)
        await fetch(SLOW["postgres"])

    await in_unit_of_work(write)
    return Outcome()


async def _write_and_fail(context: Context, input: Any) -> Outcome:
    from models import Throttle

    async def write() -> None:
        await Throttle.create(key="half-done", failures=1, window_started_at=NOW, expires_at=NOW)
        raise Unforeseen(input.text)

    await in_unit_of_work(write)
    return Outcome()


@strawberry.type(name="Query", description="With fields that fail.")
class FaultyQuery(Query):
    fails: str | None = computed(Public, "Raises.", _fail)
    fails_for_packages: str | None = computed(ReadPackages, "Raises for those who may.", _fail)
    fails_with: str | None = resolver(Public, "Raises with what it was given.", _fail_with)
    fails_badly: str = computed(Public, "Raises and cannot be null.", _fail)
    slow: str | None = resolver(Public, "Takes long in the database.", _be_slow)


@strawberry.input(description="Anything.")
class AnythingInput:
    text: str = strawberry.field(description="Anything.")


@strawberry.type(description="What it gives.")
class AnythingPayload:
    errors: list[UserError] = column(Public, "None.")


@strawberry.type(name="Mutation", description="With changes that fail.")
class FaultyMutation(Mutation):  # type: ignore[misc]  # put together at run time
    write_and_fail: AnythingPayload | None = mutation(Public, "Writes, then raises.", _write_and_fail, AnythingInput)
    write_slowly: AnythingPayload | None = mutation(Public, "Writes, then waits.", _write_and_be_slow, AnythingInput)


@contextmanager
def faulty() -> Iterator[None]:
    """Gateways that are assembled inside have these fields too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "build_schema", lambda: build_schema(FaultyQuery, FaultyMutation))
        yield
