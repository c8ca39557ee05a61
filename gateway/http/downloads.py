"""`GET /invoices/{number}.pdf`: an invoice as a file, with a bearer token or with a one-time ticket (SECURITY Z9).

A ticket is the address of a file for once: an address with one that is used, expired or for another file is an address
where nothing is, 404, exactly as for an invoice that is somebody else's, missing, or malformed. A token and a ticket
together are refused, and the ticket stays good (RFC 6750 §3.1 refuses two ways of saying who one is). Only an answer
with the file in it uses a ticket up and is audited: not `HEAD`, 304, or 503.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.auth.bearer import viewer_of
from gateway.auth.sessions import Sessions
from gateway.auth.tickets import Ticket, find_ticket
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input, unauthenticated
from gateway.http.conditional import is_held
from gateway.http.exchange import exchange_of
from gateway.http.refusal import http_refusal
from gateway.resolvers.invoice_file import LANGUAGES, InvoiceFiles, hand_out


class InvoiceDownload:
    """The endpoint. `deadline` is in seconds."""

    def __init__(self, files: InvoiceFiles, sessions: Sessions, deadline: float, clock: Callable[[], datetime]) -> None:
        self._files = files
        self._sessions = sessions
        self._deadline = deadline
        self._clock = clock

    def routes(self) -> list[Route]:
        """The route of invoices; `HEAD` comes with `GET`."""
        return [Route("/invoices/{name}.pdf", self.answer, methods=["GET"])]

    async def answer(self, request: Request) -> Response:
        """The file, or a refusal."""
        try:
            async with asyncio.timeout(self._deadline):
                return await self._answer(request)
        except TimeoutError:
            raise GatewayError(ErrorCode.TIMEOUT, "timeout") from None

    async def _answer(self, request: Request) -> Response:
        now = self._clock()
        viewer, ticket = await self._caller(request, now)
        file = await self._files.find(viewer, request.path_params["name"], _language(request), now)
        if file is None:
            raise http_refusal(404)
        headers = {"ETag": f'"{file.sha256}"'}
        if is_held(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        headers["Content-Type"] = "application/pdf"
        headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
        headers["Content-Length"] = str(len(file.content))
        if request.method == "HEAD":
            return Response(headers=headers)
        if not await hand_out(file, viewer, ticket, exchange_of(request.scope).client, now):
            raise http_refusal(404)
        return Response(file.content, headers=headers)

    async def _caller(self, request: Request, now: datetime) -> tuple[Viewer, Ticket | None]:
        """Whose invoices these are to be, and the ticket that says so, if it is one."""
        authorization = exchange_of(request.scope).authorization
        tickets = request.query_params.getlist("ticket")
        if not tickets:
            viewer = await viewer_of(() if authorization is None else (authorization,), self._sessions, now)
            if viewer is None:
                raise unauthenticated()
            return viewer, None
        if authorization is not None:
            raise bad_input("download.credentials")
        path = request.scope["path"]
        ticket = await find_ticket(self._sessions, tickets[0], path, now) if len(tickets) == 1 else None
        if ticket is None:
            raise http_refusal(404)
        return ticket.viewer, ticket


def _language(request: Request) -> str | None:
    """The language that is asked for; `None` is the customer's own."""
    asked = request.query_params.getlist("language")
    if not asked:
        return None
    if len(asked) > 1 or asked[0] not in LANGUAGES:
        raise bad_input("download.language")
    return asked[0]
