"""Contracts: what was agreed about a package, at which price, for how long."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.package import Package, PackageType


class ContractState(StrEnum):
    """`CANCELLED` still runs until `ends_on`; `ENDED` does not run any more."""

    ACTIVE = "ACTIVE"
    CANCELLED = "CANCELLED"
    ENDED = "ENDED"


class Tariff(Model):
    """A product in the price list. Prices are minor units (cents) for one billing period."""

    id = key("trf")
    type: fields.ForeignKeyRelation[PackageType] = fields.ForeignKeyField(
        "models.PackageType", related_name="tariffs", on_delete=fields.RESTRICT
    )
    type_id: str
    code = fields.CharField(max_length=32, unique=True)
    name = fields.CharField(max_length=80)
    net_minor = fields.BigIntField()
    gross_minor = fields.BigIntField()
    vat_basis_points = fields.IntField()  # 1900 = 19 %
    currency = fields.CharField(max_length=3)  # ISO 4217
    billing_months = fields.IntField()
    minimum_term_months = fields.IntField()
    renewal_months = fields.IntField()  # 0: open-ended after the minimum term
    notice_months = fields.IntField()
    available = fields.BooleanField(default=True)

    class Meta:
        table = "tariff"
        indexes = (Index(fields=("type_id",)),)
        constraints = (
            CheckConstraint(check="net_minor >= 0 AND gross_minor >= net_minor", name="tariff_price_not_negative"),
            CheckConstraint(check="billing_months >= 1", name="tariff_billing_at_least_a_month"),
        )


class Contract(Model):
    """The agreement over one package. The terms are those agreed, even when the tariff's own have changed since."""

    id = key("ctr")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="contracts", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.OneToOneRelation[Package] = fields.OneToOneField(
        "models.Package", related_name="contract", on_delete=fields.RESTRICT
    )
    package_id: str
    tariff: fields.ForeignKeyRelation[Tariff] = fields.ForeignKeyField(
        "models.Tariff", related_name="contracts", on_delete=fields.RESTRICT
    )
    tariff_id: str
    number = fields.CharField(max_length=32, unique=True)
    state = fields.CharEnumField(ContractState, max_length=16)
    starts_on = fields.DateField()
    ends_on = fields.DateField(null=True)
    minimum_term_months = fields.IntField()
    renewal_months = fields.IntField()
    notice_months = fields.IntField()
    billing_months = fields.IntField()
    net_minor = fields.BigIntField()
    gross_minor = fields.BigIntField()
    vat_basis_points = fields.IntField()
    currency = fields.CharField(max_length=3)
    created_at = fields.DatetimeField()
    version = fields.IntField(default=1)

    class Meta:
        table = "contract"
        indexes = (
            Index(fields=("customer_id", "number", "id")),
            Index(fields=("customer_id", "starts_on", "id")),
            Index(fields=("tariff_id",)),
        )
        constraints = (
            CheckConstraint(check="state IN ('ACTIVE', 'CANCELLED', 'ENDED')", name="contract_state_known"),
            CheckConstraint(check="ends_on IS NULL OR ends_on >= starts_on", name="contract_ends_after_start"),
            CheckConstraint(check="net_minor >= 0 AND gross_minor >= net_minor", name="contract_price_not_negative"),
            CheckConstraint(check="version >= 1", name="contract_version_counts_up"),
        )


class AddOn(Model):
    """Something booked on top of a contract, with its own price per billing period of the contract."""

    id = key("add")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="add_ons", on_delete=fields.RESTRICT
    )
    customer_id: str
    contract: fields.ForeignKeyRelation[Contract] = fields.ForeignKeyField(
        "models.Contract", related_name="add_ons", on_delete=fields.CASCADE
    )
    contract_id: str
    name = fields.CharField(max_length=80)
    quantity = fields.IntField(default=1)
    state = fields.CharEnumField(ContractState, max_length=16)
    starts_on = fields.DateField()
    ends_on = fields.DateField(null=True)
    minimum_term_months = fields.IntField(default=0)
    renewal_months = fields.IntField(default=0)  # 0: open-ended after the minimum term
    notice_months = fields.IntField(default=1)
    net_minor = fields.BigIntField()
    gross_minor = fields.BigIntField()
    vat_basis_points = fields.IntField(default=1900)
    currency = fields.CharField(max_length=3)
    version = fields.IntField(default=1)

    class Meta:
        table = "add_on"
        indexes = (Index(fields=("customer_id", "contract_id", "id")),)
        constraints = (
            CheckConstraint(check="state IN ('ACTIVE', 'CANCELLED', 'ENDED')", name="add_on_state_known"),
            CheckConstraint(check="quantity >= 1", name="add_on_quantity_positive"),
            CheckConstraint(check="net_minor >= 0 AND gross_minor >= net_minor", name="add_on_price_not_negative"),
        )
