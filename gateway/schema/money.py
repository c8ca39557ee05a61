"""Amounts of money."""

from enum import Enum

import strawberry

from gateway.auth.permissions import SignedIn
from gateway.resolvers import money
from gateway.schema.field import column, computed
from gateway.schema.scalars import Currency


@strawberry.enum(description="A language amounts and texts can be written in.")
class Language(Enum):
    DE = strawberry.enum_value("de", description="German.")
    EN = strawberry.enum_value("en", description="English.")


@strawberry.type(description="An amount of money.")
class Money:
    minor_units: int = column(SignedIn, "The amount in the smallest unit of the currency: 1234 is 12.34 EUR.")
    currency: Currency = column(SignedIn, "The currency.")
    formatted: str = computed(
        SignedIn,
        "The amount as people write it: `12,34 €` or `€12.34`.",
        money.formatted,
        needs=("minor_units", "currency"),
        arguments={"language": (Language | None, "The language; by default that of the request.", None)},
    )
