"""From the rows of an invoice to the document that shows them. Pure: rows in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import models
from gateway.documents.company import Company
from gateway.documents.invoice import (
    DirectDebit,
    InvoiceDocument,
    InvoiceLine,
    InvoicePayment,
    InvoiceTax,
    PaymentMethod,
    PaymentState,
)
from gateway.documents.party import Party


@dataclass(frozen=True, slots=True)
class InvoiceRows:
    """An invoice with everything that belongs on it; lines in the order of their positions."""

    invoice: models.Invoice
    customer: models.Customer
    lines: Sequence[models.InvoiceLine]
    taxes: Sequence[models.InvoiceTax]
    payments: Sequence[models.Payment]
    bank_account: models.BankAccount | None


def invoice_document(rows: InvoiceRows, company: Company, language: str) -> InvoiceDocument:
    """The document in `language` ("de" or "en"). Raises `ValueError` for an invoice that does not add up."""
    invoice = rows.invoice
    return InvoiceDocument(
        language=language,
        issuer=company,
        recipient=recipient(rows.customer),
        number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        currency=invoice.currency,
        lines=tuple(_line(line) for line in rows.lines),
        taxes=tuple(InvoiceTax(tax.vat_basis_points, tax.net_minor, tax.vat_minor) for tax in rows.taxes),
        net_minor=invoice.net_minor,
        vat_minor=invoice.vat_minor,
        gross_minor=invoice.gross_minor,
        state=PaymentState(invoice.state.value),
        period_from=invoice.period_from or invoice.period_to,  # one known day is better than none
        period_to=invoice.period_to or invoice.period_from,
        direct_debit=_direct_debit(rows.bank_account, company),
        payments=tuple(
            InvoicePayment(payment.paid_on, PaymentMethod(payment.method.value), payment.amount_minor)
            for payment in rows.payments
        ),
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


def _line(line: models.InvoiceLine) -> InvoiceLine:
    return InvoiceLine(
        position=line.position,
        description=line.description,
        quantity_thousandths=line.quantity_thousandths,
        unit=line.unit,
        unit_net_minor=line.unit_net_minor,
        net_minor=line.net_minor,
        vat_basis_points=line.vat_basis_points,
    )


def _direct_debit(account: models.BankAccount | None, company: Company) -> DirectDebit | None:
    if account is None or company.creditor_id is None:
        return None
    return DirectDebit(account.mandate_reference, company.creditor_id, account.iban_last4)
