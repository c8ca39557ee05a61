"""The company whose documents these are: read from a JSON file, or made up for a demo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from gateway.documents.party import Issuer


@dataclass(frozen=True, slots=True)
class Company(Issuer):
    """An issuer with its SEPA creditor identifier (EPC262-08); without one it collects nothing by direct debit.

    `data_protection_contact` is whom to write to about personal data, `supervisory_authority` who watches over it
    (Art. 15 (1) (e) and (f) GDPR); data reports name them.
    """

    creditor_id: str | None = None
    data_protection_contact: str | None = None
    supervisory_authority: str | None = None

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", str_strip_whitespace=True)


DEMO_COMPANY = Company(
    name="Musterhost GmbH",
    street="Hafenstraße 12",
    postcode="20457",
    city="Hamburg",
    country="DE",
    vat_id="DE123456789",
    tax_number="27/123/45678",
    register_court="Amtsgericht Hamburg",
    register_number="HRB 123456",
    managing_directors=("Łucja Grünwald", "Jörg Öztürk"),
    phone="+49 40 66969 120",  # kept free for invented people by the Bundesnetzagentur
    email="rechnung@musterhost.example",
    website="www.musterhost.example",
    bank_name="Beispielbank Hamburg",
    iban="DE02120300000000202051",
    bic="BYLADEM1001",
    contact="Kundenservice Rechnungen",
    electronic_address="rechnungen@musterhost.example",
    creditor_id="DE98ZZZ09999999999",  # the Bundesbank's number for tests
    data_protection_contact="datenschutz@musterhost.example",
    supervisory_authority="Der Hamburgische Beauftragte für Datenschutz und Informationsfreiheit",
)

_CREDITOR_ID = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}", re.ASCII)


def load_company(path: Path | None) -> Company:
    """The company in the JSON file at `path`: an object with the fields of `Company`. `None` is the demo's.

    Raises `ValueError` that names the setting, the file and the field.
    """
    if path is None:
        return DEMO_COMPANY
    try:
        company = TypeAdapter(Company).validate_json(path.read_bytes())
        _check(company)
    except OSError as error:
        raise ValueError(f"GATEWAY_COMPANY_FILE {path}: {error.strerror}") from None
    except ValidationError as error:
        faults = (
            ".".join(map(str, fault["loc"])) + ": " * bool(fault["loc"]) + fault["msg"]
            for fault in error.errors(include_input=False)
        )
        raise ValueError(f"GATEWAY_COMPANY_FILE {path}: {'; '.join(faults)}") from None
    except ValueError as error:
        raise ValueError(f"GATEWAY_COMPANY_FILE {path}: {error}") from None
    return company


def _check(company: Company) -> None:
    from schwifty import IBAN  # here: it reads the banks of the world at import, and a demo needs none of them
    from schwifty.exceptions import SchwiftyException

    try:
        IBAN(company.iban)
    except SchwiftyException:
        raise ValueError("iban: is not an IBAN") from None
    if company.creditor_id is not None and not _CREDITOR_ID.fullmatch(company.creditor_id):
        raise ValueError("creditor_id: is not a SEPA creditor identifier such as DE98ZZZ09999999999")
    if not re.fullmatch(r"[A-Z]{2}", company.country):
        raise ValueError("country: is not a code of ISO 3166-1 such as DE")
