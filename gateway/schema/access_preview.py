"""What a delegate could reach, told before anything is handed over."""

from typing import Annotated

import strawberry

from gateway.auth.permissions import ManagePackageAccess
from gateway.auth.viewer import Scope
from gateway.resolvers import access_preview as resolve
from gateway.schema.enums import describe
from gateway.schema.field import column

describe(
    resolve.AccessKind,
    "What a decision is about.",
    QUERY="A field that a query begins with.",
    MUTATION="A change.",
    FIELD="A field of an object.",
)


@strawberry.type(description="Whether a field would be granted.")
class AccessDecision:
    kind: resolve.AccessKind = column(ManagePackageAccess, "What it is about.")
    type_name: str = column(ManagePackageAccess, "The type the field belongs to.")
    field_name: str = column(ManagePackageAccess, "The name of the field.")
    granted: bool = column(ManagePackageAccess, "Whether it would be granted. Rows of other packages are never there.")
    required_scope: Scope | None = column(
        ManagePackageAccess, "The scope it needs; null where any session will do, or none is needed."
    )


@strawberry.type(description="What the login or an API token of a package could reach.")
class AccessPreview:
    scopes: list[Scope] = column(ManagePackageAccess, "The scopes it was decided for: never more than technical ones.")
    decisions: list[AccessDecision] = column(ManagePackageAccess, "Every field and mutation that was asked for.")


async def access_preview(
    info: strawberry.Info,
    package_id: Annotated[strawberry.ID, strawberry.argument(description="The id of the package.")],
    scopes: Annotated[
        list[Scope] | None, strawberry.argument(description="The scopes to try; by default all of a package login.")
    ] = None,
    granted: Annotated[
        bool | None, strawberry.argument(description="Only what is granted, or only what is refused.")
    ] = None,
) -> AccessPreview | None:
    """For `Query.accessPreview`."""
    schema = info.schema._schema
    return await resolve.access_preview(info.context, schema, package_id, scopes, granted)  # type: ignore[return-value]  # has the same attributes
