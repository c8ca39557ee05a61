"""Codes that are sent by mail as a link: whoever has one reads the mail of an account."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key


class LinkPurpose(StrEnum):
    """What a code is good for, and for nothing else."""

    EMAIL_CHANGE = "EMAIL_CHANGE"
    PASSWORD_RESET = "PASSWORD_RESET"  # noqa: S105 - the name of a purpose, not a secret


class LinkCode(Model):
    """A single-use code (only its SHA-256 is stored). `email` is the address it was sent to, which a change makes active."""

    id = key("lnk")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="link_codes", on_delete=fields.CASCADE
    )
    customer_id: str
    purpose = fields.CharEnumField(LinkPurpose, max_length=16)
    code_hash = fields.CharField(max_length=64, unique=True)
    email = fields.CharField(max_length=254)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "link_code"
        indexes = (Index(fields=("customer_id", "purpose", "created_at")), Index(fields=("expires_at",)))
        constraints = (
            CheckConstraint(check="purpose IN ('EMAIL_CHANGE', 'PASSWORD_RESET')", name="link_code_purpose_known"),
        )
