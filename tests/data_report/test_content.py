"""A report holds everything stored about its customer, and nothing of anybody else (SECURITY Z8, Z10)."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pypdf import PdfReader

from gateway.documents.company import DEMO_COMPANY
from gateway.jobs.data_report.file_json import report_schema
from gateway.jobs.data_report.making import make_report
from gateway.jobs.data_report.register import SECTIONS
from gateway.jobs.data_report.subject import subject_of
from models import ActorKind, AuditEvent, DataReport, Feedback, OutboxMessage
from tests.api.sentinels import Sentinels
from tests.data_report.conftest import InPlace
from tests.data_report.persons import fill, plant
from tests.world import NOW, World


async def report_of(customer_id: str, renderer: InPlace) -> dict[str, bytes]:
    """The files of a report made now."""
    request = await DataReport.filter(customer_id=customer_id).first() or await DataReport.create(
        customer_id=customer_id, state="RUNNING", requested_at=NOW, due_on=NOW.date(), running_for=customer_id
    )
    noted: list[int] = []

    async def note(progress: int) -> None:
        noted.append(progress)

    made = await make_report(await subject_of(request, DEMO_COMPANY, NOW), renderer, note)
    assert noted == sorted(noted)
    assert made.sha256 == sha256(made.content).hexdigest()
    with zipfile.ZipFile(BytesIO(made.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def paper(files: dict[str, bytes]) -> str:
    """The text of the PDF files, on one line."""
    texts = []
    for name, content in files.items():
        if name.endswith(".pdf"):
            texts += [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    return " ".join(" ".join(texts).split())


async def test_every_sentinel_of_a_customer_is_told_and_none_of_another(world: World, renderer: InPlace) -> None:
    sentinels = Sentinels(visible=set())
    for owner, customer in (("owner", world.owner.customer), ("other", world.other.customer)):
        await fill(customer)
        await plant(sentinels, customer, owner)
    for owner, customer in (("owner", world.owner.customer), ("other", world.other.customer)):
        files = await report_of(customer, renderer)
        told = {f"{owner}:{section.name}.{name}" for section in SECTIONS for name, _ in section.told()}
        found = {place for place in sentinels.found(files["data-report.json"].decode()) if place != "a row of nobody"}
        assert found <= told, found - told
        planted = {place for place in sentinels.places if place.startswith(owner)}
        assert found == planted & told
        everything = "\n".join([paper(files), *(files[n].decode() for n in files if not n.endswith(".pdf"))])
        elsewhere = {place for place in sentinels.found(everything) if place != "a row of nobody"}
        assert elsewhere <= told, elsewhere - told
        print(f"\n{owner}: {len(found)} columns told, {len(planted - told)} planted ones left out")
    assert len(sentinels.places) > 300


async def test_the_file_keeps_its_schema(world: World, renderer: InPlace) -> None:
    await fill(world.owner.customer)
    files = await report_of(world.owner.customer, renderer)
    schema = json.loads(files["data-report.schema.json"])
    assert schema == json.loads(json.dumps(report_schema()))
    Draft202012Validator.check_schema(schema)
    report = json.loads(files["data-report.json"])
    errors = list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(report))
    assert errors == []
    assert all(report["sections"][section.name] for section in SECTIONS), "every section has an entry"
    report["sections"]["customer"][0]["password_hash"] = "x"
    assert not Draft202012Validator(schema).is_valid(report)


async def test_every_row_of_the_customer_is_there_and_no_other(world: World, renderer: InPlace) -> None:
    for house in (world.owner, world.other):
        await fill(house.customer)
    files = await report_of(world.owner.customer, renderer)
    sections: dict[str, list[dict[str, Any]]] = json.loads(files["data-report.json"])["sections"]
    for section in SECTIONS:
        rows = section.model.filter(**{section.owner: world.owner.customer})
        assert [entry["id"] for entry in sections[section.name]] == [
            row.pk async for row in rows.order_by(*section.order)
        ], section.name
        assert await section.model.all().count() > await rows.count(), section.name


async def test_a_report_says_what_the_law_asks_for(world: World, renderer: InPlace) -> None:
    files = await report_of(world.owner.customer, renderer)
    report = json.loads(files["data-report.json"])
    articles = [statement["article"] for statement in report["information"]]
    assert articles == [*(f"15(1)({letter})" for letter in "abcdefgh"), "15(2)"]
    assert all(statement["paragraphs"] for statement in report["information"])
    text = paper(files)
    for letter in "abcdefgh":
        assert f"Art. 15 Abs. 1 lit. {letter}" in text
    for statement in report["information"]:
        for paragraph in statement["paragraphs"]:
            for part in " ".join(paragraph.split()).split(", "):  # a page may end in between
                assert part in text
    assert DEMO_COMPANY.supervisory_authority in text
    assert {one["reason"] for one in report["leftOut"]} >= {"SECRET", "IBAN", "DERIVED", "FILE", "MAIL_TEXT", "OTHERS"}


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Auskunft über Ihre Daten"), ("en", "Information about your data")]
)
async def test_paper_is_in_the_customers_language(language: str, words: str, world: World, renderer: InPlace) -> None:
    from models import Customer

    await Customer.filter(id=world.owner.customer).update(language=language)
    files = await report_of(world.owner.customer, renderer)
    text = paper(files)
    assert words in text
    assert ("gekündigt" if language == "de" else "cancelled") in text
    assert ("10,00 €" if language == "de" else "€10.00") in text


async def test_the_bank_account_is_told_as_bank_and_last_four(world: World, renderer: InPlace) -> None:
    files = await report_of(world.owner.customer, renderer)
    (account,) = json.loads(files["data-report.json"])["sections"]["bankAccount"]
    assert (account["bankName"], account["ibanLast4"]) == ("Sparkasse", "3000")
    everything = paper(files) + files["data-report.json"].decode()
    assert "sealed-10001" not in everything
    assert "sealed" not in "".join(account)


async def test_who_of_our_people_did_something_is_not_told(world: World, renderer: InPlace) -> None:
    for kind in ActorKind:
        await AuditEvent.create(
            customer_id=world.owner.customer, occurred_at=NOW, actor_kind=kind, actor_id=f"id of {kind}",
            action=f"test.{kind.lower()}", result="OK",
        )  # fmt: skip
    files = await report_of(world.owner.customer, renderer)
    entries = json.loads(files["data-report.json"])["sections"]["activity"]
    told = {entry["actorKind"]: entry["actorId"] for entry in entries if entry["action"].startswith("test.")}
    assert told == {kind: None if kind == "OPERATOR" else f"id of {kind}" for kind in ActorKind}
    assert "id of OPERATOR" not in paper(files)


async def test_feedback_of_a_package_login_is_its_own(world: World, renderer: InPlace) -> None:
    for package, text in ((None, "mine"), (world.owner.packages["shop"], "the delegate's")):
        await Feedback.create(customer_id=world.owner.customer, package_id=package, rating=4, text=text, created_at=NOW)
    files = await report_of(world.owner.customer, renderer)
    assert [one["text"] for one in json.loads(files["data-report.json"])["sections"]["feedback"]] == ["mine"]


async def test_of_a_mail_only_its_recipients_are_told(world: World, renderer: InPlace) -> None:
    for payload in ({"to": ["a@example.com"], "secrets": "s3aled"}, {"to": "no list"}, [], {"to": [5]}):
        await OutboxMessage.create(
            customer_id=world.owner.customer, kind="mail.x", payload=payload, created_at=NOW, available_at=NOW
        )
    files = await report_of(world.owner.customer, renderer)
    messages = json.loads(files["data-report.json"])["sections"]["messages"]
    assert sorted(message["recipients"] for message in messages) == [[], [], [], ["a@example.com"]]
    assert "s3aled" not in files["data-report.json"].decode()


async def test_the_manifest_names_every_file_with_its_hash(world: World, renderer: InPlace) -> None:
    files = await report_of(world.owner.customer, renderer)
    manifest = json.loads(files.pop("manifest.json"))
    assert set(files) == {"data-report.json", "data-report.schema.json", "data-report.pdf"}
    assert {f["name"]: (f["bytes"], f["sha256"]) for f in manifest["files"]} == {
        name: (len(content), sha256(content).hexdigest()) for name, content in files.items()
    }
    assert manifest["report"]["madeAt"] == "2026-03-02T12:00:00Z"


async def test_the_same_rows_make_the_same_bytes(world: World, renderer: InPlace) -> None:
    await fill(world.owner.customer)
    assert await report_of(world.owner.customer, renderer) == await report_of(world.owner.customer, renderer)
