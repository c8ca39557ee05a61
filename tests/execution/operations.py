"""Random operations over the schema: every field, argument, fragment form and directive, mostly right, sometimes wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from tests.execution.estate import SLUGS

SEARCHES = ["a", "zeb", "BÜCHER", "xn--", "ss", "%", "_", "\\", "日", "", " ", "web-0", "b09"]
TOO_LONG = "x" * 101
TEXTS = ["kind-0", "kind-1", "web", "nothing"]

WRONG = 0.2
"""How many operations may have arguments that are refused: every list would otherwise add its share of them."""

RESOLVED = 0.05
"""How often a field with a resolver of its own is among those to choose from: there are few, and the plans are the subject."""


@dataclass
class Generated:
    """An operation with variables; `cursor` and `backwards` are variables a caller may fill with cursors of an answer."""

    text: str
    variables: dict[str, Any]


@dataclass
class Generator:
    """Writes operations. The same seed writes the same operation. `roots`: the fields of the query it begins with, or any."""

    schema: GraphQLSchema
    ids: list[str]
    random: random.Random
    deepest: int = 6
    roots: frozenset[str] = frozenset()
    _variables: dict[str, tuple[str, Any]] = field(default_factory=dict)
    _fragments: list[str] = field(default_factory=list)
    _left: int = 0
    _wrong: bool = False

    def operation(self) -> Generated:
        """A query with up to some 40 fields."""
        self._variables, self._fragments, self._left = {}, [], self.random.randrange(3, 45)
        self._wrong = self._chance(WRONG)
        query = self.schema.query_type
        assert query is not None
        selection = self._selection(query, 0)
        definitions = ", ".join(f"${name}: {kind}" for name, (kind, _) in self._variables.items())
        text = f"query Q{f'({definitions})' if definitions else ''} {selection}\n" + "\n".join(self._fragments)
        given = {name: value for name, (_, value) in self._variables.items() if value is not ...}
        return Generated(text, given)

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _declared(self, kind: Any, name: str) -> bool:
        """Whether a plan may know the field; one with a resolver of its own leaves the whole operation to the reference."""
        return name not in kind.fields or "declaration" in kind.fields[name].extensions

    def _selection(self, kind: Any, depth: int) -> str:
        if isinstance(kind, GraphQLInterfaceType):
            types = self.schema.get_possible_types(kind)
            some = self.random.sample(types, min(3, len(types)))
            parts = ["__typename", "id"]
            parts += [f"... on {t.name} {self._selection(t, depth)}" for t in some]
            return "{ " + " ".join(parts) + " }"
        names = [
            name for name, f in kind.fields.items() if depth < self.deepest or is_leaf_type(get_named_type(f.type))
        ]
        if kind is self.schema.query_type and self.roots:
            names = [name for name in names if name in self.roots]
        if not names:
            return "{ __typename }"
        # Half of the pages tell how many there are in all: among ever more fields it would hardly ever be asked for.
        total = "totalCount" in names and self._chance(0.5)
        parts = ["totalCount"] if total else []
        planned = [name for name in names if self._declared(kind, name) or self._chance(RESOLVED)] or names
        for name in self.random.sample(planned, self.random.randrange(1, min(len(planned), 6) + 1)):
            if self._left <= 0 and parts:
                break
            parts.append(self._field(name, kind.fields[name], depth))
        if self._chance(0.15):
            parts.append("__typename")
        if self._chance(0.1):
            parts.append(self.random.choice(parts))  # merged
        if self._chance(0.12):
            parts = [self._fragment(kind, parts)]
        return "{ " + " ".join(parts) + " }"

    def _fragment(self, kind: GraphQLObjectType, parts: list[str]) -> str:
        body = "{ " + " ".join(parts) + " }"
        form = self.random.randrange(3)
        if form == 0:
            return f"... {body}"
        if form == 1:
            return f"... on {kind.name}{self._directive()} {body}"
        name = f"F{len(self._fragments)}"
        self._fragments.append(f"fragment {name} on {kind.name} {body}")
        return f"...{name}{self._directive()} ...{name}"

    def _field(self, name: str, definition: GraphQLField, depth: int) -> str:
        self._left -= 1
        alias = f"{name}_{self.random.randrange(1_000)}: " if self._chance(0.1) or definition.args else ""
        text = alias + name + self._arguments(definition) + self._directive()
        named = get_named_type(definition.type)
        return text if is_leaf_type(named) else f"{text} {self._selection(named, depth + 1)}"

    def _directive(self) -> str:
        if not self._chance(0.06):
            return ""
        value = self.random.choice(["true", "false"])
        if self._chance(0.5):
            value = self._variable("Boolean!", value == "true")
        return f" @{self.random.choice(['skip', 'include'])}(if: {value})"

    def _variable(self, kind: str, value: Any, name: str | None = None) -> str:
        name = name or f"v{len(self._variables)}"
        self._variables[name] = (kind, value)
        return f"${name}"

    # Arguments

    def _arguments(self, definition: GraphQLField) -> str:
        parts = []
        pages = {"first", "last", "after", "before"} & set(definition.args)
        if pages:
            parts += self._page()
        for name, argument in definition.args.items():
            if name in pages:
                continue
            required = is_non_null_type(argument.type)
            if required or self._chance(0.35):
                parts.append(f"{name}: {self._argument(name, argument.type)}")
        return f"({', '.join(parts)})" if parts else ""

    def _page(self) -> list[str]:
        choice = self.random.random()
        wrong = self._wrong and self._chance(0.3)
        size = self.random.choice([0, -1, 101] if wrong else [1, 2, 3, 5, 20, 100])
        if choice < 0.25:
            return []
        if choice < 0.6:
            return [f"first: {self._variable('Int', size) if self._chance(0.3) else size}"]
        if choice < 0.8:
            return [f"first: {size}", f"after: {self._cursor('cursor')}"]
        if choice < 0.9:
            return [f"last: {size}"]
        if choice < 0.98 or not self._wrong:
            return [f"last: {size}", f"before: {self._cursor('backwards')}"]
        return [f"first: {size}", f"last: {size}"]

    def _cursor(self, name: str) -> str:
        return self._variable("String", None, name)

    def _argument(self, name: str, kind: Any) -> str:
        if name == "id":
            value = (
                self.random.choice(self.ids)
                if self._chance(0.9)
                else self.random.choice(["", "pkg_1", "x_y", "\u0000"])
            )
            return self._variable("ID!", value) if self._chance(0.6) or "\u0000" in value else f'"{value}"'
        if name == "ids":
            some = [self.random.choice(self.ids) for _ in range(self.random.randrange(4))]
            return "[" + ", ".join(f'"{i}"' for i in some) + "]"
        if name == "slug":
            return self._variable("String!", self.random.choice([*SLUGS, "nothing", "", "\u0000"]))
        if name == "search":
            value = self.random.choice([*SEARCHES, TOO_LONG] if self._wrong else SEARCHES)
            return self._variable("String", value)
        named = get_named_type(kind)
        if name == "orderBy" and self._chance(0.95):  # each field once: twice would be refused
            fields = list(named.fields["field"].type.of_type.values)
            some = self.random.sample(fields, min(len(fields), self.random.randrange(1, 3)))
            return "[" + ", ".join(f"{{field: {field} direction: {self._direction()}}}" for field in some) + "]"
        if isinstance(named, GraphQLInputObjectType) and not is_list_type(kind) and self._chance(0.3):
            return self._variable(named.name, self._json(named))
        return self._literal(kind)

    def _direction(self) -> str:
        return self.random.choice(["ASC", "DESC"])

    def _literal(self, kind: Any) -> str:
        if is_non_null_type(kind):
            kind = kind.of_type
        if is_list_type(kind):
            return "[" + ", ".join(self._literal(kind.of_type) for _ in range(self.random.randrange(1, 3))) + "]"
        if isinstance(kind, GraphQLEnumType):
            return self.random.choice(list(kind.values))
        if isinstance(kind, GraphQLInputObjectType):
            some = [n for n, f in kind.fields.items() if is_non_null_type(f.type) or self._chance(0.5)]
            return "{" + ", ".join(f"{n}: {self._literal(kind.fields[n].type)}" for n in some) + "}"
        return {
            "ID": f'"{self.random.choice(self.ids)}"',
            "String": f'"{self.random.choice(TEXTS)}"',
            "Int": "3",
            "Boolean": "true",
            "Date": f'"2026-01-0{self.random.randrange(1, 5)}"',
            "DateTime": '"2026-06-29T12:00:00Z"',
        }[kind.name]

    def _json(self, kind: Any) -> Any:
        if is_non_null_type(kind):
            kind = kind.of_type
        if is_list_type(kind):
            return [self._json(kind.of_type) for _ in range(self.random.randrange(3))]
        if isinstance(kind, GraphQLEnumType):
            return self.random.choice(list(kind.values))
        if isinstance(kind, GraphQLInputObjectType):
            some = [n for n, f in kind.fields.items() if is_non_null_type(f.type) or self._chance(0.5)]
            return {n: self._json(kind.fields[n].type) for n in some}
        return {
            "ID": self.random.choice(self.ids),
            "String": self.random.choice(TEXTS),
            "Int": 3,
            "Boolean": True,
            "Date": f"2026-01-0{self.random.randrange(1, 5)}",
            "DateTime": "2026-06-29T12:00:00+02:00",
        }[kind.name]
