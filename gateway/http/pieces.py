"""Large answers, a piece at a time."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

PIECE = 65_536
"""Bytes that are handed to the connection at once: it takes the next when the client has taken these."""


class InPieces(Response):
    """A response whose body goes out as fast as the client takes it.

    Handed over whole, a body is copied into the connection's buffer: for a file of 100 MB the event loop stands still
    meanwhile, and the process holds it twice.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        body = memoryview(self.body)
        for start in range(0, len(body), PIECE):
            piece = bytes(body[start : start + PIECE])
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
