"""Compiles an operation to a plan, from the same declarations as the reference engine's resolvers.

What a plan does not know raises `Unplannable` and stays with the reference engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.values import VariableValues

from gateway.auth import visible
from gateway.auth.permissions import Permission
from gateway.auth.viewer import STRANGER, Reach, Viewer
from gateway.execution.assembly import Assembly
from gateway.execution.leaf import Bail, column_leaf, column_value, value_leaf
from gateway.execution.plan import Denied, OfKind, Path, Plan
from gateway.execution.selection import Arguments, Operation, Selected, kinds_of
from gateway.execution.step import Level, ListStep, LocalizedStep, ManyStep, RowStep, Step
from gateway.source import listing
from gateway.source.declaration import (
    Column,
    Computed,
    Connection,
    Count,
    Embed,
    Exists,
    Facet,
    First,
    Localized,
    Lookup,
    Many,
    Namespace,
    Need,
    NodeLookup,
    NodesLookup,
    One,
    Part,
    Single,
    Sum,
)
from gateway.source.relation import owner, relation
from models import MODEL_OF_PREFIX, Package
from models.ids import prefix_of


class Unplannable(Exception):
    """The operation holds something only the reference engine knows; the text says what."""


@dataclass
class Place:
    """Where fields are being planned: an object of the answer, and how its columns are reached from there.

    `row` is the variable that holds the row, `path` the to-one relations from the row to the object, `columns` the names of an
    embedded object; `value` is the variable of an object that is no row.
    """

    step: int | None = None
    row: str = ""
    path: str = ""
    columns: Any = None
    value: str = ""


@dataclass
class Compiler:
    """Turns one operation into a plan, for a viewer's scopes and a request's conditions."""

    operation: Operation
    viewer: Viewer | None
    variables: VariableValues
    dialect: str
    steps: list[Step] = field(default_factory=list)
    arguments: list[Arguments] = field(default_factory=list)
    denied: list[Denied] = field(default_factory=list)
    assembly: Assembly = field(default_factory=Assembly)

    def plan(self) -> Plan:
        """The plan, root field by root field. Raises `Unplannable` when no field of it reads rows."""
        entries, left = [], []
        for selected in self.operation.root(self.variables):
            lengths = [len(made) for made in self._made]
            try:
                value = self._field(selected, Place(), ())
            except (Unplannable, Bail):
                for made, length in zip(self._made, lengths, strict=True):
                    del made[length:]
                left.append(selected)
                value = "None"
            entries.append(f"{selected.response_name!r}: {value}")
        if left and not self.steps:
            raise Unplannable("nothing here reads rows")
        source, answer = self.assembly.compile(f"{{{', '.join(entries)}}}")
        return Plan(self.steps, self.arguments, self.denied, source, answer, self.operation.only(left))

    @property
    def _made(self) -> tuple[list[Any], ...]:
        """What planning a field adds to."""
        return self.steps, self.arguments, self.denied, self.assembly.lines

    # Objects and fields

    def _object(self, fields: list[Selected], place: Place, path: Path) -> str:
        return "{" + ", ".join(f"{f.response_name!r}: {self._field(f, place, path)}" for f in fields) + "}"

    def _below(self, selected: Selected, kind: GraphQLOutputType, place: Place, path: Path) -> str:
        named = get_named_type(kind)
        if not isinstance(named, GraphQLObjectType):
            raise Unplannable(f"{selected.name} is of no one type")
        return self._object(self.operation.below(selected, named, self.variables), place, path)

    def _field(self, selected: Selected, place: Place, path: Path) -> str:
        definition = selected.definition
        if definition is None:
            if selected.name != "__typename":
                raise Unplannable(f"{selected.name} is introspection")
            return repr(selected.parent.name)
        path = (*path, selected.response_name)
        permission: type[Permission] | None = definition.extensions.get("permission")
        declared = definition.extensions.get("declaration")
        if permission is None or declared is None:
            raise Unplannable(f"{selected.parent.name}.{selected.name} has a resolver of its own")
        refusal = permission.refusal(self.viewer)
        if refusal is not None:
            if is_non_null_type(definition.type):
                raise Unplannable(f"{selected.parent.name}.{selected.name} is refused and not nullable")
            self.denied.append(Denied(path, selected.nodes, refusal))
            return "None"
        match declared:
            case Column(name):
                return self._column(definition, name, place)
            case Embed(columns, present):
                below = self._below(selected, definition.type, self._embedded(place, columns), path)
                return below if present is None else f"(None if {self._raw(present, place)} is None else {below})"
            case Facet():
                return self._below(selected, definition.type, place, path)
            case Computed(function, needs):
                return self._computed(selected, definition, function, needs, place, path)
            case Count():
                return self._subselect(definition, "count", declared, place)
            case Exists(name):
                return f"({self._subselect(definition, 'count', Count(name), place)} > 0)"
            case First():
                return self._subselect(definition, "first", declared, place)
            case One(name):
                inner = f"{place.path}.{name}" if place.path else name
                below = self._below(selected, definition.type, Place(place.step, place.row, inner), path)
                return self._nullable(definition, f"{place.row}[{self._level(place).position('key', inner)}]", below)
            case Many():
                return self._many(selected, definition, declared, place, path)
            case Connection():
                return self._connection(selected, definition, declared, place, path)
            case Namespace():
                return self._below(selected, definition.type, Place(), path)
            case Single(rows):
                return self._row(selected, definition, rows, None, path)
            case Lookup(rows):
                return self._row(selected, definition, rows, Arguments.of(selected, self.variables), path)
            case Localized():
                return self._localized(selected, definition, declared, path)
            case NodeLookup():
                return self._node(selected, definition, path)
            case NodesLookup():
                return self._nodes(selected, path)
        raise Unplannable(f"{selected.parent.name}.{selected.name} is declared as {type(declared).__name__}")

    # Values

    def _level(self, place: Place) -> Level:
        if place.step is None:
            raise Unplannable("a column without a row")
        return self.steps[place.step].level

    def _embedded(self, place: Place, columns: Any) -> Place:
        if place.columns is not None:
            columns = {name: place.columns[column] for name, column in columns.items()}
        return Place(place.step, place.row, place.path, columns, place.value)

    def _path(self, name: str, place: Place) -> str:
        name = place.columns[name] if place.columns is not None else name
        return f"{place.path}.{name}" if place.path else name

    def _raw(self, name: str, place: Place) -> str:
        return f"{place.row}[{self._level(place).position('column', self._path(name, place))}]"

    def _model_field(self, name: str, place: Place) -> Any:
        model, last = owner(self._level(place).model, self._path(name, place))
        return model._meta.fields_map[last]

    def _column(self, definition: GraphQLField, name: str, place: Place) -> str:
        if place.value:
            return self._value(definition.type, f"{place.value}.{name}")
        leaf = get_named_type(definition.type)
        if not is_leaf_type(leaf) or is_list_type(_nullable_type(definition.type)):
            raise Unplannable(f"the column {name} is no leaf")
        column = self._model_field(name, place)
        raw = self._raw(name, place)
        convert = column_leaf(column, leaf, self.dialect)
        if not column.null:
            return raw if convert is None else f"{self.assembly.constant(convert)}({raw})"
        if is_non_null_type(definition.type):
            raw = f"need({raw})"
            return raw if convert is None else f"{self.assembly.constant(convert)}({raw})"
        return raw if convert is None else f"(None if {raw} is None else {self.assembly.constant(convert)}({raw}))"

    def _python(self, name: str, place: Place) -> str:
        """A value as a model would hold it, for functions of computed fields."""
        if place.value:
            return f"{place.value}.{place.columns[name] if place.columns is not None else name}"
        raw = self._raw(name, place)
        convert = column_value(self._model_field(name, place), self.dialect)
        column_is_safe = convert is None
        return raw if column_is_safe else f"(None if {raw} is None else {self.assembly.constant(convert)}({raw}))"

    def _needed(self, need: Need, place: Place) -> str:
        if isinstance(need, str):
            return self._python(need, place)
        if isinstance(need, First):
            return f"{place.row}[{self._level(place).position('first', place.path, need)}]"
        if isinstance(need, Sum):
            return f"{place.row}[{self._level(place).position('sum', place.path, need)}]"
        if isinstance(need, Count):
            return f"{place.row}[{self._level(place).position('count', place.path, need)}]"
        path = f"{place.path}.{need.relation}" if place.path else need.relation
        return f"{place.row}[{self._level(place).position('first', path, need.first)}]"

    def _computed(
        self,
        selected: Selected,
        definition: GraphQLField,
        function: Callable[..., Any],
        needs: tuple[Need, ...],
        place: Place,
        path: Path,
    ) -> str:
        given = ["C", *(self._needed(need, place) for need in needs)]
        if definition.args:
            arguments = Arguments.of(selected, self.variables)
            if arguments.fixed is not None:
                given.append(f"**{self.assembly.constant(arguments.fixed)}")
            else:
                self.arguments.append(arguments)
                given.append(f"**A[{len(self.arguments) - 1}]")
        call = f"{self.assembly.constant(function)}({', '.join(given)})"
        return self._value(definition.type, call, selected, path)

    def _value(
        self,
        kind: GraphQLOutputType,
        expression: str,
        selected: Selected | None = None,
        path: Path = (),
    ) -> str:
        """A Python value as the answer holds it."""
        required = is_non_null_type(kind)
        kind = _nullable_type(kind)
        name = f"v{len(self.assembly.lines)}_{len(path)}"
        if is_list_type(kind):
            made = f"[{self._value(kind.of_type, f'x{name}', selected, (*path, None))} for x{name} in {name}]"
        elif is_leaf_type(kind):
            made = f"{self.assembly.constant(value_leaf(kind))}({name})"
        elif selected is not None:
            made = self._below(selected, kind, Place(value=name), path)
        else:
            raise Unplannable("an object inside a value")
        if required:
            expression = f"need({expression})"
        return f"({made} if ({name} := {expression}) is not None else None)"

    def _subselect(self, definition: GraphQLField, kind: str, declared: Count | First, place: Place) -> str:
        level = self._level(place)
        position = level.position(kind, place.path, declared)
        raw = f"{place.row}[{position}]"
        if isinstance(declared, First):
            model, _ = owner(level.model, f"{place.path}.x" if place.path else "x")
            target = relation(model, declared.relation).target
            column = target._meta.fields_map[declared.name]
            leaf = get_named_type(definition.type)
            if not is_leaf_type(leaf) or column_leaf(column, leaf, self.dialect) is not None:
                raise Unplannable(f"the first {declared.name} needs converting")
        return f"need({raw})" if is_non_null_type(definition.type) else raw

    # Rows

    def _nullable(self, definition: GraphQLField, key: str, below: str) -> str:
        if is_non_null_type(definition.type):
            return f"(need({key}) and {below})"
        return f"(None if {key} is None else {below})"

    def _add(self, step: Step) -> int:
        self.steps.append(step)
        return len(self.steps) - 1

    @property
    def _reach(self) -> Reach:
        return self._reader.reach

    @property
    def _reader(self) -> Viewer:
        return self.viewer or STRANGER

    def _row(
        self,
        selected: Selected,
        definition: GraphQLField,
        rows: Any,
        arguments: Arguments | None,
        path: Path,
        kind: GraphQLObjectType | None = None,
    ) -> str:
        model = rows(self._reader).model
        step = self._add(RowStep(Level(model, 0), self._reach, self.dialect, rows=rows, arguments=arguments))
        below = self._below(selected, kind or definition.type, Place(step, f"r{step}"), path)
        if is_non_null_type(definition.type):
            raise Unplannable(f"{selected.name} is not nullable")
        return f"(None if (r{step} := R[{step}][0] if R[{step}] else None) is None else {below})"

    def _localized(self, selected: Selected, definition: GraphQLField, declared: Localized, path: Path) -> str:
        model = declared.rows(self._reader).model
        arguments = Arguments.of(selected, self.variables)
        step = self._add(
            LocalizedStep(Level(model, 0), self._reach, self.dialect, declared=declared, arguments=arguments)
        )
        below = self._below(selected, definition.type, Place(step, f"r{step}"), path)
        return f"(None if (r{step} := R[{step}][0] if R[{step}] else None) is None else {below})"

    def _node(self, selected: Selected, definition: GraphQLField, path: Path) -> str:
        arguments = Arguments.of(selected, self.variables)
        model = MODEL_OF_PREFIX.get(prefix_of(arguments.values(self.variables)["id"]) or "", Package)
        schema = self.operation.schema
        kind = schema.type_map.get(schema.extensions[TYPE_OF_MODEL][model])
        assert isinstance(kind, GraphQLObjectType)
        return self._row(selected, definition, visible.BY_MODEL[model], arguments, path, kind)

    def _nodes(self, selected: Selected, path: Path) -> str:
        """A statement for each kind among the ids; the entries are found again by id."""
        arguments = Arguments.of(selected, self.variables)
        self.arguments.append(arguments)
        ids = len(self.arguments) - 1
        schema, found = self.operation.schema, []
        for name in kinds_of(list(arguments.values(self.variables)["ids"])):
            model = MODEL_OF_PREFIX.get(name)
            kind = schema.type_map.get(schema.extensions[TYPE_OF_MODEL][model]) if model else None
            if model is None or not isinstance(kind, GraphQLObjectType):
                continue  # nothing has such an id
            rows = visible.BY_MODEL[model]
            step = self._add(
                RowStep(Level(model, 0), self._reach, self.dialect, rows=rows, arguments=arguments, kind=name)
            )
            key = self.steps[step].level.position("key", "")
            below = self._below(selected, kind, Place(step, f"r{step}"), (*path, OfKind(name, ids)))
            found.append(f"**{{r{step}[{key}]: {below} for r{step} in R[{step}]}}")
        return f"[*map({{{', '.join(found)}}}.get, A[{ids}]['ids'])]"

    def _parent(self, place: Place, column: str) -> int:
        """The position of the key that child rows refer to. Relations under a row refer to its primary key."""
        level = self._level(place)
        model, _ = owner(level.model, f"{place.path}.x" if place.path else "x")
        if column != model._meta.db_pk_column:
            raise Unplannable("a relation that does not refer to a primary key")
        return level.position("key", place.path)

    def _many(self, selected: Selected, definition: GraphQLField, declared: Many, place: Place, path: Path) -> str:
        model, _ = owner(self._level(place).model, f"{place.path}.x" if place.path else "x")
        target = relation(model, declared.relation)
        key = self._parent(place, target.parent_column)
        step = self._add(
            ManyStep(
                Level(target.target, 1), self._reach, self.dialect, place.step, key, declared=declared, target=target
            )
        )
        below = self._below(selected, definition.type, Place(step, f"r{step}"), (*path, None))
        self.assembly.lines.append(f"    g{step} = group(R[{step}])")
        return f"[{below} for r{step} in g{step}.get({place.row}[{key}], EMPTY)]"

    def _connection(
        self,
        selected: Selected,
        definition: GraphQLField,
        declared: Connection,
        place: Place,
        path: Path,
    ) -> str:
        root = place.step is None
        key, target = 0, None
        if not root:
            model, _ = owner(self._level(place).model, f"{place.path}.x" if place.path else "x")
            target = listing.target_of(model, declared)
            key = self._parent(place, getattr(target, "parent_column", model._meta.db_pk_column))
        step = ListStep(
            Level(declared.model, 0 if root else 1),
            self._reach,
            self.dialect,
            place.step,
            key,
            name=f"{selected.parent.name}.{selected.name}",
            declared=declared,
            target=target,
            arguments=Arguments.of(selected, self.variables),
        )
        index = self._add(step)
        page_type = get_named_type(definition.type)
        assert isinstance(page_type, GraphQLObjectType)
        parts = self.operation.below(selected, page_type, self.variables)
        parent = f"{place.row}[{key}]"
        if not root and all(p.name in ("nodes", "__typename") for p in parts):
            # The usual list: no function for each parent, and pages are cut where one is too long only.
            body = self._parts(parts, step, index, path, f"g{index}.get({parent}, EMPTY)")
            self.assembly.lines.append(f"    g{index} = pages(R[{index}], P[{index}])")
            return body
        body = self._parts(parts, step, index, path, "seen")
        define = [f"    def page{index}(rows, totals, key):", f"        page = P[{index}]"]
        if step.rows:
            define.append("        seen = shown(rows, page)")
        define.append(f"        return {body}")
        if root:
            self.assembly.lines += define
            return f"page{index}(R[{index}], T[{index}], None)"
        self.assembly.lines += [*define, f"    g{index} = group(R[{index}])"]
        return f"page{index}(g{index}.get({parent}, EMPTY), T[{index}], {parent})"

    def _parts(self, parts: list[Selected], step: ListStep, index: int, path: Path, seen: str) -> str:
        body = (f"{p.response_name!r}: {self._part(p, step, index, path, seen)}" for p in parts)
        return f"{{{', '.join(body)}}}"

    def _part(self, part: Selected, step: ListStep, index: int, path: Path, seen: str) -> str:
        if part.definition is None:
            return repr(part.parent.name)
        declared = part.definition.extensions["declaration"]
        permission: type[Permission] = part.definition.extensions["permission"]
        if permission.refusal(self.viewer) is not None or not isinstance(declared, Part):
            raise Unplannable(f"{part.name} of a page")
        path, place = (*path, part.response_name), Place(index, f"r{index}")
        if declared.name == "total_count":
            step.total = True
            return "root_total(rows, totals)" if step.target is None else "child_total(rows, totals, key)"
        step.rows = True
        if declared.name == "nodes":
            return f"[{self._below(part, part.definition.type, place, (*path, None))} for r{index} in {seen}]"
        inner = get_named_type(part.definition.type)
        assert isinstance(inner, GraphQLObjectType)
        fields = self.operation.below(part, inner, self.variables)
        if declared.name == "edges":
            return f"[{self._edge(fields, step, place, (*path, None))} for r{index} in {seen}]"
        if declared.name == "page_info":
            return self._page_info(fields, step)
        raise Unplannable(f"{part.name} of a page")

    def _edge(self, fields: list[Selected], step: ListStep, place: Place, path: Path) -> str:
        entries = []
        for f in fields:
            if f.definition is None:
                value = repr(f.parent.name)
            elif f.definition.extensions["declaration"] == Part("node"):
                value = self._below(f, f.definition.type, place, (*path, f.response_name))
            else:
                step.cursors = True
                value = f"cursor({place.row}, page, {self.assembly.constant(_End(step.level))}())"
            entries.append(f"{f.response_name!r}: {value}")
        return "{" + ", ".join(entries) + "}"

    def _page_info(self, fields: list[Selected], step: ListStep) -> str:
        start = f"{self.assembly.constant(_End(step.level))}()"
        known = {
            "hasNextPage": "ahead(rows, page)",
            "hasPreviousPage": "behind(rows, page)",
            "startCursor": f"(cursor(seen[0], page, {start}) if seen else None)",
            "endCursor": f"(cursor(seen[-1], page, {start}) if seen else None)",
        }
        step.cursors = step.cursors or any(f.name in ("startCursor", "endCursor") for f in fields)
        values = {f.response_name: repr(f.parent.name) if f.definition is None else known[f.name] for f in fields}
        return "{" + ", ".join(f"{name!r}: {value}" for name, value in values.items()) + "}"


@dataclass(eq=False)
class _End:
    """Where the columns of a level end and its sort keys begin: known when everything is planned."""

    level: Level

    def __call__(self) -> int:
        return self.level.start + len(self.level.wanted)


def _nullable_type(kind: Any) -> Any:
    return kind.of_type if is_non_null_type(kind) else kind


TYPE_OF_MODEL = "type_of_model"
"""Key in the extensions of the schema: the GraphQL type of each model."""
