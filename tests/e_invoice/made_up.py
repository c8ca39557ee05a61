"""Invoices of all kinds, made up from a seed: whatever is drawn adds up as EN 16931 wants it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from gateway.documents.company import DEMO_COMPANY
from gateway.documents.invoice import (
    Corrected,
    DirectDebit,
    DocumentKind,
    InvoiceDiscount,
    InvoiceDocument,
    InvoiceLine,
    InvoicePayment,
    InvoiceTax,
    PaymentMethod,
    PaymentState,
)
from gateway.documents.invoice_words import WORDS
from gateway.documents.party import Party
from models.rules.e_invoice import Category, half_up, vat_on

SUBJECTS = {
    "domestic": ((Category.S, 1_900),),
    "two rates": ((Category.S, 1_900), (Category.S, 700)),
    "three rates": ((Category.S, 1_900), (Category.S, 700), (Category.S, 550)),
    "reverse charge": ((Category.AE, 0),),
    "intra-community": ((Category.K, 0),),
    "export": ((Category.G, 0),),
    "exempt": ((Category.E, 0),),
    "standard and exempt": ((Category.S, 1_900), (Category.E, 0)),
    "zero": ((Category.Z, 0),),
    "outside of VAT": ((Category.O, 0),),
}
"""What an invoice can be about, as the categories and rates on it."""

_COUNTRIES = {
    "reverse charge": (("AT", "ATU12345678"), ("GR", "EL123456789"), ("FR", "FR12345678901")),
    "intra-community": (("NL", "NL123456789B01"), ("PL", "PL1234567890")),
    "export": (("CH", "CHE-123.456.789 MWST"), ("US", None)),
}
_ISSUERS = (
    DEMO_COMPANY,
    replace(DEMO_COMPANY, bic=None, contact=None, phone=None, electronic_address=None),
    replace(DEMO_COMPANY, tax_number=None),
    replace(DEMO_COMPANY, register_court=None, register_number=None, managing_directors=()),
)
_UNITS = ("month", "year", "day", "hour", "piece", "GB", "Monat", "Stück", "", "Kisten")
_TEXTS = (
    "Webhosting Profi für bäckerei-süßkind.example",
    'Domain müller.example <&> "Sohn\'s" ]]>',
    "Łódź Ελλάδα Київ €",
    "Umzug\x00 mit\x07 Steuerzeichen\r\n\tund\u202e Umbruch\ufffe",
    "Emoji 🚀👩‍👩‍👧 und \U0001f9ff",
    "Lange Leistung " * 16,
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
)


@dataclass(frozen=True)
class MadeUp:
    """An invoice, and what it is about."""

    subject: str
    document: InvoiceDocument


def invoices(seed: int, count: int) -> list[MadeUp]:
    """The same `count` invoices for the same seed, each subject in turn."""
    subjects = list(SUBJECTS)
    return [_invoice(Random(f"{seed}/{index}"), subjects[index % len(subjects)], index) for index in range(count)]


def _invoice(random: Random, subject: str, index: int) -> MadeUp:
    rates, language = SUBJECTS[subject], random.choice(("de", "en"))
    lines = tuple(_line(random, position, random.choice(rates)) for position in range(1, random.randint(3, 9)))
    discounts = _discounts(random, lines)
    taxes = _taxes(lines, discounts, language)
    net, vat = sum(tax.net_minor for tax in taxes), sum(tax.vat_minor for tax in taxes)
    issued_on = date(2026, 1, 1) + timedelta(days=random.randint(0, 700))
    period = (issued_on, issued_on + timedelta(days=random.randint(0, 364))) if random.random() < 0.7 else (None, None)
    credit = random.random() < 0.25
    debit = DirectDebit(f"MANDAT-{index}", "DE98ZZZ09999999999", "4321") if random.random() < 0.4 else None
    document = InvoiceDocument(
        language=language,
        issuer=random.choice(_ISSUERS),
        recipient=_recipient(random, subject),
        number=random.choice((f"R2026-{index:06}", f"RE/2026/{index}", f"Ä {index} & Co.")),
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=random.choice((0, 14, 30))),
        currency=random.choice(("EUR", "EUR", "EUR", "CHF")),
        lines=lines,
        taxes=taxes,
        net_minor=net,
        vat_minor=vat,
        gross_minor=net + vat,
        state=random.choice(list(PaymentState)),
        period_from=period[0],
        period_to=period[1],
        direct_debit=debit,
        payments=_payments(random, issued_on, net + vat),
        notes=(random.choice(_TEXTS),) * random.randint(0, 2),
        kind=DocumentKind.CREDIT_NOTE if credit else DocumentKind.INVOICE,
        corrects=Corrected("R2025-1", date(2025, 12, 3)) if credit and random.random() < 0.8 else None,
        discounts=discounts,
    )
    return MadeUp(subject, document)


def _line(random: Random, position: int, rate: tuple[Category, int]) -> InvoiceLine:
    """A charge, a credit, one with a discount, or one with a price finer than a cent."""
    quantity, price = random.choice((1, 500, 1_000, 1_000, 2_500, 12_000, 1_000_000)), random.randint(0, 99_999)
    if random.random() < 0.15:
        price = -price
    amount = half_up(quantity * price, 1_000)
    if random.random() < 0.2 and quantity >= 1_000 and price > 0:
        amount += random.randint(-(quantity // 2_000), quantity // 2_000)
    off = random.randint(1, amount) if amount > 0 and random.random() < 0.3 else 0
    reason = random.choice((None, *_TEXTS)) if off else None
    text = random.choice(_TEXTS)
    return InvoiceLine(
        position, text, quantity, random.choice(_UNITS), price, amount - off, rate[1], rate[0], off, reason
    )


def _discounts(random: Random, lines: tuple[InvoiceLine, ...]) -> tuple[InvoiceDiscount, ...]:
    charges = [line for line in lines if line.net_minor > 200]
    return tuple(
        InvoiceDiscount(
            random.choice(_TEXTS)[:140], charge.net_minor // 3, charge.vat_basis_points, charge.vat_category
        )
        for charge in random.sample(charges, min(len(charges), random.randint(0, 2)))
    )


def _taxes(
    lines: tuple[InvoiceLine, ...], discounts: tuple[InvoiceDiscount, ...], language: str
) -> tuple[InvoiceTax, ...]:
    nets: dict[tuple[Category, int], int] = defaultdict(int)
    for line in lines:
        nets[line.vat_category, line.vat_basis_points] += line.net_minor
    for off in discounts:
        nets[off.vat_category, off.vat_basis_points] -= off.net_minor
    reasons = WORDS[language].exemptions
    return tuple(
        InvoiceTax(rate, net, vat_on(net, rate), reasons.get(category), category)
        for (category, rate), net in sorted(nets.items())
    )


def _recipient(random: Random, subject: str) -> Party:
    country, vat_id = random.choice(_COUNTRIES.get(subject, (("DE", None), ("DE", "DE987654321"), ("AT", None))))
    return Party(
        name=random.choice(("Bäckerei Süßkind & Söhne OHG", "Zoë\x00 Müller", "Ż" * 200, "🚀 Start-up UG")),
        extra=random.choice((None, "Hof 2, z. Hd. <Einkauf>")),
        street=random.choice(("Große Elbstraße 7a", "")),
        postcode=random.choice(("22767", "")),
        city=random.choice(("Hamburg", "Saint-Étienne")),
        country=country,
        vat_id=vat_id,
        number=random.choice(("10001", None)),
    )


def _payments(random: Random, day: date, gross: int) -> tuple[InvoicePayment, ...]:
    amounts = random.choice(((), (), (gross,), (gross // 2,), (gross, -gross), (gross + 100,)))
    return tuple(InvoicePayment(day, PaymentMethod.TRANSFER, amount) for amount in amounts if amount)
