"""The engine: from a request to the bytes of its answer.

authentication → document (parsed, validated, costed once) → variables → plan, or graphql-core → JSON.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from inspect import isawaitable
from typing import Any

import orjson
import structlog
from graphql import DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode, OperationType, execute
from graphql.execution.values import VariableValues

from gateway.auth.client import Client
from gateway.auth.view_as import view_as
from gateway.auth.viewer import Viewer
from gateway.context import Context, Parts
from gateway.errors import ErrorCode, GatewayError
from gateway.execution import document as documents
from gateway.execution.failure import Failures
from gateway.execution.leaf import Bail
from gateway.execution.operation import Answer, Credentials, OperationRequest
from gateway.execution.persisted import Persisted
from gateway.execution.plans import Plans
from gateway.execution.refusal import refusal
from gateway.execution.timing import Timing
from gateway.loaders import Loaders
from models.database import DatabaseUnavailable, StatementTimeout

JSON = orjson.OPT_UTC_Z
"""Instants from the driver are written as RFC 3339 with `Z`, as the DateTime scalar does."""


class GatewayEngine:
    """Answers operations over one schema. Made once for a process."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operations: Persisted,
        plans: Plans,
        parts: Parts,
        clock: Callable[[], datetime],
    ) -> None:
        self._schema = schema
        self._operations = operations
        self.plans = plans
        self._parts = parts
        self._clock = clock
        self._failures = Failures()
        self._log = structlog.get_logger()

    async def answer(
        self, request: OperationRequest, client: Client, credentials: Credentials, language: str
    ) -> Answer:
        """See `gateway.execution.operation.Engine`."""
        timing = Timing(self._parts.settings.server_timing)
        try:
            async with asyncio.timeout(self._parts.settings.operation_deadline):
                return await self._answer(request, client, credentials, language, timing)
        except (TimeoutError, StatementTimeout):
            raise GatewayError(ErrorCode.TIMEOUT, "timeout") from None
        except DatabaseUnavailable:
            raise GatewayError(ErrorCode.UNAVAILABLE, "unavailable") from None

    async def _answer(
        self, request: OperationRequest, client: Client, credentials: Credentials, language: str, timing: Timing
    ) -> Answer:
        now, authorization = self._clock(), credentials.authorization
        viewer = await self._parts.bearers.viewer(() if authorization is None else (authorization,), now)
        if credentials.view_as is not None:
            viewer = await view_as(viewer, credentials.view_as)
        timing.mark("auth")
        return await self.answer_viewer(request, viewer, client, language, now, timing)

    async def answer_viewer(
        self,
        request: OperationRequest,
        viewer: Viewer | None,
        client: Client,
        language: str,
        now: datetime,
        timing: Timing,
    ) -> Answer:
        """The answer for a viewer who is known already. Raises `GatewayError` for a request that cannot run."""
        document = self._operations.document(request.query, request.extensions)
        if document.errors:
            return self._refused(document.errors, client, language)
        try:
            chosen = document.operation(request.operation_name)
        except GatewayError as error:  # which operation is meant is part of the request's form
            return self._refused((refusal(error),), client, language, status=400)
        cost = chosen.price.of(request.variables)
        variables = chosen.variables.read(request.variables)
        context = Context(viewer, now, language, client, Loaders(viewer, language), self._parts)
        timing.mark("document")
        data, errors = await self._execute(document, chosen, context, variables, request.variables, cost, timing)
        answer: dict[str, Any] = {"data": data}
        if errors:
            answer["errors"] = self._failures.formatted(errors, client, language)
        if request.extensions and request.extensions.get("cost") is True:
            answer["extensions"] = {"cost": {"cost": cost, "limit": chosen.price.limit}}
        body = orjson.dumps(answer, option=JSON)
        timing.mark("assembly")
        return Answer(body, executed=True, headers=timing.headers())

    async def _execute(
        self,
        document: documents.Document,
        chosen: documents.Operation,
        context: Context,
        variables: VariableValues,
        given: dict[str, Any] | None,
        cost: int,
        timing: Timing,
    ) -> tuple[Any, list[GraphQLError]]:
        if chosen.kind is OperationType.QUERY:
            planned = await self._planned(document, chosen, context, variables, given, cost, timing)
            if planned is not None:
                return planned
        return await self._reference(document, chosen.node, context, given)

    async def _planned(
        self,
        document: documents.Document,
        chosen: documents.Operation,
        context: Context,
        variables: VariableValues,
        given: dict[str, Any] | None,
        cost: int,
        timing: Timing,
    ) -> tuple[Any, list[GraphQLError]] | None:
        plan = self.plans.find(document, chosen, context.viewer, variables, cost)
        timing.mark("plan")
        if plan is None:
            return None
        try:
            data, errors = await plan.run(context, variables, timing)
        except (DatabaseUnavailable, StatementTimeout):
            raise
        except (Bail, GatewayError, GraphQLError):  # foreseen: the reference engine says it properly
            return None
        except Exception as error:  # a fault of the plan: answered all the same, but somebody should look
            self._log.warning("a plan failed", error_id=context.client.request_id, exc_info=error)
            return None
        if plan.rest is None:
            return data, errors
        rest, more = await self._reference(document, plan.rest, context, given)
        return None if rest is None else (data | rest, [*errors, *more])

    async def _reference(
        self,
        document: documents.Document,
        node: OperationDefinitionNode,
        context: Context,
        given: dict[str, Any] | None,
    ) -> tuple[Any, list[GraphQLError]]:
        result = execute(
            self._schema,
            DocumentNode(definitions=(node, *document.fragments.values())),
            context_value=context,
            variable_values=given,
            hide_suggestions=True,
        )
        if isawaitable(result):
            result = await result
        return result.data, result.errors or []

    def _refused(
        self, errors: tuple[GraphQLError, ...], client: Client, language: str, status: int | None = None
    ) -> Answer:
        body = {"errors": self._failures.formatted(errors, client, language)}
        return Answer(orjson.dumps(body), executed=False, status=status)
