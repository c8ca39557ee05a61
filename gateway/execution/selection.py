"""What an operation selects: fields collected and merged by graphql-core's own rules, with their arguments.

A selection depends on the text and on the values in `@skip` and `@include`; argument values may still be open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    Visitor,
    is_non_null_type,
    visit,
)
from graphql.execution.collect_fields import FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values

from gateway.loaders import sought_kind

SKIP, INCLUDE = "skip", "include"


@dataclass(frozen=True, slots=True)
class Selected:
    """A field of the answer: its response name, where it is declared, and the nodes that asked for it."""

    response_name: str
    name: str
    parent: GraphQLObjectType
    definition: GraphQLField | None  # None: `__typename`
    details: list[Any]

    @property
    def nodes(self) -> list[FieldNode]:
        """The places in the text, for the locations of errors."""
        return [detail.node for detail in self.details]


@dataclass(slots=True)
class Operation:
    """One operation of a document, prepared for planning. Shared between viewers: it holds nothing of any of them."""

    schema: GraphQLSchema
    definition: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    conditions: tuple[str, ...] = ()  # variables that decide @skip and @include
    ids: tuple[str, ...] = ()  # variables that give the id of a `node(id:)`, whose kind decides the type

    @classmethod
    def of(
        cls, schema: GraphQLSchema, definition: OperationDefinitionNode, fragments: list[FragmentDefinitionNode]
    ) -> Operation:
        """Prepare an operation with the fragments of its document."""
        operation = cls(schema, definition, {f.name.value: FragmentDetails(f) for f in fragments})
        finder = _Finder()
        for node in (definition, *fragments):
            visit(node, finder)
        operation.conditions = tuple(dict.fromkeys(finder.conditions))
        operation.ids = tuple(dict.fromkeys(finder.ids))
        return operation

    def key(self, variables: VariableValues) -> tuple[Any, ...]:
        """What of the variables decides the plan; all else is only bound."""
        values = variables.coerced
        return (
            *(values.get(name) for name in self.conditions),
            *(kinds_of(values.get(name)) for name in self.ids),
        )

    def root(self, variables: VariableValues) -> list[Selected]:
        """The fields of the operation itself."""
        kind = self.schema.query_type
        assert kind is not None
        collected = collect_fields(self.schema, self.fragments, variables, kind, self.definition)
        return _selected(kind, collected.grouped_field_set)

    def only(self, fields: list[Selected]) -> OperationDefinitionNode | None:
        """The operation with these root fields alone, each where it stands in the text; `None` for none of them.

        Conditions on the way to them are decided: the plan that leaves them is for these values.
        """
        if not fields:
            return None
        nodes = tuple(node for selected in fields for node in selected.nodes)
        return replace(self.definition, selection_set=SelectionSetNode(selections=nodes))

    def below(self, selected: Selected, kind: GraphQLObjectType, variables: VariableValues) -> list[Selected]:
        """The fields asked for on an object of type `kind`."""
        collected = collect_subfields(self.schema, self.fragments, variables, self.definition, kind, selected.details)
        return _selected(kind, collected.grouped_field_set)


def _selected(kind: GraphQLObjectType, grouped: Mapping[str, list[Any]]) -> list[Selected]:
    fields = []
    for response_name, details in grouped.items():
        name = details[0].node.name.value
        definition = None if name == "__typename" else kind.fields.get(name)
        fields.append(Selected(response_name, name, kind, definition, details))
    return fields


def kinds_of(ids: Any) -> Any:
    """The kinds of rows that an id, or the ids of a list, are looked for among."""
    if isinstance(ids, list):
        return tuple(sorted({sought_kind(text) for text in ids}))
    return sought_kind(ids) if isinstance(ids, str) else None


@dataclass(slots=True)
class Arguments:
    """The arguments of a field: `fixed` where the text alone decides them, otherwise read from the variables.

    `direct` are arguments that are one variable each, by name, and whether null is refused there; `rest` the values of
    the others, once they are known. Together they spare graphql-core's walk over every argument at every run.
    """

    definition: GraphQLField
    node: FieldNode
    fixed: dict[str, Any] | None
    direct: tuple[tuple[str, str, bool], ...] | None = None
    rest: dict[str, Any] | None = None

    @classmethod
    def of(cls, selected: Selected, variables: VariableValues) -> Arguments:
        """The arguments as written at the first place that asked for the field (merged fields have the same)."""
        assert selected.definition is not None
        node = selected.nodes[0]
        if not _has_variable(*(node.arguments or ())):
            return cls(selected.definition, node, get_argument_values(selected.definition, node, variables))
        return cls(selected.definition, node, None, _direct(selected.definition, node))

    def values(self, variables: VariableValues) -> dict[str, Any]:
        """The coerced values by argument name. Raises `GraphQLError` as graphql-core does."""
        if self.fixed is not None:
            return self.fixed
        if self.direct is not None and self.rest is not None:
            values, coerced = dict(self.rest), variables.coerced
            for name, variable, required in self.direct:
                value = coerced.get(variable)
                if value is None and (required or variable not in coerced):
                    break  # refused, or a default
                values[name] = value
            else:
                return values
        values = get_argument_values(self.definition, self.node, variables)
        if self.direct is not None and self.rest is None:
            names = {name for name, _, _ in self.direct}
            self.rest = {name: value for name, value in values.items() if name not in names}
        return values

    def key(self, variables: VariableValues) -> tuple[Any, ...] | None:
        """What the values depend on, where that is nothing but numbers and truth values; `None`: on more than that.

        Texts are left out on purpose: they would stay in a plan that others share.
        """
        if self.fixed is not None:
            return ()
        if self.direct is None:
            return None
        coerced = variables.coerced
        key = tuple(coerced.get(variable, ...) for _, variable, _ in self.direct)
        return key if all(type(value) in _UNTOLD for value in key) else None


_UNTOLD = (int, bool, type(None))


def _direct(definition: GraphQLField, node: FieldNode) -> tuple[tuple[str, str, bool], ...] | None:
    """The arguments that are a variable each; `None` when a variable stands inside of a value."""
    found = []
    for argument in node.arguments or ():
        value, declared = argument.value, definition.args[argument.name.value]
        if isinstance(value, VariableNode):
            name = declared.out_name or argument.name.value
            found.append((name, value.name.value, is_non_null_type(declared.type)))
        elif _has_variable(argument):
            return None
    return tuple(found)


def _has_variable(*nodes: ArgumentNode) -> bool:
    finder = _Finder()
    for node in nodes:
        visit(node, finder)
    return finder.found


def _variables(value: ValueNode) -> Iterator[str]:
    """The variables in a value: itself, or entries of a list."""
    if isinstance(value, VariableNode):
        yield value.name.value
    elif isinstance(value, ListValueNode):
        for entry in value.values:
            yield from _variables(entry)


class _Finder(Visitor):
    """Finds variables, and those in the conditions of directives."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False
        self.conditions: list[str] = []
        self.ids: list[str] = []

    def enter_field(self, node: Any, *_: Any) -> None:
        if node.name.value in ("node", "nodes"):
            self.ids += [name for argument in node.arguments or () for name in _variables(argument.value)]

    def enter_directive(self, node: Any, *_: Any) -> None:
        if node.name.value in (SKIP, INCLUDE):
            self.conditions += [a.value.name.value for a in node.arguments or () if isinstance(a.value, VariableNode)]

    def enter_variable(self, *_: Any) -> None:
        self.found = True
