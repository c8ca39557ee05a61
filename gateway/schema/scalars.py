"""Scalars with a meaning of their own."""

from datetime import date, datetime
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

Currency = NewType("Currency", str)


def instant_text(value: datetime) -> str:
    """An instant in UTC as RFC 3339 text with `Z`; microseconds only where there are any."""
    return value.isoformat().replace("+00:00", "Z")


def _instant(text: object) -> datetime:
    if isinstance(text, str) and len(text) <= 40:
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            if value.tzinfo is not None:
                return value
    raise GraphQLError("A DateTime is an RFC 3339 text with an offset, such as 2026-01-31T12:00:00Z.")


def _date(text: object) -> date:
    if isinstance(text, str) and len(text) == 10:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise GraphQLError("A Date is a text such as 2026-01-31.")


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant in UTC, as in RFC 3339: `2026-01-31T12:00:00Z`.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=instant_text,
        parse_value=_instant,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A calendar day in the host's time zone (Europe/Berlin): `2026-01-31`.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
        serialize=date.isoformat,
        parse_value=_date,
    ),
    Currency: strawberry.scalar(
        name="Currency",
        description="A currency code of ISO 4217, such as `EUR`.",
        specified_by_url="https://www.iso.org/iso-4217-currency-codes.html",
        serialize=str,
    ),
}
