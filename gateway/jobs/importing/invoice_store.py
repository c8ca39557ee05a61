"""Invoices into the database: new ones whole, stored ones only in their payment state."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, TypeVar

from tortoise.models import Model

from gateway.jobs.importing.batch import Batch, Changes
from gateway.jobs.importing.invoice import InvoiceRecord
from models import Customer, Invoice, InvoiceDiscount, InvoiceKind, InvoiceLine, InvoiceTax, Package, Payment

M = TypeVar("M", bound=Model)

_ISSUED = (
    "issued_on", "due_on", "period_from", "period_to", "currency", "net_minor", "vat_minor", "gross_minor",
)  # fmt: skip
_LINE = (
    "description", "quantity_thousandths", "unit", "unit_net_minor", "discount_minor", "discount_reason", "net_minor",
    "vat_category", "vat_basis_points",
)  # fmt: skip
_TAX = ("vat_category", "vat_basis_points", "exemption_reason", "net_minor", "vat_minor")
_DISCOUNT = ("reason", "net_minor", "vat_category", "vat_basis_points")
_PAYMENT = ("method", "paid_on", "amount_minor", "reference")


def _values(thing: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(thing, name) for name in names)


async def _of_invoices(table: type[M], ids: list[str]) -> dict[str, list[M]]:
    rows: dict[str, list[M]] = defaultdict(list)
    for row in await table.filter(invoice_id__in=ids):
        rows[row.invoice_id].append(row)  # type: ignore[attr-defined]  # each of the three tables has the column
    return rows


async def store_invoices(batch: Batch[InvoiceRecord]) -> None:
    """Insert or update the invoices of a batch."""
    records = [entry.record for entry in batch.entries]
    customers = {row.number: row.id for row in await Customer.filter(number__in={r.customer for r in records})}
    named = {line.package for record in records for line in record.lines if line.package}
    packages = {row.identification: row for row in await Package.filter(identification__in=named)}
    found = await Invoice.filter(number__in=[r.number for r in records]).order_by("id").select_for_update()
    known = {row.number: row for row in found}
    ids = [row.id for row in found]
    lines, taxes = await _of_invoices(InvoiceLine, ids), await _of_invoices(InvoiceTax, ids)
    payments, discounts = await _of_invoices(Payment, ids), await _of_invoices(InvoiceDiscount, ids)
    wanted = {record.corrects for record in records if record.corrects}
    corrected = {row.number: row for row in await Invoice.filter(number__in=wanted)}

    changes = Changes(batch.now)
    for entry in batch.entries:
        record, row = entry.record, known.get(entry.record.number)
        customer_id = customers.get(record.customer)
        if customer_id is None:
            batch.refuse(entry, "customer", "there is no such customer")
        elif (wrong := _foreign_line(record, packages, customer_id)) is not None:
            batch.refuse(entry, f"lines.{wrong}.package", "the customer has no such package")
        elif (reason := _cannot_correct(record, corrected, customer_id)) is not None:
            batch.refuse(entry, "corrects", reason)
        elif row is None:
            _issue(batch, record, customer_id, packages, corrected, changes)
        elif field := (
            _other_document(row, record, corrected, discounts[row.id])
            or _changed(row, customer_id, record, packages, lines[row.id], taxes[row.id])
        ):
            batch.refuse(entry, field, "cannot change: the invoice has been issued")
        else:
            also = _replace_payments(row, record, payments[row.id], changes)
            changes.change(row, {"state": record.state}, also=also)
    await changes.write()


def _foreign_line(record: InvoiceRecord, packages: dict[str, Package], customer_id: str) -> int | None:
    for index, line in enumerate(record.lines):
        if line.package and (line.package not in packages or packages[line.package].customer_id != customer_id):
            return index
    return None


def _cannot_correct(record: InvoiceRecord, corrected: dict[str, Invoice], customer_id: str) -> str | None:
    """Why a credit note cannot take back what it names."""
    if record.corrects is None:
        return None
    invoice = corrected.get(record.corrects)
    if invoice is None or invoice.customer_id != customer_id:
        return "the customer has no such invoice"
    if invoice.kind is not InvoiceKind.INVOICE:
        return "is a credit note itself"
    if invoice.currency != record.currency:
        return "is in another currency"
    return "is over less than the credit note" if record.gross_minor > invoice.gross_minor else None


def _other_document(
    row: Invoice, record: InvoiceRecord, corrected: dict[str, Invoice], discounts: list[InvoiceDiscount]
) -> str | None:
    """The first of the parts it is only issued with in which a record differs; what a line does not name stays."""
    if row.kind is not record.document:
        return "document"
    if row.corrects_id != (corrected[record.corrects].id if record.corrects else None):
        return "corrects"
    if "payment_method" in record.model_fields_set and row.payment_method is not record.payment_method:
        return "payment_method"
    if record.buyer is not None and row.buyer != record.buyer.stored():
        return "buyer"
    stored = [_values(discount, _DISCOUNT) for discount in sorted(discounts, key=lambda found: found.position)]
    return None if stored == [_values(discount, _DISCOUNT) for discount in record.discounts] else "discounts"


def _changed(
    row: Invoice,
    customer_id: str,
    record: InvoiceRecord,
    packages: dict[str, Package],
    lines: list[InvoiceLine],
    taxes: list[InvoiceTax],
) -> str | None:
    """The first field in which a record differs from the invoice as it was issued."""
    if row.customer_id != customer_id:
        return "customer"
    for name in _ISSUED:
        if getattr(row, name) != getattr(record, name):
            return name
    stored = [(*_values(line, _LINE), line.package_id) for line in sorted(lines, key=lambda line: line.position)]
    wanted = [(*_values(line, _LINE), packages[line.package].id if line.package else None) for line in record.lines]
    if stored != wanted:
        return "lines"
    if Counter(_values(tax, _TAX) for tax in taxes) != Counter(_values(tax, _TAX) for tax in record.taxes):
        return "taxes"
    return None


def _issue(
    batch: Batch[InvoiceRecord],
    record: InvoiceRecord,
    customer_id: str,
    packages: dict[str, Package],
    corrected: dict[str, Invoice],
    changes: Changes,
) -> None:
    invoice = Invoice(
        **{"created_at": batch.now} | record.given("created_at"),
        **{name: getattr(record, name) for name in ("number", "state", *_ISSUED)},
        customer_id=customer_id,
        kind=record.document,
        corrects_id=corrected[record.corrects].id if record.corrects else None,
        payment_method=record.payment_method,
        buyer=record.buyer.stored() if record.buyer else None,
    )
    common = {"customer_id": customer_id, "invoice_id": invoice.id, "currency": record.currency}
    changes.add(invoice)
    for position, line in enumerate(record.lines, 1):
        values = {name: getattr(line, name) for name in _LINE}
        package_id = packages[line.package].id if line.package else None
        changes.add(InvoiceLine(**common, **values, position=position, package_id=package_id))
    changes.add(*(InvoiceTax(**common, **{name: getattr(tax, name) for name in _TAX}) for tax in record.taxes))
    for position, discount in enumerate(record.discounts, 1):
        values = {name: getattr(discount, name) for name in _DISCOUNT}
        changes.add(InvoiceDiscount(**common, **values, position=position))
    _replace_payments(invoice, record, [], changes)


def _replace_payments(invoice: Invoice, record: InvoiceRecord, stored: list[Payment], changes: Changes) -> list[str]:
    """Bring the payments to the record's. Those that are the same stay the same rows."""
    if "payments" not in record.model_fields_set and stored:
        return []
    missing = Counter(_values(payment, _PAYMENT) for payment in record.payments)
    gone = []
    for row in stored:
        value = _values(row, _PAYMENT)
        if missing[value]:
            missing[value] -= 1
        else:
            gone.append(row)
    new = [
        Payment(
            **dict(zip(_PAYMENT, value, strict=True)),
            customer_id=invoice.customer_id,
            invoice_id=invoice.id,
            currency=record.currency,
        )
        for value in missing.elements()
    ]
    changes.remove(*gone)
    changes.add(*new)
    return ["payments"] if gone or new else []
