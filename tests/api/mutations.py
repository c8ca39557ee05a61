"""The text of each mutation with everything its payload holds, and inputs made up from the types alone."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)

from tests.api.graph import Graph

OF_SCALAR: dict[str, Any] = {
    "Int": 1,
    "Float": 1.5,
    "Boolean": True,
    "Date": "2026-03-02",
    "DateTime": "2026-03-02T12:00:00Z",
}
"""A value of each scalar that is no text."""


def text(graph: Graph, name: str) -> str:
    """The mutation with everything its payload holds."""
    field = graph.field(f"Mutation.{name}")
    taken = str(field.args["input"].type) if "input" in field.args else None
    payload = get_named_type(field.type)
    assert isinstance(payload, GraphQLObjectType)
    asked = f"{name}{'(input: $input)' if taken else ''} {_everything(graph, payload)}"
    return f"mutation{f'($input: {taken})' if taken else ''} {{ {asked} }}"


def _everything(graph: Graph, kind: GraphQLObjectType) -> str:
    """All fields of a payload, down to objects that queries lead to."""
    of_queries = graph.reachable(lambda coordinate: True, ("Query",))
    inner = graph.leaves(kind.name)
    for edge in graph.edges(kind.name):
        below = "{ __typename }" if edge.target in of_queries else _everything(graph, graph.types[edge.target])
        inner.append(f"{edge.name} {below}")
    return f"{{ {' '.join(inner)} }}"


def made_up(kind: Any, word: str) -> Any:
    """An input of a type with `word` wherever a text or an id goes."""
    if isinstance(kind, GraphQLNonNull):
        return made_up(kind.of_type, word)
    if isinstance(kind, GraphQLList):
        return [made_up(kind.of_type, word)]
    if isinstance(kind, GraphQLInputObjectType):
        return {name: made_up(field.type, word) for name, field in kind.fields.items()}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    return OF_SCALAR.get(kind.name, word)
