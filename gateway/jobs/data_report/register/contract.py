"""Contracts and add-ons."""

from __future__ import annotations

from gateway.jobs.data_report.declaration import BOOKKEEPING, OWNER, Section, Shape, money, refers, told
from gateway.jobs.data_report.register.categories import CONTRACTS
from models import AddOn, Contract

SECTIONS = (
    Section(
        Contract,
        "contracts",
        CONTRACTS,
        ("Contracts", "Verträge"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "number": told("Contract number", "Vertragsnummer"),
            "package_id": refers("Package", "Paket", "name"),
            "tariff_id": refers("Tariff", "Tarif", "name"),
            "state": told("State", "Zustand"),
            "starts_on": told("Start", "Beginn"),
            "ends_on": told("End", "Ende"),
            "minimum_term_months": told("Minimum term in months", "Mindestlaufzeit in Monaten"),
            "renewal_months": told("Renewal in months", "Verlängerung in Monaten"),
            "notice_months": told("Notice period in months", "Kündigungsfrist in Monaten"),
            "billing_months": told("Billing period in months", "Abrechnungszeitraum in Monaten"),
            "net_minor": money("Net price", "Nettopreis"),
            "gross_minor": money("Gross price", "Bruttopreis"),
            "vat_basis_points": told("VAT rate", "Umsatzsteuersatz", Shape.PERCENT),
            "currency": told("Currency", "Währung"),
            "created_at": told("Stored", "Gespeichert"),
            "version": BOOKKEEPING,
        },
        order=("number", "id"),
        headed_by=("number",),
    ),
    Section(
        AddOn,
        "addOns",
        CONTRACTS,
        ("Add-ons", "Zusatzleistungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "contract_id": refers("Contract", "Vertrag", "number"),
            "name": told("Name", "Name"),
            "quantity": told("Quantity", "Anzahl"),
            "state": told("State", "Zustand"),
            "starts_on": told("Start", "Beginn"),
            "ends_on": told("End", "Ende"),
            "minimum_term_months": told("Minimum term in months", "Mindestlaufzeit in Monaten"),
            "renewal_months": told("Renewal in months", "Verlängerung in Monaten"),
            "notice_months": told("Notice period in months", "Kündigungsfrist in Monaten"),
            "net_minor": money("Net price", "Nettopreis"),
            "gross_minor": money("Gross price", "Bruttopreis"),
            "vat_basis_points": told("VAT rate", "Umsatzsteuersatz", Shape.PERCENT),
            "currency": told("Currency", "Währung"),
            "version": BOOKKEEPING,
        },
        order=("contract_id", "id"),
        headed_by=("name",),
    ),
)
