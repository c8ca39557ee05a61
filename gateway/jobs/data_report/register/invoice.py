"""Invoices with their positions, taxes, payments and files."""

from __future__ import annotations

from gateway.jobs.data_report.declaration import FILE, OWNER, Section, Shape, money, refers, told
from gateway.jobs.data_report.register.categories import INVOICES
from models import Invoice, InvoiceFile, InvoiceLine, InvoiceTax, Payment

_INVOICE = refers("Invoice", "Rechnung", "number")

SECTIONS = (
    Section(
        Invoice,
        "invoices",
        INVOICES,
        ("Invoices", "Rechnungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "number": told("Invoice number", "Rechnungsnummer"),
            "state": told("State", "Zustand"),
            "issued_on": told("Issued", "Ausgestellt"),
            "due_on": told("Due", "Fällig"),
            "period_from": told("Period from", "Zeitraum von"),
            "period_to": told("Period to", "Zeitraum bis"),
            "currency": told("Currency", "Währung"),
            "net_minor": money("Net", "Netto"),
            "vat_minor": money("VAT", "Umsatzsteuer"),
            "gross_minor": money("Gross", "Brutto"),
            "created_at": told("Stored", "Gespeichert"),
        },
        order=("issued_on", "id"),
        headed_by=("number",),
    ),
    Section(
        InvoiceLine,
        "invoiceLines",
        INVOICES,
        ("Positions of invoices", "Rechnungspositionen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "invoice_id": _INVOICE,
            "position": told("Position", "Position"),
            "description": told("Description", "Leistung"),
            "package_id": refers("Package", "Paket", "name"),
            "quantity_thousandths": told("Quantity", "Menge", Shape.QUANTITY),
            "unit": told("Unit", "Einheit", Shape.UNIT),
            "unit_net_minor": money("Price of a unit, net", "Einzelpreis netto"),
            "net_minor": money("Net", "Netto"),
            "vat_basis_points": told("VAT rate", "Umsatzsteuersatz", Shape.PERCENT),
            "currency": told("Currency", "Währung"),
        },
        order=("invoice_id", "position"),
        headed_by=("invoice_id", "position"),
    ),
    Section(
        InvoiceTax,
        "invoiceTaxes",
        INVOICES,
        ("Taxes of invoices", "Steuern der Rechnungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "invoice_id": _INVOICE,
            "vat_basis_points": told("VAT rate", "Umsatzsteuersatz", Shape.PERCENT),
            "net_minor": money("Net", "Netto"),
            "vat_minor": money("VAT", "Umsatzsteuer"),
            "currency": told("Currency", "Währung"),
        },
        order=("invoice_id", "vat_basis_points"),
        headed_by=("invoice_id",),
    ),
    Section(
        Payment,
        "payments",
        INVOICES,
        ("Payments", "Zahlungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "invoice_id": _INVOICE,
            "method": told("Method", "Zahlungsart"),
            "paid_on": told("Day", "Tag"),
            "amount_minor": money("Amount", "Betrag"),
            "currency": told("Currency", "Währung"),
            "reference": told("Text on the bank statement", "Verwendungszweck"),
        },
        order=("invoice_id", "paid_on", "id"),
        headed_by=("invoice_id",),
    ),
    Section(
        InvoiceFile,
        "invoiceFiles",
        INVOICES,
        ("Files of invoices", "Dateien von Rechnungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "invoice_id": _INVOICE,
            "language": told("Language", "Sprache"),
            "sha256": told("SHA-256 of the file", "SHA-256 der Datei"),
            "content": FILE,
            "created_at": told("Drawn", "Erstellt"),
        },
        order=("invoice_id", "id"),
        headed_by=("invoice_id",),
    ),
)
