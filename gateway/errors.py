"""Every error the gateway tells a caller: a stable code, a message in the caller's language, and nothing confidential.

Codes are for programs and never change; messages are for people and come from `gateway.messages`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from gateway.messages import message


class ErrorCode(StrEnum):
    """The complete list; anything else in an answer is a defect."""

    BAD_USER_INPUT = "BAD_USER_INPUT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    INVALID_CREDENTIALS = "INVALID_CREDENTIALS"
    TWO_FACTOR_REQUIRED = "TWO_FACTOR_REQUIRED"
    TWO_FACTOR_INVALID = "TWO_FACTOR_INVALID"
    REAUTHENTICATION_REQUIRED = "REAUTHENTICATION_REQUIRED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    RATE_LIMITED = "RATE_LIMITED"
    QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    INTROSPECTION_DISABLED = "INTROSPECTION_DISABLED"
    TIMEOUT = "TIMEOUT"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"


class GatewayError(Exception):
    """An error meant for the caller.

    `key` names the message in `gateway.messages` and `params` fill it (never with a caller's own values).
    `extensions` are sent beside the code, such as `requiredScope` or `retryAfter` (seconds). `path` names the part of a
    mutation's input it is about.
    """

    def __init__(
        self,
        code: ErrorCode,
        key: str,
        *,
        extensions: dict[str, Any] | None = None,
        path: tuple[str, ...] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(key)
        self.code = code
        self.key = key
        self.params = params
        self.path = path
        self.extensions = extensions or {}

    def text(self, language: str) -> str:
        """The message in `language` ("en" or "de")."""
        return message(self.key, language, **self.params)

    def __str__(self) -> str:
        return self.text("en")


def bad_input(key: str, **params: Any) -> GatewayError:
    """What the caller sent cannot be used; the message says what to send instead."""
    return GatewayError(ErrorCode.BAD_USER_INPUT, key, **params)


def forbidden(scope: str) -> GatewayError:
    """The viewer lacks a scope; the answer names the one that is wanted."""
    return GatewayError(ErrorCode.FORBIDDEN, "forbidden.scope", extensions={"requiredScope": scope}, scope=scope)


def unauthenticated() -> GatewayError:
    """Nobody is signed in and the field needs somebody."""
    return GatewayError(ErrorCode.UNAUTHENTICATED, "unauthenticated")


def rate_limited(retry_after: int) -> GatewayError:
    """Too many attempts; `retry_after` is in seconds."""
    return GatewayError(
        ErrorCode.RATE_LIMITED, "rate_limited", extensions={"retryAfter": retry_after}, seconds=retry_after
    )
