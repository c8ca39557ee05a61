"""A data processing agreement (Art. 28 GDPR) as it was concluded: what the document shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.documents.markdown import Block
from gateway.documents.party import Issuer, Party


@dataclass(frozen=True, slots=True)
class ListedSubProcessor:
    """An entry of the annex. `country` is an ISO 3166-1 alpha-2 code, `safeguard` what Art. 44 ff. GDPR ask for."""

    name: str
    address: str
    country: str
    purpose: str
    safeguard: str | None = None


@dataclass(frozen=True, slots=True)
class AgreementDocument:
    """What the document shows. `language` is "de" or "en", `concluded_at` an aware UTC instant."""

    language: str
    issuer: Issuer
    customer: Party
    version: str
    signatory: str
    concluded_at: datetime
    text: tuple[Block, ...]
    sub_processors: tuple[ListedSubProcessor, ...]
    data_protection_contact: str | None = None
