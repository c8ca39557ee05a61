"""The variables of one operation: their signatures are worked out once, plain values are taken as they are.

Whatever is not an `Int`, `String`, `ID` or `Boolean` of exactly the right kind is graphql-core's to coerce or refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLID,
    GraphQLInt,
    GraphQLSchema,
    GraphQLString,
    OperationDefinitionNode,
    get_nullable_type,
    is_non_null_type,
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource, get_variable_values

from gateway.errors import ErrorCode, GatewayError

INT = 2**31

Fits = Callable[[Any], bool]

_PLAIN: dict[Any, Fits] = {
    GraphQLInt: lambda value: type(value) is int and -INT <= value < INT,
    GraphQLString: lambda value: type(value) is str,
    GraphQLID: lambda value: type(value) is str,
    GraphQLBoolean: lambda value: type(value) is bool,
}
"""Values that graphql-core would hand back unchanged."""


class Variables:
    """Reads the variables of requests for one operation."""

    __slots__ = ("_definitions", "_plain", "_schema")

    def __init__(self, schema: GraphQLSchema, node: OperationDefinitionNode) -> None:
        self._schema = schema
        self._definitions = node.variable_definitions or ()
        self._plain: list[tuple[str, Fits, bool, GraphQLVariableSignature]] | None = []
        for definition in self._definitions:
            signature = get_variable_signature(schema, definition)
            if not isinstance(signature, GraphQLVariableSignature):
                self._plain = None
                return
            required = is_non_null_type(signature.type)
            fits = _PLAIN.get(get_nullable_type(signature.type))
            if fits is None:
                self._plain = None
                return
            self._plain.append((signature.name, fits, required, signature))

    def read(self, given: dict[str, Any] | None) -> VariableValues:
        """The coerced values. Raises `BAD_USER_INPUT` naming the variables that do not fit, never their values."""
        sources: dict[str, VariableValueSource] = {}
        coerced: dict[str, Any] = {}
        given = given or {}
        for name, fits, required, signature in self._plain if self._plain is not None else ():
            if name not in given:
                break  # a default, or nothing at all
            value = given[name]
            if not fits(value) and (required or value is not None):
                break
            sources[name] = VariableValueSource(signature, value)
            coerced[name] = value
        if len(coerced) == len(self._definitions):
            return VariableValues(sources, coerced)
        values = get_variable_values(self._schema, self._definitions, given, max_errors=5, hide_suggestions=True)
        if isinstance(values, VariableValues):
            return values
        # The library's messages repeat what was sent; which variable it was is all that is told.
        names = {definition: definition.variable.name.value for definition in self._definitions}
        wrong = [names[node] for error in values for node in error.nodes or () if node in names]
        listed = ", ".join(f"${name}" for name in dict.fromkeys(wrong))
        raise GatewayError(ErrorCode.BAD_USER_INPUT, "variables.unfit", names=listed)
