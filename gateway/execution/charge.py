"""What each field of the schema counts for in the cost of an operation, worked out once, at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

COST = "cost"
"""Key in a field's extensions: `{"weight": …, "assumed": …}`, both whole numbers, each of them optional."""

ASSUMED = 10
"""Entries of a list that says nothing."""

ASSUMED_INTROSPECTION = {"types": 100, "args": 3, "interfaces": 3, "inputFields": 5}
"""Entries of the lists of introspection, where it is not `ASSUMED`."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What a field counts for. `type` is the composite type it leads to ("" for a leaf)."""

    type: str = ""
    weight: int = 1
    listed: bool = False
    """It is a list of objects."""
    assumed: int = 1
    """How many, where neither a page nor ids say so."""
    paged: bool = False
    """It takes `first` or `last`."""
    ids: frozenset[str] = frozenset()
    """Arguments of a list that are lists of ids: there is an entry for each."""
    introspection: bool = False


def charges(schema: GraphQLSchema) -> Mapping[str, Mapping[str, Charge]]:
    """The charge of every field, by type and field. Raises `ValueError` naming a field with a malformed cost."""
    found: dict[str, dict[str, Charge]] = {}
    for kind in schema.type_map.values():
        if not is_composite_type(kind):
            continue
        known = found[kind.name] = {"__typename": Charge(introspection=kind.name.startswith("__"))}
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in kind.fields.items():
                known[name] = _charge(kind.name, name, field)
    if schema.query_type:
        known = found[schema.query_type.name]
        known["__schema"] = Charge("__Schema", introspection=True)
        known["__type"] = Charge("__Type", introspection=True)
    return found


def connections(known: Mapping[str, Mapping[str, Charge]]) -> frozenset[str]:
    """The types whose lists are the entries of a page: those a field with `first` or `last` leads to."""
    return frozenset(
        charge.type
        for fields in known.values()
        for charge in fields.values()
        if charge.paged and not charge.listed and charge.type
    )


def _charge(parent: str, name: str, field: GraphQLField) -> Charge:
    named = get_named_type(field.type)
    listed = is_composite_type(named) and is_list_type(get_nullable_type(field.type))
    introspection = parent.startswith("__")
    assumed = (ASSUMED_INTROSPECTION.get(name, ASSUMED) if introspection else ASSUMED) if listed else 1
    declared = (field.extensions or {}).get(COST, {})
    if not isinstance(declared, Mapping) or not all(
        key in ("weight", "assumed") and type(value) is int and value >= 0 for key, value in declared.items()
    ):
        raise ValueError(f"{parent}.{name}: extensions[{COST!r}] holds whole numbers 'weight' and 'assumed'")
    return Charge(
        type=named.name if is_composite_type(named) else "",
        weight=declared.get("weight", 1),
        listed=listed,
        assumed=declared.get("assumed", assumed),
        paged=any(
            size in field.args and get_named_type(field.args[size].type).name == "Int" for size in ("first", "last")
        ),
        ids=frozenset(
            argument
            for argument, definition in field.args.items()
            if listed
            and is_list_type(get_nullable_type(definition.type))
            and get_named_type(definition.type).name == "ID"
        ),
        introspection=introspection,
    )
