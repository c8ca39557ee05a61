"""Data processing agreements and data reports."""

from __future__ import annotations

from gateway.jobs.data_report.declaration import BOOKKEEPING, FILE, OWNER, Section, refers, told
from gateway.jobs.data_report.register.categories import AGREEMENTS
from models import Agreement, AgreementEvent, AgreementFile, DataReport, DataReportFile

SECTIONS = (
    Section(
        Agreement,
        "agreements",
        AGREEMENTS,
        ("Data processing agreements", "Verträge zur Auftragsverarbeitung"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "version_id": refers("Version", "Version", "number"),
            "state": told("State", "Zustand"),
            "signatory": told("Concluded by", "Abgeschlossen durch"),
            "language": told("Language", "Sprache"),
            "requested_at": told("Requested", "Angefordert"),
            "concluded_at": told("Concluded", "Abgeschlossen"),
            "superseded_at": told("Superseded", "Abgelöst"),
        },
        headed_by=("version_id",),
    ),
    Section(
        AgreementFile,
        "agreementFiles",
        AGREEMENTS,
        ("Files of agreements", "Dateien von Vereinbarungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "agreement_id": told("Id of the agreement", "Kennung der Vereinbarung"),
            "sha256": told("SHA-256 of the file", "SHA-256 der Datei"),
            "content": FILE,
            "created_at": told("Drawn", "Erstellt"),
        },
        headed_by=("created_at",),
    ),
    Section(
        AgreementEvent,
        "agreementEvents",
        AGREEMENTS,
        ("Log of agreements", "Protokoll der Vereinbarungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "agreement_id": told("Id of the agreement", "Kennung der Vereinbarung"),
            "kind": told("What happened", "Was geschah"),
            "occurred_at": told("When", "Wann"),
        },
        order=("occurred_at", "id"),
        headed_by=("occurred_at",),
    ),
    Section(
        DataReport,
        "dataReports",
        AGREEMENTS,
        ("Data reports", "Datenauskünfte"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "running_for": OWNER,
            "state": told("State", "Zustand"),
            "progress": told("Progress in per cent", "Fortschritt in Prozent"),
            "attempts": told("Attempts", "Versuche"),
            "requested_at": told("Requested", "Angefordert"),
            "due_on": told("Due by law", "Gesetzlich fällig"),
            "started_at": told("Begun", "Begonnen"),
            "leased_until": BOOKKEEPING,
            "finished_at": told("Finished", "Fertiggestellt"),
            "expires_at": told("Kept until", "Aufbewahrt bis"),
            "size_bytes": told("Size in bytes", "Größe in Bytes"),
            "sha256": told("SHA-256 of the file", "SHA-256 der Datei"),
        },
        order=("requested_at", "id"),
        headed_by=("requested_at",),
    ),
    Section(
        DataReportFile,
        "dataReportFiles",
        AGREEMENTS,
        ("Files of data reports", "Dateien von Datenauskünften"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "report_id": told("Id of the data report", "Kennung der Datenauskunft"),
            "content": FILE,
            "created_at": told("Made", "Erstellt"),
        },
        headed_by=("created_at",),
    ),
)
