"""What banks report of direct debits: camt.054 (notification of bookings) and pain.002 (status of a file), ISO 20022.

Files come from outside: no document type, no entities and nothing external is read, sizes are bounded, and a file is understood
as a whole or not at all. Versions are told by their namespaces; the elements that are read are where they are in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element, ParseError

LARGEST = 50 * 1024 * 1024
"""Bytes of a file; a day's bookings of 20,000 debits have about 30 MB."""

NAMESPACES = {
    f"urn:iso:std:iso:20022:tech:xsd:{name}": name
    for name in ("camt.054.001.02", "camt.054.001.08", "pain.002.001.03", "pain.002.001.10")
}
"""What is understood."""

_AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,5})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_CODE = re.compile(r"[A-Z0-9]{4}", re.ASCII)
_ID = re.compile(r"[\x20-\x7e]{1,35}", re.ASCII)


class BankFileError(ValueError):
    """The file cannot be read; the message says why and where, without values of customers."""


class Kind(StrEnum):
    """What happened to a debit."""

    COLLECTED = "COLLECTED"
    RETURNED = "RETURNED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One debit as the bank reports it, or all of a batch (`batch_id`, the id of its message) at once.

    `amount_minor` is null where the report gives none. `fingerprint` is the same for the same entry of the same message.
    """

    kind: Kind
    message_id: str
    end_to_end_id: str | None
    batch_id: str | None
    return_code: str | None
    amount_minor: int | None
    currency: str | None
    booked_on: date | None
    debits: int | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class BankReport:
    """A file. `passed_over` counts entries that tell nothing final: pending ones, acceptances, other bookings."""

    message_id: str
    entries: tuple[Entry, ...]
    passed_over: int


def read_report(content: bytes) -> BankReport:
    """A file as its entries. Raises `BankFileError`."""
    if len(content) > LARGEST:
        raise BankFileError(f"the file is larger than {LARGEST} bytes")
    root = _parsed(content)
    namespace, _, name = root.tag.removeprefix("{").partition("}")
    version = NAMESPACES.get(namespace)
    if version is None or name != "Document":
        raise BankFileError("the file is none of " + ", ".join(NAMESPACES.values()))
    reader = _Notification(namespace) if version.startswith("camt") else _Status(namespace)
    return reader.report(root)


def _parsed(content: bytes) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise BankFileError("the file has a document type or entities, which are not read") from None
    except (ParseError, ValueError, LookupError, RecursionError):
        raise BankFileError("the file is no well-formed XML") from None
    return root


class _Reader:
    """Elements by their names in one namespace."""

    def __init__(self, namespace: str) -> None:
        self._names = {"i": namespace}
        self._message = ""
        self._entries: list[Entry] = []
        self._passed_over = 0

    def all(self, element: Element, path: str) -> list[Element]:
        """The elements at a path such as `Refs/EndToEndId`."""
        return element.findall("/".join(f"i:{name}" for name in path.split("/")), self._names)

    def one(self, element: Element, *paths: str) -> Element | None:
        """The first element at the first of the paths that leads to one."""
        return next((found for path in paths for found in self.all(element, path)), None)

    def text(self, element: Element, *paths: str) -> str | None:
        """Its text."""
        found = self.one(element, *paths)
        return None if found is None else (found.text or "").strip() or None

    def id(self, element: Element, *paths: str) -> str | None:
        """An id: at most 35 characters (Max35Text), of those that banks pass on."""
        text = self.text(element, *paths)
        if text is not None and not _ID.fullmatch(text):
            raise BankFileError(f"{paths[0]}: is no id")
        return None if text == "NOTPROVIDED" else text

    def code(self, element: Element, *paths: str) -> str | None:
        """A reason: four characters; a bank's own words are not kept."""
        text = self.text(element, *paths)
        return text if text is not None and _CODE.fullmatch(text) else None

    def amount(self, element: Element | None) -> tuple[int, str] | None:
        """Cents and currency."""
        if element is None:
            return None
        text, currency = (element.text or "").strip(), element.get("Ccy", "")
        if not _AMOUNT.fullmatch(text) or not _CURRENCY.fullmatch(currency):
            raise BankFileError("an amount is none")
        cents = Decimal(text) * 100
        if cents != int(cents):
            raise BankFileError("an amount has parts of a cent")
        return int(cents), currency

    def day(self, element: Element, *paths: str) -> date | None:
        """A date, or that of an instant."""
        text = self.text(element, *paths)
        if text is None:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            raise BankFileError(f"{paths[0]}: is no date") from None

    def begin(self, body: Element | None) -> Element:
        """Remember the id of the message."""
        message = None if body is None else self.id(body, "GrpHdr/MsgId")
        if body is None or message is None:
            raise BankFileError("the message has no id")
        self._message = message
        return body

    def add(
        self,
        kind: Kind,
        place: str,
        *,
        end_to_end_id: str | None = None,
        batch_id: str | None = None,
        code: str | None = None,
        amount: tuple[int, str] | None = None,
        booked_on: date | None = None,
        debits: int | None = None,
    ) -> None:
        """An entry, at a place of the message that is its alone."""
        told: tuple[Any, ...] = (self._message, place, kind, end_to_end_id, batch_id, code, amount, booked_on)
        cents, currency = amount or (None, None)
        self._entries.append(
            Entry(
                kind, self._message, end_to_end_id, batch_id, code, cents, currency, booked_on, debits,
                sha256(repr(told).encode()).hexdigest(),
            )
        )  # fmt: skip

    def end(self) -> BankReport:
        """Everything that was found."""
        return BankReport(self._message, tuple(self._entries), self._passed_over)


class _Notification(_Reader):
    """camt.054: bookings, one by one or a batch in a sum with its parts."""

    def report(self, root: Element) -> BankReport:
        """All entries of all notifications."""
        body = self.begin(self.one(root, "BkToCstmrDbtCdtNtfctn"))
        for n, entry in enumerate(self.all(body, "Ntfctn/Ntry")):
            if self.text(entry, "Sts/Cd", "Sts") != "BOOK":
                self._passed_over += 1
                continue
            for place, transaction in self._transactions(entry, n):
                self._transaction(entry, transaction, place)
        return self.end()

    def _transactions(self, entry: Element, n: int) -> Iterator[tuple[str, Element | None]]:
        parts = self.all(entry, "NtryDtls/TxDtls")
        if not parts:
            yield f"{n}", None
        for m, part in enumerate(parts):
            yield f"{n}.{m}", part

    def _transaction(self, entry: Element, part: Element | None, place: str) -> None:
        booked_on = self.day(entry, "BookgDt/Dt", "BookgDt/DtTm")
        if part is None:
            self._whole_batch(entry, place, booked_on)
            return
        reference = self.id(part, "Refs/EndToEndId")
        code = self.code(part, "RtrInf/Rsn/Cd")
        side = self.text(part, "CdtDbtInd") or self.text(entry, "CdtDbtInd")
        returned = self.one(part, "RtrInf") is not None or side == "DBIT"
        reversal = (self.text(entry, "RvslInd") or "false") in ("true", "1")
        if reference is None or side not in ("CRDT", "DBIT") or (reversal and not returned):
            self._passed_over += 1
            return
        alone = len(self.all(entry, "NtryDtls/TxDtls")) == 1
        # What was asked for, without the fees of a return; then what was moved; then, for one alone, what was booked.
        amount = self.amount(self.one(part, "AmtDtls/InstdAmt/Amt", "AmtDtls/TxAmt/Amt", "Amt"))
        if amount is None and alone:
            amount = self.amount(self.one(entry, "Amt"))
        kind = Kind.RETURNED if returned else Kind.COLLECTED
        self.add(kind, place, end_to_end_id=reference, code=code, amount=amount, booked_on=booked_on)

    def _whole_batch(self, entry: Element, place: str, booked_on: date | None) -> None:
        """A batch that is booked in one sum, without its parts."""
        batch = self.id(entry, "NtryDtls/Btch/PmtInfId", "NtryDtls/Btch/MsgId")
        if batch is None or self.text(entry, "CdtDbtInd") != "CRDT":
            self._passed_over += 1
            return
        count = self.text(entry, "NtryDtls/Btch/NbOfTxs") or ""
        debits = int(count) if re.fullmatch("[0-9]{1,9}", count, re.ASCII) else None
        amount = self.amount(self.one(entry, "Amt"))
        self.add(Kind.COLLECTED, place, batch_id=batch, amount=amount, booked_on=booked_on, debits=debits)


class _Status(_Reader):
    """pain.002: what the bank refused of a file before it was collected."""

    def report(self, root: Element) -> BankReport:
        """Every refusal: of the whole file, or of single debits."""
        body = self.begin(self.one(root, "CstmrPmtStsRpt"))
        created = self.day(body, "GrpHdr/CreDtTm")
        parts = self.all(body, "OrgnlPmtInfAndSts")
        group = self.one(body, "OrgnlGrpInfAndSts")
        refused = False
        if group is not None and self.text(group, "GrpSts") == "RJCT":
            refused = self._whole_file(group, body, "g", created)
        for n, part in enumerate(parts):
            transactions = self.all(part, "TxInfAndSts")
            if not transactions and self.text(part, "PmtInfSts") == "RJCT" and not refused:
                self._whole_file(part, body, f"{n}", created)
            for m, transaction in enumerate(transactions):
                self._transaction(transaction, f"{n}.{m}", created)
        return self.end()

    def _whole_file(self, element: Element, body: Element, place: str, created: date | None) -> bool:
        """The file is refused, unless its debits are named one by one."""
        if self.all(body, "OrgnlPmtInfAndSts/TxInfAndSts"):
            return False
        batch = self.id(body, "OrgnlGrpInfAndSts/OrgnlMsgId")
        if batch is None:
            self._passed_over += 1
            return False
        code = self.code(element, "StsRsnInf/Rsn/Cd")
        self.add(Kind.RETURNED, place, batch_id=batch, code=code, booked_on=created)
        return True

    def _transaction(self, transaction: Element, place: str, created: date | None) -> None:
        reference = self.id(transaction, "OrgnlEndToEndId")
        if self.text(transaction, "TxSts") != "RJCT" or reference is None:
            self._passed_over += 1
            return
        self.add(
            Kind.RETURNED,
            place,
            end_to_end_id=reference,
            code=self.code(transaction, "StsRsnInf/Rsn/Cd"),
            amount=self.amount(self.one(transaction, "OrgnlTxRef/Amt/InstdAmt")),
            booked_on=created,
        )
