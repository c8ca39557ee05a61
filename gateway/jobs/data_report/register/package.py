"""Packages and what is in them."""

from __future__ import annotations

from gateway.jobs.data_report.declaration import BOOKKEEPING, DERIVED, OWNER, SECRET, Section, refers, told
from gateway.jobs.data_report.register.categories import PACKAGES
from models import Domain, Mailbox, Package

SECTIONS = (
    Section(
        Package,
        "packages",
        PACKAGES,
        ("Packages", "Pakete"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "type_id": refers("Type", "Pakettyp", "name"),
            "name": told("Name", "Name"),
            "name_key": DERIVED,
            "search_key": DERIVED,
            "identification": told("Identification", "Technischer Name"),
            "order_number": told("Order number", "Auftragsnummer"),
            "state": told("State", "Zustand"),
            "password_hash": SECRET,
            "password_changed_at": told("Package password changed", "Paketpasswort geändert"),
            "created_at": told("Created", "Angelegt"),
            "ended_at": told("Ended", "Beendet"),
            "version": BOOKKEEPING,
        },
        order=("created_at", "id"),
        headed_by=("name",),
    ),
    Section(
        Domain,
        "domains",
        PACKAGES,
        ("Domains", "Domains"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "package_id": refers("Package", "Paket", "name"),
            "name": told("Name", "Name"),
            "ascii_name": told("Name in ASCII", "Name in ASCII"),
            "search_key": DERIVED,
            "main": told("Main domain", "Hauptdomain"),
            "state": told("State", "Zustand"),
            "registered_on": told("Registered", "Registriert"),
            "paid_until": told("Registration paid until", "Registrierung bezahlt bis"),
            "ends_on": told("Last day", "Letzter Tag"),
            "auth_info_sealed": SECRET,
            "version": BOOKKEEPING,
            "created_at": told("Created", "Angelegt"),
        },
        order=("package_id", "ascii_name"),
        headed_by=("name",),
    ),
    Section(
        Mailbox,
        "mailboxes",
        PACKAGES,
        ("Mailboxes", "Postfächer"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "package_id": refers("Package", "Paket", "name"),
            "address": told("Address", "Adresse"),
            "search_key": DERIVED,
            "display_name": told("Name shown", "Angezeigter Name"),
            "quota_mb": told("Size in MiB", "Größe in MiB"),
            "used_mb": told("Used in MiB", "Belegt in MiB"),
            "created_at": told("Created", "Angelegt"),
        },
        order=("package_id", "address"),
        headed_by=("address",),
    ),
)
