"""The code lists of EN 16931 as far as invoices of a hosting company need them."""

from __future__ import annotations

from functools import cache

from models.rules.e_invoice import Category

INVOICE, CREDIT_NOTE = "380", "381"
"""Types of document (UNTDID 1001)."""

CREDIT_TRANSFER, SEPA_CREDIT_TRANSFER, DIRECT_DEBIT, SEPA_DIRECT_DEBIT = "30", "58", "49", "59"
"""Means of payment (UNTDID 4461)."""

DISCOUNT = "95"
"""Why something is taken off (UNTDID 5189)."""

REGISTER = "REG"
"""What a note is about (UNTDID 4451): what business letters must say about the company."""

E_MAIL = "EM"
"""The kind of an electronic address (EAS)."""

ONE = "C62"

UNIT_CODES = {
    **dict.fromkeys(("month", "months", "Monat", "Monate"), "MON"),
    **dict.fromkeys(("year", "years", "Jahr", "Jahre"), "ANN"),
    **dict.fromkeys(("day", "days", "Tag", "Tage"), "DAY"),
    **dict.fromkeys(("hour", "hours", "Stunde", "Stunden"), "HUR"),
    **dict.fromkeys(("minute", "minutes", "Minute", "Minuten"), "MIN"),
    **dict.fromkeys(("piece", "pieces", "Stück"), "H87"),
    **dict.fromkeys(("GB", "gigabyte"), "E34"),
    **dict.fromkeys(("TB", "terabyte"), "E35"),
}
"""Units of positions as codes of UN/ECE recommendation 20; what is not listed is counted by `ONE`."""

EXEMPTION_CODES = {
    Category.AE: "VATEX-EU-AE",
    Category.K: "VATEX-EU-IC",
    Category.G: "VATEX-EU-G",
    Category.O: "VATEX-EU-O",
}
"""Why there is no VAT (VATEX), where the category says so already; an exemption (E) has its reason in words."""


@cache
def countries() -> frozenset[str]:
    """The codes of ISO 3166-1 alpha-2."""
    import pycountry  # its tables are read here, with the first invoice

    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def vat_prefixes() -> frozenset[str]:
    """What VAT ids begin with: countries, Greece as `EL` and Northern Ireland as `XI` (BR-CO-09)."""
    return countries() | {"EL", "XI"}


@cache
def currencies() -> frozenset[str]:
    """The codes of ISO 4217."""
    import pycountry

    return frozenset(currency.alpha_3 for currency in pycountry.currencies)
