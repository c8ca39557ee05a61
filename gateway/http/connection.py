"""A client's connection: uvicorn's HTTP/1.1 protocol with the deadlines and bounds it does not have.

Until its headers are there a request has `header_deadline` seconds and `header_bytes` bytes, its body has
`body_deadline` seconds, an answer must move on within `send_deadline`, and an address may hold `per_address`
connections. What breaks a rule, or HTTP itself, gets a coded error and the connection ends. Leans on uvicorn 0.54
(`HttpToolsProtocol`).
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from typing import Any, cast

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from gateway.auth.address import shortened
from gateway.http.connections import Connections
from gateway.http.entrance import STATUS_KEY
from gateway.http.exchange import joined
from gateway.http.language import language_of
from gateway.http.log import write_request
from gateway.http.media import JSON
from gateway.http.peer import UNKNOWN
from gateway.http.refusal import Refusal, error_body, http_refusal

MOST_HEADER_LINES = 100
MOST_PIPELINED = 16
LINGER = 1.0
"""Seconds in which a client that is still sending may take its error answer before the connection is cut."""

MOST_DROPPED = 262_144
"""Bytes that are taken from it and dropped meanwhile."""


class _Outlet:
    """The transport as uvicorn sees it, with another way to close."""

    def __init__(self, transport: asyncio.Transport, close: Callable[[], None], closing: Callable[[], bool]) -> None:
        self.write = transport.write
        self.get_extra_info = transport.get_extra_info
        self.close = close
        self.is_closing = closing


class Connection(HttpToolsProtocol):
    """One connection. `connections` is shared by all of the process."""

    def __init__(self, *args: Any, connections: Connections, **options: Any) -> None:
        super().__init__(*args, **options)
        self._shared = connections
        self._limits = connections.limits
        self._network: str | None = None
        self._wire: asyncio.Transport
        self._head_open = False  # a request has begun, its headers are not complete
        self._body_open = False  # headers are complete, the body is not
        self._head_bytes = 0
        self._dropped = 0
        self._closing = False  # what still arrives is dropped
        self._last_answer = False  # the running answer is the last one
        self._wrong: int | None = None  # the status for what the parser is about to give up on
        self._arrival: asyncio.TimerHandle | None = None  # deadline of the headers or the body
        self._departure: asyncio.TimerHandle | None = None  # deadline of an answer on its way out

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn narrows it
        super().connection_made(transport)
        self._wire = transport
        self.transport = _Outlet(transport, self._close, self._is_closing)  # type: ignore[assignment]  # what is used of it
        try:
            self._network = self._shared.enter(self.client[0] if self.client else None)
        except Refusal as refusal:
            self._write_refusal(refusal)
            self._closing = True
            transport.close()
            return
        self._await(self._limits.header_deadline, self._headers_late)

    def connection_lost(self, exc: Exception | None) -> None:
        self._closing = True
        self._arrived()
        self._unset_keepalive_if_required()
        if self._departure is not None:
            self._departure.cancel()
        self._shared.leave(self._network)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._closing or self._last_answer:
            self._drop(len(data))
            return
        within_head = not self._body_open
        self._unset_keepalive_if_required()
        self._parse(data)
        if self._closing or self._last_answer:
            return
        if self._head_open and within_head:
            self._head_bytes += len(data)
            if self._head_bytes > self._limits.header_bytes:
                self._refuse(431)
                return
        if self._arrival is None and self.timeout_keep_alive_task is None:
            if self._body_open:
                self._await(self._limits.body_deadline, self._body_late)
            elif self._head_open or self.cycle is None or self.cycle.response_complete:
                self._await(self._limits.header_deadline, self._headers_late)

    # The parser

    def _parse(self, data: bytes) -> None:
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            self._decline(data[offer.args[0] :])
        except httptools.HttpParserError:
            self._refuse(self._wrong or 400)

    def _decline(self, rest: bytes) -> None:
        """Go on in HTTP/1.1 with a client that has offered to speak something else (h2c, WebSocket; RFC 9110 §7.8).

        httptools takes what follows such headers for the other protocol, even a body, and parses nothing after them, so
        the request is parsed anew without its offer. Java's HttpClient and `curl --http2` begin like this.
        """
        method, version = self.parser.get_method(), self.parser.get_http_version().encode()
        lines = [b"%s: %s\r\n" % line for line in self.headers if line[0] != b"upgrade"]
        self.parser = httptools.HttpRequestParser(self)
        self._parse(b"%s %s HTTP/%s\r\n%s\r\n%s" % (method, self.url, version, b"".join(lines), rest))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head_open = True
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        self._arrived()
        size = len(self.url) + sum([len(name) + len(value) + 4 for name, value in self.headers])
        if size > self._limits.header_bytes or len(self.headers) > MOST_HEADER_LINES:
            self._wrong = 431
            raise ValueError("headers too large")
        if len(self.pipeline) >= MOST_PIPELINED:
            raise ValueError("too many requests ahead of their answers")
        if self.parser.should_upgrade():
            if self.parser.get_method() == b"CONNECT":
                raise ValueError("no proxy")
            return
        super().on_headers_complete()
        self._head_open = False
        self._body_open = True

    def on_message_complete(self) -> None:
        if self.parser.should_upgrade():
            return
        self._body_open = False
        self._arrived()
        super().on_message_complete()

    # Deadlines

    def _await(self, seconds: float, late: Callable[[], None]) -> None:
        self._arrival = self.loop.call_later(seconds, late)

    def _arrived(self) -> None:
        if self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None

    def _headers_late(self) -> None:
        self._arrival = None
        if self._head_open:
            self._refuse(408)
        else:  # nothing was ever asked
            self._closing = True
            self._wire.abort()

    def _body_late(self) -> None:
        self._arrival = None
        self._refuse(408)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._leave_within(self._limits.send_deadline)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._departure is not None and not self._closing:
            self._departure.cancel()
            self._departure = None

    def _leave_within(self, seconds: float) -> None:
        if self._departure is None:
            self._departure = self.loop.call_later(seconds, self._wire.abort)

    # The end

    def on_response_complete(self) -> None:
        unread = self._body_open and not self.pipeline  # answered before it was all sent; nobody will read the rest
        if not self._closing and (self._last_answer or unread):
            self._close()
        super().on_response_complete()

    def _is_closing(self) -> bool:
        return self._closing or self._wire.is_closing()

    def _close(self) -> None:
        """End the connection once everything is written; a client in the middle of a body gets time to see why."""
        if self._wire.is_closing():
            return
        self._arrived()
        if self._body_open or self._head_open:
            self._linger()
        else:
            self._closing = True
            self._wire.close()
            self._leave_within(self._limits.send_deadline)

    def _linger(self) -> None:
        """Send what there is, then the end of our side, and drop what still comes (RFC 9112 §9.6)."""
        self._closing = True
        self.flow.resume_reading()
        if self._wire.can_write_eof():
            self._wire.write_eof()
        self._leave_within(LINGER)

    def _drop(self, count: int) -> None:
        self._dropped += count
        if self._dropped > MOST_DROPPED and not self._wire.is_closing():
            self.flow.pause_reading()  # it has our answer and no reason to go on

    def _refuse(self, status: int) -> None:
        """Answer what arrives with an error and end the connection."""
        self._arrived()
        self._unset_keepalive_if_required()
        cycle = self.cycle
        running = cycle is not None and not cycle.response_complete
        if self.pipeline or (running and not self._body_open):
            self._last_answer = True  # an earlier request is being answered; an error now would look like its answer
            self.pipeline.clear()
            return
        if running:
            if cycle.response_started:
                self._closing = True
                self._wire.abort()
                return
            cast(dict[str, Any], cycle.scope)[STATUS_KEY] = status
            cycle.disconnected = True
            cycle.message_event.set()
        self._write_refusal(http_refusal(status), logged=not running)
        self._linger()

    def _write_refusal(self, refusal: Refusal, logged: bool = True) -> None:
        language = language_of(joined(self.headers or []).get(b"accept-language"))
        body = error_body(refusal.error, language)
        lines = [
            *self.server_state.default_headers,
            (b"content-type", JSON),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
            *refusal.headers,
        ]
        head = b"".join(b"%s: %s\r\n" % line for line in self._shared.headers.complete(lines))
        self._wire.write(STATUS_LINE[refusal.status] + head + b"\r\n" + body)
        if logged:
            write_request(
                logging.INFO,
                {
                    "status": refusal.status,
                    "code": refusal.error.code.value,
                    "bytes": len(body),
                    "address": shortened(self.client[0] if self.client else UNKNOWN),
                    "request_id": os.urandom(8).hex(),
                },
            )
