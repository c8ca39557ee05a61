"""Operations: changes of a package on their way to the host's systems."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import Permission, ReadPackages
from gateway.resolvers import operation as resolve
from gateway.schema.enums import describe
from gateway.schema.field import column, computed, connection, entity, one, where
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import OperationState

if TYPE_CHECKING:
    from gateway.schema.package import Package

describe(
    OperationState,
    "How far a change of a package is on its way to the host's systems.",
    QUEUED="It waits until those before it have ended.",
    RUNNING="It was handed over.",
    SUCCEEDED="It was carried out.",
    FAILED="It was not carried out; `error` says why.",
)


@entity(
    models.Operation,
    description="A change of a package on its way to the host's systems. Those of a package are carried out in their order.",
)
class Operation(Node):
    number: int | None = column(ReadPackages, "Counts the operations of the package from 1: the order they have.")
    kind: str | None = column(
        ReadPackages, "What is done: a noun and a verb such as `web_host.create`. Expect further values."
    )
    subject_id: strawberry.ID | None = column(ReadPackages, "The id of what it is about, which may be gone by now.")
    state: OperationState | None = column(ReadPackages, "How far it is.")
    progress: int | None = column(ReadPackages, "How much of it is done, in per cent; 100 when it was carried out.")
    requested_at: datetime | None = column(ReadPackages, "When it was asked for.")
    started_at: datetime | None = column(ReadPackages, "When it was first handed over; null while it waits.")
    finished_at: datetime | None = column(ReadPackages, "When it ended; null until then.")
    error: str | None = column(
        ReadPackages,
        "Why it failed, for programs: `UNREACHABLE` (tried as often as can be), `GIVEN_UP` (by the host's people), or a code "
        "of the host's systems. Null unless it failed.",
    )
    message: str | None = computed(
        ReadPackages,
        "Why it failed, in the language of the request; null unless it failed.",
        resolve.error_message,
        needs=("error",),
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it changes."
    )


@strawberry.enum(description="What operations can be ordered by.")
class OperationOrderField(Enum):
    NUMBER = strawberry.enum_value(SortKey("number"), description="By their order in the package.")
    REQUESTED = strawberry.enum_value(SortKey("requested_at"), description="By the time they were asked for.")


@strawberry.input(description="One entry of an order of operations.")
class OperationOrder:
    field: OperationOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which operations to list; every condition given must be met.")
class OperationFilter:
    state: list[OperationState] | None = where("In one of these states.", "state", "in")
    kind: list[str] | None = where("Of one of these kinds.", "kind", "in")
    subject_id: list[strawberry.ID] | None = where("About one of the objects with these ids.", "subject_id", "in")


def requested(permission: type[Permission]) -> Any:
    """What every payload of a mutation has that the host's systems have to follow."""
    return column(permission, "The change on its way to the host's systems; null when nothing was changed.")


def operation_connection() -> Any:
    """Those of a package."""
    return connection(
        ReadPackages,
        "The changes on their way to the host's systems and those that ended, latest first.",
        models.Operation,
        relation="package_operations",
        entry=OperationOrder,
        order=OperationOrderField,
        default=((OperationOrderField.NUMBER, True),),
        filter=OperationFilter,
    )
