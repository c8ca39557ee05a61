"""Trusted devices: those that signed in fully once, and so are not held off by what strangers try on the account."""

from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

import models
from gateway.auth.permissions import ReadAccount, ReadPackages, WriteAccount
from gateway.errors import ErrorCode
from gateway.resolvers import trusted_device as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, mutation, one
from gateway.schema.node import Node
from gateway.schema.package import Package
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey


@entity(
    models.TrustedDevice,
    description="A device that signed in fully once: what strangers try on the account does not slow it down.",
)
class TrustedDevice(Node):
    name: str | None = column(ReadAccount, "What it was called at sign-in, or the program it was opened with.")
    created_at: datetime | None = column(ReadAccount, "When it first signed in.")
    last_used_at: datetime | None = column(ReadAccount, "When it last signed in.")
    expires_at: datetime | None = column(ReadAccount, "Until when it is trusted; signing in renews it.")
    trusted: bool | None = computed(
        ReadAccount, "Whether it still is; what is over is deleted a day later.", resolve.is_trusted, ("expires_at",)
    )
    package: Package | None = one(
        ReadPackages, "The package whose login it is trusted for; null for the customer's own login."
    )


@strawberry.enum(description="What trusted devices can be ordered by.")
class TrustedDeviceOrderField(Enum):
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they first signed in.")
    LAST_USED = strawberry.enum_value(SortKey("last_used_at"), description="By the time they last signed in.")


@strawberry.input(description="One entry of an order of trusted devices.")
class TrustedDeviceOrder:
    field: TrustedDeviceOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


def trusted_device_connection() -> Any:
    """All of them."""
    return connection(
        ReadAccount,
        "All trusted devices under the customer number, those of package logins included, last used first.",
        models.TrustedDevice,
        entry=TrustedDeviceOrder,
        order=TrustedDeviceOrderField,
        default=((TrustedDeviceOrderField.LAST_USED, True),),
    )


@strawberry.input(description="Which trusted device to remove.")
class TrustedDeviceRemoveInput:
    id: strawberry.ID = strawberry.field(description="The id of the device.")


@strawberry.type(description="What removing a trusted device gives.")
class TrustedDeviceRemovePayload:
    trusted_device_id: strawberry.ID | None = column(WriteAccount, "The id of the device that is trusted no more.")
    errors: list[UserError] = column(WriteAccount, "Why it was not removed.")


@strawberry.type(description="What removing all trusted devices gives.")
class TrustedDeviceRemoveAllPayload:
    removed: int | None = column(WriteAccount, "How many devices were removed.")
    errors: list[UserError] = column(WriteAccount, "Why they were not removed.")


@strawberry.type(description="Removing trusted devices.")
class TrustedDeviceMutation:
    trusted_device_remove: TrustedDeviceRemovePayload | None = mutation(
        WriteAccount,
        "Trust a device no more, also that of a package login. Its sessions go on: `sessionEnd` ends them.",
        resolve.trusted_device_remove,
        TrustedDeviceRemoveInput,
        ErrorCode.NOT_FOUND,
    )
    trusted_device_remove_all: TrustedDeviceRemoveAllPayload | None = mutation(
        WriteAccount,
        "Trust no device under the customer number any more, those of package logins included. Sessions go on.",
        resolve.trusted_device_remove_all,
        None,
    )
