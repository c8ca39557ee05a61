"""Asking an app without a network, and capturing what it logs."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import httpx2
from starlette.types import ASGIApp

from gateway.http.log import configure_logging
from tests.http.running import settings

HELLO = {"query": "{ hello }"}


def client(app: ASGIApp, **options: Any) -> httpx2.AsyncClient:
    """A client of `app` at http://localhost that sees exceptions as answers, as a network would."""
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False, client=options.pop("peer", ("192.0.2.77", 4711)))
    return httpx2.AsyncClient(transport=transport, base_url=options.pop("base_url", "http://localhost"), **options)


def code(response: httpx2.Response) -> str:
    """The code of an answer that is one error."""
    (error,) = response.json()["errors"]
    assert error["message"]
    return str(error["extensions"]["code"])


class Log:
    """What has been logged since it was made."""

    def __init__(self, **values: Any) -> None:
        self._stream = BytesIO()
        configure_logging(settings(**values), self._stream)

    @property
    def text(self) -> str:
        return self._stream.getvalue().decode("ascii")

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]
