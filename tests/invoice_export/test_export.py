"""A year's invoices in one file: every one of the year, as it was issued, made once and by whoever is left to make it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest

from gateway.documents.company import DEMO_COMPANY
from gateway.documents.render import Renderer
from gateway.errors import ErrorCode, GatewayError
from gateway.jobs.invoice_export.expiry import delete_expired
from gateway.jobs.invoice_export.job import ExportMaker
from gateway.jobs.invoice_export.making import make_export
from gateway.jobs.invoice_export.queue import LEASE, MOST_ATTEMPTS, LeaseLost, put_back, store, take_due
from gateway.resolvers.invoice_file import InvoiceFiles
from models import AuditEvent, Invoice, InvoiceDiscount, InvoiceExport, InvoiceExportFile, InvoiceFile, OutboxMessage
from tests.world import NOW, World, make_world

WEEK = timedelta(days=7)


class InPlace(Renderer):
    """Draws at once, in this process."""

    def __init__(self) -> None:
        super().__init__(1)
        self.drawn = 0

    async def render(self, function: Callable[..., bytes], document: object) -> bytes:
        self.drawn += 1
        return function(document)


@pytest.fixture
async def world(database: str) -> World:
    return await make_world()


async def request(world: World, **values: Any) -> InvoiceExport:
    customer = world.owner.customer
    given: dict[str, Any] = {"state": "QUEUED", "year": 2026, "language": "de", "requested_at": NOW}
    return await InvoiceExport.create(customer_id=customer, running_for=customer, **given | values)


def maker(renderer: Renderer) -> ExportMaker:
    return ExportMaker(InvoiceFiles(renderer, DEMO_COMPANY), WEEK, clock=lambda: NOW)


async def archive(export: InvoiceExport) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO((await InvoiceExportFile.get(export_id=export.id)).content))


async def test_every_invoice_of_the_year_is_in_it_as_it_is_downloaded(world: World) -> None:
    owner = world.owner.customer
    old = await Invoice.filter(customer_id=owner).order_by("number").first()
    assert old is not None
    await Invoice.filter(id=old.id).update(issued_on=date(2025, 12, 31))
    export = await request(world)
    renderer = InPlace()
    assert await maker(renderer).make_due(NOW) == 1
    row = await InvoiceExport.get(id=export.id)
    assert (row.state, row.progress, row.running_for, row.expires_at) == ("READY", 100, None, NOW + WEEK)
    numbers = sorted(
        map(
            str,
            await Invoice.filter(customer_id=owner, issued_on__gte=date(2026, 1, 1)).values_list("number", flat=True),
        )
    )
    with await archive(row) as file:
        assert file.testzip() is None
        pdfs = {name for name in file.namelist() if name.endswith(".pdf")}
        assert pdfs == {f"rechnungen/invoice-{number}.pdf" for number in numbers}
        for number in numbers:
            invoice = await Invoice.get(number=number)
            stored = await InvoiceFile.get(invoice_id=invoice.id, language="de")
            assert file.read(f"rechnungen/invoice-{number}.pdf") == stored.content
        raw = file.read("rechnungen.csv")
        assert raw.startswith(b"\xef\xbb\xbf")
        table = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
        assert sorted(line["Rechnungsnummer"] for line in table) == numbers
        assert all("," in line["Brutto"] for line in table)
        assert file.read("buchungen.csv").decode("utf-8-sig").startswith('"EXTF";700;21;"Buchungsstapel"')
        manifest = json.loads(file.read("manifest.json"))
        for entry in manifest["files"]:
            assert sha256(file.read(entry["name"])).hexdigest() == entry["sha256"]
    (mail,) = await OutboxMessage.filter(kind="mail.invoice_export_ready")
    assert mail.payload["year"] == 2026
    assert await AuditEvent.filter(action="invoice_export.finish", object_id=export.id).count() == 1


async def test_nothing_of_another_customer_is_in_it(world: World) -> None:
    export = await request(world)
    await maker(InPlace()).make_due(NOW)
    foreign = set(map(str, await Invoice.exclude(customer_id=world.owner.customer).values_list("number", flat=True)))
    assert foreign
    with await archive(export) as file:
        text = " ".join(file.namelist()) + file.read("rechnungen.csv").decode()
    assert not [number for number in foreign if number in text]


async def test_a_year_without_invoices_is_an_empty_table(world: World) -> None:
    export = await request(world, year=1999)
    await maker(InPlace()).make_due(NOW)
    with await archive(export) as file:
        assert len(file.read("rechnungen.csv").decode().splitlines()) == 1


async def test_who_dies_is_followed_by_somebody_who_draws_nothing_twice(world: World) -> None:
    export = await request(world)
    taken = await take_due(NOW)
    assert taken is not None
    renderer = InPlace()
    files = InvoiceFiles(renderer, DEMO_COMPANY)

    async def note(progress: int) -> None:
        if progress >= 95:
            raise KeyboardInterrupt  # as good as a kill: nothing is noted

    with pytest.raises(KeyboardInterrupt):
        await make_export(taken, files, note, NOW)
    drawn = renderer.drawn
    assert await take_due(NOW) is None
    later = NOW + LEASE
    assert await ExportMaker(files, WEEK, clock=lambda: later).make_due(later) == 1
    assert (await InvoiceExport.get(id=export.id)).state == "READY"
    assert renderer.drawn == drawn
    with pytest.raises(LeaseLost):
        await store(taken, await make_export(taken, files, _silent, NOW), WEEK, NOW)
    assert await InvoiceExportFile.filter(export_id=export.id).count() == 1


async def _silent(progress: int) -> None:
    """Tells nobody."""


async def test_after_the_last_try_it_has_failed_and_the_customer_is_told(world: World) -> None:
    export = await request(world)

    class Broken(InPlace):
        async def render(self, function: Callable[..., bytes], document: object) -> bytes:
            raise GatewayError(ErrorCode.INTERNAL, "internal")

    await InvoiceFile.all().delete()
    await InvoiceDiscount.all().delete()  # the world's do not add up, and what does not add up has no PDF
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        assert await maker(Broken()).make_due(now) == 1
        now += timedelta(hours=1)
    row = await InvoiceExport.get(id=export.id)
    assert (row.state, row.running_for) == ("FAILED", None)
    assert await OutboxMessage.filter(kind="mail.invoice_export_failed").count() == 1


async def test_it_is_deleted_when_its_time_is_over(world: World) -> None:
    export = await request(world)
    await maker(InPlace()).make_due(NOW)
    await delete_expired(NOW + WEEK - timedelta(seconds=1))  # those of the world are older
    assert await InvoiceExportFile.filter(export_id=export.id).exists()
    assert await delete_expired(NOW + WEEK) == 1
    assert not await InvoiceExportFile.filter(export_id=export.id).exists()
    assert (await InvoiceExport.get(id=export.id)).state == "DELETED"


async def test_a_stopped_worker_gives_it_back_at_once(world: World) -> None:
    await request(world)
    taken = await take_due(NOW)
    assert taken is not None
    await put_back(taken, NOW, failed=False)
    assert await take_due(NOW) is not None
