"""Files by `GET`, with a bearer token or with a one-time ticket (SECURITY Z9): one endpoint for each kind of file.

A ticket is the address of a file for once: an address with one that is used, expired or for another file is an address
where nothing is, 404, exactly as for a file that is somebody else's, missing, or malformed. A token and a ticket
together are refused, and the ticket stays good (RFC 6750 §3.1 refuses two ways of saying who one is). Only an answer
with the file in it uses a ticket up and is audited: not `HEAD`, 304, or 503.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.auth.bearer import Bearers
from gateway.auth.sessions import Sessions
from gateway.auth.tickets import Ticket, find_ticket
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input, unauthenticated
from gateway.http.conditional import is_held
from gateway.http.exchange import exchange_of
from gateway.http.pieces import InPieces
from gateway.http.refusal import http_refusal
from gateway.resolvers.download import Offer, hand_out


class Downloads:
    """The endpoints of all kinds of files. `deadline` is in seconds."""

    def __init__(
        self,
        offers: Iterable[Offer[Any]],
        bearers: Bearers,
        sessions: Sessions,
        deadline: float,
        clock: Callable[[], datetime],
    ) -> None:
        self._offers = offers
        self._bearers = bearers
        self._sessions = sessions
        self._deadline = deadline
        self._clock = clock

    def routes(self) -> list[Route]:
        """A route for each kind; `HEAD` comes with `GET`."""
        return [Route(offer.kind.route, self._endpoint(offer), methods=["GET"]) for offer in self._offers]

    def _endpoint(self, offer: Offer[Any]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            try:
                async with asyncio.timeout(self._deadline):
                    return await self._answer(offer, request)
            except TimeoutError:
                raise GatewayError(ErrorCode.TIMEOUT, "timeout") from None

        return answer

    async def _answer(self, offer: Offer[Any], request: Request) -> Response:
        """The file, or a refusal."""
        now = self._clock()
        viewer, ticket = await self._caller(request, now)
        language = _language(request, offer.kind.languages)
        file = await offer.find(viewer, request.path_params["name"], language, now)
        if file is None:
            raise http_refusal(404)
        headers = {"ETag": f'"{file.sha256}"'}
        if is_held(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        headers["Content-Type"] = offer.kind.media_type
        headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
        headers["Content-Length"] = str(file.size)
        if request.method == "HEAD":
            return Response(headers=headers)
        content = await file.read()
        if not await hand_out(offer.kind, file, viewer, ticket, exchange_of(request.scope).client, now):
            raise http_refusal(404)
        return InPieces(content, headers=headers)

    async def _caller(self, request: Request, now: datetime) -> tuple[Viewer, Ticket | None]:
        """Whose files these are to be, and the ticket that says so, if it is one."""
        authorization = exchange_of(request.scope).authorization
        tickets = request.query_params.getlist("ticket")
        if not tickets:
            viewer = await self._bearers.viewer(() if authorization is None else (authorization,), now)
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


def _language(request: Request, languages: tuple[str, ...]) -> str | None:
    """The language that is asked for; `None` is the one the file is in, or the customer's own."""
    asked = request.query_params.getlist("language")
    if not asked or not languages:
        return None
    if len(asked) > 1 or asked[0] not in languages:
        raise bad_input("download.language")
    return asked[0]
