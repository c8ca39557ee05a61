"""Deadlines: what happens to contracts by itself, and by when something has to be done."""

from datetime import date
from typing import Annotated

import strawberry

from gateway.auth.deadlines import DeadlineKind
from gateway.auth.permissions import ReadContracts, ReadDomains, ReadPackages
from gateway.resolvers import deadline as resolve
from gateway.schema.contract import AddOn, Contract
from gateway.schema.domain import Domain
from gateway.schema.enums import describe
from gateway.schema.field import column, computed
from gateway.schema.package import Package

describe(
    DeadlineKind,
    "What happens on a day. Expect further values.",
    NOTICE="The last day for notice, before a contract is renewed or goes on after its minimum term.",
    END="The last day of a contract.",
    ADD_ON_END="The last day of an add-on.",
    DOMAIN_END="The last day of a domain.",
    BILLING="The next period of a contract begins and is billed.",
    TARIFF_CHANGE="A change of the tariff is carried out.",
    DOMAIN_RENEWAL="The last day of a domain's registration period, after which it is renewed.",
)


@strawberry.type(description="A day on which something happens to a contract, or by which something has to be done.")
class Deadline:
    kind: DeadlineKind = column(ReadContracts, "What it is.")
    text: str = computed(ReadContracts, "The same in the language of the request.", resolve.text, needs=("kind",))
    on: date = column(ReadContracts, "The day.")
    days_left: int = column(ReadContracts, "How many days it is until then.")
    contract: Contract | None = column(ReadContracts, "The contract it is about; null for a domain.")
    package: Package | None = column(ReadPackages, "The package it is about.")
    add_on: AddOn | None = column(ReadContracts, "The add-on it is about, where it is one.")
    domain: Domain | None = column(ReadDomains, "The domain it is about, where it is one.")


async def deadlines(
    info: strawberry.Info,
    until: Annotated[date, strawberry.argument(description="The last day that is asked for, at most two years ahead.")],
    first: Annotated[int, strawberry.argument(description="How many at most, the earliest first: 1–500.")] = 100,
) -> list[Deadline]:
    """For `Query.deadlines`."""
    return await resolve.deadlines_until(info.context, until, first)  # type: ignore[return-value]  # has the same attributes
