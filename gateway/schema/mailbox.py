"""Mailboxes."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

import models
from gateway.auth.permissions import ReadMail, ReadPackages
from gateway.resolvers import mailbox as resolve
from gateway.resolvers.mail_client import client_settings
from gateway.resolvers.mailbox import MailboxActionName
from gateway.resolvers.package import RefusalReason
from gateway.schema.enums import describe
from gateway.schema.field import column, computed, entity, one
from gateway.schema.mail_address import MailAddress, mail_address_connection
from gateway.schema.mail_client import MailClientSettings
from gateway.schema.node import Node
from gateway.schema.page import Connection, Direction
from gateway.source.declaration import SortKey
from models import SpamFilter

if TYPE_CHECKING:
    from gateway.schema.package import Package

describe(
    SpamFilter,
    "What is done with mail that is probably spam.",
    OFF="Nothing: it is not looked at.",
    MARK="It is marked and stays among the other mail.",
    FOLDER="It goes into the folder of spam.",
    REJECT="It is not taken; the sender is told.",
)
describe(
    MailboxActionName,
    "What can be done with a mailbox.",
    CHANGE="Change its size, name or filters (`mailboxChange`).",
    PASSWORD_CHANGE="Set another password (`mailboxPasswordChange`).",  # noqa: S106 - a description
    AUTO_REPLY_SET="Have mail answered by itself (`mailboxAutoReplySet`).",
    AUTO_REPLY_CLEAR="End that (`mailboxAutoReplyClear`).",
    DELETE="Delete it (`mailboxDelete`).",
)


_FROM = column(ReadMail, "The first day it is sent (Europe/Berlin); null: at once.")
_FROM.graphql_name = "from"  # a word of the language that no attribute can be called by


@strawberry.type(description="What mail to a mailbox is answered with.")
class AutoReply:
    subject: str = column(ReadMail, "The subject.")
    text: str = column(ReadMail, "The text.")
    from_: date | None = _FROM
    to: date | None = column(ReadMail, "The last day it is sent (Europe/Berlin); null: no end.")
    active_now: bool = column(ReadMail, "Whether it is sent now.")


@strawberry.type(description="Something that can be done with a mailbox.")
class MailboxAction:
    name: MailboxActionName = column(ReadMail, "What can be done.")
    allowed: bool = column(ReadMail, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadMail, "Why not; null when it is allowed.")
    message: str | None = column(ReadMail, "The reason in the language of the request; null when it is allowed.")


@entity(models.Mailbox, description="A mailbox of a package.")
class Mailbox(Node):
    address: str | None = column(ReadMail, "The mail address.")
    display_name: str | None = column(ReadMail, "The name shown as sender.")
    quota_mb: int | None = column(ReadMail, "How much it can hold, in MiB.")
    used_mb: int | None = column(ReadMail, "How much it holds, in MiB.")
    spam_filter: SpamFilter | None = column(ReadMail, "What is done with spam.")
    virus_filter: bool | None = column(ReadMail, "Whether mail with viruses is held back.")
    auto_reply: AutoReply | None = computed(
        ReadMail,
        "What mail is answered with; null where there is no automatic reply.",
        resolve.auto_reply,
        needs=resolve.REPLY_NEEDS,
    )
    password_changed_at: datetime | None = column(
        ReadMail, "When its password was last changed; null where that is not known."
    )
    version: int | None = column(ReadMail, "Counts the changes; mutations ask for it.")
    created_at: datetime | None = column(ReadMail, "When it was created.")
    actions: list[MailboxAction] | None = computed(
        ReadMail,
        "What can be done with it, each with whether it can be done now.",
        resolve.actions,
        needs=resolve.ACTION_NEEDS,
    )
    aliases: Connection[MailAddress] | None = mail_address_connection(
        "The mail addresses that lead into it.", "aliases"
    )
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
