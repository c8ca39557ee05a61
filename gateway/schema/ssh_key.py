"""Public keys of accounts for the web space: shown, added and removed."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

import models
from gateway.auth.permissions import ReadWebSpace, WriteWebSpace
from gateway.errors import ErrorCode
from gateway.resolvers import sftp_account as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, entity, mutation, one
from gateway.schema.node import Node
from gateway.schema.operation import Operation, requested

if TYPE_CHECKING:
    from gateway.schema.sftp_account import SftpAccount


@entity(models.SshKey, description="A public key that opens an account for the web space.")
class SshKey(Node):
    type: str | None = column(ReadWebSpace, "Its type as OpenSSH calls it: `ssh-ed25519`, `ssh-rsa` and so on.")
    fingerprint: str | None = column(ReadWebSpace, "Its SHA-256, as `ssh-keygen -lf` shows it.")
    label: str | None = column(ReadWebSpace, "What somebody noted beside it, or what stood behind the key.")
    created_at: datetime | None = column(ReadWebSpace, "When it was added.")
    account: Annotated["SftpAccount", strawberry.lazy("gateway.schema.sftp_account")] | None = one(
        ReadWebSpace, "The account it opens."
    )


@strawberry.input(description="A public key to add to an account.")
class SshKeyAddInput:
    sftp_account_id: strawberry.ID = strawberry.field(description="The id of the account.")
    public_key: str = strawberry.field(
        description=(
            "The line of a file such as `id_ed25519.pub`: Ed25519, ECDSA (NIST P-256, P-384, P-521), RSA of 2048 bits or more "
            "(3072 are better), also on security keys (`sk-…`). Never a private key."
        )
    )
    label: str | None = strawberry.field(
        description="A note to know it again, at most 80 characters; null: what stands behind the key.", default=None
    )


@strawberry.input(description="Which public key to remove.")
class SshKeyRemoveInput:
    ssh_key_id: strawberry.ID = strawberry.field(description="The id of the key.")


@strawberry.type(description="What adding a public key gives.")
class SshKeyAddPayload:
    ssh_key: SshKey | None = column(WriteWebSpace, "The key that was added.")
    operation: Operation | None = requested(WriteWebSpace)
    errors: list[UserError] = column(WriteWebSpace, "Why none was added.")


@strawberry.type(description="What removing a public key gives.")
class SshKeyRemovePayload:
    ssh_key_id: strawberry.ID | None = column(WriteWebSpace, "The id of the key that is gone.")
    operation: Operation | None = requested(WriteWebSpace)
    errors: list[UserError] = column(WriteWebSpace, "Why it is still there.")


@strawberry.type(description="Changing the keys of accounts.")
class SshKeyMutation:
    ssh_key_add: SshKeyAddPayload | None = mutation(
        WriteWebSpace,
        "Let a public key open an account; it has at most 10. `actions` of the account say beforehand whether it can be done "
        "(`KEY_ADD`).",
        resolve.ssh_key_add,
        SshKeyAddInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    ssh_key_remove: SshKeyRemovePayload | None = mutation(
        WriteWebSpace,
        "Have a public key open its account no more; an account without key and password is open to nobody.",
        resolve.ssh_key_remove,
        SshKeyRemoveInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
