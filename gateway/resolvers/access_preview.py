"""What somebody with the technical care of a package could reach: read off the schema itself, field by field."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from graphql import GraphQLObjectType, GraphQLSchema

from gateway.auth import visible
from gateway.auth.permissions import Permission, Requires
from gateway.auth.viewer import TECHNICAL_SCOPES, Scope, Viewer
from gateway.context import Context
from models import SessionKind
from models.ids import prefix_of


class AccessKind(StrEnum):
    """What is asked for."""

    QUERY = "QUERY"
    MUTATION = "MUTATION"
    FIELD = "FIELD"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether one field would be granted; `required_scope` is null where any session will do, or none is needed."""

    kind: AccessKind
    type_name: str
    field_name: str
    granted: bool
    required_scope: Scope | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Fields of the schema, decided for a package login or token with `scopes`."""

    scopes: list[Scope]
    decisions: list[Decision]


async def access_preview(
    context: Context,
    schema: GraphQLSchema,
    package_id: str,
    scopes: Collection[Scope] | None,
    granted: bool | None,
) -> Preview | None:
    """Of a package of the viewer's; `None` for any other. Scopes that are not technical are never given to anybody.

    `granted` leaves out what is decided otherwise.
    """
    viewer = context.signed_in
    if prefix_of(package_id) != "pkg" or not await visible.packages(viewer).filter(id=package_id).exists():
        return None
    given = TECHNICAL_SCOPES if scopes is None else TECHNICAL_SCOPES & frozenset(scopes)
    delegate = Viewer(SessionKind.PACKAGE, viewer.customer_id, package_id, given, session_id="")
    decided = [one for one in _decided(schema, delegate) if granted is None or one.granted is granted]
    return Preview([scope for scope in Scope if scope in given], decided)


def _decided(schema: GraphQLSchema, delegate: Viewer) -> Iterator[Decision]:
    roots = {schema.query_type: AccessKind.QUERY, schema.mutation_type: AccessKind.MUTATION}
    for kind in schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType) or kind.name.startswith("__"):
            continue
        for name, field in kind.fields.items():
            permission: type[Permission] = field.extensions["permission"]
            scope = permission.scope if issubclass(permission, Requires) else None
            granted = permission.refusal(delegate) is None
            yield Decision(roots.get(kind, AccessKind.FIELD), kind.name, name, granted, scope)
