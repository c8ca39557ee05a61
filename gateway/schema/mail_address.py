"""Mail addresses without a mailbox of their own: listed, made, changed and deleted."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadDomains, ReadMail, ReadPackages, WriteMail
from gateway.errors import ErrorCode
from gateway.resolvers import mail_address as resolve
from gateway.resolvers.mail_address import MailAddressActionName, MailAddressKind
from gateway.resolvers.package import RefusalReason
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, mutation, one
from gateway.schema.node import Node
from gateway.schema.operation import Operation, requested
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey, Sought

if TYPE_CHECKING:
    from gateway.schema.domain import Domain
    from gateway.schema.mailbox import Mailbox
    from gateway.schema.package import Package

describe(
    MailAddressKind,
    "What becomes of mail to an address.",
    ALIAS="It goes into a mailbox of the package.",
    FORWARD="It is sent on to other addresses, and into a mailbox where one is named.",
    CATCH_ALL="So is mail to all addresses of the domain that are not there.",
)
describe(
    MailAddressActionName,
    "What can be done with a mail address.",
    CHANGE="Have its mail go somewhere else (`mailAddressChange`).",
    DELETE="Delete it (`mailAddressDelete`).",
)


@strawberry.type(description="Something that can be done with a mail address.")
class MailAddressAction:
    name: MailAddressActionName = column(ReadMail, "What can be done.")
    allowed: bool = column(ReadMail, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadMail, "Why not; null when it is allowed.")
    message: str | None = column(ReadMail, "The reason in the language of the request; null when it is allowed.")


@entity(models.MailAddress, description="A mail address without a mailbox of its own.")
class MailAddress(Node):
    address: str | None = column(
        ReadMail, "The address, its domain in Unicode; `*` before the `@` stands for all others of the domain."
    )
    kind: MailAddressKind | None = computed(
        ReadMail, "What becomes of mail to it.", resolve.kind, needs=("address", "targets")
    )
    targets: list[str] | None = computed(
        ReadMail, "The addresses that mail is sent on to.", resolve.listed, needs=("targets",)
    )
    version: int | None = column(ReadMail, "Counts the changes; `mailAddressChange` asks for it.")
    created_at: datetime | None = column(ReadMail, "When it was created.")
    actions: list[MailAddressAction] | None = computed(
        ReadMail,
        "What can be done with it, each with whether it can be done now.",
        resolve.actions,
        needs=resolve.ACTION_NEEDS,
    )
    mailbox: Annotated["Mailbox", strawberry.lazy("gateway.schema.mailbox")] | None = one(
        ReadMail, "The mailbox that mail goes into; null where it is only sent on."
    )
    domain: Annotated["Domain", strawberry.lazy("gateway.schema.domain")] | None = one(
        ReadDomains, "The domain it belongs to."
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it belongs to."
    )


@strawberry.enum(description="What mail addresses can be ordered by.")
class MailAddressOrderField(Enum):
    ADDRESS = strawberry.enum_value(SortKey("address"), description="By address.")
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were created.")


@strawberry.input(description="One entry of an order of mail addresses.")
class MailAddressOrder:
    field: MailAddressOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


def mail_address_connection(description: str, relation: str) -> Any:
    """Those of a package, or those that lead into a mailbox."""
    return connection(
        ReadMail,
        description,
        models.MailAddress,
        relation=relation,
        entry=MailAddressOrder,
        order=MailAddressOrderField,
        default=((MailAddressOrderField.ADDRESS, False),),
        search=(Sought("search_key"),),
    )


@strawberry.input(description="A mail address to make; its mail goes into a mailbox, to other addresses, or both.")
class MailAddressCreateInput:
    domain_id: strawberry.ID = strawberry.field(description="The id of the domain.")
    local_part: str | None = strawberry.field(
        description="Before the `@`: letters, digits, `.`, `_`, `-` (not first), `+`; at most 64. Null for `catchAll`.",
        default=None,
    )
    catch_all: bool = strawberry.field(
        description=(
            "Whether it stands for all addresses of the domain that are not there. Those for technical reports, such as "
            "postmaster and abuse (RFC 2142), are never among them."
        ),
        default=False,
    )
    mailbox_id: strawberry.ID | None = strawberry.field(
        description="The id of a mailbox of the package that mail goes into.", default=None
    )
    targets: list[str] = strawberry.field(
        description="The addresses that mail is sent on to, at most 20.", default_factory=list
    )


@strawberry.input(description="Where mail to an address is to go: all of it takes the place of what was there.")
class MailAddressChangeInput:
    mail_address_id: strawberry.ID = strawberry.field(description="The id of the mail address.")
    version: int = strawberry.field(description="Its `version` as it was read.")
    mailbox_id: strawberry.ID | None = strawberry.field(
        description="The id of a mailbox of the package that mail goes into.", default=None
    )
    targets: list[str] = strawberry.field(
        description="The addresses that mail is sent on to, at most 20.", default_factory=list
    )


@strawberry.input(description="Which mail address to delete.")
class MailAddressDeleteInput:
    mail_address_id: strawberry.ID = strawberry.field(description="The id of the mail address.")


@strawberry.type(description="What making a mail address gives.")
class MailAddressCreatePayload:
    mail_address: MailAddress | None = column(WriteMail, "What was made.")
    operation: Operation | None = requested(WriteMail)
    errors: list[UserError] = column(WriteMail, "Why nothing was made.")


@strawberry.type(description="What changing a mail address gives.")
class MailAddressChangePayload:
    mail_address: MailAddress | None = column(WriteMail, "The mail address as it is now.")
    operation: Operation | None = requested(WriteMail)
    errors: list[UserError] = column(WriteMail, "Why nothing was changed.")


@strawberry.type(description="What deleting a mail address gives.")
class MailAddressDeletePayload:
    mail_address_id: strawberry.ID | None = column(WriteMail, "The id of the mail address that is gone.")
    deleted_addresses: list[str] | None = column(WriteMail, "Other addresses that led nowhere else and went with it.")
    changed_addresses: list[str] | None = column(WriteMail, "Other addresses that are not sent on to it any more.")
    operation: Operation | None = requested(WriteMail)
    errors: list[UserError] = column(WriteMail, "Why it is still there.")


@strawberry.type(description="Changing mail addresses.")
class MailAddressMutation:
    mail_address_create: MailAddressCreatePayload | None = mutation(
        WriteMail,
        "Have mail to one more address, or to all others of a domain, go into a mailbox or on to other addresses. `resources` "
        "of the package says beforehand whether there is room (`MAIL_ADDRESS`).",
        resolve.mail_address_create,
        MailAddressCreateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    mail_address_change: MailAddressChangePayload | None = mutation(
        WriteMail,
        "Have mail to an address go somewhere else. Its `actions` say beforehand whether it can be done (`CHANGE`).",
        resolve.mail_address_change,
        MailAddressChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    mail_address_delete: MailAddressDeletePayload | None = mutation(
        WriteMail,
        "Delete a mail address. Others are not sent on to it any more, and go with it where they led nowhere else. "
        "Its `actions` say beforehand whether it can be done (`DELETE`).",
        resolve.mail_address_delete,
        MailAddressDeleteInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
