"""Who writes a document and who gets it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A customer as addressed. `country` is an ISO 3166-1 alpha-2 code, `number` the customer number.

    Raises `ValueError` without a name (§ 14 Abs. 4 Satz 1 Nr. 1 UStG).
    """

    name: str
    street: str
    postcode: str
    city: str
    country: str
    extra: str | None = None
    vat_id: str | None = None
    number: str | None = None

    def __post_init__(self) -> None:
        _require_name(self.name)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The company that writes, with what its business letters must say (§ 35a GmbHG, § 80 AktG, § 125a HGB).

    `register_number` comes with its kind (`HRB 12345`). Electronic invoices name whom to ask (`contact`, a person or a
    department; else the company itself) and where to send documents (`electronic_address`, an e-mail address; else `email`).
    Raises `ValueError` without a name, or when both the tax number
    and the VAT id are missing (§ 14 Abs. 4 Satz 1 Nr. 1 and 2 UStG).
    """

    name: str
    street: str
    postcode: str
    city: str
    country: str
    iban: str
    vat_id: str | None = None
    tax_number: str | None = None
    register_court: str | None = None
    register_number: str | None = None
    managing_directors: tuple[str, ...] = ()
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    bank_name: str | None = None
    bic: str | None = None
    contact: str | None = None
    electronic_address: str | None = None

    def __post_init__(self) -> None:
        _require_name(self.name)
        if not self.vat_id and not self.tax_number:
            raise ValueError("the issuer has neither a tax number nor a VAT id")


def town(party: Party | Issuer) -> str:
    """`12345 Berlin`."""
    return f"{party.postcode} {party.city}".strip()


def country_name(code: str, language: str) -> str:
    """`Österreich` for `AT` in German; a code nobody knows stands for itself."""
    from babel import Locale  # only where a letter is drawn: it is large

    return str(Locale(language).territories.get(code, code))


def address_lines(party: Party, *, seen_from: str, language: str) -> list[str]:
    """The lines of an address; the country in capitals when it is not that of the sender, `seen_from` (DIN 5008)."""
    abroad = party.country != seen_from
    lines = [
        party.name,
        party.extra or "",
        party.street,
        town(party),
        country_name(party.country, language).upper() if abroad else "",
    ]
    return [line for line in lines if line.strip()]


def grouped_iban(iban: str) -> str:
    """An IBAN in groups of four, as ISO 13616 prints it."""
    compact = "".join(iban.split())
    return " ".join(compact[start : start + 4] for start in range(0, len(compact), 4))


def _require_name(name: str) -> None:
    if not name.strip():
        raise ValueError("a party of a document has no name")
