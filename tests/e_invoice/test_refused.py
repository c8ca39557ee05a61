"""An invoice that breaks a rule gets no XML rather than a wrong one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from gateway.documents.company import DEMO_COMPANY
from gateway.documents.e_invoice import NotAnEInvoice, broken_rule, write_e_invoice
from gateway.documents.invoice import InvoiceDiscount, InvoiceDocument, InvoiceTax
from models.rules.e_invoice import Category
from tests.e_invoice.made_up import SUBJECTS, MadeUp, invoices
from tests.e_invoice.official import faults

MADE_UP = invoices(7, 60)


def of(subject: str) -> InvoiceDocument:
    return next(made.document for made in MADE_UP if made.subject == subject and not made.document.direct_debit)


def forced(document: InvoiceDocument, **changes: Any) -> InvoiceDocument:
    """The document with these values, although they may not add up."""
    made = copy(document)
    for name, value in changes.items():
        object.__setattr__(made, name, value)
    return made


def with_line(document: InvoiceDocument, **changes: Any) -> InvoiceDocument:
    return forced(document, lines=(replace(document.lines[0], **changes), *document.lines[1:]))


def with_tax(document: InvoiceDocument, **changes: Any) -> InvoiceDocument:
    return forced(document, taxes=(replace(document.taxes[0], **changes), *document.taxes[1:]))


DOMESTIC = of("domestic")
_, LINE = DOMESTIC.taxes[0], DOMESTIC.lines[0]

BROKEN = {
    "an amount that is not quantity times price": (
        with_line(DOMESTIC, unit_net_minor=LINE.unit_net_minor + 5_000),
        "BT-131",
    ),
    "a discount that adds": (with_line(DOMESTIC, discount_minor=-1), "BR-41"),
    "no lines": (forced(DOMESTIC, lines=()), "BR-16"),
    "a discount on the whole that adds": (forced(DOMESTIC, discounts=(InvoiceDiscount("x", -5, 1_900),)), "BR-31"),
    "VAT rounded line by line": (with_tax(DOMESTIC, vat_minor=DOMESTIC.taxes[0].vat_minor + 1), "BR-CO-17"),
    "a net sum of a rate that is another": (with_tax(DOMESTIC, net_minor=DOMESTIC.taxes[0].net_minor + 1), "BR-S-08"),
    "a category that no line has": (with_tax(DOMESTIC, vat_category=Category.E), "BR-CO-18"),
    "a category twice": (forced(DOMESTIC, taxes=DOMESTIC.taxes * 2), "BR-CO-18"),
    "the standard category without VAT": (
        forced(
            with_line(of("zero"), vat_category=Category.S),
            lines=tuple(replace(line, vat_category=Category.S) for line in of("zero").lines),
            discounts=(),
            taxes=(InvoiceTax(0, sum(line.net_minor for line in of("zero").lines), 0),),
        ),
        "BR-S-05",
    ),
    "a net total that is another": (forced(DOMESTIC, net_minor=DOMESTIC.net_minor + 1), "BR-CO-13"),
    "a VAT total that is another": (forced(DOMESTIC, vat_minor=DOMESTIC.vat_minor + 1), "BR-CO-14"),
    "a gross total that is another": (forced(DOMESTIC, gross_minor=DOMESTIC.gross_minor + 1), "BR-CO-15"),
    "a currency with three digits": (forced(DOMESTIC, currency="KWD"), "BR-DEC-12"),
    "a currency of nowhere": (forced(DOMESTIC, currency="QQQ"), "BR-CL-04"),
    "a name that says nothing": (
        forced(DOMESTIC, recipient=replace(DOMESTIC.recipient, name="\x07\u200b")),
        "BR-07",
    ),
    "a position that says nothing": (with_line(DOMESTIC, description="\x00\u202e"), "BR-25"),
    "a country of nowhere": (forced(DOMESTIC, recipient=replace(DOMESTIC.recipient, country="QQ")), "BR-CL-14"),
    "a VAT id of nowhere": (forced(DOMESTIC, recipient=replace(DOMESTIC.recipient, vat_id="123")), "BR-CO-09"),
    "nowhere to pay to": (forced(DOMESTIC, issuer=replace(DEMO_COMPANY, iban=" ")), "BR-61"),
    "an exemption without a reason": (with_tax(of("exempt"), note=" "), "BR-E-10"),
    "reverse charge for somebody without a VAT id": (
        forced(of("reverse charge"), recipient=replace(of("reverse charge").recipient, vat_id=None)),
        "BR-AE-02",
    ),
    "a delivery within the EU by somebody without a VAT id": (
        forced(of("intra-community"), issuer=replace(DEMO_COMPANY, vat_id=None)),
        "BR-IC-02",
    ),
    "an export by somebody without a VAT id": (
        forced(of("export"), issuer=replace(DEMO_COMPANY, vat_id=None)),
        "BR-G-02",
    ),
    "what is outside of VAT beside what is not": (
        forced(
            of("outside of VAT"),
            lines=(*of("outside of VAT").lines, LINE),
            taxes=(*of("outside of VAT").taxes, InvoiceTax(1_900, LINE.net_minor, 0)),
        ),
        "BR-O-11",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_invoice_that_breaks_a_rule_has_no_xml_and_the_rule_is_named(name: str) -> None:
    document, rule = BROKEN[name]
    assert broken_rule(document) == rule
    with pytest.raises(NotAnEInvoice, match=rule):
        write_e_invoice(document)


Spoiling = Callable[[Random, InvoiceDocument], InvoiceDocument]

SPOILINGS: list[Spoiling] = [
    lambda random, made: with_line(made, net_minor=made.lines[0].net_minor + random.choice((-100, -1, 1, 100))),
    lambda random, made: with_line(made, quantity_thousandths=random.choice((0, -1_000, 1, 10**15))),
    lambda random, made: with_line(made, unit_net_minor=random.choice((0, -1, 10**15))),
    lambda random, made: with_line(made, unit=random.choice(("", "\x00", "MON", "<>"))),
    lambda random, made: with_line(made, vat_category=random.choice(list(Category))),
    lambda random, made: with_tax(made, vat_category=random.choice(list(Category))),
    lambda random, made: with_tax(made, vat_basis_points=random.choice((0, 1, 10_000, 1_900))),
    lambda random, made: with_tax(made, vat_minor=made.taxes[0].vat_minor + random.choice((-200, -1, 1, 200))),
    lambda random, made: with_tax(made, note=random.choice((None, "", "\x00", "Grund"))),
    lambda random, made: forced(made, gross_minor=made.gross_minor + random.choice((-1, 1))),
    lambda random, made: forced(made, currency=random.choice(("EUR", "JPY", "XXX", "ABC"))),
    lambda random, made: forced(made, number=random.choice(("\x00", "\ud800", "1"))),
    lambda random, made: forced(made, period_from=None, period_to=None),
    lambda random, made: forced(made, corrects=None),
    lambda random, made: forced(made, payments=()),
    lambda random, made: forced(made, direct_debit=None),
    lambda random, made: forced(
        made, recipient=replace(made.recipient, country=random.choice(("GB", "XI", "XK", "EL", "de", "")))
    ),
    lambda random, made: forced(
        made, recipient=replace(made.recipient, vat_id=random.choice((None, "", " ", "XI123456789", "el 1", "1", "XX1")))
    ),
    lambda random, made: forced(
        made,
        issuer=random.choice(
            (
                replace(DEMO_COMPANY, vat_id=None),
                replace(DEMO_COMPANY, vat_id=None, register_number=None),
                replace(DEMO_COMPANY, iban="", bic=""),
                replace(DEMO_COMPANY, street="", postcode="", city=""),
                replace(DEMO_COMPANY, email=None, phone=None, electronic_address=None),
            )
        ),
    ),
    lambda random, made: forced(
        made, taxes=tuple(replace(t, vat_category=c) for t in made.taxes for c in (random.choice(list(Category)),)),
        lines=tuple(replace(line, vat_category=random.choice(list(Category))) for line in made.lines),
    ),
]  # fmt: skip


def recategorised(random: Random, made: InvoiceDocument) -> InvoiceDocument:
    """All of it in another category, as somebody would who got it wrong: mostly the sums still fit."""
    category = random.choice([category for category in Category if category is not Category.S])
    return forced(
        made,
        lines=tuple(replace(line, vat_category=category, vat_basis_points=0) for line in made.lines),
        discounts=tuple(replace(off, vat_category=category, vat_basis_points=0) for off in made.discounts),
        taxes=(InvoiceTax(0, made.net_minor, 0, random.choice((None, "Grund")), category),),
        vat_minor=0,
        gross_minor=made.net_minor,
    )


def test_whatever_is_spoilt_is_refused_or_passes_the_official_rules() -> None:
    random = Random(5)
    outcomes: Counter[str] = Counter()
    for _ in range(400):
        document = random.choice(MADE_UP).document
        for spoil in random.sample([*SPOILINGS, recategorised, recategorised], random.randint(1, 2)):
            document = spoil(random, document)
        rule = broken_rule(document)
        outcomes["written" if rule is None else "refused"] += 1
        if rule is None:
            assert not faults(write_e_invoice(document)), document
    assert min(outcomes.values()) > 100, outcomes


def test_every_subject_is_made_up() -> None:
    assert {made.subject for made in MADE_UP} == set(SUBJECTS)
    assert isinstance(MADE_UP[0], MadeUp)
