"""A report of any length is read in batches and drawn in parts, and nothing gets lost between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader

from gateway.jobs.data_report import paper, rows
from gateway.jobs.data_report.register import SECTIONS
from models.database import recording
from tests.data_report.conftest import InPlace
from tests.data_report.persons import fill
from tests.data_report.test_content import report_of
from tests.world import World


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Batches of two rows and parts of five entries."""
    monkeypatch.setattr(rows, "BATCH", 2)
    monkeypatch.setattr(paper, "ITEMS_PER_PART", 5)
    rows.query_of.cache_clear()
    yield
    rows.query_of.cache_clear()


async def test_no_row_is_lost_or_told_twice_between_batches(world: World, renderer: InPlace, small: None) -> None:
    for house in (world.owner, world.other):
        await fill(house.customer)
    with recording() as statements:
        told = json.loads((await report_of(world.owner.customer, renderer))["data-report.json"])["sections"]
    for section in SECTIONS:
        mine = section.model.filter(**{section.owner: world.owner.customer}).order_by(*section.order)
        assert [entry["id"] for entry in told[section.name]] == [row.pk async for row in mine], section.name
    lines = [sql for sql in statements if 'FROM "invoice_line" t' in sql and "LIMIT 2)" in sql]
    assert len(lines) == len(told["invoiceLines"]) // 2 + 1


async def test_a_long_report_is_drawn_in_parts_that_follow_each_other(
    world: World, renderer: InPlace, small: None
) -> None:
    files = await report_of(world.owner.customer, renderer)
    parts = sorted(name for name in files if name.endswith(".pdf"))
    entries = sum(map(len, json.loads(files["data-report.json"])["sections"].values()))
    assert parts == [f"data-report-{number:02d}.pdf" for number in range(1, entries // 5 + 2)]
    assert renderer.drawn == len(parts)
    texts = [
        " ".join(page.extract_text() for page in PdfReader(BytesIO(files[name])).pages).replace("\n", " ")
        for name in parts
    ]
    for number, text in enumerate(texts, 1):
        assert f"Auskunft über Ihre Daten, Teil {number}" in text
        assert ("Art. 15 Abs. 1 lit. h" in text) == (number == 1)
        assert ("Was nicht in dieser Auskunft steht" in text) == (number == len(parts))
    whole = " ".join(texts)
    for name in [*world.owner.domains, *world.owner.mailboxes]:
        assert name in whole
    assert {file["name"] for file in json.loads(files["manifest.json"])["files"]} >= set(parts)
