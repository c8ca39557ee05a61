"""Cancellations, and whom domains are registered for."""

from __future__ import annotations

from gateway.jobs.data_report.declaration import BOOKKEEPING, FILE, OWNER, Section, money, refers, told
from gateway.jobs.data_report.register.categories import CONTRACTS
from models import Cancellation, CancellationReceipt, CancelledDomain, DomainHolder

SECTIONS = (
    Section(
        Cancellation,
        "cancellations",
        CONTRACTS,
        ("Cancellations", "Kündigungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "number": told("Number", "Nummer"),
            "subject": told("What was cancelled", "Was gekündigt wurde"),
            "package_id": refers("Package", "Paket", "name"),
            "contract_id": refers("Contract", "Vertrag", "number"),
            "domain_id": refers("Domain", "Domain", "name"),
            "add_on_id": refers("Add-on", "Zusatzleistung", "name"),
            "current_contract_id": BOOKKEEPING,
            "current_domain_id": BOOKKEEPING,
            "current_add_on_id": BOOKKEEPING,
            "state": told("State", "Zustand"),
            "declared_at": told("Declared", "Erklärt"),
            "ends_on": told("Last day", "Letzter Tag"),
            "undo_until": told("Could be taken back until", "Rücknahme möglich bis"),
            "settled_at": told("Taken back or carried out", "Zurückgenommen oder vollzogen"),
            "refund_minor": money("Refund", "Erstattung"),
            "currency": told("Currency", "Währung"),
            "before": BOOKKEEPING,
            "content": told("Declaration", "Erklärung"),
            "content_sha256": told("SHA-256 of the declaration", "SHA-256 der Erklärung"),
        },
        order=("declared_at", "id"),
        headed_by=("number",),
    ),
    Section(
        CancelledDomain,
        "cancelledDomains",
        CONTRACTS,
        ("Domains of cancellations", "Domains in Kündigungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "cancellation_id": refers("Cancellation", "Kündigung", "number"),
            "of_domain_id": refers("Domain", "Domain", "name"),
            "keep_in_id": refers("Kept in", "Bleibt in", "name"),
            "fate": told("What becomes of it", "Was aus ihr wird"),
        },
        order=("cancellation_id", "id"),
        headed_by=("of_domain_id",),
    ),
    Section(
        CancellationReceipt,
        "cancellationReceipts",
        CONTRACTS,
        ("Receipts of cancellations", "Bestätigungen von Kündigungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "cancellation_id": refers("Cancellation", "Kündigung", "number"),
            "language": told("Language", "Sprache"),
            "sha256": told("SHA-256 of the file", "SHA-256 der Datei"),
            "content": FILE,
            "created_at": told("Drawn", "Erstellt"),
        },
        headed_by=("cancellation_id",),
    ),
    Section(
        DomainHolder,
        "domainHolders",
        CONTRACTS,
        ("Holders of domains", "Inhaber von Domains"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "domain_id": refers("Domain", "Domain", "name"),
            "name": told("Name", "Name"),
            "organisation": told("Organisation", "Organisation"),
            "street": told("Street", "Straße"),
            "postcode": told("Postcode", "Postleitzahl"),
            "city": told("Town", "Ort"),
            "country": told("Country", "Land"),
            "email": told("E-mail address", "E-Mail-Adresse"),
            "phone": told("Phone", "Telefon"),
        },
        headed_by=("domain_id",),
    ),
)
