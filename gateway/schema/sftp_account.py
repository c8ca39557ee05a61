"""Accounts for the web space: listed, made, changed and deleted, their passwords given and taken."""

# ruff: noqa: S106 - descriptions, no secrets

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadPackages, ReadWebSpace, WriteWebSpace
from gateway.errors import ErrorCode
from gateway.hosting import TransportSecurity
from gateway.resolvers import sftp_account as resolve
from gateway.resolvers.package import RefusalReason
from gateway.resolvers.sftp_account import SftpAccountActionName, SftpPasswordMode
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, many, mutation, one, where
from gateway.schema.node import Node
from gateway.schema.operation import Operation, requested
from gateway.schema.page import Direction
from gateway.schema.ssh_key import SshKey
from gateway.source.declaration import SortKey, Sought
from models import SftpAccess

if TYPE_CHECKING:
    from gateway.schema.package import Package

describe(
    SftpAccess,
    "What an account can do.",
    SFTP="Move files (SFTP), nothing else.",
    SSH="Run commands in a shell, besides moving files.",
)
describe(
    SftpPasswordMode,
    "How a new account comes to a password.",
    NONE="It has none: keys alone will open it.",
    GENERATED="One is made and shown once.",
    CHOSEN="It is in `password`.",
)
describe(
    SftpAccountActionName,
    "What can be done with an account.",
    CHANGE="Have it begin elsewhere, do more or less, or be labelled otherwise (`sftpAccountChange`).",
    PASSWORD_ROTATE="Give it another password, or its first (`sftpAccountPasswordRotate`).",
    PASSWORD_REMOVE="Have keys alone open it (`sftpAccountPasswordRemove`).",
    KEY_ADD="Let one more public key open it (`sshKeyAdd`).",
    DELETE="Delete it (`sftpAccountDelete`).",
)


@strawberry.type(description="The server that accounts for the web space are on.")
class SftpServer:
    host: str = column(ReadWebSpace, "Its host name.")
    port: int = column(ReadWebSpace, "The port.")
    security: TransportSecurity = column(ReadWebSpace, "How the connection is made safe.")


@strawberry.type(description="Something that can be done with an account.")
class SftpAccountAction:
    name: SftpAccountActionName = column(ReadWebSpace, "What can be done.")
    allowed: bool = column(ReadWebSpace, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadWebSpace, "Why not; null when it is allowed.")
    message: str | None = column(ReadWebSpace, "The reason in the language of the request; null when it is allowed.")


@entity(models.SftpAccount, description="An account for the web space of a package.")
class SftpAccount(Node):
    username: str | None = column(ReadWebSpace, "The name to sign in with.")
    label: str | None = column(ReadWebSpace, "What somebody noted beside it.")
    directory: str | None = column(
        ReadWebSpace, "Where it begins, relative to the web space; it sees nothing above. Empty: all of it."
    )
    access: SftpAccess | None = column(ReadWebSpace, "What it can do.")
    server: SftpServer | None = computed(ReadWebSpace, "Where to sign in.", resolve.server, needs=("id",))
    has_password: bool | None = computed(
        ReadWebSpace, "Whether a password opens it, besides keys.", resolve.has_password, needs=("password_changed_at",)
    )
    password_changed_at: datetime | None = column(
        ReadWebSpace, "When its password was last changed; null without a password."
    )
    last_used_at: datetime | None = column(ReadWebSpace, "When it was last used; null: never.")
    keys: list[SshKey] | None = many(
        ReadWebSpace, "The public keys that open it, the oldest first.", "keys", "created_at"
    )
    version: int | None = column(ReadWebSpace, "Counts the changes; `sftpAccountChange` asks for it.")
    created_at: datetime | None = column(ReadWebSpace, "When it was made.")
    actions: list[SftpAccountAction] | None = computed(
        ReadWebSpace,
        "What can be done with it, each with whether it can be done now.",
        resolve.actions,
        needs=resolve.ACTION_NEEDS,
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package whose web space it opens."
    )


@strawberry.enum(description="What accounts can be ordered by.")
class SftpAccountOrderField(Enum):
    USERNAME = strawberry.enum_value(SortKey("username"), description="By the name to sign in with.")
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were made.")


@strawberry.input(description="One entry of an order of accounts.")
class SftpAccountOrder:
    field: SftpAccountOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which accounts to list; every condition given must be met.")
class SftpAccountFilter:
    access: list[SftpAccess] | None = where("That can do one of these.", "access", "in")


def sftp_account_connection() -> Any:
    """Those of a package."""
    return connection(
        ReadWebSpace,
        "The accounts for its web space, by username.",
        models.SftpAccount,
        relation="sftp_accounts",
        entry=SftpAccountOrder,
        order=SftpAccountOrderField,
        default=((SftpAccountOrderField.USERNAME, False),),
        filter=SftpAccountFilter,
        search=(Sought("username", folded=False),),
    )


_DIRECTORY = "Where it begins, relative to the web space, such as `shop/public`; empty: the whole of it."
_LABEL = "A note to know it again, at most 80 characters."
_MADE = "The password that was made. It is shown this once; null when none was made."


@strawberry.input(description="An account to make.")
class SftpAccountCreateInput:
    package_id: strawberry.ID = strawberry.field(description="The id of the package.")
    directory: str = strawberry.field(description=_DIRECTORY, default="")
    access: SftpAccess = strawberry.field(description="What it can do.", default=SftpAccess.SFTP)
    label: str | None = strawberry.field(description=_LABEL, default=None)
    password_mode: SftpPasswordMode = strawberry.field(
        description="How it comes to a password.", default=SftpPasswordMode.GENERATED
    )
    password: str | None = strawberry.field(
        description="With `CHOSEN`: the password; `passwordPolicy` holds for it, too.", default=None
    )


@strawberry.input(description="What an account is to be: all of it takes the place of what was there.")
class SftpAccountChangeInput:
    sftp_account_id: strawberry.ID = strawberry.field(description="The id of the account.")
    version: int = strawberry.field(description="Its `version` as it was read.")
    directory: str = strawberry.field(description=_DIRECTORY)
    access: SftpAccess = strawberry.field(description="What it can do.")
    label: str | None = strawberry.field(description=_LABEL, default=None)


@strawberry.input(description="Which account to give another password.")
class SftpAccountPasswordRotateInput:
    sftp_account_id: strawberry.ID = strawberry.field(description="The id of the account.")
    password: str | None = strawberry.field(
        description="The password; `passwordPolicy` holds for it, too. Null: one is made and shown once.", default=None
    )


@strawberry.input(description="Which account to take the password from.")
class SftpAccountPasswordRemoveInput:
    sftp_account_id: strawberry.ID = strawberry.field(description="The id of the account.")


@strawberry.input(description="Which account to delete.")
class SftpAccountDeleteInput:
    sftp_account_id: strawberry.ID = strawberry.field(description="The id of the account.")


@strawberry.type(description="What making an account gives.")
class SftpAccountCreatePayload:
    sftp_account: SftpAccount | None = column(WriteWebSpace, "The account.")
    password: str | None = column(WriteWebSpace, _MADE)
    operation: Operation | None = requested(WriteWebSpace)
    errors: list[UserError] = column(WriteWebSpace, "Why none was made.")


@strawberry.type(description="What changing an account gives.")
class SftpAccountChangePayload:
    sftp_account: SftpAccount | None = column(WriteWebSpace, "The account as it is now.")
    operation: Operation | None = requested(WriteWebSpace)
    errors: list[UserError] = column(WriteWebSpace, "Why nothing was changed.")


@strawberry.type(description="What giving an account another password gives.")
class SftpAccountPasswordRotatePayload:
    sftp_account: SftpAccount | None = column(WriteWebSpace, "The account as it is now.")
    password: str | None = column(WriteWebSpace, _MADE)
    operation: Operation | None = requested(WriteWebSpace)
    errors: list[UserError] = column(WriteWebSpace, "Why nothing was changed.")


@strawberry.type(description="What taking the password from an account gives.")
class SftpAccountPasswordRemovePayload:
    sftp_account: SftpAccount | None = column(WriteWebSpace, "The account as it is now.")
    operation: Operation | None = requested(WriteWebSpace)
    errors: list[UserError] = column(WriteWebSpace, "Why nothing was changed.")


@strawberry.type(description="What deleting an account gives.")
class SftpAccountDeletePayload:
    sftp_account_id: strawberry.ID | None = column(WriteWebSpace, "The id of the account that is gone.")
    operation: Operation | None = requested(WriteWebSpace)
    errors: list[UserError] = column(WriteWebSpace, "Why it is still there.")


@strawberry.type(description="Changing accounts for the web space.")
class SftpAccountMutation:
    sftp_account_create: SftpAccountCreatePayload | None = mutation(
        WriteWebSpace,
        "Make an account for the web space; its username is made, too. `resources` of the package says beforehand whether "
        "there is room (`SFTP_ACCOUNT`).",
        resolve.sftp_account_create,
        SftpAccountCreateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    sftp_account_change: SftpAccountChangePayload | None = mutation(
        WriteWebSpace,
        "Have an account begin elsewhere, do more or less, or be labelled otherwise. Its `actions` say beforehand whether it "
        "can be done (`CHANGE`).",
        resolve.sftp_account_change,
        SftpAccountChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    sftp_account_password_rotate: SftpAccountPasswordRotatePayload | None = mutation(
        WriteWebSpace,
        "Give an account another password, or its first. Its `actions` say beforehand whether it can be done "
        "(`PASSWORD_ROTATE`).",
        resolve.sftp_account_password_rotate,
        SftpAccountPasswordRotateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    sftp_account_password_remove: SftpAccountPasswordRemovePayload | None = mutation(
        WriteWebSpace,
        "Have keys alone open an account. Its `actions` say beforehand whether it can be done (`PASSWORD_REMOVE`).",
        resolve.sftp_account_password_remove,
        SftpAccountPasswordRemoveInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    sftp_account_delete: SftpAccountDeletePayload | None = mutation(
        WriteWebSpace,
        "Delete an account with its keys; the files of the web space stay. Its `actions` say beforehand whether it can be done "
        "(`DELETE`).",
        resolve.sftp_account_delete,
        SftpAccountDeleteInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
