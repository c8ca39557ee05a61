"""Backups of what is in a package."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.hosted_database import HostedDatabase
from models.ids import key
from models.mailbox import Mailbox
from models.package import Package


class BackupContent(StrEnum):
    """What a backup holds."""

    WEB_SPACE = "WEB_SPACE"
    DATABASE = "DATABASE"
    MAILBOX = "MAILBOX"


class BackupState(StrEnum):
    """`CREATING` and `RESTORING` until the host's system has done it; `FAILED` holds nothing."""

    CREATING = "CREATING"
    READY = "READY"
    RESTORING = "RESTORING"
    FAILED = "FAILED"


class Backup(Model):
    """A backup of the web space, of one database or of one mailbox. `subject_name` is what that was called.

    It outlives what it was made of: then its reference is null, and there is nothing it could be restored into.
    `automatic`: the host made it, not somebody here. Sizes are mebibytes.
    """

    id = key("bak")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="backups", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="backups", on_delete=fields.RESTRICT
    )
    package_id: str
    content = fields.CharEnumField(BackupContent, max_length=16)
    subject_name = fields.CharField(max_length=320)
    database: fields.ForeignKeyNullableRelation[HostedDatabase] = fields.ForeignKeyField(
        "models.HostedDatabase", related_name="backups", on_delete=fields.SET_NULL, null=True
    )
    database_id: str | None
    mailbox: fields.ForeignKeyNullableRelation[Mailbox] = fields.ForeignKeyField(
        "models.Mailbox", related_name="backups", on_delete=fields.SET_NULL, null=True
    )
    mailbox_id: str | None
    state = fields.CharEnumField(BackupState, max_length=16)
    automatic = fields.BooleanField(default=False)
    size_mb = fields.IntField(null=True)
    restored_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField()
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "backup"
        indexes = (
            Index(fields=("customer_id", "package_id", "created_at", "id")),
            Index(fields=("expires_at",)),
            Index(fields=("database_id",)),
            Index(fields=("mailbox_id",)),
        )
        constraints = (
            CheckConstraint(check="content IN ('WEB_SPACE', 'DATABASE', 'MAILBOX')", name="backup_content_known"),
            CheckConstraint(check="state IN ('CREATING', 'READY', 'RESTORING', 'FAILED')", name="backup_state_known"),
            CheckConstraint(check="size_mb IS NULL OR size_mb >= 0", name="backup_size_not_negative"),
            CheckConstraint(check="version >= 1", name="backup_version_counts_up"),
        )
