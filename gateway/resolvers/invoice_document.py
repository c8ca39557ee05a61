"""From the rows of an invoice to the document that shows them. Pure: rows in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import models
from gateway.documents.company import Company
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
from models.rules.e_invoice import Category


@dataclass(frozen=True, slots=True)
class InvoiceRows:
    """An invoice with everything that belongs on it; lines and discounts in the order of their positions.

    `corrects` is the invoice that a credit note takes back.
    """

    invoice: models.Invoice
    customer: models.Customer
    lines: Sequence[models.InvoiceLine]
    taxes: Sequence[models.InvoiceTax]
    payments: Sequence[models.Payment]
    bank_account: models.BankAccount | None
    discounts: Sequence[models.InvoiceDiscount] = ()
    corrects: models.Invoice | None = None


def invoice_document(rows: InvoiceRows, company: Company, language: str) -> InvoiceDocument:
    """The document in `language` ("de" or "en"). Raises `ValueError` for an invoice that does not add up."""
    invoice = rows.invoice
    return InvoiceDocument(
        language=language,
        issuer=company,
        recipient=buyer(invoice, rows.customer),
        number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        currency=invoice.currency,
        lines=tuple(_line(line) for line in rows.lines),
        taxes=tuple(_tax(tax, language) for tax in rows.taxes),
        net_minor=invoice.net_minor,
        vat_minor=invoice.vat_minor,
        gross_minor=invoice.gross_minor,
        state=PaymentState(invoice.state.value),
        period_from=invoice.period_from or invoice.period_to,  # one known day is better than none
        period_to=invoice.period_to or invoice.period_from,
        direct_debit=_direct_debit(invoice, rows.bank_account, company),
        payments=tuple(
            InvoicePayment(payment.paid_on, PaymentMethod(payment.method.value), payment.amount_minor)
            for payment in rows.payments
        ),
        kind=DocumentKind(invoice.kind.value),
        corrects=Corrected(rows.corrects.number, rows.corrects.issued_on) if rows.corrects else None,
        discounts=tuple(
            InvoiceDiscount(row.reason, row.net_minor, row.vat_basis_points, Category(row.vat_category.value))
            for row in rows.discounts
        ),
    )


def buyer(invoice: models.Invoice, customer: models.Customer) -> Party:
    """The customer as they were when the invoice was issued; as they are, where it was issued before that was kept."""
    kept = invoice.buyer
    if kept is None:
        return recipient(customer)
    return Party(
        name=kept.get("name") or customer.display_name,
        extra=kept.get("extra"),
        street=kept.get("street") or "",
        postcode=kept.get("postcode") or "",
        city=kept.get("city") or "",
        country=kept.get("country") or customer.country,
        vat_id=kept.get("vatId"),
        number=customer.number,
    )


def recipient(customer: models.Customer) -> Party:
    """The customer as addressed; a company's contact stands below its name."""
    contact = ""
    if customer.company_name:
        contact = " ".join(part for part in (customer.first_name, customer.last_name) if part)
    return Party(
        name=customer.display_name,
        extra=", ".join(part for part in (contact, customer.address_extra) if part) or None,
        street=customer.street,
        postcode=customer.postcode,
        city=customer.city,
        country=customer.country,
        vat_id=customer.vat_id,
        number=customer.number,
    )


def is_collected(payment_method: str, buyer: object, mandate_reference: str | None, company: Company) -> bool:
    """Whether an invoice is collected by direct debit. How it is paid is kept with it since its buyer is; before that it is
    collected when the customer has an account.
    """
    wanted = payment_method == models.PaymentMethod.DIRECT_DEBIT or buyer is None
    return wanted and mandate_reference is not None and company.creditor_id is not None


def _direct_debit(invoice: models.Invoice, account: models.BankAccount | None, company: Company) -> DirectDebit | None:
    if account is None or company.creditor_id is None:
        return None
    if not is_collected(invoice.payment_method, invoice.buyer, account.mandate_reference, company):
        return None
    return DirectDebit(account.mandate_reference, company.creditor_id, account.iban_last4)


def _line(line: models.InvoiceLine) -> InvoiceLine:
    return InvoiceLine(
        position=line.position,
        description=line.description,
        quantity_thousandths=line.quantity_thousandths,
        unit=line.unit,
        unit_net_minor=line.unit_net_minor,
        net_minor=line.net_minor,
        vat_basis_points=line.vat_basis_points,
        vat_category=Category(line.vat_category.value),
        discount_minor=line.discount_minor,
        discount_reason=line.discount_reason,
    )


def _tax(tax: models.InvoiceTax, language: str) -> InvoiceTax:
    """Where there is no VAT the reason that was given, or else what the category says."""
    category = Category(tax.vat_category.value)
    note = tax.exemption_reason or WORDS[language].exemptions.get(category)
    return InvoiceTax(tax.vat_basis_points, tax.net_minor, tax.vat_minor, note, category)
