"""Master data."""

from __future__ import annotations

from gateway.jobs.data_report.declaration import (
    BOOKKEEPING,
    OWNER,
    SECRET,
    Reason,
    Section,
    Withheld,
    told,
)
from gateway.jobs.data_report.register.categories import MASTER_DATA
from models import BankAccount, Customer, PhoneNumber

SECTIONS = (
    Section(
        Customer,
        "customer",
        MASTER_DATA,
        ("Customer", "Kunde"),
        {
            "id": told("Id", "Kennung"),
            "number": told("Customer number", "Kundennummer"),
            "kind": told("Kind", "Art"),
            "first_name": told("First name", "Vorname"),
            "last_name": told("Last name", "Nachname"),
            "company_name": told("Company", "Firma"),
            "vat_id": told("VAT id", "USt-IdNr."),
            "street": told("Street", "Straße"),
            "address_extra": told("Address, second line", "Adresszusatz"),
            "postcode": told("Postcode", "Postleitzahl"),
            "city": told("Town", "Ort"),
            "country": told("Country", "Land"),
            "email": told("E-mail address", "E-Mail-Adresse"),
            "invoice_email": told("E-mail address for invoices", "E-Mail-Adresse für Rechnungen"),
            "language": told("Language", "Sprache"),
            "username": told("Username", "Benutzername"),
            "password_hash": SECRET,
            "password_changed_at": told("Password changed", "Passwort geändert"),
            "disabled_at": told("Account disabled", "Konto gesperrt"),
            "created_at": told("Customer since", "Kunde seit"),
            "version": BOOKKEEPING,
        },
        headed_by=("number",),
    ),
    Section(
        PhoneNumber,
        "phoneNumbers",
        MASTER_DATA,
        ("Phone numbers", "Telefonnummern"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "kind": told("Kind", "Art"),
            "number": told("Number", "Nummer"),
        },
        order=("number",),
        headed_by=("number",),
    ),
    Section(
        BankAccount,
        "bankAccount",
        MASTER_DATA,
        ("Bank account", "Bankverbindung"),
        {
            "id": told("Id", "Kennung"),
            "customer_id": OWNER,
            "holder": told("Account holder", "Kontoinhaber"),
            "iban_sealed": Withheld(Reason.IBAN),
            "iban_last4": told("IBAN, last four characters", "IBAN, letzte vier Zeichen"),
            "bank_name": told("Bank", "Bank"),
            "mandate_reference": told("Mandate reference", "Mandatsreferenz"),
            "mandate_signed_on": told("Mandate given", "Mandat erteilt"),
            "mandate_used_on": told("Mandate last used", "Mandat zuletzt genutzt"),
            "mandate_revoked_at": told("Mandate revoked", "Mandat widerrufen"),
            "created_at": told("Stored", "Gespeichert"),
        },
        headed_by=("bank_name",),
    ),
)
