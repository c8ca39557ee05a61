"""Instants and days as callers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from graphql import GraphQLError, GraphQLScalarType

from gateway.schema.build import build_schema, graphql_schema

TYPES = graphql_schema(build_schema()).type_map


def read(name: str, text: object) -> object:
    scalar = TYPES[name]
    assert isinstance(scalar, GraphQLScalarType)
    return scalar.parse_value(text)


def test_an_instant_of_any_zone_is_read_in_utc() -> None:
    value = read("DateTime", "2026-06-29T12:00:00+02:00")
    assert value == datetime(2026, 6, 29, 10, tzinfo=UTC)
    assert isinstance(value, datetime)
    assert value.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-29T12:00:00",
        "2026-06-29",
        "yesterday",
        "",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        5,
        None,
    ],
)
def test_what_is_no_instant_is_refused(text: object) -> None:
    with pytest.raises(GraphQLError):
        read("DateTime", text)


def test_a_day_is_read_and_written_as_it_is() -> None:
    assert read("Date", "2024-02-29") == date(2024, 2, 29)
    scalar = TYPES["Date"]
    assert isinstance(scalar, GraphQLScalarType)
    assert scalar.coerce_output_value(date(2024, 2, 29)) == "2024-02-29"


@pytest.mark.parametrize("text", ["2023-02-29", "20240229", "2024-W09-4", "2024-2-9", "", 20240229])
def test_what_is_no_day_is_refused(text: object) -> None:
    with pytest.raises(GraphQLError):
        read("Date", text)


def test_instants_are_written_with_z_and_microseconds_only_where_there_are_any() -> None:
    scalar = TYPES["DateTime"]
    assert isinstance(scalar, GraphQLScalarType)
    assert scalar.coerce_output_value(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05Z"
    assert scalar.coerce_output_value(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == "2026-01-02T03:04:05.000006Z"
