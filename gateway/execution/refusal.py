"""Errors of a request that never ran, light enough to be cached: no nodes, no sources, no frames."""

from __future__ import annotations

from collections.abc import Sequence

from graphql import GraphQLError, Node, SourceLocation

from gateway.errors import ErrorCode, GatewayError

MOST_LOCATIONS = 10
"""Places one error names; an argument given 600 times has 600."""

LONGEST_MESSAGE = 500
"""Characters; a name may have 60,000."""


def refusal(error: GatewayError, locations: Sequence[SourceLocation] | None = None) -> GraphQLError:
    """A request error that says what `error` says, in English; its `original_error` says it in other languages."""
    extensions = {"code": error.code.value, **error.extensions}
    return _located(GraphQLError(error.text("en"), original_error=error, extensions=extensions), locations)


def plain_refusal(code: ErrorCode, message: str, locations: Sequence[SourceLocation] | None) -> GraphQLError:
    """A request error in the library's words, shortened."""
    short = message if len(message) <= LONGEST_MESSAGE else message[:LONGEST_MESSAGE] + "…"
    return _located(GraphQLError(short, extensions={"code": code.value}), locations)


def places(node: Node) -> list[SourceLocation]:
    """Where a node begins."""
    return [node.loc.source.get_location(node.loc.start)] if node.loc else []


def _located(error: GraphQLError, locations: Sequence[SourceLocation] | None) -> GraphQLError:
    error.locations = list(locations[:MOST_LOCATIONS]) if locations else None
    return error
