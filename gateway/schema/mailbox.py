"""Mailboxes."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

import models
from gateway.auth.permissions import ReadMail, ReadPackages
from gateway.resolvers.mail_client import client_settings
from gateway.schema.field import column, computed, entity, one
from gateway.schema.mail_client import MailClientSettings
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey

if TYPE_CHECKING:
    from gateway.schema.package import Package


@entity(models.Mailbox, description="A mailbox of a package.")
class Mailbox(Node):
    address: str | None = column(ReadMail, "The mail address.")
    display_name: str | None = column(ReadMail, "The name shown as sender.")
    quota_mb: int | None = column(ReadMail, "How much it can hold, in MiB.")
    used_mb: int | None = column(ReadMail, "How much it holds, in MiB.")
    created_at: datetime | None = column(ReadMail, "When it was created.")
    client_settings: MailClientSettings | None = computed(
        ReadMail, "What a mail program asks for.", client_settings, needs=("id", "address")
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it belongs to."
    )


@strawberry.enum(description="What mailboxes can be ordered by.")
class MailboxOrderField(Enum):
    ADDRESS = strawberry.enum_value(SortKey("address"), description="By mail address.")
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were created.")


@strawberry.input(description="One entry of an order of mailboxes.")
class MailboxOrder:
    field: MailboxOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)
