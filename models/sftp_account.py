"""Accounts for the web space: SFTP, and SSH where that is switched on, with their keys."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.package import Package


class SftpAccess(StrEnum):
    """What an account may: files only, or a shell besides."""

    SFTP = "SFTP"
    SSH = "SSH"


class SftpAccount(Model):
    """An account. `username` is made by the host and unique, `directory` where it begins: a folder without a slash at its ends.

    The password is in no column: it goes to the host's system with the operation that sets it; without one only keys open it.
    """

    id = key("sft")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="sftp_accounts", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="sftp_accounts", on_delete=fields.RESTRICT
    )
    package_id: str
    username = fields.CharField(max_length=32, unique=True)
    label = fields.CharField(max_length=80, null=True)
    directory = fields.CharField(max_length=255)
    access = fields.CharEnumField(SftpAccess, max_length=8)
    password_changed_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "sftp_account"
        indexes = (
            Index(fields=("customer_id", "package_id", "username", "id")),
            Index(fields=("customer_id", "package_id", "created_at", "id")),
        )
        constraints = (
            CheckConstraint(check="access IN ('SFTP', 'SSH')", name="sftp_account_access_known"),
            CheckConstraint(check="version >= 1", name="sftp_account_version_counts_up"),
        )


class SshKey(Model):
    """A public key that opens an account (RFC 4716, RFC 8709). `fingerprint` is `SHA256:` and Base64 without padding."""

    id = key("sky")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="ssh_keys", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="ssh_keys", on_delete=fields.RESTRICT
    )
    package_id: str
    account: fields.ForeignKeyRelation[SftpAccount] = fields.ForeignKeyField(
        "models.SftpAccount", related_name="keys", on_delete=fields.CASCADE
    )
    account_id: str
    type = fields.CharField(max_length=40)
    public_key = fields.CharField(max_length=4096)
    fingerprint = fields.CharField(max_length=64)
    label = fields.CharField(max_length=80, null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "ssh_key"
        unique_together = (("account_id", "fingerprint"),)
        indexes = (Index(fields=("customer_id", "package_id", "created_at", "id")),)
