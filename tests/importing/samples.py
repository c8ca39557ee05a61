"""Valid records of every kind, to be changed one field at a time."""

from __future__ import annotations

import copy
import json
from typing import Any

PACKAGE_TYPE: dict[str, Any] = {
    "kind": "package_type",
    "code": "plus",
    "name": "Hosting Plus",
    "family": "hosting",
    "functions": ["SELECT", "RENAME", "EMAILS"],
    "mailbox_limit": 50,
}
TARIFF: dict[str, Any] = {
    "kind": "tariff",
    "code": "plus-m",
    "package_type": "plus",
    "name": "Hosting Plus",
    "net_minor": 504,
    "gross_minor": 600,
    "vat_basis_points": 1900,
    "currency": "EUR",
    "billing_months": 1,
    "minimum_term_months": 3,
    "renewal_months": 0,
    "notice_months": 1,
}
CUSTOMER: dict[str, Any] = {
    "kind": "customer",
    "number": "10000001",
    "customer_kind": "PERSON",
    "first_name": "Jürgen",
    "last_name": "Größl",
    "street": "Mühlenweg 3",
    "postcode": "50667",
    "city": "Köln",
    "country": "DE",
    "email": "juergen@example.com",
    "username": "juergen",
    "password": "Apfelbaum-Regen-73",
    "phones": [{"kind": "LANDLINE", "number": "+492214710123"}],
    "bank_account": {
        "holder": "Jürgen Größl",
        "iban": "DE89370400440532013000",
        "mandate_reference": "M-10000001",
        "mandate_signed_on": "2024-02-29",
    },
}
PACKAGE: dict[str, Any] = {
    "kind": "package",
    "identification": "hosting-1",
    "order_number": "B-1",
    "customer": "10000001",
    "package_type": "plus",
    "state": "ACTIVE",
    "name": "Familienseite",
    "password": "Kirsche-Wolke-18",
}
CONTRACT: dict[str, Any] = {
    "kind": "contract",
    "number": "V-1",
    "package": "hosting-1",
    "tariff": "plus-m",
    "state": "ACTIVE",
    "starts_on": "2026-01-15",
}
ADD_ON: dict[str, Any] = {
    "kind": "add_on",
    "contract": "V-1",
    "name": "Tägliches Backup",
    "starts_on": "2026-02-01",
    "state": "ACTIVE",
    "net_minor": 168,
    "gross_minor": 200,
    "currency": "EUR",
}
DOMAIN: dict[str, Any] = {
    "kind": "domain",
    "name": "familie-größl.example",
    "package": "hosting-1",
    "state": "ACTIVE",
    "main": True,
}
MAILBOX: dict[str, Any] = {
    "kind": "mailbox",
    "address": "Info@familie-größl.example",
    "package": "hosting-1",
    "quota_mb": 5120,
}
INVOICE: dict[str, Any] = {
    "kind": "invoice",
    "number": "R-1",
    "customer": "10000001",
    "state": "PAID",
    "issued_on": "2026-02-03",
    "due_on": "2026-03-05",
    "currency": "EUR",
    "net_minor": 504,
    "vat_minor": 96,
    "gross_minor": 600,
    "lines": [
        {
            "description": "Hosting Plus",
            "quantity_thousandths": 1000,
            "unit": "Monat",
            "unit_net_minor": 504,
            "net_minor": 504,
            "vat_basis_points": 1900,
            "package": "hosting-1",
        }
    ],
    "taxes": [{"vat_basis_points": 1900, "net_minor": 504, "vat_minor": 96}],
    "payments": [{"method": "DIRECT_DEBIT", "paid_on": "2026-03-05", "amount_minor": 600}],
}
ALL = (PACKAGE_TYPE, TARIFF, CUSTOMER, PACKAGE, CONTRACT, ADD_ON, DOMAIN, MAILBOX, INVOICE)
"""In an order in which each finds what it refers to."""

MISSING = object()


def changed(record: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with one value replaced; `path` is as in a refusal (`lines.0.net_minor`), `MISSING` takes it out."""
    whole = copy.deepcopy(record)
    *parents, last = path.split(".")
    place: Any = whole
    for name in parents:
        place = place[int(name)] if isinstance(place, list) else place[name]
    if value is MISSING:
        del place[last]
    elif isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return whole


def line(record: dict[str, Any]) -> bytes:
    """A record as a line of a file."""
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def ndjson(*records: dict[str, Any]) -> bytes:
    """Records as a file."""
    return b"".join(line(record) for record in records)
