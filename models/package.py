"""A hosting package: what a customer manages, and what a package login can be given the technical care of."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.text import folded


class PackageState(StrEnum):
    """Where a package is in its life."""

    PROVISIONING = "PROVISIONING"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    CANCELLED = "CANCELLED"
    ENDED = "ENDED"


class PackageFunction(StrEnum):
    """What can be done with a package: the entries of its menu."""

    SELECT = "SELECT"
    RENAME = "RENAME"
    UPGRADE = "UPGRADE"
    EMAILS = "EMAILS"
    DOMAINS = "DOMAINS"
    WEBSITE_APPS = "WEBSITE_APPS"
    DATABASES = "DATABASES"
    WEB_SPACE = "WEB_SPACE"
    BACKUPS = "BACKUPS"
    SECURITY = "SECURITY"
    CANCEL = "CANCEL"


class PackageType(Model):
    """A kind of package: which functions it has and how much of each. Shared by all customers.

    `functions` is a list of `PackageFunction` values in the order of the menu; `limits` maps a resource to its most.
    """

    id = key("pty")
    code = fields.CharField(max_length=32, unique=True)
    name = fields.CharField(max_length=80)
    family = fields.CharField(max_length=32)
    functions: Any = fields.JSONField()
    mailbox_limit = fields.IntField(default=0)
    domain_limit = fields.IntField(default=0)
    database_limit = fields.IntField(default=0)
    web_space_mb = fields.IntField(default=0)
    mail_address_limit = fields.IntField(default=100)
    web_host_limit = fields.IntField(default=100)
    sftp_account_limit = fields.IntField(default=5)
    cron_job_limit = fields.IntField(default=5)
    website_app_limit = fields.IntField(default=5)
    backup_limit = fields.IntField(default=5)

    class Meta:
        table = "package_type"
        constraints = (
            CheckConstraint(
                check="mailbox_limit >= 0 AND domain_limit >= 0 AND database_limit >= 0 AND web_space_mb >= 0",
                name="package_type_limits_not_negative",
            ),
            CheckConstraint(
                check="mail_address_limit >= 0 AND web_host_limit >= 0 AND sftp_account_limit >= 0 AND cron_job_limit >= 0 "
                "AND website_app_limit >= 0 AND backup_limit >= 0",
                name="package_type_further_limits_not_negative",
            ),
        )


class Package(Model):
    """One package of a customer.

    `name` is the customer's own, `identification` the technical name in the host's systems, `order_number` belongs to
    the contract. `name_key` and `search_key` are the folded forms that sorting and searching use; `save` keeps them.
    """

    id = key("pkg")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="packages", on_delete=fields.RESTRICT
    )
    customer_id: str
    type: fields.ForeignKeyRelation[PackageType] = fields.ForeignKeyField(
        "models.PackageType", related_name="packages", on_delete=fields.RESTRICT
    )
    type_id: str
    name = fields.CharField(max_length=80)
    name_key = fields.CharField(max_length=240)
    search_key = fields.CharField(max_length=400)
    identification = fields.CharField(max_length=64, unique=True)
    order_number = fields.CharField(max_length=32, unique=True)
    state = fields.CharEnumField(PackageState, max_length=16)
    web_space_used_mb = fields.IntField(default=0)
    password_hash = fields.CharField(max_length=80, null=True)
    password_changed_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "package"
        indexes = (
            Index(fields=("customer_id", "name_key", "id")),
            Index(fields=("customer_id", "order_number", "id")),
            Index(fields=("customer_id", "identification", "id")),
            Index(fields=("customer_id", "state", "id")),
            Index(fields=("customer_id", "created_at", "id")),
            Index(fields=("type_id",)),
        )
        constraints = (
            CheckConstraint(
                check="state IN ('PROVISIONING', 'ACTIVE', 'SUSPENDED', 'CANCELLED', 'ENDED')",
                name="package_state_known",
            ),
            CheckConstraint(check="version >= 1", name="package_version_counts_up"),
        )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self._fold()

    def _fold(self) -> None:
        self.name_key = folded(self.name)
        self.search_key = folded(f"{self.name}\n{self.identification}")

    async def save(
        self,
        using_db: BaseDBAsyncClient | None = None,
        update_fields: Iterable[str] | None = None,
        force_create: bool = False,
        force_update: bool = False,
    ) -> None:
        """Store the row with its folded keys in step with the name."""
        self._fold()
        if update_fields is not None:
            update_fields = {*update_fields, "name_key", "search_key"}
        await super().save(using_db, update_fields, force_create, force_update)
