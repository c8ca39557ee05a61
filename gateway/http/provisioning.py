"""Calls of the host's systems (https://www.standardwebhooks.com): how operations go on that they have taken.

    POST /provisioning/results   {"id": "ope_…", "result": "SUCCEEDED", "facts": {}}
                                 {"id": "ope_…", "result": "FAILED", "error": "QUOTA_TOO_LARGE"}
                                 {"id": "ope_…", "progress": 40}

Who calls is said by the signature alone. What is told again changes nothing: the first result counts, progress goes up only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.http.arrived import Call
from gateway.http.exchange import exchange_of
from gateway.http.media import JSON, is_json_in_utf8
from gateway.http.refusal import Refusal
from gateway.ports.provisioning import Answer
from gateway.ports.provisioning_answer import answer_of, parsed, progress_of
from gateway.ports.webhook_signature import WebhookSignature
from models import OperationState
from models.ids import prefix_of

PATH = "/provisioning/results"

MOST_BYTES = 65_536
"""Of a body."""

Told = Callable[[str, Answer | int, datetime], Awaitable[OperationState | None]]
"""Told the id of an operation, its end or its progress, and the time: the state it is in afterwards, if there is one."""


class ProvisioningCalls:
    """The endpoint. `deadline` is in seconds."""

    def __init__(self, signature: WebhookSignature, told: Told, deadline: float, clock: Callable[[], datetime]) -> None:
        self._signature = signature
        self._told = told
        self._deadline = deadline
        self._clock = clock

    def calls(self) -> list[Call]:
        """The one route."""
        return [Call(Route(PATH, self._answer, methods=["POST"]), MOST_BYTES)]

    async def _answer(self, request: Request) -> Response:
        body, now, headers = await request.body(), self._clock(), exchange_of(request.scope).headers
        named = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers.items()}
        if not self._signature.holds(named, body, now):
            raise Refusal(401, GatewayError(ErrorCode.UNAUTHENTICATED, "provisioning.signature"))
        if not is_json_in_utf8(headers.get(b"content-type")) or b"content-encoding" in headers:
            raise Refusal(415, bad_input("http.media_type"), ((b"accept", b"application/json"),))
        id, said = said_in(body)
        try:
            async with asyncio.timeout(self._deadline):
                state = await self._told(id, said, now)
        except TimeoutError:
            raise GatewayError(ErrorCode.TIMEOUT, "timeout") from None
        if state is None:
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
        return Response(orjson.dumps({"id": id, "state": state.value}), media_type=JSON.decode())


def said_in(body: bytes) -> tuple[str, Answer | int]:
    """The operation, and how it ended or how far it is. Raises `BAD_USER_INPUT`; `NOT_FOUND` for an id of something else."""
    try:
        said = parsed(body)
        id = said.pop("id", None)
        if not isinstance(id, str):
            raise ValueError("no id")
        told = progress_of(said) if "progress" in said else answer_of(said)
    except ValueError:
        raise bad_input("provisioning.body") from None
    if prefix_of(id) != "ope":
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
    return id, told
