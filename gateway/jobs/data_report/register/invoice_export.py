"""A year's invoices in one file: what was asked for, never the file, which holds what is told elsewhere."""

from __future__ import annotations

from gateway.jobs.data_report.declaration import FILE, OWNER, Reason, Section, Withheld, told
from gateway.jobs.data_report.register.categories import INVOICES
from models import InvoiceExport, InvoiceExportFile

SECTIONS = (
    Section(
        InvoiceExport,
        "invoiceExports",
        INVOICES,
        ("A year's invoices in one file", "Jahresabrufe der Rechnungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "running_for": Withheld(Reason.BOOKKEEPING),
            "year": told("Year", "Jahr"),
            "language": told("Language", "Sprache"),
            "state": told("State", "Zustand"),
            "progress": told("Progress in per cent", "Fortschritt in Prozent"),
            "invoices": told("Invoices in it", "Rechnungen darin"),
            "attempts": Withheld(Reason.BOOKKEEPING),
            "requested_at": told("Requested", "Angefordert"),
            "started_at": told("Begun", "Begonnen"),
            "leased_until": Withheld(Reason.BOOKKEEPING),
            "finished_at": told("Finished", "Fertig"),
            "expires_at": told("Expires", "Läuft ab"),
            "size_bytes": told("Size in bytes", "Größe in Byte"),
            "sha256": told("SHA-256 of the file", "SHA-256 der Datei"),
        },
        order=("requested_at", "id"),
        headed_by=("requested_at",),
    ),
    Section(
        InvoiceExportFile,
        "invoiceExportFiles",
        INVOICES,
        ("Files of a year's invoices", "Dateien der Jahresabrufe"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "export_id": told("Id of the export", "Kennung des Abrufs"),
            "content": FILE,
            "created_at": told("Made", "Erstellt"),
        },
        order=("id",),
        headed_by=("created_at",),
    ),
)
