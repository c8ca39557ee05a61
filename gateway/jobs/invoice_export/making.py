"""Making an export: the invoices of a year one after the other, each as it is downloaded, into an archive on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO

from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.documents import invoice_list
from gateway.documents.invoice_list import ListedInvoice, ListedTax
from gateway.errors import ErrorCode, GatewayError
from gateway.jobs.data_report.archive import CHUNK, Archive
from gateway.resolvers.invoice import INVOICE_DATA, INVOICES
from gateway.resolvers.invoice_file import InvoiceFiles
from gateway.resolvers.invoice_payment import due
from models import Invoice, InvoiceExport, InvoiceKind, InvoiceTax, Payment, SessionKind

Note = Callable[[int], Awaitable[None]]
"""Told the progress in per cent, again and again."""

AT_ONCE = 50
PATIENCE = 60
"""Tries, a second apart, while the renderer is busy with downloads."""

FOLDER = "rechnungen"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished export."""

    content: bytes
    sha256: str
    invoices: int


@dataclass(frozen=True, slots=True)
class _Files:
    """Where an export is written: its archive, and its two tables until they are complete."""

    archive: Archive
    table: IO[bytes]
    bookings: IO[bytes]


async def make_export(export: InvoiceExport, files: InvoiceFiles, note: Note, now: datetime) -> Made:
    """The ZIP of an export: no more than one invoice is in memory. Raises what the database, the renderer and `note` raise."""
    with TemporaryFile() as file, TemporaryFile() as table, TemporaryFile() as bookings:
        archive = Archive(file, now)
        try:
            count = await _write(export, files, _Files(archive, table, bookings), note, now)
        except BaseException:
            archive.abandon()
            raise
        return await asyncio.to_thread(_read, file, count)


async def _write(export: InvoiceExport, files: InvoiceFiles, to: _Files, note: Note, now: datetime) -> int:
    viewer = Viewer(SessionKind.CUSTOMER, export.customer_id, None, SCOPES_OF[SessionKind.CUSTOMER], "")
    to.table.write(invoice_list.list_head().encode())
    to.bookings.write(invoice_list.booking_head(export.year, now).encode())
    days = (date(export.year, 1, 1), date(export.year, 12, 31))
    ordered = Invoice.filter(customer_id=export.customer_id, issued_on__gte=days[0], issued_on__lte=days[1])
    ids = [str(id) for id in await ordered.order_by("issued_on", "id").values_list("id", flat=True)]
    names: set[str] = set()
    for start in range(0, len(ids), AT_ONCE):
        rows = {row.id: row for row in await Invoice.filter(id__in=ids[start : start + AT_ONCE])}
        for place, id in enumerate(ids[start : start + AT_ONCE], start):
            await _add(rows[id], viewer, export.language, files, to, names, now)
            await note(min(95 * (place + 1) // len(ids), 95))
    for name, content in (("rechnungen.csv", to.table), ("buchungen.csv", to.bookings)):
        await asyncio.to_thread(to.archive.add, name, content)
    with to.archive.writing("LIESMICH.txt") as writer:
        writer.write(invoice_list.READ_ME.encode())
    to.archive.finish({"year": export.year, "invoices": len(ids), "madeAt": now.isoformat()})
    await note(99)
    return len(ids)


async def _add(
    invoice: Invoice, viewer: Viewer, language: str, files: InvoiceFiles, to: _Files, names: set[str], now: datetime
) -> None:
    """One invoice: its files, which are stored by it where nobody asked for them before, and its lines in the tables."""
    pdf = await _stored(to.archive, INVOICES.file_name(invoice.number), names, files, viewer, invoice, language, now)
    xml = None
    if pdf is not None:
        xml = await _stored(
            to.archive, INVOICE_DATA.file_name(invoice.number), names, files, viewer, invoice, None, now
        )
    row = await _listed(invoice, pdf, xml)
    to.table.write(invoice_list.list_line(row).encode())
    to.bookings.write(invoice_list.booking_lines(row).encode())


async def _stored(
    archive: Archive,
    name: str,
    names: set[str],
    files: InvoiceFiles,
    viewer: Viewer,
    invoice: Invoice,
    language: str | None,
    now: datetime,
) -> str | None:
    """Put a file into the archive; its name there. `None` where there is none: the invoice does not add up, or has no XML."""
    source = files.data if language is None else files.source
    for patience in range(PATIENCE, -1, -1):
        try:
            file = await source(viewer, invoice, language, now)
            break
        except ValueError:
            return None
        except GatewayError as error:
            if error.code is not ErrorCode.UNAVAILABLE or not patience:
                raise
            await asyncio.sleep(1)
    if file is None:
        return None
    if name in names:  # RE/1 and RE-1 would have the same name
        stem, _, suffix = name.rpartition(".")
        name = f"{stem}-{invoice.id}.{suffix}"
    names.add(name)
    content = await file.read()
    await asyncio.to_thread(_put, archive, f"{FOLDER}/{name}", content)
    return name


def _put(archive: Archive, name: str, content: bytes) -> None:
    with archive.writing(name) as writer:
        writer.write(content)


async def _listed(invoice: Invoice, pdf: str | None, xml: str | None) -> ListedInvoice:
    paid = sum(row.amount_minor for row in await Payment.filter(invoice_id=invoice.id))
    credited = sum(row.gross_minor for row in await Invoice.filter(corrects_id=invoice.id))
    corrects = await Invoice.get_or_none(id=invoice.corrects_id) if invoice.corrects_id else None
    taxes = await InvoiceTax.filter(invoice_id=invoice.id).order_by("-vat_basis_points", "id")
    return ListedInvoice(
        invoice.number,
        invoice.kind is InvoiceKind.CREDIT_NOTE,
        corrects.number if corrects else None,
        invoice.issued_on,
        invoice.due_on,
        invoice.period_from,
        invoice.period_to,
        invoice.state.value,
        invoice.currency,
        invoice.net_minor,
        invoice.vat_minor,
        invoice.gross_minor,
        paid,
        due(invoice.kind, invoice.state, invoice.gross_minor, paid, credited),
        [ListedTax(tax.net_minor + tax.vat_minor, tax.vat_basis_points) for tax in taxes],
        pdf,
        xml,
    )


def _read(file: IO[bytes], count: int) -> Made:
    file.seek(0)
    hashed = sha256()
    while chunk := file.read(CHUNK):
        hashed.update(chunk)
    file.seek(0)
    return Made(file.read(), hashed.hexdigest(), count)
