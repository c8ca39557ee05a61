"""Contracts, tariffs and add-ons: contract data, for the customer alone."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

import models
from gateway.auth.permissions import ReadContracts, ReadPackages
from gateway.auth.viewer import Scope
from gateway.resolvers import cancellation_action, contract, form, money
from gateway.resolvers.cancellation_action import AddOnActionName
from gateway.resolvers.package import RefusalReason
from gateway.schema.field import column, computed, embed, entity, many, one, where
from gateway.schema.form import FORMS, Form
from gateway.schema.money import Money
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import ContractState

if TYPE_CHECKING:
    from gateway.schema.cancellation import Cancellation
    from gateway.schema.package import Package


@entity(models.Tariff, description="A product of the price list.")
class Tariff(Node):
    code: str | None = column(ReadContracts, "The short code of the product.")
    name: str | None = column(ReadContracts, "The name of the product.")
    price: Money | None = embed(
        ReadContracts,
        "Today's price of one billing period, VAT included.",
        minor_units="gross_minor",
        currency="currency",
    )
    price_net: Money | None = embed(
        ReadContracts, "Today's price of one billing period without VAT.", minor_units="net_minor", currency="currency"
    )
    billing_months: int | None = column(ReadContracts, "Months of a billing period.")
    minimum_term_months: int | None = column(ReadContracts, "Months a new contract runs at least.")
    notice_months: int | None = column(ReadContracts, "Months of notice of a new contract.")
    available: bool | None = column(ReadContracts, "Whether it can still be ordered.")


@strawberry.type(description="Something that can be done with an add-on by contract.")
class AddOnAction:
    name: AddOnActionName = column(ReadContracts, "What can be done.")
    allowed: bool = column(ReadContracts, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadContracts, "Why not; null when it is allowed.")
    message: str | None = column(ReadContracts, "The reason in the language of the request; null when it is allowed.")


@entity(models.AddOn, description="Something booked on top of a contract.")
class AddOn(Node):
    name: str | None = column(ReadContracts, "What was booked.")
    quantity: int | None = column(ReadContracts, "How many.")
    state: ContractState | None = column(ReadContracts, "Whether it runs.")
    starts_on: date | None = column(ReadContracts, "The first day.")
    ends_on: date | None = column(ReadContracts, "The last day; null while no end is known.")
    price: Money | None = embed(
        ReadContracts,
        "The price of one for one billing period of the contract, VAT included.",
        minor_units="gross_minor",
        currency="currency",
    )
    price_net: Money | None = embed(
        ReadContracts, "The same without VAT.", minor_units="net_minor", currency="currency"
    )
    version: int | None = column(ReadContracts, "Counts the changes.")
    cancellation: Annotated["Cancellation", strawberry.lazy("gateway.schema.cancellation")] | None = one(
        ReadContracts,
        "The cancellation of this very add-on; null while there is none, and where it ends with its contract.",
    )
    actions: list[AddOnAction] | None = computed(
        ReadContracts,
        "What can be done with it, each with whether it can be done now; empty for a session that may not change contracts.",
        cancellation_action.add_on_actions,
        needs=cancellation_action.ADD_ON_NEEDS,
    )


@entity(models.Contract, description="The agreement over one package, with the terms that were agreed.")
class Contract(Node):
    number: str | None = column(ReadContracts, "The contract number.")
    state: ContractState | None = column(ReadContracts, "Whether it runs.")
    starts_on: date | None = column(ReadContracts, "The first day.")
    ends_on: date | None = column(ReadContracts, "The last day; null while no end is known.")
    minimum_term_months: int | None = column(ReadContracts, "Months it runs at least.")
    renewal_months: int | None = column(
        ReadContracts, "Months it is renewed by after the minimum term; 0: open-ended (§ 309 No. 9 BGB)."
    )
    notice_months: int | None = column(ReadContracts, "Months of notice.")
    billing_months: int | None = column(ReadContracts, "Months of a billing period.")
    minimum_term_ends_on: date | None = computed(
        ReadContracts,
        "The last day of the minimum term.",
        contract.minimum_term_ends_on,
        needs=("starts_on", "minimum_term_months"),
    )
    price: Money | None = embed(
        ReadContracts,
        "The agreed price of one billing period, VAT included.",
        minor_units="gross_minor",
        currency="currency",
    )
    price_net: Money | None = embed(
        ReadContracts, "The same without VAT.", minor_units="net_minor", currency="currency"
    )
    vat_percent: float | None = computed(
        ReadContracts, "The VAT rate in percent.", money.percent, needs=("vat_basis_points",)
    )
    created_at: datetime | None = column(ReadContracts, "When it was concluded.")
    version: int | None = column(ReadContracts, "Counts the changes; mutations ask for it.")
    tariff: Tariff | None = one(ReadContracts, "The product.")
    cancellation: Annotated["Cancellation", strawberry.lazy("gateway.schema.cancellation")] | None = one(
        ReadContracts, "The cancellation that was declared in the customer account and not taken back."
    )
    add_ons: list[AddOn] | None = many(ReadContracts, "What was booked on top.", "add_ons", "name")
    forms: list[Form] | None = computed(ReadContracts, FORMS, form.forms, needs=form.CONTRACT_NEEDS)
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it is about."
    )


@strawberry.enum(description="What contracts can be ordered by.")
class ContractOrderField(Enum):
    NUMBER = strawberry.enum_value(SortKey("number"), description="By contract number.")
    STARTS_ON = strawberry.enum_value(SortKey("starts_on"), description="By first day.")
    PACKAGE_NAME = strawberry.enum_value(
        SortKey("package.name_key", Scope.PACKAGE_READ), description="By the name of the package (needs PACKAGE_READ)."
    )


@strawberry.input(description="One entry of an order of contracts.")
class ContractOrder:
    field: ContractOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which contracts to list; every condition given must be met.")
class ContractFilter:
    state: list[ContractState] | None = where("In one of these states.", "state", "in")
