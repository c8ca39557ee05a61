"""What the HTTP layer asks of an engine, and what it gets: the seam between the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from gateway.auth.client import Client


@dataclass(frozen=True, slots=True)
class OperationRequest:
    """The parameters of a GraphQL-over-HTTP request, their JSON types checked and nothing else.

    `query` is only missing when `extensions` are there and may name a stored document. Nothing is nested deeper than
    32 levels.
    """

    query: str | None
    operation_name: str | None
    variables: dict[str, Any] | None
    extensions: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `body` is the JSON text in UTF-8, ready to send.

    `executed` is false for a request error (nothing ran, there is no `data`): 200 under `application/json`, 400 under
    `application/graphql-response+json`. `status` overrides that rule. `headers` are added to the HTTP layer's own, with
    names in lower case.
    """

    body: bytes
    executed: bool
    status: int | None = None
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who sends an operation, in whose place.

    `authorization` is the `Authorization` header as it came (`None`: anonymous; several headers are joined by a comma,
    RFC 9110 §5.3, and so are no bearer token), `view_as` the id of a package whose login's answer is wanted.
    """

    authorization: str | None = None
    view_as: str | None = None


class Engine(Protocol):
    """Answers operations: authentication, validation, execution and its deadline are inside."""

    async def answer(
        self, request: OperationRequest, client: Client, credentials: Credentials, language: str
    ) -> Answer:
        """The answer to one operation. `language` is "en" or "de". May raise `GatewayError`, which becomes a
        request error: `UNAUTHENTICATED` 401 with a challenge,
        `RATE_LIMITED` 429 and `UNAVAILABLE` or `TIMEOUT` 503 with `Retry-After`, anything else as for `executed=False`.
        Any other exception becomes 500 `INTERNAL` with `client.request_id` as its `errorId`.
        """
        ...
