"""The reference engine: for each declaration the resolver that graphql-core runs, with dataloaders behind it.

It is the meaning of the declarations; the compiled plans must answer the same, and whatever they do not know comes here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLField, GraphQLResolveInfo

from gateway.auth.permissions import Permission
from gateway.context import Context
from gateway.loaders import Page
from gateway.source.arguments import page_arguments
from gateway.source.declaration import (
    Column,
    Computed,
    Connection,
    Count,
    Declaration,
    Embed,
    Exists,
    Facet,
    First,
    FirstOf,
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

Resolver = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A view of some columns of a row under other names."""

    row: Any
    columns: Any

    def __getattr__(self, name: str) -> Any:
        if name not in self.columns:
            raise AttributeError(name)
        return getattr(self.row, self.columns[name])


@dataclass(frozen=True, slots=True)
class PageEdge:
    """A row with its place in a list."""

    node: Any
    cursor: str


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a page lies in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


def page_info(page: Page) -> PageInfo:
    """The Relay page information (https://relay.dev/graphql/connections.htm). A cursor given means: there is more there."""
    shape, encode = page.arguments.shape, page.arguments.cursors.encode
    behind, ahead = (shape.bounded, page.more) if shape.backward else (page.more, shape.bounded)
    return PageInfo(
        behind, ahead, encode(page.keys[0]) if page.keys else None, encode(page.keys[-1]) if page.keys else None
    )


def resolver_for(
    name: str, field: GraphQLField, declared: Declaration, permission: type[Permission], root: bool
) -> Resolver:
    """The resolver of the field `name` (`Package.domains`). `root`: its parent is no row."""
    resolve = _resolver(name, declared, root)

    def guarded(source: Any, info: GraphQLResolveInfo[Any], **given: Any) -> Any:
        refusal = permission.refusal(info.context.viewer)
        if refusal is not None:
            raise refusal
        return resolve(source, info.context, given)

    return guarded


def _resolver(name: str, declared: Declaration, root: bool) -> Callable[[Any, Context, dict[str, Any]], Any]:
    match declared:
        case Column(attribute):
            return lambda source, context, given: getattr(source, attribute)
        case Embed(columns, present):
            return lambda source, context, given: (
                None if present is not None and getattr(source, present) is None else Embedded(source, columns)
            )
        case Facet():
            return lambda source, context, given: source
        case Computed(function, needs):
            return _computed(function, needs)
        case Count() | First():
            return lambda source, context, given: context.loaders.scalar(source, declared)
        case Exists(relation):
            return _exists(Count(relation))
        case One(relation):
            return lambda source, context, given: context.loaders.one(source, relation)
        case Many():
            return lambda source, context, given: context.loaders.many(source, declared)
        case Single(rows):
            return lambda source, context, given: context.loaders.single(rows)
        case Lookup(rows):
            return lambda source, context, given: context.loaders.lookup(rows, given["id"])
        case Localized(rows, key):
            return lambda source, context, given: context.loaders.localized(
                rows, key, given[key], given["language"].value if given.get("language") else None
            )
        case NodeLookup():
            return lambda source, context, given: context.loaders.node(given["id"])
        case NodesLookup():
            return lambda source, context, given: context.loaders.nodes(given["ids"])
        case Namespace():
            return lambda source, context, given: declared
        case Part(part):
            return PARTS[part]
        case Connection():
            return _connection(name, declared, root)
    raise TypeError(f"{name} declares nothing the reference engine knows")


def _exists(counted: Count) -> Callable[[Any, Context, dict[str, Any]], Awaitable[bool]]:
    async def resolve(source: Any, context: Context, given: dict[str, Any]) -> bool:
        return bool(await context.loaders.scalar(source, counted) > 0)

    return resolve


def _computed(function: Callable[..., Any], needs: tuple[Need, ...]) -> Callable[[Any, Context, dict[str, Any]], Any]:
    names = [need for need in needs if isinstance(need, str) and "." not in need]
    if len(names) == len(needs):
        return lambda source, context, given: function(context, *[getattr(source, name) for name in names], **given)

    async def resolve(source: Any, context: Context, given: dict[str, Any]) -> Any:
        return function(context, *[await _needed(context, source, need) for need in needs], **given)

    return resolve


async def _needed(context: Context, row: Any, need: Need) -> Any:
    if isinstance(need, Count | First | Sum):
        return await context.loaders.scalar(row, need)
    if isinstance(need, FirstOf):
        found = await context.loaders.one(row, need.relation)
        return None if found is None else await context.loaders.scalar(found, need.first)
    path = need.split(".")
    for step in path[:-1]:
        if row is None:
            return None
        row = await context.loaders.one(row, step)
    return None if row is None else getattr(row, path[-1])


def _connection(
    name: str, declared: Connection, root: bool
) -> Callable[[Any, Context, dict[str, Any]], Awaitable[Page]]:
    async def resolve(source: Any, context: Context, given: dict[str, Any]) -> Page:
        loaders = context.loaders
        most = context.parts.settings.max_page
        arguments = page_arguments(name, declared, given, loaders.reader.scopes, most)
        return await (loaders.page(declared, arguments) if root else loaders.child_page(source, declared, arguments))

    return resolve


PARTS: dict[str, Callable[[Any, Context, dict[str, Any]], Any]] = {
    "nodes": lambda page, context, given: page.rows,
    "edges": lambda page, context, given: [
        PageEdge(row, page.arguments.cursors.encode(keys)) for row, keys in zip(page.rows, page.keys, strict=True)
    ],
    "page_info": lambda page, context, given: page_info(page),
    "total_count": lambda page, context, given: page.count() if page.total is None else page.total,
    "node": lambda edge, context, given: edge.node,
    "cursor": lambda edge, context, given: edge.cursor,
}
