"""Engines for tests of the HTTP layer: they answer at once, or as the test wants."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import orjson
from graphql import GraphQLError, build_schema, execute, parse, validate
from graphql.execution.values import get_variable_values

from gateway.auth.client import Client
from gateway.errors import ErrorCode, GatewayError
from gateway.execution.operation import Answer, Credentials, OperationRequest

SCHEMA = build_schema("type Query { hello: String }")


@dataclass
class RecordingEngine:
    """Answers `{"data": {"hello": "world"}}` and remembers what it was asked; raises `error` when it has one."""

    error: Exception | None = None
    answer_with: Answer = field(default_factory=lambda: Answer(b'{"data":{"hello":"world"}}', True))
    asked: list[tuple[OperationRequest, Client, Credentials, str]] = field(default_factory=list)

    async def answer(
        self, request: OperationRequest, client: Client, credentials: Credentials, language: str
    ) -> Answer:
        self.asked.append((request, client, credentials, language))
        if self.error is not None:
            raise self.error
        return self.answer_with


class SlowEngine:
    """Holds every request until `go` is set; `working` counts those inside, `most` the most at once."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.working = 0
        self.most = 0

    async def answer(
        self, request: OperationRequest, client: Client, credentials: Credentials, language: str
    ) -> Answer:
        self.working += 1
        self.most = max(self.most, self.working)
        try:
            await self.go.wait()
        finally:
            self.working -= 1
        return Answer(b'{"data":{"hello":"late"}}', True)


class SleepingEngine:
    """Takes as many seconds as the variable `seconds` says."""

    async def answer(
        self, request: OperationRequest, client: Client, credentials: Credentials, language: str
    ) -> Answer:
        await asyncio.sleep(float((request.variables or {}).get("seconds", 0)))
        return Answer(b'{"data":{"hello":"rested"}}', True)


class ReferenceEngine:
    """graphql-core on a schema of one field, with the rules of which answers count as executed."""

    async def answer(
        self, request: OperationRequest, client: Client, credentials: Credentials, language: str
    ) -> Answer:
        if credentials.authorization == "Bearer bad":
            raise GatewayError(ErrorCode.UNAUTHENTICATED, "token.invalid")
        try:
            document = parse(request.query or "")
        except GraphQLError as error:
            return self._errors([error])
        if errors := validate(SCHEMA, document):
            return self._errors(errors)
        definition = document.definitions[0]
        variables = get_variable_values(SCHEMA, definition.variable_definitions or (), request.variables or {})
        if isinstance(variables, list):
            return self._errors(variables)
        result = execute(
            SCHEMA, document, {"hello": "world"}, None, request.variables, operation_name=request.operation_name
        )
        return Answer(orjson.dumps(result.formatted), executed=result.data is not None)

    @staticmethod
    def _errors(errors: list[GraphQLError]) -> Answer:
        return Answer(orjson.dumps({"errors": [error.formatted for error in errors]}), executed=False)
