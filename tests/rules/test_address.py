"""Postal addresses, country by country."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.address import ANY, COUNTRIES, POSTCODES, PostalAddress, acceptable, postcode_rule, tidied
from models.rules.decision import Allowed, Refused


def of(country: str, postcode: str) -> PostalAddress:
    return tidied("Straße 1", None, postcode, "Ort", country)


@pytest.mark.parametrize("country", sorted(POSTCODES))
def test_the_example_of_a_country_is_one_of_its_postcodes(country: str) -> None:
    assert acceptable(of(country, postcode_rule(country).example)) == ("", Allowed())
    assert acceptable(of(country, postcode_rule(country).example + "9Z9")) == ("postcode", Refused("POSTCODE"))


@pytest.mark.parametrize(
    ("country", "typed", "stored"),
    [
        ("de", " d-20095 ", "20095"),
        ("DE", "DE-20095", "20095"),
        ("AT", "A-1010", "1010"),
        ("CH", "CH-8001", "8001"),
        ("NL", "1012js", "1012 JS"),
        ("GB", "sw1a 1aa", "SW1A 1AA"),
        ("LI", "9490", "9490"),
    ],
)
def test_a_postcode_is_stored_as_its_country_writes_it(country: str, typed: str, stored: str) -> None:
    address = of(country, typed)
    assert (address.postcode, acceptable(address)) == (stored, ("", Allowed()))


@pytest.mark.parametrize(
    ("country", "postcode"),
    [
        ("DE", "2009"),
        ("DE", "２００９５"),
        ("AT", "0999"),
        ("CH", "12345"),
        ("NL", "1012 SS"),
        ("LI", "8001"),
        ("ES", "53000"),
    ],
)
def test_a_postcode_of_nowhere_is_refused(country: str, postcode: str) -> None:
    assert acceptable(of(country, postcode)) == ("postcode", Refused("POSTCODE"))


@pytest.mark.parametrize(
    ("street", "reason"),
    [
        ("Hafen\nstraße 7", "CHARACTERS"),
        ("Hafen\tstraße 7", "CHARACTERS"),
        ("Hafen\u2028straße 7", "CHARACTERS"),
        ("Hafen\u00a0straße 7", "CHARACTERS"),
        ("Hafen\u200bstraße 7", "CHARACTERS"),
        ("\u3164", "CHARACTERS"),
        ("\uff28afenstraße 7", "CHARACTERS"),
        ("H\u0430fenstraße 7", "MIXED"),
        ("-", "MISSING"),
        ("7" + " " * 2_000 + "x", "TOO_LONG"),
    ],
)
def test_a_line_that_does_not_read_as_what_it_is_is_refused(street: str, reason: str) -> None:
    address = tidied(street, None, "20095", "Hamburg", "DE")
    assert acceptable(address) == ("street", Refused(reason))


def test_lines_in_other_alphabets_and_with_signs_of_addresses_will_do() -> None:
    for street, city in (
        ("ул. Витоша 1", "София"),
        ("Ερμού 5", "Αθήνα"),
        ("C/ Mayor, 3, 2º", "Madrid"),
        ("5½ Main St", "Ål"),
    ):
        assert acceptable(tidied(street, None, "20095", city, "DE")) == ("", Allowed())


def test_what_only_becomes_a_letter_in_capitals_is_none() -> None:
    assert acceptable(of("\ufb01", "00100")) == ("country", Refused("COUNTRY"))
    assert acceptable(of("NL", "1012 J\u017f")) == ("postcode", Refused("POSTCODE"))


def test_countries_without_postcodes_need_none_and_others_do() -> None:
    assert acceptable(of("HK", ""))[1] == Allowed()
    assert acceptable(of("DE", "")) == ("postcode", Refused("MISSING"))
    assert acceptable(of("XX", "20095")) == ("country", Refused("COUNTRY"))
    assert set(POSTCODES) <= COUNTRIES
    assert len(COUNTRIES) == 249


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=40), st.text(max_size=300), st.text(max_size=5))
def test_whatever_is_accepted_is_short_visible_and_stays_as_it_is(
    street: str, extra: str, postcode: str, city: str, country: str
) -> None:
    address = tidied(street, extra, postcode, city, country)
    _, decision = acceptable(address)
    if isinstance(decision, Allowed):
        again = tidied(address.street, address.extra, address.postcode, address.city, address.country)
        assert again == address
        assert len(address.street) <= 160
        assert "\n" not in f"{address.street}{address.extra}{address.city}"
    assert ANY.pattern
