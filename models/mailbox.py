"""Mailboxes of a package."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.package import Package
from models.text import folded


class SpamFilter(StrEnum):
    """What is done with mail that is probably spam: nothing, a mark, into the folder of spam, or not taken at all."""

    OFF = "OFF"
    MARK = "MARK"
    FOLDER = "FOLDER"
    REJECT = "REJECT"


class Mailbox(Model):
    """A mailbox. `address` is unique over the host and lower-case with its domain in Unicode, sizes are mebibytes.

    There is an automatic reply where `auto_reply_text` is set; it is sent from `auto_reply_from` to the end of `auto_reply_to`
    (days in Europe/Berlin), either of which may be open. The password is in no column: it goes to the host's system with the
    operation that sets it.
    """

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
    spam_filter = fields.CharEnumField(SpamFilter, max_length=8, default=SpamFilter.FOLDER)
    virus_filter = fields.BooleanField(default=True)
    auto_reply_subject = fields.CharField(max_length=160, null=True)
    auto_reply_text = fields.CharField(max_length=4000, null=True)
    auto_reply_from = fields.DateField(null=True)
    auto_reply_to = fields.DateField(null=True)
    password_changed_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "mailbox"
        indexes = (
            Index(fields=("customer_id", "package_id", "address", "id")),
            Index(fields=("customer_id", "package_id", "created_at", "id")),
        )
        constraints = (
            CheckConstraint(check="quota_mb >= 0 AND used_mb >= 0", name="mailbox_sizes_not_negative"),
            CheckConstraint(
                check="spam_filter IN ('OFF', 'MARK', 'FOLDER', 'REJECT')", name="mailbox_spam_filter_known"
            ),
            CheckConstraint(check="version >= 1", name="mailbox_version_counts_up"),
            CheckConstraint(check="address = lower(address)", name="mailbox_address_lower_case"),
        )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.search_key = folded(self.address)
