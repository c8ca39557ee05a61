"""Receipts of declarations by `GET`, for whoever declared without signing in: a one-time address is all it takes.

An address that is used, expired or none at all is one where nothing is. `HEAD` and 304 do not use it up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.auth.declaration_receipt import FOLDER, find_receipt, use_address
from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.http.conditional import is_held
from gateway.http.exchange import exchange_of
from gateway.http.pieces import InPieces
from gateway.http.refusal import http_refusal


class DeclarationReceipts:
    """The endpoint. `deadline` is in seconds."""

    def __init__(self, deadline: float, clock: Callable[[], datetime]) -> None:
        self._deadline = deadline
        self._clock = clock

    def route(self) -> Route:
        """The route; `HEAD` comes with `GET`."""
        return Route(f"/{FOLDER}/{{number}}.pdf", self._bounded, methods=["GET"])

    async def _bounded(self, request: Request) -> Response:
        try:
            async with asyncio.timeout(self._deadline):
                return await self._answer(request)
        except TimeoutError:
            raise GatewayError(ErrorCode.TIMEOUT, "timeout") from None

    async def _answer(self, request: Request) -> Response:
        if exchange_of(request.scope).authorization is not None:
            raise bad_input("download.credentials")  # a token says who one is, which is nobody's business here
        tickets, number = request.query_params.getlist("ticket"), request.path_params["number"]
        found = await find_receipt(number, tickets[0], self._clock()) if len(tickets) == 1 else None
        if found is None:
            raise http_refusal(404)
        headers = {"ETag": f'"{found.sha256}"'}
        if is_held(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        headers["Content-Type"] = "application/pdf"
        headers["Content-Disposition"] = f'attachment; filename="declaration-{found.declaration.number}.pdf"'
        headers["Content-Length"] = str(len(found.content))
        if request.method == "HEAD":
            return Response(headers=headers)
        if not await use_address(found):
            raise http_refusal(404)
        return InPieces(found.content, headers=headers)
