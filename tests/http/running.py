"""The HTTP layer on a real socket of the loopback, in a thread of its own, and a client that sends raw bytes."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

import uvloop
from starlette.types import ASGIApp

from gateway.execution.operation import Engine
from gateway.http.application import http_application
from gateway.http.health import Readiness
from gateway.http.server import Server, bound_socket, server_config
from gateway.settings import Settings

PATIENCE = 15.0
"""Seconds after which a test gives up on something that should long have happened."""


def settings(**values: Any) -> Settings:
    """Settings of a test: a free port, everything else by default unless given."""
    return Settings(port=0, **values)


def application(engine: Engine, given: Settings | None = None, **options: Any) -> ASGIApp:
    """The app as it is served, already started."""
    readiness = Readiness()
    readiness.started = True
    return http_application(given or settings(), engine, readiness, **options)


class Running:
    """A server that runs, and where."""

    def __init__(self, server: Server, port: int) -> None:
        self.server = server
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def connect(self) -> Raw:
        return Raw(socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE))

    def ask(self, data: bytes) -> Reply:
        """Send `data` on a connection of its own; the first answer to it."""
        with self.connect() as raw:
            raw.send(data)
            return raw.reply()

    def until_idle(self) -> None:
        """Wait until no connection is left."""
        enough = monotonic() + PATIENCE
        while self.server.server_state.connections:
            assert monotonic() < enough, "connections were left open"
            sleep(0.01)


@contextmanager
def running(engine: Engine, given: Settings | None = None, **options: Any) -> Iterator[Running]:
    """A real server around `engine` while the block runs."""
    given = given or settings()
    listening = bound_socket(given)
    up = threading.Event()
    config = server_config(given, application(engine, given, **options))
    server = Server(config, Readiness(), up.set)
    thread = threading.Thread(target=uvloop.run, args=(server.serve(sockets=[listening]),))
    thread.start()
    try:
        assert up.wait(PATIENCE)
        yield Running(server, listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listening.close()
        assert not thread.is_alive()


class Reply:
    """One answer, read from the wire."""

    def __init__(self, head: bytes, body: bytes) -> None:
        line, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(line.split(" ")[1])
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.body = body

    @property
    def code(self) -> str:
        import json

        return str(json.loads(self.body)["errors"][0]["extensions"]["code"])


class Raw:
    """A socket and what has been read from it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._read = b""

    def __enter__(self) -> Raw:
        return self

    def __exit__(self, *exception: object) -> None:
        self._connection.close()

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def reply(self) -> Reply:
        """The next answer. Raises `ConnectionError` when the connection ends before it is complete."""
        while b"\r\n\r\n" not in self._read:
            self._more()
        head, _, rest = self._read.partition(b"\r\n\r\n")
        reply = Reply(head, b"")
        length = int(reply.headers.get("content-length", "0"))
        while len(rest) < length:
            self._read = b""
            self._more()
            rest += self._read
        self._read = rest[length:]
        return Reply(head, rest[:length])

    def _more(self) -> None:
        data = self._connection.recv(65536)
        if not data:
            raise ConnectionError("closed")
        self._read += data

    def ends(self) -> bool:
        """Whether the server ends the connection without another byte."""
        try:
            return not self._read and self._connection.recv(1) == b""
        except ConnectionResetError:
            return True


def post(body: bytes, *lines: str, path: str = "/graphql", host: str = "localhost") -> bytes:
    """The bytes of a GraphQL request over HTTP/1.1."""
    head = [f"POST {path} HTTP/1.1", f"Host: {host}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, *lines, "", ""]).encode("latin-1") + body


HELLO = b'{"query":"{ hello }"}'


async def until(condition: Callable[[], bool]) -> None:
    """Let other tasks run until `condition()` holds."""
    for _ in range(100_000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never happened")
