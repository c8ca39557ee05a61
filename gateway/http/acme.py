"""The `httpreq` protocol of lego (https://go-acme.github.io/lego/dns/httpreq/): challenges set and cleared by `POST`.

    POST /acme/present   {"fqdn": "_acme-challenge.example.com.", "value": "LHDhK3oGRvkiefQnx7OOczTY5Tic_xZ6HcMOc_gmtoM"}
    POST /acme/cleanup   the same; in RAW mode {"domain": "example.com", "token": "…", "keyAuth": "…"} with either

Who asks is said by an API token: as a bearer, or as the password of Basic authentication (RFC 7617) with any user name,
which is all that lego and others can send. It is the same change as the mutations make, with the same permission.
"""

from __future__ import annotations

import asyncio
import binascii
import re
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.auth.acme_challenge import clear_challenge, set_challenge
from gateway.auth.address import throttle_network
from gateway.auth.bearer import Bearers, invalid_token
from gateway.auth.client import Client
from gateway.auth.pace import Pace
from gateway.auth.permissions import AcmeDomains
from gateway.auth.view_as import demand_changing, view_as
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.http.arrived import Call
from gateway.http.exchange import Exchange, exchange_of
from gateway.http.media import JSON, is_json_in_utf8
from gateway.http.refusal import Refusal, refusal_of
from models.rules.acme_challenge import LABEL, value_of

FOLDER = "acme"

MOST_BYTES = 4_096
"""Of a body: a name, a token and a key authorization."""

FAILURES_PER_MINUTE = 30
"""Requests with a bad token that one network is told about in a minute; what comes beyond hears when to come again."""

CHALLENGES = (
    (b"www-authenticate", b'Basic realm="ACME DNS-01", charset="UTF-8"'),
    (b"www-authenticate", b'Bearer error="invalid_token"'),
)
"""The two ways of `Authorization`, with every 401 (RFC 9110 §11.6.1)."""

_BASIC = re.compile(r"basic +([A-Za-z0-9+/=]+) *", re.IGNORECASE | re.ASCII)

Change = Callable[[Viewer, str, str, Client, datetime], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a body asks for."""

    fqdn: str
    value: str


class AcmeCalls:
    """The endpoints. `deadline` is in seconds."""

    def __init__(self, bearers: Bearers, deadline: float, clock: Callable[[], datetime]) -> None:
        self._bearers = bearers
        self._deadline = deadline
        self._clock = clock
        self._failures = Pace(FAILURES_PER_MINUTE)

    def calls(self) -> list[Call]:
        """Both routes."""
        changes: dict[str, Change] = {"present": set_challenge, "cleanup": clear_challenge}
        return [
            Call(Route(f"/{FOLDER}/{name}", self._endpoint(change), methods=["POST"]), MOST_BYTES)
            for name, change in changes.items()
        ]

    def _endpoint(self, change: Change) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                async with asyncio.timeout(self._deadline):
                    return await self._answer(change, request)
            except TimeoutError:
                raise GatewayError(ErrorCode.TIMEOUT, "timeout") from None

        return answer

    async def _answer(self, change: Change, request: Request) -> Response:
        exchange, now = exchange_of(request.scope), self._clock()
        viewer = await self._viewer(exchange, now)
        if not is_json_in_utf8(exchange.headers.get(b"content-type")) or b"content-encoding" in exchange.headers:
            raise Refusal(415, bad_input("http.media_type"), ((b"accept", b"application/json"),))
        asked = challenge_of(await request.body())
        fqdn = await change(viewer, asked.fqdn, asked.value, exchange.client, now)
        return Response(orjson.dumps({"fqdn": fqdn}), media_type=JSON.decode())

    async def _viewer(self, exchange: Exchange, now: datetime) -> Viewer:
        """Who asks, if they may. Raises `Refusal` 401, and what else stands against it."""
        try:
            given = exchange.authorization
            viewer = await self._bearers.viewer(() if given is None else (as_bearer(given),), now)
            if exchange.view_as is not None:
                viewer = await view_as(viewer, exchange.view_as)
            refusal = AcmeDomains.refusal(viewer)
            if refusal is not None or viewer is None:
                raise refusal or invalid_token()
        except GatewayError as error:
            if error.code is not ErrorCode.UNAUTHENTICATED:
                raise
            self._failures.take(throttle_network(exchange.client.address), now)
            raise Refusal(refusal_of(error).status, error, CHALLENGES) from None
        demand_changing(viewer)
        return viewer


def as_bearer(authorization: str) -> str:
    """An `Authorization` whose password is a token, as if the token were a bearer's; any other as it is.

    Raises `invalid_token()` for Basic credentials that are none.
    """
    match = _BASIC.fullmatch(authorization)
    if match is None:
        return authorization
    try:
        _, colon, password = b64decode(match[1], validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise invalid_token() from None
    if not colon:
        raise invalid_token()
    return f"Bearer {password}"


def challenge_of(body: bytes) -> Challenge:
    """What a body asks for, in either mode. Raises `BAD_USER_INPUT`."""
    try:
        sent = orjson.loads(body)
    except ValueError:
        raise bad_input("request.json") from None
    if not isinstance(sent, dict):
        raise bad_input("acme.body")
    match sent:
        case {"fqdn": str(fqdn), "value": str(value)} if "keyAuth" not in sent:
            return Challenge(fqdn, value)
        case {"domain": str(domain), "token": str(), "keyAuth": str(key_authorization)} if "fqdn" not in sent:
            return Challenge(f"{LABEL}.{domain.removeprefix('*.')}", value_of(key_authorization))
    raise bad_input("acme.body")
