"""The whole gateway in one process, asked over HTTP: its app, a clock that tests move, and callers of the seeded world."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import httpx2
import pytest

from gateway.app import Assembled, assemble, assemble_engine, program_calls
from gateway.errors import ErrorCode
from gateway.execution.plan import Plan
from gateway.http.health import Readiness
from gateway.settings import Settings
from models.database import close, connect, dialect
from tests.world import BCRYPT_COST, KEYS, NARROW, NOW, Caller, World, open_api_token, open_session

CODES = {code.value for code in ErrorCode}
"""Anything else in an answer is a defect."""

WIDE = {"max_cost": 1_000_000, "max_depth": 40, "max_tokens": 20_000}
"""Limits for generated operations; the limits themselves are tested where they are drawn."""


PATIENT = {"api_token_requests": 100_000}
"""Generated operations come in thousands a minute of a clock that stands still."""


@dataclass
class Clock:
    """The time, which stands still until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **duration: float) -> None:
        """Let time pass."""
        self.now += timedelta(**duration)


@dataclass(frozen=True)
class Reply:
    """One answer."""

    status: int
    headers: httpx2.Headers
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The parsed body."""
        parsed = json.loads(self.body)
        assert isinstance(parsed, dict)
        return parsed

    @property
    def data(self) -> dict[str, Any]:
        """The data of an answer without errors."""
        assert "errors" not in self.json, self.json["errors"]
        data = self.json["data"]
        assert isinstance(data, dict)
        return data

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The errors, none when there are none."""
        return list(self.json.get("errors", ()))

    @property
    def code(self) -> str:
        """The code of an answer that has one error."""
        (error,) = self.errors
        assert error["message"]
        return str(error["extensions"]["code"])

    def same_as(self, other: Reply) -> bool:
        """Whether a caller could not tell the two apart, but for the id of an unforeseen error."""
        return self.status == other.status and _told(self.json) == _told(other.json)


def _told(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {name: _told(value) for name, value in answer.items() if name != "errorId"}
    if isinstance(answer, list):
        return [_told(entry) for entry in answer]
    return answer


@dataclass
class Plans:
    """What became of operations that had a plan."""

    answered: int = 0
    failed: list[Exception] = field(default_factory=list)


@contextmanager
def watching_plans() -> Iterator[Plans]:
    """Count the plans that run while the block does."""
    watched, original = Plans(), Plan.run

    async def run(self: Plan, *given: Any) -> Any:
        try:
            answer = await original(self, *given)
        except Exception as error:
            watched.failed.append(error)
            raise
        watched.answered += 1
        return answer

    Plan.run = run  # type: ignore[method-assign,assignment]  # watched for the time of the block
    try:
        yield watched
    finally:
        Plan.run = original  # type: ignore[method-assign]  # as it was


class Service:
    """An assembled gateway, and a client for each caller."""

    def __init__(self, made: Assembled, http: httpx2.AsyncClient, clock: Clock, world: World, plans: Plans) -> None:
        self.made = made
        self.http = http
        self.clock = clock
        self.world = world
        self.plans = plans
        self._numbers = count(1)

    async def ask(
        self,
        query: str,
        variables: dict[str, Any] | None = None,
        *,
        by: Caller | str = Caller.ANONYMOUS,
        headers: dict[str, Any] | None = None,
        **parameters: Any,
    ) -> Reply:
        """Send an operation as a caller of the world, or with a token."""
        token = self.world.tokens.get(by) if isinstance(by, Caller) else by
        sent = {**({"authorization": f"Bearer {token}"} if token else {}), **(headers or {})}
        body = {"query": query, "variables": variables, **parameters}
        sent |= {"content-type": "application/json"}
        # Escaped throughout, so that texts come through which UTF-8 cannot hold.
        response = await self.http.post("/graphql", content=json.dumps(body).encode(), headers=sent)
        reply = Reply(response.status_code, response.headers, response.content)
        assert {error["extensions"]["code"] for error in reply.errors} <= CODES, reply.body
        return reply

    async def both(self, query: str, variables: dict[str, Any] | None = None, **options: Any) -> Reply:
        """The answer of both engines, which must be the same: by the reference at first sight, then by a plan.

        The text is made new by a comment behind it, whoever asked it before.
        """
        text = f"{query} # {next(self._numbers)}"
        first = await self.ask(text, variables, **options)
        second = await self.ask(text, variables, **options)
        assert first.same_as(second), (query, first.body.decode(), second.body.decode())
        return second

    async def token(self, caller: Caller, *, raised: bool = False) -> str:
        """A token of its own, for a caller whose tokens live; a session's is `raised` as after `reauthenticate`."""
        if caller in NARROW:
            return await open_api_token(self.world.owner, caller, self.clock.now)
        _, token = await open_session(
            self.world.customer(caller), self.world.package(caller), at=self.clock.now, raised=raised
        )
        return token

    async def settle(self) -> None:
        """Let the writes behind the answers end."""
        await self.made.afterwards.settle()


@asynccontextmanager
async def serving(url: str, world: World, **values: Any) -> AsyncIterator[Service]:
    """The gateway on a copy of the world, while the block runs."""
    settings = Settings(keys=KEYS, bcrypt_cost=BCRYPT_COST, password_workers=1, database_url=url, **PATIENT | values)
    clock = Clock()
    with pytest.raises(
        RuntimeError, match="not connected"
    ):  # one database for a process: a second would leak the first
        dialect()
    await connect(url, settings.database_pool)
    made = assemble_engine(settings, clock)
    made.engine.plans.dear = math.inf  # the first sighting of a text is the reference's, for `Service.both`
    readiness = Readiness()
    readiness.started = True
    app = assemble(settings, readiness, made.engine, calls=program_calls(settings, made, clock))
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False, client=("192.0.2.77", 4711))
    try:
        with watching_plans() as plans:
            async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
                yield Service(made, http, clock, world, plans)
    finally:
        await made.passwords.close()
        await made.afterwards.settle()
        await close()
