"""What happened under a customer number: append-only, written in the transaction of the change itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.package import Package


class ActorKind(StrEnum):
    """Who did it."""

    CUSTOMER = "CUSTOMER"
    PACKAGE_LOGIN = "PACKAGE_LOGIN"
    API_TOKEN = "API_TOKEN"  # noqa: S105 - the name of a kind of caller, not a secret
    OPERATOR = "OPERATOR"
    SYSTEM = "SYSTEM"


class AuditEvent(Model):
    """One entry: time, actor, session, shortened address, action, object, result, request id. `detail` holds no secret.

    The entries of a customer are a chain: `number` counts them from 1, `seal` is `{key number}:{HMAC-SHA-256}` over the
    entry and the seal before it (null in entries from before there was a chain).
    """

    id = key("aud")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="audit_events", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyNullableRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="audit_events", on_delete=fields.RESTRICT, null=True
    )
    package_id: str | None
    occurred_at = fields.DatetimeField()
    actor_kind = fields.CharEnumField(ActorKind, max_length=16)
    actor_id = fields.CharField(max_length=30, null=True)
    session_id = fields.CharField(max_length=30, null=True)
    address = fields.CharField(max_length=45, null=True)
    action = fields.CharField(max_length=64)
    object_id = fields.CharField(max_length=30, null=True)
    result = fields.CharField(max_length=40)
    request_id = fields.CharField(max_length=40, null=True)
    detail: Any = fields.JSONField(null=True)
    number = fields.IntField(null=True)
    seal = fields.CharField(max_length=70, null=True)

    class Meta:
        table = "audit_event"
        unique_together = (("customer_id", "number"),)
        indexes = (
            Index(fields=("customer_id", "occurred_at", "id")),
            Index(fields=("customer_id", "package_id", "occurred_at", "id")),
        )


class AuditChain(Model):
    """The end of a customer's chain: how many entries there are, and the seal of the last. Its row lock orders writers."""

    id = key("ach")
    customer: fields.OneToOneRelation[Customer] = fields.OneToOneField(
        "models.Customer", related_name="audit_chain", on_delete=fields.RESTRICT
    )
    customer_id: str
    number = fields.IntField()
    seal = fields.CharField(max_length=70)

    class Meta:
        table = "audit_chain"
