"""What an invoice says besides its values, in German and English."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.documents.invoice import PaymentMethod, PaymentState


@dataclass(frozen=True, slots=True)
class InvoiceWords:
    """The texts of one language; `{names}` are filled in. A unit that `units` does not have is printed as it is."""

    invoice: str
    number: str
    customer_number: str
    issued_on: str
    due_on: str
    period: str
    period_is_issue: str
    customer_vat_id: str

    position: str
    description: str
    quantity: str
    unit: str
    unit_price: str
    vat_rate: str
    amount: str
    carried: str
    units: dict[str, str]

    net: str
    vat: str
    vat_base: str
    gross: str
    paid_so_far: str
    still_due: str

    headings: dict[PaymentState, str]
    collected: str
    mandate: str
    pending: str
    returned: str
    transfer: str
    overdue: str
    paid: str
    cancelled: str
    nothing_due: str
    credit: str
    account_holder: str
    bank: str
    purpose: str
    payment: dict[PaymentMethod, str]
    refund: dict[PaymentMethod, str]


GERMAN = InvoiceWords(
    invoice="Rechnung {number}",
    number="Rechnungsnummer",
    customer_number="Kundennummer",
    issued_on="Rechnungsdatum",
    due_on="Fällig am",
    period="Leistungszeitraum",
    period_is_issue="entspricht dem Rechnungsdatum",
    customer_vat_id="Ihre USt-IdNr.",
    position="Pos.",
    description="Leistung",
    quantity="Menge",
    unit="Einheit",
    unit_price="Einzelpreis",
    vat_rate="USt.",
    amount="Netto",
    carried="Übertrag",
    units={"month": "Monat", "year": "Jahr", "day": "Tag", "hour": "Stunde", "piece": "Stück"},
    net="Nettobetrag",
    vat="Umsatzsteuer {rate}",
    vat_base="auf {base}",
    gross="Rechnungsbetrag",
    paid_so_far="Bereits gezahlt",
    still_due="Noch offen",
    headings={
        PaymentState.OPEN: "Zahlung: offen",
        PaymentState.DEBIT_PENDING: "Zahlung: Lastschrift läuft",
        PaymentState.DEBIT_RETURNED: "Zahlung: Lastschrift zurückgegeben",
        PaymentState.OVERDUE: "Zahlung: überfällig",
        PaymentState.PAID: "Zahlung: bezahlt",
        PaymentState.CANCELLED: "Rechnung storniert",
    },
    collected="Den Betrag von {amount} ziehen wir zum {due} per SEPA-Lastschrift von Ihrem Konto mit den letzten "
    "Stellen {last4} ein. Sie müssen nichts tun.",
    mandate="Mandatsreferenz: {reference} · Gläubiger-Identifikationsnummer: {creditor}",
    pending="Der Betrag von {amount} wird zurzeit per SEPA-Lastschrift eingezogen. Sie müssen nichts tun.",
    returned="Ihre Bank hat die Lastschrift zurückgegeben. Bitte überweisen Sie den Betrag von {amount} auf "
    "dieses Konto:",
    transfer="Bitte überweisen Sie den Betrag von {amount} bis zum {due} auf dieses Konto:",
    overdue="Der Betrag von {amount} war am {due} fällig. Bitte überweisen Sie ihn umgehend auf dieses Konto:",
    paid="Diese Rechnung ist bezahlt. Vielen Dank!",
    cancelled="Diese Rechnung ist storniert. Es ist nichts zu zahlen.",
    nothing_due="Es ist nichts zu zahlen.",
    credit="Das Guthaben von {amount} steht Ihnen zu.",
    account_holder="Kontoinhaber",
    bank="Bank",
    purpose="Verwendungszweck",
    payment={
        PaymentMethod.DIRECT_DEBIT: "Lastschrift vom {date}",
        PaymentMethod.TRANSFER: "Überweisung vom {date}",
    },
    refund={
        PaymentMethod.DIRECT_DEBIT: "Rücklastschrift vom {date}",
        PaymentMethod.TRANSFER: "Rückzahlung vom {date}",
    },
)

ENGLISH = InvoiceWords(
    invoice="Invoice {number}",
    number="Invoice number",
    customer_number="Customer number",
    issued_on="Invoice date",
    due_on="Due on",
    period="Period of service",
    period_is_issue="same as the invoice date",
    customer_vat_id="Your VAT ID",
    position="No.",
    description="Description",
    quantity="Quantity",
    unit="Unit",
    unit_price="Unit price",
    vat_rate="VAT",
    amount="Net",
    carried="Carried over",
    units={},
    net="Net total",
    vat="VAT {rate}",
    vat_base="on {base}",
    gross="Invoice total",
    paid_so_far="Already paid",
    still_due="Still due",
    headings={
        PaymentState.OPEN: "Payment: open",
        PaymentState.DEBIT_PENDING: "Payment: direct debit in progress",
        PaymentState.DEBIT_RETURNED: "Payment: direct debit returned",
        PaymentState.OVERDUE: "Payment: overdue",
        PaymentState.PAID: "Payment: paid",
        PaymentState.CANCELLED: "Invoice cancelled",
    },
    collected="We will collect {amount} on {due} by SEPA direct debit from your account ending in {last4}. "
    "You need not do anything.",
    mandate="Mandate reference: {reference} · Creditor identifier: {creditor}",
    pending="{amount} is being collected by SEPA direct debit. You need not do anything.",
    returned="Your bank returned the direct debit. Please transfer {amount} to this account:",
    transfer="Please transfer {amount} by {due} to this account:",
    overdue="{amount} was due on {due}. Please transfer it to this account without delay:",
    paid="This invoice has been paid. Thank you!",
    cancelled="This invoice is cancelled. There is nothing to pay.",
    nothing_due="There is nothing to pay.",
    credit="A credit of {amount} is due to you.",
    account_holder="Account holder",
    bank="Bank",
    purpose="Reference",
    payment={
        PaymentMethod.DIRECT_DEBIT: "Direct debit of {date}",
        PaymentMethod.TRANSFER: "Transfer of {date}",
    },
    refund={
        PaymentMethod.DIRECT_DEBIT: "Returned debit of {date}",
        PaymentMethod.TRANSFER: "Refund of {date}",
    },
)

WORDS = {"de": GERMAN, "en": ENGLISH}
