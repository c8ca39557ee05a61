"""What an invoice must hold, and that its sums add up (§ 14 UStG)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gateway.documents.invoice import InvoiceLine, InvoicePayment, InvoiceTax, PaymentMethod
from tests.documents.sample_invoice import DEBIT, ISSUER, LINES, RECIPIENT, invoice


def test_an_invoice_that_adds_up_is_accepted() -> None:
    document = invoice()
    assert (document.net_minor, document.vat_minor, document.gross_minor) == (29_924, 5_164, 35_088)
    assert document.due_minor == 35_088


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"net_minor": 29_925, "gross_minor": 35_089}, "the net total is 29925, but the sum of the lines is 29924"),
        (
            {"vat_minor": 5_165, "gross_minor": 35_089},
            "the VAT total is 5165, but the sum of the VAT breakdown is 5164",
        ),
        ({"gross_minor": 35_089}, "the gross total is 35089, but the sum of net and VAT is 35088"),
        ({"taxes": ()}, "the net total is 29924, but the sum of the VAT breakdown is 0"),
        ({"lines": ()}, "no lines"),
        ({"language": "fr"}, "language 'fr'"),
        ({"number": " "}, "no number"),
        ({"currency": "eur"}, "currency"),
        ({"period_to": None}, "only one end"),
        ({"period_from": date(2026, 12, 1)}, "ends before it begins"),
    ],
)
def test_what_does_not_add_up_is_named(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        invoice(**changes)


def test_lines_and_tax_of_each_rate_must_agree() -> None:
    swapped = (InvoiceTax(1_900, 4_350, 827), InvoiceTax(700, 25_574, 1_790))
    named = "net of the VAT rate of 700 basis points is 25574, but the sum of its lines is 4350"
    with pytest.raises(ValueError, match=named):
        invoice(taxes=swapped, vat_minor=2_617, gross_minor=32_541)


def test_the_vat_of_a_rate_must_be_that_of_its_net() -> None:
    wrong = (InvoiceTax(1_900, 25_574, 4_559), InvoiceTax(700, 4_350, 605))
    with pytest.raises(
        ValueError, match=r"the VAT of the VAT rate of 700 basis points is 605, but its net makes 304\.50"
    ):
        invoice(taxes=wrong)


def test_vat_may_be_rounded_line_by_line() -> None:
    lines = tuple(InvoiceLine(index, "Domain", 1_000, "Monat", 3, 3, 1_900) for index in range(1, 11))  # 0.57 each
    per_line = (InvoiceTax(1_900, 30, 10),)
    document = invoice(lines, taxes=per_line, vat_minor=10, gross_minor=40)
    assert document.vat_minor == 10
    with pytest.raises(ValueError, match=r"its net makes 5\.70"):
        invoice(lines, taxes=(InvoiceTax(1_900, 30, 11),), vat_minor=11, gross_minor=41)


def test_credits_add_up_like_charges() -> None:
    credit = InvoiceLine(5, "Gutschrift", 1_000, "Stück", -40_000, -40_000, 1_900)
    assert invoice((*LINES, credit)).gross_minor < 0


def test_payments_and_returns_leave_what_is_due() -> None:
    paid = InvoicePayment(date(2026, 12, 6), PaymentMethod.DIRECT_DEBIT, 35_088)
    back = InvoicePayment(date(2026, 12, 9), PaymentMethod.DIRECT_DEBIT, -35_088)
    assert invoice(payments=(paid,)).due_minor == 0
    assert invoice(payments=(paid, back)).due_minor == 35_088


@pytest.mark.parametrize("whole", ["DE02120300000000202051", "", "30 0", "300", "30000", "٣٠٠٠", "3000\n"])
def test_a_mandate_never_holds_more_of_an_account_than_four_characters(whole: str) -> None:
    with pytest.raises(ValueError, match="last four characters"):
        replace(DEBIT, iban_last4=whole)


def test_both_sides_have_a_name_and_the_issuer_a_tax_number() -> None:
    with pytest.raises(ValueError, match="no name"):
        replace(RECIPIENT, name=" ")
    with pytest.raises(ValueError, match="no name"):
        replace(ISSUER, name="")
    with pytest.raises(ValueError, match="neither a tax number nor a VAT id"):
        replace(ISSUER, tax_number=None, vat_id=None)
    assert replace(ISSUER, tax_number=None).vat_id
