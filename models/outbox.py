"""What is to leave the house (mail, bank files, provisioning): written with the change, sent by the worker."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from models.customer import Customer
from models.ids import key


class OutboxMessage(Model):
    """One thing to send at least once. A worker takes it with a lease: `available_at` moves on while it is being sent."""

    id = key("out")
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="outbox_messages", on_delete=fields.RESTRICT, null=True
    )
    customer_id: str | None
    kind = fields.CharField(max_length=64)
    payload: Any = fields.JSONField()
    created_at = fields.DatetimeField()
    available_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    sent_at = fields.DatetimeField(null=True)
    failed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "outbox_message"
        indexes = (Index(fields=("sent_at", "failed_at", "available_at", "id")), Index(fields=("customer_id",)))
