"""Direct debits, and what banks reported of them."""

from __future__ import annotations

from gateway.jobs.data_report.declaration import OWNER, Reason, Section, Withheld, money, refers, told
from gateway.jobs.data_report.register.categories import INVOICES
from models import Debit

SECTIONS = (
    Section(
        Debit,
        "debits",
        INVOICES,
        ("Direct debits", "Lastschriften"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "invoice_id": refers("Invoice", "Rechnung", "number"),
            "batch_id": Withheld(Reason.BOOKKEEPING),
            "active_for": Withheld(Reason.BOOKKEEPING),
            "attempt": told("Attempt", "Versuch"),
            "state": told("State", "Zustand"),
            "amount_minor": money("Amount", "Betrag"),
            "currency": told("Currency", "Währung"),
            "holder": told("Account holder", "Kontoinhaber"),
            "iban_sealed": Withheld(Reason.IBAN),
            "iban_last4": told("IBAN, last four characters", "IBAN, letzte vier Zeichen"),
            "mandate_reference": told("Mandate reference", "Mandatsreferenz"),
            "mandate_signed_on": told("Mandate given", "Mandat erteilt"),
            "sequence": told("Sequence type", "Sequenztyp"),
            "end_to_end_id": told("End-to-end reference", "Ende-zu-Ende-Referenz"),
            "collect_on": told("Collected on", "Einzug am"),
            "requested_at": told("Requested", "Veranlasst"),
            "submitted_at": told("Handed to the bank", "Der Bank übergeben"),
            "settled_on": told("Booked", "Gebucht"),
            "return_code": told("Return code", "Rückgabegrund"),
        },
        order=("invoice_id", "attempt"),
        headed_by=("invoice_id", "attempt"),
    ),
)
