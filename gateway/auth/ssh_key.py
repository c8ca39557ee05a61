"""Public keys of accounts for the web space: added and removed."""

from __future__ import annotations

from datetime import datetime

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.label import read_label
from gateway.auth.sftp_account import demand, locked_account
from gateway.auth.ssh_key_line import (
    LEAST_RSA_BITS,
    LONGEST,
    MALFORMED,
    OLD_TYPE,
    OPTIONS,
    PRIVATE,
    SEVERAL,
    TOO_LONG,
    WEAK,
    SshKeyError,
    read,
)
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from models import Operation, SshKey
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import label as label_rule
from models.rules import web_access

KEY, WHICH = ("input", "publicKey"), ("input", "sshKeyId")

_WORDS = {
    PRIVATE: "ssh_key.private",
    TOO_LONG: "ssh_key.too_long",
    SEVERAL: "ssh_key.several",
    OPTIONS: "ssh_key.options",
    OLD_TYPE: "ssh_key.old_type",
    WEAK: "ssh_key.weak",
    MALFORMED: "ssh_key.malformed",
}


async def add_ssh_key(
    viewer: Viewer, account_id: str, pasted: str, label: str | None, client: Client, now: datetime
) -> tuple[SshKey, Operation]:
    """Let a key open an account; without `label` what stands behind the key is taken.

    Raises `BAD_USER_INPUT` for a line that is no key to take, `NOT_FOUND` for the account, `CONFLICT` for a key that it has
    already or that is one too many, and in the words of the package's menu.
    """
    try:
        key = read(pasted)
    except SshKeyError as error:
        raise bad_input(_WORDS[error.reason], path=KEY, longest=LONGEST, least=LEAST_RSA_BITS) from None
    noted = read_label(label) if label is not None else _noted(key.comment)

    async def write() -> tuple[SshKey, Operation]:
        account, package = await locked_account(viewer, account_id)
        there = visible.ssh_keys(viewer).filter(account_id=account.id)
        if await there.filter(fingerprint=key.fingerprint).exists():
            raise GatewayError(ErrorCode.CONFLICT, "ssh_key.exists", path=KEY)
        demand(web_access.KEY_ADD, account, package, await there.count())
        row = await SshKey.create(
            customer_id=account.customer_id,
            package_id=account.package_id,
            account_id=account.id,
            type=key.type,
            public_key=key.text,
            fingerprint=key.fingerprint,
            label=noted,
            created_at=now,
        )
        desired = {"username": account.username, "publicKey": key.text, "fingerprint": key.fingerprint}
        operation = await operations.request(viewer, package.id, "ssh_key.add", row.id, desired, now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "ssh_key.add",
            object_id=row.id,
            package_id=package.id,
            detail={
                "name": account.username,
                "before": {},
                "after": {"type": key.type, "fingerprint": key.fingerprint, "label": noted},
            },
        )
        return await visible.ssh_keys(viewer).get(id=row.id), operation

    return await in_unit_of_work(write)


async def remove_ssh_key(viewer: Viewer, key_id: str, client: Client, now: datetime) -> tuple[str, Operation]:
    """Have a key open its account no more: its id. Raises `NOT_FOUND`, and `CONFLICT` in the words of the package's menu."""

    async def write() -> tuple[str, Operation]:
        row = await _key(viewer, key_id)
        account, _ = await locked_account(viewer, row.account_id, WHICH)
        row = await _key(viewer, key_id)
        await visible.ssh_keys(viewer).filter(id=row.id).delete()
        desired = {"username": account.username, "fingerprint": row.fingerprint}
        operation = await operations.request(viewer, row.package_id, "ssh_key.remove", row.id, desired, now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "ssh_key.remove",
            object_id=row.id,
            package_id=row.package_id,
            detail={
                "name": account.username,
                "before": {"type": row.type, "fingerprint": row.fingerprint, "label": row.label},
                "after": {},
            },
        )
        return key_id, operation

    return await in_unit_of_work(write)


async def _key(viewer: Viewer, key_id: str) -> SshKey:
    row = await visible.ssh_keys(viewer).get_or_none(id=key_id) if prefix_of(key_id) == "sky" else None
    if row is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    return row


def _noted(comment: str | None) -> str | None:
    """What stood behind a key, as far as it can be a label."""
    label = label_rule.tidied((comment or "")[: label_rule.LONGEST])
    return label if isinstance(label, str) else None
