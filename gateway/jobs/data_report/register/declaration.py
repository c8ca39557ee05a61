"""Declarations: extraordinary cancellations, and what came without signing in and was matched."""

from __future__ import annotations

from gateway.jobs.data_report.declaration import BOOKKEEPING, FILE, OWNER, SECRET, Section, refers, told
from gateway.jobs.data_report.register.categories import CONTRACTS
from models import Declaration, DeclarationReceipt

SECTIONS = (
    Section(
        Declaration,
        "declarations",
        CONTRACTS,
        ("Declarations", "Erklärungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "contract_id": refers("Contract", "Vertrag", "number"),
            "kind": told("Declaration", "Erklärung"),
            "state": told("State", "Zustand"),
            "number": told("Number", "Nummer"),
            "name": told("Name", "Name"),
            "identification": told("More about the person", "Weitere Angaben zur Person"),
            "email": told("E-mail address", "E-Mail-Adresse"),
            "contract_text": told("Contract as written", "Vertrag wie angegeben"),
            "reason": told("Reason", "Grund"),
            "requested_on": told("Last day wanted", "Gewünschter letzter Tag"),
            "language": told("Language", "Sprache"),
            "received_at": told("Received", "Eingegangen"),
            "sha256": told("SHA-256 of the content", "SHA-256 des Inhalts"),
            "confirm_hash": SECRET,
            "confirmed_at": told("Address confirmed", "Adresse bestätigt"),
            "settled_at": told("Dealt with", "Bearbeitet"),
            "note": told("Outcome", "Ergebnis"),
        },
        order=("received_at", "id"),
        headed_by=("number",),
    ),
    Section(
        DeclarationReceipt,
        "declarationReceipts",
        CONTRACTS,
        ("Receipts of declarations", "Eingangsbestätigungen von Erklärungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "declaration_id": refers("Declaration", "Erklärung", "number"),
            "sha256": told("SHA-256 of the file", "SHA-256 der Datei"),
            "content": FILE,
            "created_at": told("Drawn", "Erstellt"),
            "ticket_hash": SECRET,
            "ticket_expires_at": BOOKKEEPING,
        },
        headed_by=("declaration_id",),
    ),
)
