"""Mail addresses without a mailbox of their own: aliases, forwards and what catches all others of a domain."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.domain import Domain
from models.ids import key
from models.mailbox import Mailbox
from models.package import Package
from models.text import folded


class MailAddress(Model):
    """Where mail to an address goes: into a mailbox of the package (an alias), to other addresses (a forward), or both.

    `address` is unique over the host and lower-case with its domain in Unicode, and never that of a mailbox; its local part is
    `*` for the one that catches all others of the domain. `targets` is a list of addresses.
    """

    id = key("mad")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="mail_addresses", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="mail_addresses", on_delete=fields.RESTRICT
    )
    package_id: str
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "models.Domain", related_name="mail_addresses", on_delete=fields.CASCADE
    )
    domain_id: str
    mailbox: fields.ForeignKeyNullableRelation[Mailbox] = fields.ForeignKeyField(
        "models.Mailbox", related_name="aliases", on_delete=fields.CASCADE, null=True
    )
    mailbox_id: str | None
    address = fields.CharField(max_length=320, unique=True)
    search_key = fields.CharField(max_length=960)
    targets: Any = fields.JSONField()
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "mail_address"
        indexes = (
            Index(fields=("customer_id", "package_id", "address", "id")),
            Index(fields=("customer_id", "package_id", "created_at", "id")),
            Index(fields=("domain_id",)),
            Index(fields=("mailbox_id",)),
        )
        constraints = (
            CheckConstraint(check="address = lower(address)", name="mail_address_lower_case"),
            CheckConstraint(check="version >= 1", name="mail_address_version_counts_up"),
        )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.search_key = folded(self.address)
