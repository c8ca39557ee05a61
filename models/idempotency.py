"""Keys by which a request that was sent again is known (draft-ietf-httpapi-idempotency-key-header)."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from models.customer import Customer
from models.ids import key as primary_key


class IdempotencyKey(Model):
    """One key of one customer for one mutation, with a digest of the input it came with and what came of it (SECURITY MO2)."""

    id = primary_key("idk")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="idempotency_keys", on_delete=fields.CASCADE
    )
    customer_id: str
    mutation = fields.CharField(max_length=64)
    key = fields.CharField(max_length=255)
    input_hash = fields.CharField(max_length=64)
    result = fields.CharField(max_length=30, null=True)  # the id of what was made
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "idempotency_key"
        unique_together = (("customer_id", "mutation", "key"),)
        indexes = (Index(fields=("expires_at",)),)
