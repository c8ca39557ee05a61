"""What happened to a contract, for its history."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.contract import AddOn, Contract, Tariff
from models.customer import Customer
from models.domain import Domain
from models.ids import key


class ContractEventKind(StrEnum):
    """What happened."""

    CONCLUDED = "CONCLUDED"
    RENEWED = "RENEWED"
    PRICE_CHANGED = "PRICE_CHANGED"
    TARIFF_CHANGE_SCHEDULED = "TARIFF_CHANGE_SCHEDULED"
    TARIFF_CHANGE_REVOKED = "TARIFF_CHANGE_REVOKED"
    TARIFF_CHANGE_REFUSED = "TARIFF_CHANGE_REFUSED"
    TARIFF_CHANGED = "TARIFF_CHANGED"
    CANCELLED = "CANCELLED"
    CANCELLATION_UNDONE = "CANCELLATION_UNDONE"
    ENDED = "ENDED"


class ContractEvent(Model):
    """One entry. What was cancelled or ended is the whole contract, unless `add_on` or `domain` says which part of it."""

    id = key("cev")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="contract_events", on_delete=fields.RESTRICT
    )
    customer_id: str
    contract: fields.ForeignKeyRelation[Contract] = fields.ForeignKeyField(
        "models.Contract", related_name="events", on_delete=fields.CASCADE
    )
    contract_id: str
    tariff: fields.ForeignKeyNullableRelation[Tariff] = fields.ForeignKeyField(
        "models.Tariff", related_name="contract_events", on_delete=fields.RESTRICT, null=True
    )
    tariff_id: str | None
    add_on: fields.ForeignKeyNullableRelation[AddOn] = fields.ForeignKeyField(
        "models.AddOn", related_name="events", on_delete=fields.CASCADE, null=True
    )
    add_on_id: str | None
    domain: fields.ForeignKeyNullableRelation[Domain] = fields.ForeignKeyField(
        "models.Domain", related_name="contract_events", on_delete=fields.CASCADE, null=True
    )
    domain_id: str | None
    kind = fields.CharEnumField(ContractEventKind, max_length=32)
    occurred_at = fields.DatetimeField()
    effective_on = fields.DateField(null=True)

    class Meta:
        table = "contract_event"
        indexes = (
            Index(fields=("customer_id", "contract_id", "occurred_at", "id")),
            Index(fields=("contract_id",)),
            Index(fields=("tariff_id",)),
            Index(fields=("add_on_id",)),
            Index(fields=("domain_id",)),
        )
        constraints = (
            CheckConstraint(
                check=(
                    "kind IN ('CONCLUDED', 'RENEWED', 'PRICE_CHANGED', 'TARIFF_CHANGE_SCHEDULED', 'TARIFF_CHANGE_REVOKED', "
                    "'TARIFF_CHANGE_REFUSED', 'TARIFF_CHANGED', 'CANCELLED', 'CANCELLATION_UNDONE', 'ENDED')"
                ),
                name="contract_event_kind_known",
            ),
        )
