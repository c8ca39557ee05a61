"""What an invoice says besides its values, in German and English."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.documents.invoice import PaymentMethod, PaymentState
from models.rules.e_invoice import Category


@dataclass(frozen=True, slots=True)
class InvoiceWords:
    """The texts of one language; `{names}` are filled in. A unit that `units` does not have is printed as it is."""

    invoice: str
    credit_note: str
    corrects: str
    number: str
    credit_number: str
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

    line_total: str
    line_discount: str
    discount: str
    net: str
    vat: str
    exemptions: dict[Category, str]
    vat_base: str
    gross: str
    credit_gross: str
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
    credit_given: str
    credit_heading: str
    giro_code: str
    terms_transfer: str
    terms_debit: str
    terms_credit: str
    account_holder: str
    bank: str
    purpose: str
    payment: dict[PaymentMethod, str]
    refund: dict[PaymentMethod, str]


GERMAN = InvoiceWords(
    invoice="Rechnung {number}",
    credit_note="Rechnungskorrektur {number}",
    corrects="Zu Rechnung",
    number="Rechnungsnummer",
    credit_number="Nummer",
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
    line_total="Summe der Positionen",
    line_discount="abzüglich {amount}",
    discount="Nachlass",
    net="Nettobetrag",
    vat="Umsatzsteuer {rate}",
    exemptions={
        Category.E: "Steuerfrei",
        Category.AE: "Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge)",
        Category.K: "Steuerfreie innergemeinschaftliche Lieferung",
        Category.G: "Steuerfreie Ausfuhrlieferung",
        Category.O: "Nicht steuerbar",
    },
    vat_base="auf {base}",
    gross="Rechnungsbetrag",
    credit_gross="Gutgeschrieben",
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
    credit_given="Das Guthaben ist verrechnet oder erstattet.",
    credit_heading="Guthaben",
    giro_code="Mit der Banking-App scannen",
    terms_transfer="Zahlbar ohne Abzug bis zum {due}.",
    terms_debit="Der Betrag wird zum {due} per Lastschrift eingezogen.",
    terms_credit="Der Betrag wird verrechnet oder erstattet.",
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
    credit_note="Credit note {number}",
    corrects="Corrects invoice",
    number="Invoice number",
    credit_number="Number",
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
    line_total="Total of positions",
    line_discount="less {amount}",
    discount="Discount",
    net="Net total",
    vat="VAT {rate}",
    exemptions={
        Category.E: "Exempt from VAT",
        Category.AE: "Reverse charge: the recipient owes the VAT",
        Category.K: "Exempt intra-community supply",
        Category.G: "Exempt export",
        Category.O: "Not subject to VAT",
    },
    vat_base="on {base}",
    gross="Invoice total",
    credit_gross="Credit total",
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
    credit_given="The credit has been set off or paid out.",
    credit_heading="Credit",
    giro_code="Scan with your banking app",
    terms_transfer="Payable without deduction by {due}.",
    terms_debit="The amount is collected by direct debit on {due}.",
    terms_credit="The amount is set off or paid out.",
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
