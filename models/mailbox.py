"""Mailboxes of a package."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.package import Package
from models.text import folded


class Mailbox(Model):
    """A mailbox. `address` is unique over the host and lower-case with its domain in Unicode, sizes are mebibytes."""

    id = key("mbx")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="mailboxes", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="mailboxes", on_delete=fields.RESTRICT
    )
    package_id: str
    address = fields.CharField(max_length=320, unique=True)
    search_key = fields.CharField(max_length=960)
    display_name = fields.CharField(max_length=80, null=True)
    quota_mb = fields.IntField()
    used_mb = fields.IntField(default=0)
    created_at = fields.DatetimeField()

    class Meta:
        table = "mailbox"
        indexes = (
            Index(fields=("customer_id", "package_id", "address", "id")),
            Index(fields=("customer_id", "package_id", "created_at", "id")),
        )
        constraints = (
            CheckConstraint(check="quota_mb >= 0 AND used_mb >= 0", name="mailbox_sizes_not_negative"),
            CheckConstraint(check="address = lower(address)", name="mailbox_address_lower_case"),
        )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.search_key = folded(self.address)
