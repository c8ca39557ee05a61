"""Changes of the tariff of a contract: asked for, carried out on a day, or taken back before."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.contract import Contract, Tariff
from models.customer import Customer
from models.ids import key
from models.package import Package


class TariffChangeState(StrEnum):
    """`SCHEDULED` waits for its day, `REVOKED` was taken back before it, `REFUSED` could not be carried out on it."""

    SCHEDULED = "SCHEDULED"
    CARRIED_OUT = "CARRIED_OUT"
    REVOKED = "REVOKED"
    REFUSED = "REFUSED"


class TariffDirection(StrEnum):
    """Upgrades begin at once, downgrades with the next period."""

    UPGRADE = "UPGRADE"
    DOWNGRADE = "DOWNGRADE"


class TariffChange(Model):
    """One change, with the price it was shown with. `pending_for` is the contract while it is scheduled: unique.

    `credit_minor` is what is given back of the period already paid for, `charge_minor` what the rest of it costs in the new
    tariff (both gross): the difference is on the next invoice. `refusal` is the reason code of a change that could not be.
    """

    id = key("tch")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="tariff_changes", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="tariff_changes", on_delete=fields.RESTRICT
    )
    package_id: str
    contract: fields.ForeignKeyRelation[Contract] = fields.ForeignKeyField(
        "models.Contract", related_name="tariff_changes", on_delete=fields.RESTRICT
    )
    contract_id: str
    from_tariff: fields.ForeignKeyRelation[Tariff] = fields.ForeignKeyField(
        "models.Tariff", related_name="changes_from", on_delete=fields.RESTRICT
    )
    from_tariff_id: str
    to_tariff: fields.ForeignKeyRelation[Tariff] = fields.ForeignKeyField(
        "models.Tariff", related_name="changes_to", on_delete=fields.RESTRICT
    )
    to_tariff_id: str
    pending_for: fields.OneToOneNullableRelation[Contract] = fields.OneToOneField(
        "models.Contract", related_name="pending_tariff_change", on_delete=fields.RESTRICT, null=True
    )
    pending_for_id: str | None
    direction = fields.CharEnumField(TariffDirection, max_length=16)
    state = fields.CharEnumField(TariffChangeState, max_length=16)
    effective_on = fields.DateField()
    net_minor = fields.BigIntField()
    gross_minor = fields.BigIntField()
    credit_minor = fields.BigIntField(default=0)
    charge_minor = fields.BigIntField(default=0)
    currency = fields.CharField(max_length=3)
    requested_at = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)
    refusal = fields.CharField(max_length=40, null=True)

    class Meta:
        table = "tariff_change"
        indexes = (
            Index(fields=("customer_id", "contract_id", "requested_at", "id")),
            Index(fields=("customer_id", "package_id", "requested_at", "id")),
            Index(fields=("contract_id",)),
            Index(fields=("package_id",)),
            Index(fields=("from_tariff_id",)),
            Index(fields=("to_tariff_id",)),
            Index(fields=("state", "effective_on", "id")),
        )
        constraints = (
            CheckConstraint(
                check="state IN ('SCHEDULED', 'CARRIED_OUT', 'REVOKED', 'REFUSED')", name="tariff_change_state_known"
            ),
            CheckConstraint(check="direction IN ('UPGRADE', 'DOWNGRADE')", name="tariff_change_direction_known"),
            CheckConstraint(
                check="net_minor >= 0 AND gross_minor >= net_minor AND credit_minor >= 0 AND charge_minor >= 0",
                name="tariff_change_price_not_negative",
            ),
            CheckConstraint(
                check="(pending_for_id IS NOT NULL) = (state = 'SCHEDULED')",
                name="tariff_change_pending_while_scheduled",
            ),
        )
