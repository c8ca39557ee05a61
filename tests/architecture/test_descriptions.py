"""Everything in the schema is described for somebody who has never seen it."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    is_specified_directive,
    is_specified_scalar_type,
)

from gateway.schema.build import build_schema, graphql_schema

SHORTEST = 4
"""Characters; `None.` is a description, `-` is not."""


def described(schema: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    """Everything that can have a description, by its coordinate."""
    for name, kind in schema.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(kind):
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field_name, field in kind.fields.items():
                yield f"{name}.{field_name}", field.description
                for argument, taken in field.args.items():
                    yield f"{name}.{field_name}({argument}:)", taken.description
        elif isinstance(kind, GraphQLInputObjectType):
            for field_name, given in kind.fields.items():
                yield f"{name}.{field_name}", given.description
        elif isinstance(kind, GraphQLEnumType):
            for value_name, value in kind.values.items():
                yield f"{name}.{value_name}", value.description
    for directive in schema.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", directive.description
            for argument, taken in directive.args.items():
                yield f"@{directive.name}({argument}:)", taken.description


def test_everything_in_the_schema_is_described() -> None:
    found = dict(described(graphql_schema(build_schema())))
    bare = [coordinate for coordinate, text in found.items() if not text or len(text.strip()) < SHORTEST]
    assert bare == []
    assert len(found) > 500
    print(f"\ndescribed: {len(found)}")


def test_a_description_is_a_sentence() -> None:
    for coordinate, text in described(graphql_schema(build_schema())):
        assert text is not None
        assert text == text.strip(), coordinate
        assert text[-1] in ".!?`)", f"{coordinate}: {text}"
        assert text[0].isupper() or not text[0].isalpha(), f"{coordinate}: {text}"
