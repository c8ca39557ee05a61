"""Errors as callers see them: a code, a message in their language, and nothing else of ours or theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from graphql import GraphQLError

from gateway.auth.client import Client
from gateway.errors import ErrorCode, GatewayError
from models.database import DatabaseUnavailable, StatementTimeout


class Failures:
    """Formats errors; what nobody foresaw is logged under the id the caller is told."""

    def __init__(self) -> None:
        self._log = structlog.get_logger()

    def formatted(self, errors: Iterable[GraphQLError], client: Client, language: str) -> list[dict[str, Any]]:
        """The `errors` of an answer, in the order of their paths."""
        return [self._formatted(error, client, language) for error in sorted(errors, key=_place)]

    def _formatted(self, error: GraphQLError, client: Client, language: str) -> dict[str, Any]:
        known, original = self._known(error, client), error.original_error
        if known is None:  # a request error of the document path: said in its own words
            formatted = dict(error.formatted)
        else:
            extensions = {"code": known.code.value, **known.extensions}
            if known is not original and known.code is ErrorCode.INTERNAL:
                extensions["errorId"] = client.request_id
            formatted = {"message": known.text(language), "extensions": extensions}
            if error.locations:
                formatted["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
        if error.path is not None:
            formatted["path"] = error.path
        return formatted

    def _known(self, error: GraphQLError, client: Client) -> GatewayError | None:
        original = error.original_error
        if isinstance(original, GatewayError):
            return original
        if isinstance(original, DatabaseUnavailable):
            return GatewayError(ErrorCode.UNAVAILABLE, "unavailable")
        if isinstance(original, StatementTimeout | TimeoutError):
            return GatewayError(ErrorCode.TIMEOUT, "timeout")
        if original is None and (error.extensions or {}).get("code"):
            return None
        if original is None or isinstance(original, GraphQLError):
            return GatewayError(ErrorCode.BAD_USER_INPUT, "argument.unfit")
        self._log.error("unexpected", error_id=client.request_id, exc_info=original)
        return GatewayError(ErrorCode.INTERNAL, "internal")


def _place(error: GraphQLError) -> tuple[tuple[str, int], ...]:
    """Where an error sorts: by its path, list entries by number."""
    return tuple((step, 0) if isinstance(step, str) else ("", step) for step in error.path or ())
