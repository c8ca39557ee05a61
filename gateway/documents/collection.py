"""Files of collections for the bank: pain.008.001.08 (ISO 20022), SEPA Core (DK, Anlage 3 of the DFÜ agreement)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from xml.etree.ElementTree import ParseError

from models.rules.sepa_text import sepa_text

SCHEMA = "pain.008.001.08"

_HEAD = re.compile(rb"<MsgId>[^<]*</MsgId><CreDtTm>[^<]*</CreDtTm>")
_ALONE = Lock()
_PAYMENT = re.compile(rb"<PmtInfId>[^<]*</PmtInfId>")


class NotCollectable(ValueError):
    """What was given makes no file that a bank would take; the message says which part, without its value."""


@dataclass(frozen=True, slots=True)
class Creditor:
    """Who collects."""

    name: str
    iban: str
    bic: str | None
    creditor_id: str


@dataclass(frozen=True, slots=True, repr=False)
class Collected:
    """One debit of a file. Amounts are integer cents; `reference` is the end-to-end id."""

    reference: str
    amount_minor: int
    holder: str
    iban: str
    mandate: str
    mandate_signed_on: date
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A file: debits in euro of one day and one sequence type (`FRST`, `RCUR`, `FNAL`, `OOFF`)."""

    message_id: str
    created_at: datetime
    collect_on: date
    sequence: str
    creditor: Creditor
    debits: tuple[Collected, ...]


def collection_file(collection: Collection) -> bytes:
    """The file, held against the official schema: the same bytes for the same collection.

    Raises `NotCollectable` for an IBAN that is none, an amount or an id a bank would refuse, and for no debits at all.
    """
    from sepaxml import SepaDD  # with the schema it takes a second, which only the job has to spend

    creditor = collection.creditor
    if not collection.debits:
        raise NotCollectable("there are no debits")
    config = {
        "name": sepa_text(creditor.name, 70),
        "IBAN": _iban(creditor.iban, "the creditor"),
        "batch": True,
        "creditor_id": creditor.creditor_id,
        "currency": "EUR",
        "instrument": "CORE",
        **({"BIC": creditor.bic} if creditor.bic else {}),
    }
    writer = SepaDD(config, schema=SCHEMA, clean=False)
    for debit in collection.debits:
        writer.add_payment(_payment(debit, collection))
    # The library makes up ids and looks at the clock: both have to be ours, so that a file can be told from another.
    created = f"{collection.created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    id = collection.message_id.encode()
    written = writer.export(validate=False)
    written, heads = _HEAD.subn(b"<MsgId>%s</MsgId><CreDtTm>%s</CreDtTm>" % (id, created.encode()), written)
    written, groups = _PAYMENT.subn(b"<PmtInfId>%s</PmtInfId>" % id, written)
    if (heads, groups) != (1, 1):
        raise NotCollectable("the file has more than one group")
    if not meets_schema(written):
        raise NotCollectable("the file does not meet its schema")
    return bytes(written)


def meets_schema(content: bytes) -> bool:
    """Whether a file is valid by the official schema, which comes with `sepaxml`. One at a time: the schema is shared."""
    from xmlschema import XMLSchemaException

    try:
        with _ALONE:
            return bool(_schema().is_valid(content.decode()))
    except (XMLSchemaException, ParseError, UnicodeDecodeError):
        return False


@lru_cache(maxsize=1)
def _schema() -> Any:
    import sepaxml
    from xmlschema import XMLSchema

    return XMLSchema(str(Path(sepaxml.__file__).parent / "schemas" / f"{SCHEMA}.xsd"))


def checked(debit: Collected) -> Collected:
    """The debit, when a bank would take it. Raises `NotCollectable`: one that is wrong keeps no others from being collected."""
    _iban(debit.iban, debit.reference)
    if not 1 <= debit.amount_minor <= 99_999_999_999:
        raise NotCollectable(f"{debit.reference}: the amount")
    for name, id in (("the reference", debit.reference), ("the mandate", debit.mandate)):
        if not 1 <= len(id) <= 35 or sepa_text(id, 35) != id:
            raise NotCollectable(f"{debit.reference[:35]!r}: {name}")
    return debit


def _payment(debit: Collected, collection: Collection) -> dict[str, object]:
    checked(debit)
    return {
        "name": sepa_text(debit.holder, 70),
        "IBAN": _iban(debit.iban, debit.reference),
        "amount": debit.amount_minor,
        "type": collection.sequence,
        "collection_date": collection.collect_on,
        "mandate_id": debit.mandate,
        "mandate_date": debit.mandate_signed_on,
        "description": sepa_text(debit.text, 140),
        "endtoend_id": debit.reference,
    }


def _iban(text: str, whose: str) -> str:
    """An IBAN that is one (ISO 13616); the library takes any text."""
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        return str(IBAN(text, validate_bban=True))
    except SchwiftyException:
        raise NotCollectable(f"{whose}: the IBAN") from None
