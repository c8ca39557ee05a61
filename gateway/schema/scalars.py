"""Scalars with a meaning of their own."""

from datetime import UTC, date, datetime
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

Currency = NewType("Currency", str)


def instant_text(value: datetime) -> str:
    """An instant in UTC as RFC 3339 text with `Z`; microseconds only where there are any."""
    return value.isoformat().replace("+00:00", "Z")


def _is_calendar_form(text: str) -> bool:
    """Begins with `YYYY-MM-DD`; Python also reads other forms of ISO 8601, RFC 3339 has none."""
    return text[4:5] == "-" and text[7:8] == "-"


def _instant(text: object) -> datetime:
    if isinstance(text, str) and len(text) <= 40 and _is_calendar_form(text) and text[10:11] in ("T", "t"):
        try:
            value = datetime.fromisoformat(text)
            if value.tzinfo is not None:
                return value.astimezone(UTC)  # in one zone, so that databases without zones compare it rightly
        except (ValueError, OverflowError):
            pass
    raise GraphQLError("A DateTime is an RFC 3339 text with an offset, such as 2026-01-31T12:00:00Z.")


def _date(text: object) -> date:
    if isinstance(text, str) and len(text) == 10 and _is_calendar_form(text):
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
