"""The receipt of a declaration, for the drawer: what it shows."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.documents.party import Issuer
from models.rules.declaration import Content


@dataclass(frozen=True, slots=True)
class DeclarationDocument:
    """What the receipt shows. `language` is "de" or "en"."""

    language: str
    issuer: Issuer
    content: Content
