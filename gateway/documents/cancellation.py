"""The receipt of a cancellation: what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gateway.documents.party import Issuer, Party


@dataclass(frozen=True, slots=True)
class EndingDomainEntry:
    """A domain that is cancelled too: `fate` is DELETE, TRANSFER or KEEP; `keep_in` names the package it moves to."""

    name: str
    fate: str
    keep_in: str | None = None


@dataclass(frozen=True, slots=True)
class EndingEntry:
    """Something else that ends: its kind, how many, and names. A count of `None` is not counted."""

    kind: str
    count: int | None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CancellationDocument:
    """What the receipt shows. `language` is "de" or "en", instants are aware; the refund is written out or absent.

    `subject` is PACKAGE, DOMAIN or ADD_ON, `sha256` the checksum of the declaration in its canonical form.
    """

    language: str
    issuer: Issuer
    customer: Party
    number: str
    subject: str
    name: str
    order_number: str
    contract_number: str
    declared_at: datetime
    ends_on: date
    undo_until: datetime
    domains: tuple[EndingDomainEntry, ...]
    endings: tuple[EndingEntry, ...]
    refund: str | None
    revoked_tariff: str | None
    sha256: str
