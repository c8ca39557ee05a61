"""Addresses under which a calendar reads the deadlines of a customer."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from models.customer import Customer
from models.ids import key


class CalendarFeed(Model):
    """One address. Only the SHA-256 of its secret part is stored."""

    id = key("cal")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="calendar_feeds", on_delete=fields.CASCADE
    )
    customer_id: str
    name = fields.CharField(max_length=80)
    token_hash = fields.CharField(max_length=64, unique=True)
    created_at = fields.DatetimeField()
    last_read_on = fields.DateField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "calendar_feed"
        indexes = (Index(fields=("customer_id", "created_at", "id")),)
