"""The server process: how uvicorn is set up, and how it stops."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from functools import partial
from typing import cast

import uvicorn
from starlette.types import ASGIApp

from gateway.http.connection import Connection
from gateway.http.connections import ConnectionLimits, Connections
from gateway.http.health import Readiness
from gateway.http.log import configure_logging
from gateway.http.peer import Proxies
from gateway.http.security import SecurityHeaders
from gateway.http.workers import Workers
from gateway.settings import Settings, SettingsError

Build = Callable[[Settings, Readiness], ASGIApp]
"""Makes the app of a process. A function of a module, so that worker processes can import it."""

Announce = Callable[[str], None]
"""Is told the address once requests are answered there."""

SEND_DEADLINE = 30.0
LAME_DUCK = 2.0
"""Seconds in which a stopping process that is busy still takes requests, while `/readyz` says no: a load balancer
notices before a connection is refused."""

FINISH_WITHIN = 20.0
"""Seconds from the signal until what is still running is cancelled."""


class Server(uvicorn.Server):
    """uvicorn's server, which says that it is going before it goes."""

    def __init__(self, config: uvicorn.Config, readiness: Readiness, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._readiness = readiness
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._readiness.stop()
        loop = asyncio.get_running_loop()
        enough = loop.time() + LAME_DUCK
        while self.server_state.tasks and loop.time() < enough and not self.force_exit:
            await self.on_tick(0)  # keeps the Date header true
            await asyncio.sleep(0.05)
        await super().shutdown(sockets)


def server_config(settings: Settings, app: ASGIApp) -> uvicorn.Config:
    """uvicorn's configuration: our own connections and logging, no guessing of proxies, no name of the server."""
    limits = ConnectionLimits(
        header_bytes=settings.header_limit,
        header_deadline=settings.header_deadline,
        body_deadline=settings.body_deadline,
        send_deadline=SEND_DEADLINE,
        per_address=settings.connections_per_address,
    )
    shared = Connections(limits, Proxies(settings.trusted_proxies), SecurityHeaders(settings.hsts))
    return uvicorn.Config(
        app,
        http=cast("type[asyncio.Protocol]", partial(Connection, connections=shared)),
        ws="none",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=cast(int, settings.keep_alive),
        timeout_graceful_shutdown=int(FINISH_WITHIN - LAME_DUCK),
    )


def bound_socket(settings: Settings) -> socket.socket:
    """The listening socket. Raises `SettingsError` when address or port cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        raise SettingsError(f"GATEWAY_HOST, GATEWAY_PORT: cannot listen at {settings.url}: {error.strerror}") from None


def serve(settings: Settings, build: Build, announce: Announce = lambda url: None) -> int:
    """Serve until SIGTERM or SIGINT; the exit status. Raises `SettingsError` before anything starts."""
    if settings.workers > 1 and settings.database_url.startswith("sqlite"):
        raise SettingsError("GATEWAY_WORKERS: SQLite is for one process; several need PostgreSQL.")
    listening = bound_socket(settings)
    port = listening.getsockname()[1]
    url = settings.url if settings.port == port else settings.model_copy(update={"port": port}).url
    with listening:
        if settings.workers == 1:
            return run_server(settings, build, listening, partial(announce, url))
        announce(url)
        return Workers(settings.workers, partial(run_server, settings, build, listening)).run()


def run_server(
    settings: Settings, build: Build, listening: socket.socket, announce: Callable[[], None] = lambda: None
) -> int:
    """One server process on a socket that listens; the exit status."""
    configure_logging(settings)
    readiness = Readiness()
    server = Server(server_config(settings, build(settings, readiness)), readiness, announce)
    for number in (signal.SIGTERM, signal.SIGINT):  # uvicorn raises its signals again once it is done: done is enough
        signal.signal(number, lambda number, frame: None)
    server.run(sockets=[listening])
    return 0
