"""The one way in: what holds for every request, whatever it asks, in a single pass over it and over its answer.

Host names, cross-origin rules, the client's address, security headers, error answers and the log line are decided in
files of their own; one layer applies them, because each layer of its own would cost every request another wrapper.
"""

from __future__ import annotations

import asyncio
import logging
import os
from functools import lru_cache
from time import perf_counter

import structlog
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.auth.address import shortened
from gateway.auth.client import Client
from gateway.errors import ErrorCode, GatewayError
from gateway.http.exchange import Exchange, joined, remember
from gateway.http.log import open_budget, write_request
from gateway.http.peer import Proxies, user_agent
from gateway.http.refusal import ClientGone, Refusal, error_body, http_refusal, internal, refusal_of, unavailable
from gateway.http.security import Hosts, Origins, SecurityHeaders
from models.database import DatabaseUnavailable, StatementTimeout

CLIENT_GONE = 499
"""Logged, never sent: the client left before it had an answer."""

STATUS_KEY = "gateway.status"
"""In the scope of a request that the connection has answered itself: with which status."""

QUIET_ROUTES = frozenset({"/livez", "/readyz"})
"""Probed every few seconds; a good answer there is no news."""

_PREFLIGHT_DONE = 204

_shortened = lru_cache(maxsize=1024)(shortened)  # taking an address apart costs as much as a whole log line


class Entrance:
    """The outermost ASGI app."""

    def __init__(
        self, app: ASGIApp, *, hosts: Hosts, origins: Origins, proxies: Proxies, headers: SecurityHeaders
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._origins = origins
        self._proxies = proxies
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        open_budget()
        scope["app"] = self  # Starlette then raises its 404 and 405 instead of answering them in its own way
        exchange = self._exchange(scope)

        async def send_complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                lines = self._headers.complete(message.get("headers", ()))
                lines += self._origins.headers(exchange.headers)
                message["headers"] = lines
            else:
                exchange.body_bytes += len(message.get("body", b""))
            await send(message)

        try:
            refusal = await self._handled(scope, receive, send_complete, exchange)
            if refusal is not None and exchange.status == 0:
                await _refuse(refusal, exchange, send_complete)
        finally:
            self._log(scope, exchange, started)

    def _exchange(self, scope: Scope) -> Exchange:
        headers = joined(scope["headers"])
        peer = scope.get("client")
        address = self._proxies.client_address(peer[0] if peer else None, headers.get(b"x-forwarded-for"))
        client = Client(address, user_agent(headers.get(b"user-agent")), os.urandom(8).hex())
        exchange = Exchange(client, headers)
        remember(scope, exchange)
        return exchange

    async def _handled(self, scope: Scope, receive: Receive, send: Send, exchange: Exchange) -> Refusal | None:
        """Let the app answer. What it could not answer comes back as a refusal."""
        try:
            if not self._hosts.serve(exchange.headers.get(b"host")):
                return http_refusal(400, key="http.host")
            preflight = self._origins.preflight(scope["method"], exchange.headers)
            if preflight is not None:
                await send({"type": "http.response.start", "status": _PREFLIGHT_DONE, "headers": preflight})
                await send({"type": "http.response.body", "body": b""})
                return None
            if b"%" in scope.get("raw_path", b""):  # no route needs an escape: `%2e`, `%00` and `%67raphql` are nothing
                return http_refusal(404)
            await self._app(scope, receive, send)
        except Refusal as refusal:
            return refusal
        except GatewayError as error:
            return refusal_of(error)
        except HTTPException as error:
            allow = (error.headers or {}).get("Allow")
            names = ", ".join(sorted(allow.split(", "))) if allow else None
            return http_refusal(error.status_code, ((b"allow", names.encode()),) if names else ())
        except DatabaseUnavailable:
            return unavailable()
        except StatementTimeout:
            return refusal_of(GatewayError(ErrorCode.TIMEOUT, "timeout"))
        except ClientGone:
            exchange.status = scope.get(STATUS_KEY, CLIENT_GONE)
        except asyncio.CancelledError:  # the server stops and has run out of patience
            return unavailable()
        except Exception as error:
            error_id = exchange.client.request_id
            structlog.get_logger().error("unexpected exception", error_id=error_id, exc_info=error)
            return internal(error_id)
        return None

    def _log(self, scope: Scope, exchange: Exchange, started: float) -> None:
        route = getattr(scope.get("route"), "path", None)
        status = exchange.status
        facts = {
            "method": scope["method"],
            "route": route,
            "status": status,
            "ms": round((perf_counter() - started) * 1000, 2),
            "bytes": exchange.body_bytes,
            "address": _shortened(exchange.client.address),
            "request_id": exchange.client.request_id,
        }
        if exchange.operation is not None:
            facts["operation"] = exchange.operation
        if exchange.code is not None:
            facts["code"] = exchange.code
        write_request(logging.DEBUG if route in QUIET_ROUTES and status == 200 else logging.INFO, facts)


async def _refuse(refusal: Refusal, exchange: Exchange, send: Send) -> None:
    """Send an error answer. Does not read what the client may still be sending: the connection closes on it."""
    exchange.code = refusal.error.code.value
    body = error_body(refusal.error, exchange.language)
    headers = (
        (b"content-type", exchange.media_type),
        (b"content-length", b"%d" % len(body)),
        *refusal.headers,
    )
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
