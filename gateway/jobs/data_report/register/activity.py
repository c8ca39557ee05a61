"""What happened under the customer number, and what we wrote about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.jobs.data_report.declaration import (
    BOOKKEEPING,
    OTHERS,
    OWNER,
    Reason,
    Section,
    Taken,
    Told,
    refers,
    told,
)
from gateway.jobs.data_report.register.categories import ACTIVITY, CORRESPONDENCE
from models import ActorKind, AuditEvent, Feedback, OutboxMessage


def _actor(id: str | None, entry: Mapping[str, Any]) -> str | None:
    """Who did it, unless it was one of our people: their names are theirs (CJEU C-579/21, Pankki S)."""
    return None if entry["actor_kind"] is ActorKind.OPERATOR else id


def _recipients(payload: Any, entry: Mapping[str, Any]) -> list[str]:
    """Whom a mail went to. The rest of a payload fills the text of the mail, and may be a code that opens an account."""
    to = payload.get("to") if isinstance(payload, Mapping) else None
    return [address for address in to if isinstance(address, str)] if isinstance(to, list) else []


SECTIONS = (
    Section(
        AuditEvent,
        "activity",
        ACTIVITY,
        ("Activity", "Aktivitäten"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "number": told("Number", "Nummer"),
            "occurred_at": told("Time", "Zeit"),
            "actor_kind": told("Who", "Wer"),
            "actor_id": Told(
                ("Id of who did it", "Kennung der handelnden Person"),
                taken=Taken(_actor, {"type": ["string", "null"]}),
                rest=Reason.OTHERS,
            ),
            "session_id": told("Id of the session", "Kennung der Sitzung"),
            "address": told("Shortened IP address", "Gekürzte IP-Adresse"),
            "action": told("Action", "Vorgang"),
            "object_id": told("Id of the object", "Kennung des Gegenstands"),
            "package_id": refers("Package", "Paket", "name"),
            "result": told("Result", "Ergebnis"),
            "request_id": told("Id of the request", "Kennung der Anfrage"),
            "detail": told("Details", "Einzelheiten"),
            "seal": BOOKKEEPING,
        },
        order=("occurred_at", "id"),
        headed_by=("occurred_at", "action"),
    ),
    Section(
        OutboxMessage,
        "messages",
        CORRESPONDENCE,
        ("Messages to you", "Nachrichten an Sie"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "kind": told("Kind", "Art"),
            "payload": Told(
                ("Recipients", "Empfänger"),
                taken=Taken(_recipients, {"type": "array", "items": {"type": "string"}}),
                rest=Reason.MAIL_TEXT,
                called="recipients",
            ),
            "created_at": told("Written", "Geschrieben"),
            "available_at": BOOKKEEPING,
            "attempts": told("Attempts to send", "Versuche zu senden"),
            "sent_at": told("Sent", "Gesandt"),
            "failed_at": told("Given up", "Aufgegeben"),
        },
        headed_by=("created_at", "kind"),
    ),
    Section(
        Feedback,
        "feedback",
        CORRESPONDENCE,
        ("Your feedback", "Ihre Rückmeldungen"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "package_id": OTHERS,
            "rating": told("Rating (1 to 5)", "Bewertung (1 bis 5)"),
            "text": told("Text", "Text"),
            "page": told("Page", "Seite"),
            "created_at": told("Given", "Abgegeben"),
        },
        order=("created_at", "id"),
        headed_by=("created_at",),
        only="t.package_id IS NULL",
    ),
)
