"""What goes wrong inside is told by a code and an id, and nothing of it is kept or shown (SECURITY G9, G11, L1)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

import pytest

from gateway.execution import plan as plans
from models import Throttle
from models.database import fetch, reading
from tests.api.conftest import Serve
from tests.api.faulty import SECRET, SLOW, faulty
from tests.api.service import Service
from tests.http.asking import Log
from tests.world import Caller

DEADLINE = 1.0

SIGN_IN = "mutation($t: SignInInput!) { signIn(input: $t) { errors { message } } }"


@pytest.fixture(autouse=True)
def quiet(log: Log) -> None:
    """Nobody wants to read all these tracebacks."""


@pytest.fixture
async def broken(serve: Serve) -> AsyncIterator[Service]:
    """The gateway with fields that fail."""
    with faulty():
        async with serve() as service:
            yield service


@pytest.fixture
async def hasty(serve: Serve) -> AsyncIterator[Service]:
    """The same with little patience."""
    with faulty():
        async with serve(operation_deadline=DEADLINE) as service:
            assert (await service.ask("{ packages { totalCount } }", by=Caller.OWNER)).data  # connected
            yield service


async def test_an_unforeseen_error_is_internal_with_an_id_that_the_log_knows(broken: Service, log: Log) -> None:
    for _ in ("reference", "plan"):
        reply = await broken.ask("{ failsForPackages viewer { scopes } }", by=Caller.OWNER)
        assert reply.status == 200
        assert reply.code == "INTERNAL"
        assert reply.json["data"]["failsForPackages"] is None
        assert reply.json["data"]["viewer"]["scopes"], "the rest lives on"
        (error,) = reply.errors
        assert SECRET not in reply.body.decode()
        assert "Unforeseen" not in reply.body.decode()
        told = [line for line in log.lines if line.get("error_id") == error["extensions"]["errorId"]]
        (line,) = [line for line in told if line["level"] == "error"]
        assert "Unforeseen" in line["exception"][0]
    assert SECRET not in log.text


async def test_a_refused_field_does_not_even_fail(broken: Service) -> None:
    reply = await broken.both("{ failsForPackages }", by=Caller.NARROW_CONTRACTUAL)
    assert reply.code == "FORBIDDEN"


async def test_a_field_that_cannot_be_null_takes_its_parent_with_it(broken: Service) -> None:
    reply = await broken.both("{ failsBadly viewer { scopes } }", by=Caller.OWNER)
    assert reply.code == "INTERNAL"
    assert reply.json["data"] is None
    assert SECRET not in reply.body.decode()


@pytest.mark.parametrize("language", ["de", "en"])
async def test_a_variable_is_never_repeated(language: str, broken: Service, log: Log) -> None:
    headers = {"accept-language": language}
    secret = "Passwort-0815"
    for query, variables in (
        ("query($t: String!) { failsWith(text: $t) }", {"t": secret}),
        ("query($t: Int!) { packages(first: $t) { totalCount } }", {"t": secret}),
        ("query($t: ID!) { package(id: $t) { id } }", {"t": secret}),
        ("query($t: ID!) { package(id: $t) { id } }", {"t": {"a": secret}}),
        ("query($t: PackageFilter) { packages(filter: $t) { totalCount } }", {"t": {secret: secret}}),
        ("query($t: PackageFilter) { packages(filter: $t) { totalCount } }", {"t": {"createdFrom": secret}}),
        (SIGN_IN, {"t": {"login": secret}}),
        (SIGN_IN, {"t": {"login": secret, "password": [secret]}}),
        (SIGN_IN, {"t": {"login": secret, "password": secret}}),
        (SIGN_IN, {"t": {"login": "x", "password": "y", secret: 1}}),
        ("mutation($t: AnythingInput!) { writeAndFail(input: $t) { errors { message } } }", {"t": {"text": secret}}),
        ("query($t: String!) { packages(after: $t) { totalCount } }", {"t": secret}),
        ("query($t: String!) { packages(search: $t) { totalCount } }", {"t": secret + "\x00"}),
        ("query($t: [ID!]!) { nodes(ids: $t) { id } }", {"t": [secret] * 60}),
        ("{ packages { totalCount } }", {"t": secret}),
    ):  # fmt: skip
        for _ in range(2):
            reply = await broken.ask(query, variables, by=Caller.OWNER, headers=headers)
            assert secret not in reply.body.decode(), query
            assert SECRET not in reply.body.decode(), query
            assert secret not in str(reply.headers)
    await broken.settle()
    assert secret not in log.text
    assert SECRET not in log.text


async def test_a_literal_is_never_repeated_either(broken: Service, log: Log) -> None:
    secret = "Passwort-0815"
    for query in (
        f'mutation {{ signIn(input: {{login: "{secret}", password: 5}}) {{ errors {{ code }} }} }}',
        f'mutation {{ signIn(input: {{login: "x", pasword: "{secret}"}}) {{ errors {{ code }} }} }}',
        f'mutation {{ signIn(input: "{secret}") {{ errors {{ code }} }} }}',
        f'{{ packages(first: "{secret}") {{ totalCount }} }}',
        f'{{ packages(orderBy: [{{field: "{secret}"}}]) {{ totalCount }} }}',
        f'{{ packages(filter: {{createdFrom: "{secret}"}}) {{ totalCount }} }}',
        f'{{ package(id: "{secret}") {{ id }}',
        f'{{ package(id: "{secret}',
    ):
        for _ in range(2):
            assert secret not in (await broken.ask(query, by=Caller.OWNER)).body.decode(), query
    assert secret not in log.text


async def test_what_a_failed_mutation_wrote_is_gone(broken: Service) -> None:
    query = 'mutation { writeAndFail(input: {text: "x"}) { errors { code } } }'
    reply = await broken.ask(query)
    assert (reply.code, reply.json["data"]) == ("INTERNAL", {"writeAndFail": None})
    assert not await Throttle.filter(key="half-done").exists()


@asynccontextmanager
async def slow_reading() -> AsyncIterator[Any]:
    """Reads that begin with one that takes long."""
    async with reading() as read:

        async def slowly(sql: str, arguments: Any) -> Any:
            from models.database import dialect

            await read(SLOW[dialect()], [])
            return await read(sql, arguments)

        yield slowly


async def still_at_work(kind: str) -> int:
    """How many slow statements the database still runs."""
    if kind != "postgres":
        return 0  # a reader that were still at it would keep the next read waiting
    running = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'"
    return int((await fetch(running))[0][0])


@pytest.mark.parametrize("engine", ["reference", "plan"])
async def test_an_operation_that_takes_too_long_is_stopped(
    engine: str, hasty: Service, database_kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "{ slow }"
    if engine == "plan":
        query = "{ packages { nodes { name } } }"
        assert (await hasty.ask(query, by=Caller.OWNER)).data
        monkeypatch.setattr(plans, "reading", slow_reading)
    for _ in range(2):  # each takes a connection or a thread, which must come back
        started = perf_counter()
        reply = await hasty.ask(query, by=Caller.OWNER)
        assert DEADLINE <= perf_counter() - started < DEADLINE + 2
        assert reply.code == "TIMEOUT"
        assert reply.status == 503
        assert "retry-after" in reply.headers
    monkeypatch.undo()
    started = perf_counter()
    assert (await hasty.ask("{ packages(first: 1) { totalCount } }", by=Caller.OWNER)).data
    assert perf_counter() - started < DEADLINE, "nothing slow is left in the way"
    assert await still_at_work(database_kind) == 0


async def test_a_mutation_that_takes_too_long_writes_nothing(hasty: Service, database_kind: str) -> None:
    if database_kind != "postgres":
        pytest.skip("a unit of work on SQLite holds the only writer; its statements cannot be made slow")
    reply = await hasty.ask('mutation { writeSlowly(input: {text: "x"}) { errors { code } } }')
    assert reply.code == "TIMEOUT"
    from models.database import drain

    await drain(8)  # the unit ends by itself: the statement runs into its own timeout
    assert not await Throttle.filter(key="half-done").exists()


async def test_a_database_that_is_away_is_said_to_be_so(broken: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.database import DatabaseUnavailable

    @asynccontextmanager
    async def away() -> AsyncIterator[Any]:
        raise DatabaseUnavailable("gone")
        yield  # pragma: no cover - never reached

    query = "{ packages { totalCount } }"
    assert (await broken.ask(query, by=Caller.OWNER)).data
    monkeypatch.setattr(plans, "reading", away)
    reply = await broken.ask(query, by=Caller.OWNER)
    assert (reply.status, reply.code) == (503, "UNAVAILABLE")
    assert json.loads(reply.body)["errors"][0]["message"]
