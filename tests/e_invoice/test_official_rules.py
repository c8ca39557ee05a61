"""Electronic invoices against the official rules: what is written passes them, and what is wrong does not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from gateway.documents.e_invoice import write_e_invoice
from gateway.documents.invoice import DocumentKind
from models.rules.e_invoice import Category
from tests.e_invoice.made_up import SUBJECTS, invoices
from tests.e_invoice.official import faults, fired
from tests.proofs import proved

COUNT = 240
MADE_UP = invoices(20261123, COUNT)

PLAIN = next(
    made.document
    for made in MADE_UP
    if made.subject == "two rates"
    and made.document.kind is DocumentKind.INVOICE
    and not made.document.direct_debit
    and made.document.due_minor > 0
    and len(made.document.taxes) == 2
)


def of(subject: str) -> bytes:
    """The XML of an invoice about this."""
    return write_e_invoice(next(made.document for made in MADE_UP if made.subject == subject))


def without(name: str, xml: bytes) -> bytes:
    """The XML without the elements of this name."""
    left = re.sub(rf"<{name}[ >].*?</{name}>".encode(), b"", xml, flags=re.DOTALL)
    assert left != xml, name
    return left


def changed(pattern: str, by: str, xml: bytes) -> bytes:
    """The XML with the first match replaced."""
    left = re.sub(pattern.encode(), by.encode(), xml, count=1, flags=re.DOTALL)
    assert left != xml, pattern
    return left


NEGATIVE = {
    "a broken sum": (changed(r"(<ram:GrandTotalAmount>)\d+", r"\g<1>7", write_e_invoice(PLAIN)), "BR-CO-15"),
    "a broken sum of lines": (changed(r"(<ram:LineTotalAmount>)-?\d+", r"\g<1>7", write_e_invoice(PLAIN)), "BR-CO-10"),
    "a broken VAT total": (
        changed(r'(<ram:TaxTotalAmount currencyID="...">)-?\d+', r"\g<1>7", write_e_invoice(PLAIN)),
        "BR-CO-14",
    ),
    "a broken amount due": (changed(r"(<ram:DuePayableAmount>)-?\d+", r"\g<1>7", write_e_invoice(PLAIN)), "BR-CO-16"),
    "no name of the buyer": (
        changed(r"(<ram:BuyerTradeParty>.*?)<ram:Name>.*?</ram:Name>", r"\1", write_e_invoice(PLAIN)),
        "Name",
    ),
    "no number": (changed(r"(<rsm:ExchangedDocument>)<ram:ID>.*?</ram:ID>", r"\1", write_e_invoice(PLAIN)), "ID"),
    "no country of the buyer": (
        changed(r"(<ram:BuyerTradeParty>.*?)<ram:CountryID>.*?</ram:CountryID>", r"\1", write_e_invoice(PLAIN)),
        "CountryID",
    ),
    "a wrong category": (of("reverse charge").replace(b">AE<", b">S<"), "BR-S-"),
    "no reason for reverse charge": (
        without("ram:ExemptionReasonCode", without("ram:ExemptionReason", of("reverse charge"))),
        "BR-AE-10",
    ),
    "reverse charge without VAT ids": (without("ram:SpecifiedTaxRegistration", of("reverse charge")), "BR-AE-"),
    "a VAT id beside what is outside of VAT": (
        changed(
            r"</ram:PostalTradeAddress></ram:BuyerTradeParty>",
            '</ram:PostalTradeAddress><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE123456789</ram:ID>'
            "</ram:SpecifiedTaxRegistration></ram:BuyerTradeParty>",
            of("outside of VAT"),
        ),
        "BR-O-02",
    ),
    "an unknown unit": (changed(r'unitCode="\w+"', 'unitCode="Kisten"', write_e_invoice(PLAIN)), "unitCode"),
    "an unknown country": (write_e_invoice(PLAIN).replace(b"<ram:CountryID>DE<", b"<ram:CountryID>QQ<"), "CountryID"),
    "no account to pay to": (without("ram:PayeePartyCreditorFinancialAccount", write_e_invoice(PLAIN)), "BT-84"),
}


def test_made_up_invoices_of_all_kinds_pass_the_official_rules() -> None:
    failed = {made: found for made in MADE_UP if (found := faults(write_e_invoice(made.document)))}
    assert not failed
    refused = {name: faults(xml) for name, (xml, _) in NEGATIVE.items()}
    assert all(refused.values())
    assert COUNT >= 50
    proved(f"invoices validated ({COUNT}, 0 failed, negative control failed)")


def test_the_made_up_invoices_hold_what_can_be_on_one() -> None:
    documents = [made.document for made in MADE_UP]
    held = Counter(
        {
            "credit notes": sum(document.kind is DocumentKind.CREDIT_NOTE for document in documents),
            "debits": sum(document.direct_debit is not None for document in documents),
            "discounts": sum(bool(document.discounts) for document in documents),
            "discounts of lines": sum(any(line.discount_minor for line in document.lines) for document in documents),
            "credits": sum(any(line.net_minor < 0 for line in document.lines) for document in documents),
            "prepaid": sum(document.due_minor != document.gross_minor for document in documents),
            "several rates": sum(len(document.taxes) > 1 for document in documents),
            "with a period": sum(document.period_from is not None for document in documents),
            "fine prices": sum(b"BasisQuantity" in write_e_invoice(document) for document in documents),
            **{
                category: sum(any(t.vat_category is category for t in d.taxes) for d in documents)
                for category in Category
            },
            **{subject: sum(made.subject == subject for made in MADE_UP) for subject in SUBJECTS},
        }
    )
    assert min(held.values()) >= 5, held
    assert held["with a period"] < COUNT


@pytest.mark.parametrize("name", NEGATIVE)
def test_an_invoice_that_is_wrong_is_refused_by_the_official_rules(name: str) -> None:
    xml, rule = NEGATIVE[name]
    found = faults(xml)
    assert any(rule in message for message in found), found


def test_the_rules_look_at_the_invoice() -> None:
    assert fired(write_e_invoice(PLAIN)) > 50


def test_the_same_invoice_is_the_same_xml() -> None:
    assert write_e_invoice(PLAIN) == write_e_invoice(replace(PLAIN))
