"""Recovery codes on paper, for the drawer: what the sheet shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gateway.documents.party import Issuer, Party


@dataclass(frozen=True, slots=True)
class RecoveryCodesDocument:
    """What the sheet shows. `language` is "de" or "en"."""

    language: str
    issuer: Issuer
    recipient: Party
    made_on: date
    codes: tuple[str, ...] = field(repr=False)
