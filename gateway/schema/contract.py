"""Contracts, tariffs and add-ons: contract data, for the customer alone."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

import models
from gateway.auth.permissions import ReadContracts, ReadPackages
from gateway.auth.viewer import Scope
from gateway.resolvers import cancellation_action, contract, contract_action, form, money
from gateway.resolvers.cancellation_action import AddOnActionName
from gateway.resolvers.contract import RenewalRule
from gateway.resolvers.contract_action import ContractActionName
from gateway.resolvers.package import RefusalReason
from gateway.schema.contract_event import ContractEvent, contract_history
from gateway.schema.enums import describe
from gateway.schema.field import column, computed, embed, entity, many, one, where
from gateway.schema.form import FORMS, Form
from gateway.schema.money import Language, Money
from gateway.schema.node import Node
from gateway.schema.page import Connection, Direction
from gateway.schema.tariff_change import TariffChange, tariff_change_connection
from gateway.source.declaration import SortKey
from models import ContractState

if TYPE_CHECKING:
    from gateway.schema.cancellation import Cancellation
    from gateway.schema.package import Package


describe(
    RenewalRule,
    "How a contract goes on after its minimum term.",
    OPEN_ENDED_BY_LAW="For an indefinite time, with a month's notice at most: a consumer's contract (§ 309 No. 9 BGB).",
    OPEN_ENDED="For an indefinite time, with the notice that was agreed.",
    BY_PERIOD="It is renewed by a period each time, unless notice is given before.",
)


@strawberry.type(description="The days of a contract that are billed together.")
class BillingPeriod:
    first_day: date = column(ReadContracts, "The first day.")
    last_day: date = column(ReadContracts, "The last day.")
    next_billing_on: date | None = column(ReadContracts, "When the next period is billed; null where none follows.")


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
    minimum_term_months: int | None = column(ReadContracts, "Months it runs at least.")
    renewal_months: int | None = column(ReadContracts, "Months it is renewed by after that; 0: open-ended.")
    notice_months: int | None = column(ReadContracts, "Months of notice.")
    next_end_on: date | None = computed(
        ReadContracts,
        "The last day if notice were given today; the last day that is known, where there is one.",
        contract.next_end_on,
        contract.ADD_ON_RUNNING,
    )
    notice_deadline: date | None = computed(
        ReadContracts,
        "The last day on which notice still ends it on `nextEndOn`; null where it ends already.",
        contract.notice_deadline,
        contract.ADD_ON_RUNNING,
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


@strawberry.type(description="Something that can be done with a contract.")
class ContractAction:
    name: ContractActionName = column(ReadContracts, "What can be done.")
    allowed: bool = column(ReadContracts, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadContracts, "Why not; null when it is allowed.")
    message: str | None = column(ReadContracts, "The reason in the language of the request; null when it is allowed.")


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
    renewal_rule: RenewalRule | None = computed(
        ReadContracts,
        "How it goes on after the minimum term, by the agreement and by law.",
        contract.renewal_rule,
        contract.TERMS,
    )
    renewal_text: str | None = computed(
        ReadContracts,
        "The same as a sentence, with its source in the law.",
        contract.renewal_text,
        contract.TERMS,
        {"language": (Language | None, "The language; by default that of the request.", None)},
    )
    notice_months_now: int | None = computed(
        ReadContracts,
        "Months of notice that have to be given, by the agreement and by law.",
        contract.notice_months_now,
        contract.TERMS,
    )
    next_end_on: date | None = computed(
        ReadContracts,
        "The last day if notice were given today; the last day that is known, where there is one.",
        contract.next_end_on,
        contract.RUNNING,
    )
    notice_deadline: date | None = computed(
        ReadContracts,
        "The last day on which notice still ends it on `nextEndOn`; null where it ends already.",
        contract.notice_deadline,
        contract.RUNNING,
    )
    billing_period: BillingPeriod | None = computed(
        ReadContracts,
        "The period that today is in; null before the start and after the end.",
        contract.billing_period,
        contract.RUNNING,
    )
    vat: Money | None = computed(
        ReadContracts, "The VAT in the price.", contract.vat, ("net_minor", "gross_minor", "currency")
    )
    history: Connection[ContractEvent] | None = contract_history()
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
    pending_tariff_change: TariffChange | None = one(
        ReadContracts, "The change of its tariff that waits for its day; null while none does."
    )
    tariff_changes: Connection[TariffChange] | None = tariff_change_connection()
    actions: list[ContractAction] | None = computed(
        ReadContracts,
        "What can be done with it, each with whether it can be done now; empty for a session that may not change contracts.",
        contract_action.contract_actions,
        needs=contract_action.NEEDS,
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
    package: list[strawberry.ID] | None = where(
        "About one of these packages (needs PACKAGE_READ).", "package_id", "in", Scope.PACKAGE_READ
    )
    ends_from: date | None = where("With a known last day then or later.", "ends_on", "ge")
    ends_to: date | None = where("With a known last day then or earlier.", "ends_on", "le")
