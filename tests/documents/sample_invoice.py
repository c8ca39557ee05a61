"""Made-up invoices that add up, for the tests of documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from gateway.documents.invoice import DirectDebit, InvoiceDocument, InvoiceLine, InvoiceTax, PaymentState
from gateway.documents.party import Issuer, Party

ISSUER = Issuer(
    name="Musterhost GmbH",
    street="Hafenstraße 12",
    postcode="20457",
    city="Hamburg",
    country="DE",
    vat_id="DE123456789",
    tax_number="27/123/45678",
    register_court="Amtsgericht Hamburg",
    register_number="HRB 123456",
    managing_directors=("Łucja Grünwald", "Jörg Öztürk"),
    phone="+49 40 1234560",
    email="rechnung@musterhost.example",
    website="www.musterhost.example",
    bank_name="Beispielbank Hamburg",
    iban="DE02120300000000202051",
    bic="BYLADEM1001",
)

RECIPIENT = Party(
    name="Bäckerei Süßkind & Söhne OHG",
    extra="Frau Zoë Müller-Lüdenscheidt",
    street="Große Elbstraße 7a",
    postcode="22767",
    city="Hamburg",
    country="DE",
    vat_id="DE987654321",
    number="4711007",
)

DEBIT = DirectDebit(mandate_reference="MH-4711007-1", creditor_id="DE98ZZZ09999999999", iban_last4="3000")

LINES = (
    InvoiceLine(1, "Webhosting Profi, baeckerei-süßkind.example", 1_000, "Monat", 1_999, 1_999, 1_900),
    InvoiceLine(2, "Domain süßkind.example, 12 Monate", 1_000, "Jahr", 1_200, 1_200, 1_900),
    InvoiceLine(
        3,
        "Einrichtung des Online-Shops mit Übernahme der Artikeldaten aus dem alten System, Schulung vor Ort",
        2_500,
        "Stunde",
        8_950,
        22_375,
        1_900,
    ),
    InvoiceLine(4, "Handbuch „Mein Shop“ (gedruckt)", 3_000, "Stück", 1_450, 4_350, 700),
)


def vat_of(net_minor: int, basis_points: int) -> int:
    """VAT, rounded half away from zero."""
    sign = -1 if net_minor < 0 else 1
    return sign * ((abs(net_minor) * basis_points + 5_000) // 10_000)


def invoice(lines: tuple[InvoiceLine, ...] = LINES, **changes: Any) -> InvoiceDocument:
    """An open invoice in German with these lines, its totals made from them."""
    taxes = tuple(
        InvoiceTax(rate, net, vat_of(net, rate))
        for rate in sorted({line.vat_basis_points for line in lines}, reverse=True)
        for net in [sum(line.net_minor for line in lines if line.vat_basis_points == rate)]
    )
    net, vat = sum(tax.net_minor for tax in taxes), sum(tax.vat_minor for tax in taxes)
    document = InvoiceDocument(
        language="de",
        issuer=ISSUER,
        recipient=RECIPIENT,
        number="2026-104711",
        issued_on=date(2026, 11, 22),
        due_on=date(2026, 12, 6),
        currency="EUR",
        lines=lines,
        taxes=taxes,
        net_minor=net,
        vat_minor=vat,
        gross_minor=net + vat,
        state=PaymentState.OPEN,
        period_from=date(2026, 11, 1),
        period_to=date(2026, 11, 30),
        direct_debit=DEBIT,
    )
    return replace(document, **changes)


def many_lines(count: int) -> tuple[InvoiceLine, ...]:
    """Positions with different amounts, every seventh of them with a text of several lines."""
    return tuple(
        InvoiceLine(
            index,
            f"Webhosting Start für kunde-{index:03d}.example" + (", mit Umzug und Einrichtung" * 3) * (index % 7 == 0),
            1_000 * (1 + index % 3),
            "Monat",
            499 + index,
            (499 + index) * (1 + index % 3),
            1_900,
        )
        for index in range(1, count + 1)
    )
