"""API tokens: what a program shows in the place of a session."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ManagePackageAccess, ReadAccount, ReadDomains, ReadPackages
from gateway.auth.viewer import Scope
from gateway.errors import ErrorCode
from gateway.resolvers import api_token as resolve
from gateway.schema.domain import Domain, DomainOrder, DomainOrderField
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, mutation, one, where
from gateway.schema.node import Node
from gateway.schema.page import Connection, Direction
from gateway.source.declaration import SortKey, Via
from models.rules.api_token import DAYS, MOST_DAYS

if TYPE_CHECKING:
    from gateway.schema.package import Package


@entity(models.ApiToken, description="A token that a program shows in the place of a session; nobody revoked it.")
class ApiToken(Node):
    name: str | None = column(ReadAccount, "What the customer calls it.")
    scopes: list[Scope] | None = computed(ReadAccount, "What it may do.", resolve.scopes, needs=("scopes",))
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it is for; null for one that reads under the whole customer number."
    )
    all_domains: bool | None = column(
        ReadAccount, "Whether it reaches all domains of its package, also those that come later."
    )
    domains: Connection[Domain] | None = connection(
        ReadDomains,
        "The domains it was limited to; none where it reaches all.",
        models.Domain,
        relation=Via(models.ApiTokenDomain, "token_id", "domain_id"),
        entry=DomainOrder,
        order=DomainOrderField,
        default=((DomainOrderField.NAME, False),),
    )
    created_at: datetime | None = column(ReadAccount, "When it was made.")
    expires_at: datetime | None = column(ReadAccount, "When it ends by itself.")
    active: bool | None = computed(
        ReadAccount, "Whether it is good; what is over is deleted a day later.", resolve.is_active, ("expires_at",)
    )
    last_used_at: datetime | None = column(ReadAccount, "When it was last used, to the minute; null when it never was.")


@strawberry.enum(description="What API tokens can be ordered by.")
class ApiTokenOrderField(Enum):
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were made.")
    EXPIRES = strawberry.enum_value(SortKey("expires_at"), description="By the time they end.")


@strawberry.input(description="One entry of an order of API tokens.")
class ApiTokenOrder:
    field: ApiTokenOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which API tokens to list; every condition given must be met.")
class ApiTokenFilter:
    package: list[strawberry.ID] | None = where(
        "For one of these packages (needs PACKAGE_READ).", "package_id", "in", Scope.PACKAGE_READ
    )


def api_token_connection(description: str, relation: str | None = None) -> Any:
    """All of them, or those of a row."""
    return connection(
        ReadAccount,
        description,
        models.ApiToken,
        relation=relation,
        entry=ApiTokenOrder,
        order=ApiTokenOrderField,
        default=((ApiTokenOrderField.CREATED, True),),
        filter=ApiTokenFilter,
    )


@strawberry.input(description="What an API token is to be.")
class ApiTokenCreateInput:
    name: str = strawberry.field(description="What to call it: at most 80 characters.")
    package_id: strawberry.ID | None = strawberry.field(
        description="The package it is for. Without one it only reads, under the whole customer number.", default=None
    )
    scopes: list[Scope] = strawberry.field(
        description="What it may do: for a package what its login may, otherwise scopes that end in `_READ`."
    )
    domain_ids: list[strawberry.ID] | None = strawberry.field(
        description=(
            "The domains of the package it is limited to, at most 50; null: all, also those that come later. With chosen "
            "domains it can have PACKAGE_READ, DOMAIN_READ, DOMAIN_WRITE and DOMAIN_ACME."
        ),
        default=None,
    )
    days: int = strawberry.field(description=f"How many days it lasts: 1–{MOST_DAYS}.", default=DAYS)


@strawberry.input(description="Which API token to revoke.")
class ApiTokenRevokeInput:
    id: strawberry.ID = strawberry.field(description="The id of the token.")


@strawberry.type(description="What making an API token gives.")
class ApiTokenCreatePayload:
    api_token: ApiToken | None = column(ManagePackageAccess, "What was made.")
    token: str | None = column(
        ManagePackageAccess, "The token itself, for `Authorization: Bearer`. It is shown this once and stored nowhere."
    )
    errors: list[UserError] = column(ManagePackageAccess, "Why it was not made.")


@strawberry.type(description="What revoking an API token gives.")
class ApiTokenRevokePayload:
    api_token_id: strawberry.ID | None = column(ManagePackageAccess, "The id of the token that is good no more.")
    errors: list[UserError] = column(ManagePackageAccess, "Why it was not revoked.")


@strawberry.type(description="Making and revoking API tokens.")
class ApiTokenMutation:
    api_token_create: ApiTokenCreatePayload | None = mutation(
        ManagePackageAccess,
        "Make an API token for a program: limited to scopes, to a package, to some of its domains, and in time. A mail tells "
        "of it. `actions` of the package says beforehand whether it can be (`SECURITY`).",
        resolve.api_token_create,
        ApiTokenCreateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        step_up=True,
    )
    api_token_revoke: ApiTokenRevokePayload | None = mutation(
        ManagePackageAccess,
        "Revoke an API token: it ends at its next request.",
        resolve.api_token_revoke,
        ApiTokenRevokeInput,
        ErrorCode.NOT_FOUND,
    )
