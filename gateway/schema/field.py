"""How a field is declared: its type, its permission and where its value comes from, once.

    @entity(models.Package, description="A hosting package.")
    class Package(Node):
        name: str = column(ReadPackages, "What the customer calls it.")

Everything else is derived: the resolver and dataloader of the reference engine, the compiled plan, the directive in the
SDL, the permission matrix. A field that is not declared like this, or has no permission, stops the schema from being built.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Annotated, Any, TypeVar

import strawberry
from strawberry.types.base import get_object_definition
from strawberry.types.field import StrawberryField
from tortoise.models import Model

from gateway.auth.elevation import demand_elevation, demand_session
from gateway.auth.permissions import Permission, RequiresReauthentication, RequiresSession
from gateway.auth.view_as import demand_changing
from gateway.context import Context
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.outcome import refused
from gateway.source.declaration import (
    Column,
    Computed,
    Condition,
    Connection,
    Count,
    Declaration,
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
    OfRequest,
    One,
    Part,
    Rows,
    Single,
    Sought,
    Via,
)

T = TypeVar("T")
DECLARATION = "declaration"
RESOLVER = "resolver"
MUTATION_CODES = "codes"
CONDITION = "condition"
MODEL = "__row_model__"

Arguments = Mapping[str, tuple[Any, str, Any]]
"""Arguments of a field by Python name: annotation, description, default (`inspect.Parameter.empty`: required)."""


def declare(
    declaration: Declaration | None, permission: type[Permission], description: str, arguments: Arguments | None = None
) -> Any:
    """A Strawberry field that carries its declaration. The value never comes from Strawberry's own resolver."""
    resolver = _signature(arguments) if arguments else None
    field = strawberry.field(
        resolver=resolver,  # type: ignore[arg-type]  # the signature alone is used
        description=description,
        permission_classes=[permission],
        directives=[permission.directive],
        metadata={DECLARATION: declaration},
    )
    if resolver is None:
        field.init = True
    return field


def _signature(arguments: Arguments) -> Callable[..., Any]:
    """A function that has nothing but a signature, from which Strawberry reads the arguments of the field."""

    def signature(**given: Any) -> Any:
        raise AssertionError("declared fields are resolved by the engines")  # pragma: no cover

    parameters = []
    annotations: dict[str, Any] = {}
    for name, (annotation, description, default) in arguments.items():
        annotations[name] = Annotated[annotation, strawberry.argument(description=description)]
        parameters.append(
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotations[name])
        )
    signature.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect.signature
    signature.__annotations__ = annotations
    return signature


def column(permission: type[Permission], description: str, name: str = "") -> Any:
    """A stored value; `name` where the column is called otherwise."""
    return declare(Column(name), permission, description)


def embed(permission: type[Permission], description: str, present: str | None = None, **columns: str) -> Any:
    """An object of columns of the same row; null where the column `present` is null."""
    return declare(Embed(columns, present), permission, description)


def facet(permission: type[Permission], description: str) -> Any:
    """A side of the same row, as an object with fields of its own."""
    return declare(Facet(), permission, description)


def computed(
    permission: type[Permission],
    description: str,
    function: Callable[..., Any],
    needs: tuple[Need, ...] = (),
    arguments: Arguments | None = None,
) -> Any:
    """`function(context, *needed values, **arguments)`, pure and quick."""
    return declare(Computed(function, needs), permission, description, arguments)


def count(permission: type[Permission], description: str, relation: str) -> Any:
    """How many rows of a to-many relation there are."""
    return declare(Count(relation), permission, description)


def exists(permission: type[Permission], description: str, relation: str) -> Any:
    """Whether there is any row of a to-many relation."""
    return declare(Exists(relation), permission, description)


def first(permission: type[Permission], description: str, relation: str, name: str, *order: str) -> Any:
    """A column of the first row of a to-many relation."""
    return declare(First(relation, name, order), permission, description)


def one(permission: type[Permission], description: str, relation: str = "") -> Any:
    """The row a to-one relation points to; `relation` where it is called otherwise."""
    return declare(One(relation), permission, description)


def many(permission: type[Permission], description: str, relation: str, *order: str) -> Any:
    """All rows of a relation that is short by nature, ordered by columns."""
    return declare(Many(relation, order), permission, description)


def single(permission: type[Permission], description: str, rows: Rows) -> Any:
    """The one row of a set of `visible` that has at most one."""
    return declare(Single(rows), permission, description)


def lookup(permission: type[Permission], description: str, rows: Rows) -> Any:
    """The visible row with the id given; null for an id that is malformed, foreign or of nothing."""
    return declare(Lookup(rows), permission, description, {"id": (strawberry.ID, "The id.", inspect.Parameter.empty)})


def localized(permission: type[Permission], description: str, rows: Rows, key: str, language: type[Enum]) -> Any:
    """The visible row whose column `key` is the argument of that name, in a language."""
    arguments = {
        key: (str, f"The {key}.", inspect.Parameter.empty),
        "language": (language | None, "The language; by default that of the request.", None),
    }
    return declare(Localized(rows, key), permission, description, arguments)


def node_lookup(permission: type[Permission], description: str) -> Any:
    """The visible row with the id given, of whichever kind the id says."""
    return declare(NodeLookup(), permission, description, {"id": (strawberry.ID, "The id.", inspect.Parameter.empty)})


def nodes_lookup(permission: type[Permission], description: str) -> Any:
    """The visible rows with the ids given, each of whichever kind its id says."""
    ids = (list[strawberry.ID], "The ids, at most 50.", inspect.Parameter.empty)
    return declare(NodesLookup(), permission, description, {"ids": ids})


def namespace(permission: type[Permission], description: str) -> Any:
    """An object that is no row and holds fields of its own."""
    return declare(Namespace(), permission, description)


def part(permission: type[Permission], description: str, name: str) -> Any:
    """A part of a page: its nodes, edges, information or total."""
    return declare(Part(name), permission, description)


def resolver(permission: type[Permission], description: str, function: Callable[..., Any]) -> Any:
    """Anything else: `function(info, **arguments)`, known to the reference engine alone."""
    return strawberry.field(
        resolver=function,
        description=description,
        permission_classes=[permission],
        directives=[permission.directive],
        metadata={DECLARATION: RESOLVER},
    )


def mutation(
    permission: type[Permission],
    description: str,
    function: Callable[..., Any],
    input: type | None,
    *codes: ErrorCode,
    step_up: bool = False,
    session: bool = False,
) -> Any:
    """A change: `function(context, input)` gives an `Outcome`; `codes` are those its payload's `errors` can have.

    A `GatewayError` with one of the codes becomes an entry of `errors`, any other an error of the operation. With
    `step_up` the session must be raised, with `session` there must be one, before the function sees anything.
    """
    if step_up:
        codes = (*codes, ErrorCode.REAUTHENTICATION_REQUIRED)

    async def resolve(info: Any, **given: Any) -> Any:
        context: Context = info.context
        try:
            demand_changing(context.viewer)
            if session:
                demand_session(context.viewer)
            if step_up:
                demand_elevation(context.viewer, context.now)
            return await function(context, *given.values())
        except GatewayError as error:
            if error.code not in codes:
                raise
            return refused(error, context.language)

    parameters = [inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=strawberry.Info)]
    annotations: dict[str, Any] = {"info": strawberry.Info}
    if input is not None:
        annotations["input"] = Annotated[input, strawberry.argument(description="What to do.")]
        parameters.append(inspect.Parameter("input", inspect.Parameter.KEYWORD_ONLY, annotation=annotations["input"]))
    resolve.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect.signature
    resolve.__annotations__ = annotations
    told = f"{description} Codes in `errors`: {', '.join(f'`{code.value}`' for code in codes) or 'none'}."
    field = resolver(permission, told, resolve)
    field.metadata = {**field.metadata, MUTATION_CODES: codes}
    if step_up:
        field.directives = (*field.directives, RequiresReauthentication())
    if session:
        field.directives = (*field.directives, RequiresSession())
    return field


def connection(
    permission: type[Permission],
    description: str,
    model: type[Model],
    *,
    entry: type,
    order: type[Enum],
    default: tuple[tuple[Enum, bool], ...],
    relation: str | Via | None = None,
    filter: type | None = None,
    search: tuple[Sought, ...] = (),
) -> Any:
    """A keyset connection; `entry` is the input type of `orderBy`, `filter` that of the filter."""
    arguments: dict[str, tuple[Any, str, Any]] = {
        "first": (int | None, "How many entries from the start (or after `after`): 1–100, 20 by default.", None),
        "after": (str | None, "A cursor: continue behind this entry. Goes with `first`.", None),
        "last": (int | None, "How many entries from the end (or before `before`): 1–100.", None),
        "before": (str | None, "A cursor: the entries that come before it. Goes with `last`.", None),
        "order_by": (list[entry] | None, "The order, first entry first; ties are broken by id.", None),  # type: ignore[valid-type]
    }
    if filter is not None:
        arguments["filter"] = (filter | None, "Only entries that meet every condition given.", None)
    if search:
        arguments["search"] = (str | None, "Only entries that contain this text; case and accents do not matter.", None)
    declared = Connection(model, order, default, relation, conditions_of(filter) if filter else {}, search)
    return declare(declared, permission, description, arguments)


def where(
    description: str,
    path: str,
    operator: str,
    scope: Any = None,
    *,
    presumed: OfRequest | None = None,
    flag: tuple[str, ...] = (),
) -> Any:
    """A condition of a filter input; `presumed` counts where it is not given, `flag` are the values a yes stands for."""
    declared = Condition(path, operator, scope, presumed, flag)
    return strawberry.field(description=description, default=None, metadata={CONDITION: declared})


def conditions_of(filter: type) -> dict[str, Condition]:
    """The conditions of a filter input by their names in GraphQL."""
    definition = get_object_definition(filter, strict=True)
    return {_camel(field.python_name): field.metadata[CONDITION] for field in definition.fields}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)


def entity(model: type[Model], description: str) -> Callable[[type[T]], type[T]]:
    """A type whose objects are rows of `model`."""

    def decorate(cls: type[T]) -> type[T]:
        made = strawberry.type(cls, description=description)
        setattr(made, MODEL, model)
        return made

    return decorate


def declaration_of(field: StrawberryField) -> Declaration | str | None:
    """What a field declares (`RESOLVER` for those only the reference engine knows), or `None`.

    A column or relation without a name is called like the field.
    """
    declared = field.metadata.get(DECLARATION)
    if isinstance(declared, Column) and not declared.name:
        return Column(field.python_name)
    if isinstance(declared, One) and not declared.relation:
        return One(field.python_name)
    return declared
