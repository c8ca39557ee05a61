"""Calendar feeds by `GET`: the address is all a calendar has, so it is the secret, and it reads nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.auth.calendar_feeds import FOLDER, CalendarFeeds, Reading
from gateway.auth.deadlines import WORDS
from gateway.documents.calendar import Entry, calendar
from gateway.errors import ErrorCode, GatewayError
from gateway.http.conditional import is_held
from gateway.http.exchange import exchange_of
from gateway.http.refusal import http_refusal
from gateway.messages import message


class CalendarRoute:
    """The endpoint. `deadline` is in seconds."""

    def __init__(self, feeds: CalendarFeeds, deadline: float, clock: Callable[[], datetime]) -> None:
        self._feeds = feeds
        self._deadline = deadline
        self._clock = clock

    def route(self) -> Route:
        """The route; `HEAD` comes with `GET`. The log has the pattern of it, never the address."""
        return Route(f"/{FOLDER}/{{token}}.ics", self._bounded, methods=["GET"])

    async def _bounded(self, request: Request) -> Response:
        try:
            async with asyncio.timeout(self._deadline):
                return await self._answer(request)
        except TimeoutError:
            raise GatewayError(ErrorCode.TIMEOUT, "timeout") from None

    async def _answer(self, request: Request) -> Response:
        now, client = self._clock(), exchange_of(request.scope).client
        reading = await self._feeds.read(request.path_params["token"], client.address, now)
        if reading is None:
            raise http_refusal(404)
        # Made as of the day, so that it stays the same until something changes.
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        body = calendar(message("deadline.calendar", reading.language), _entries(reading), midnight)
        headers = {"ETag": f'"{sha256(body).hexdigest()}"', "Cache-Control": "private, max-age=3600"}
        if is_held(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        headers |= {
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Disposition": 'inline; filename="deadlines.ics"',
        }
        return Response(None if request.method == "HEAD" else body, headers=headers)


def _entries(reading: Reading) -> list[Entry]:
    return [
        Entry(f"{one.kind} {one.subject_id} {one.on}", one.on, message(WORDS[one.kind], reading.language))
        for one in reading.deadlines
    ]
