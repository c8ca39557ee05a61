"""A form on paper, for the drawer: what is filled in already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gateway.documents.party import Issuer, Party
from models.rules.form import FormKind


@dataclass(frozen=True, slots=True)
class FormDomain:
    """A domain of the package and whom it is registered for, as one line."""

    name: str
    holder: str


@dataclass(frozen=True, slots=True)
class FormContract:
    """The contract a form is about, with its package and what was ordered."""

    number: str
    package: str
    identification: str
    tariff: str


@dataclass(frozen=True, slots=True)
class FormDocument:
    """What the form shows. `language` is "de" or "en". Without a contract it is about all of the customer's."""

    kind: FormKind
    language: str
    issuer: Issuer
    customer: Party
    email: str
    made_on: date
    contract: FormContract | None = None
    domains: tuple[FormDomain, ...] = ()
