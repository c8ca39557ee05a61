"""Agreements come in as files: a version never changes once it is in force, and neither does who worked for the house."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from gateway.jobs.demo.agreement import FOLDER
from gateway.jobs.importing.agreement_folder import SUB_PROCESSORS, AgreementOutcome, import_agreements
from gateway.jobs.notices import notice_mail
from models import Agreement, AgreementVersion, OutboxMessage, SubProcessor
from tests.downloads.billing import make_customer

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ELBE: dict[str, Any] = {
    "name": "Elbe GmbH", "address": "Kai 1", "country": "DE", "purpose_de": "Betrieb", "purpose_en": "Operation",
    "announced_on": "2025-01-01", "since": "2025-02-01",
}  # fmt: skip


def version(number: str = "2026-1", valid_from: str = "2026-01-01", **texts: str) -> dict[str, str]:
    """The files of a version."""
    return {
        f"{number}.{language}.md": f"---\nnumber: {number}\nlanguage: {language}\nvalid_from: {valid_from}\n---\n{text}\n"
        for language, text in ({"de": "# Vertrag\n\nText.", "en": "# Agreement\n\nText."} | texts).items()
    }


def _write(folder: Path, files: dict[str, str], entries: Sequence[dict[str, Any]]) -> None:
    for path in folder.iterdir():
        path.unlink()
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    if entries:
        (folder / SUB_PROCESSORS).write_text(json.dumps(entries), "utf-8")


async def taken(folder: Path, files: dict[str, str], *entries: dict[str, Any]) -> tuple[AgreementOutcome, list[str]]:
    """The outcome of an import of these files alone, and what was refused."""
    _write(folder, files, entries)
    told: list[str] = []
    outcome = await import_agreements(
        folder, NOW, lambda refusal: told.append(f"{refusal.file}: {refusal.field}: {refusal.reason}")
    )
    return outcome, told


async def test_the_demo_keeps_the_rules(database: str) -> None:
    told: list[object] = []
    for _ in range(2):
        outcome = await import_agreements(FOLDER, datetime.now(UTC), told.append)
        assert (outcome.versions, outcome.sub_processors, outcome.refused, told) == (2, 6, 0, [])
    assert await AgreementVersion.all().count() == 2
    assert await SubProcessor.all().count() == 6


async def test_a_version_in_force_stays_as_it_is(database: str, tmp_path: Path) -> None:
    assert await taken(tmp_path, version()) == (AgreementOutcome(1, 0, 0), [])
    outcome, (reason,) = await taken(tmp_path, version(de="# Vertrag\n\nAnderer Text."))
    assert (outcome.versions, outcome.refused) == (0, 1)
    assert "in force already" in reason
    stored = await AgreementVersion.get()
    assert (stored.text_de, stored.valid_from) == ("# Vertrag\n\nText.", date(2026, 1, 1))


async def test_an_announced_version_can_still_be_changed(database: str, tmp_path: Path) -> None:
    await taken(tmp_path, version("2026-2", "2026-05-01"))
    outcome, told = await taken(tmp_path, version("2026-2", "2026-06-01", en="# Agreement\n\nOther text."))
    assert (outcome.versions, told) == (1, [])
    stored = await AgreementVersion.get()
    assert (stored.text_en, stored.valid_from) == ("# Agreement\n\nOther text.", date(2026, 6, 1))


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"x.md": "no head"}, "does not start with a head"),
        ({"x.md": "---\nnumber: 1\nlanguage: fr\nvalid_from: 2026-01-01\n---\nx"}, "language"),
        ({"x.md": "---\nnumber: 1\nlanguage: de\nvalid_from: soon\n---\nx"}, "valid_from"),
        ({"x.md": "---\nnumber: 1\nlanguage: de\nvalid_from: 2026-01-01\n---\n<b>x</b>"}, "line 1 is no heading"),
        ({"x.md": "---\nnumber: 1\nlanguage: de\nvalid_from: 2026-01-01\n---\nx"}, "not there in every language"),
        (version() | {"y.md": version()["2026-1.de.md"]}, "what another file says already"),
        (version() | version("2026-2"), "the same day as another version"),
        (
            {**version(), "2026-1.en.md": version(valid_from="2026-01-02")["2026-1.en.md"]},
            "another day in each language",
        ),
    ],
)
async def test_a_fault_is_told_with_its_file(database: str, tmp_path: Path, files: dict[str, str], named: str) -> None:
    outcome, told = await taken(tmp_path, files)
    assert outcome.refused == len(told) > 0
    assert any(named in reason for reason in told), told


async def test_an_entry_of_the_list_can_be_ended_and_not_rewritten(database: str, tmp_path: Path) -> None:
    await taken(tmp_path, {}, ELBE)
    _, (reason,) = await taken(tmp_path, {}, ELBE | {"purpose_en": "Something else"})
    assert "in force already" in reason
    outcome, told = await taken(tmp_path, {}, ELBE | {"until": "2026-05-01", "end_announced_on": "2026-03-01"})
    assert (outcome.sub_processors, told) == (1, [])
    assert (await SubProcessor.get()).until == date(2026, 5, 1)
    outcome, told = await taken(tmp_path, {}, ELBE | {"name": "Weser GmbH"})
    assert await SubProcessor.all().count() == 2  # what a file leaves out stays


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"country": "US"}, "safeguard"),
        ({"country": "XX"}, "country"),
        ({"until": "2025-02-01", "end_announced_on": "2025-01-01"}, "until"),
        ({"until": "2026-02-01"}, "end_announced_on"),
        ({"announced_on": "2025-03-01"}, "announced_on"),
        ({"name": "x\u202ey"}, "name"),
        ({"colour": "red"}, "colour"),
        ({"since": 5}, "since"),
    ],
    ids=str,
)
async def test_a_faulty_entry_is_told_with_its_field(
    database: str, tmp_path: Path, change: dict[str, Any], named: str
) -> None:
    outcome, told = await taken(tmp_path, {}, ELBE | change)
    assert (outcome.sub_processors, outcome.refused) == (0, 1)
    assert named in told[0]
    assert await SubProcessor.all().count() == 0


AHEAD = {"until": "2026-05-01", "end_announced_on": "2026-03-01"}
NEXT = ELBE | {"purpose_de": "Betrieb und Strom", "announced_on": "2026-03-01", "since": "2026-05-01"}


async def test_whoever_has_an_agreement_is_told_once_of_what_lies_ahead(database: str, tmp_path: Path) -> None:
    await taken(tmp_path, version(), ELBE)
    row = await AgreementVersion.get()
    for number, state, language in (("1", "CONCLUDED", "de"), ("2", "CONCLUDED", "en"), ("3", "SUPERSEDED", "de")):
        customer = await make_customer(number, language=language)
        await Agreement.create(
            customer_id=customer.id, version_id=row.id, state=state, signatory="Zoë Müller", language="de",
            requested_at=NOW, concluded_at=NOW,
        )  # fmt: skip
    await make_customer("4")
    assert (await taken(tmp_path, {}, ELBE))[0].told == 0
    for _ in range(2):
        outcome, _ = await taken(tmp_path, {}, ELBE | AHEAD, NEXT)
    mails = [notice_mail(message, "https://portal.example") for message in await OutboxMessage.all().order_by("id")]
    assert [mail.to for mail in mails] == [("post-1@example.com",), ("post-2@example.com",)]
    assert "> 01.05.2026: Elbe GmbH, nicht mehr\n> 01.05.2026: Elbe GmbH, neu: Betrieb und Strom" in mails[0].text
    assert "> 2026-05-01: Elbe GmbH, no longer\n> 2026-05-01: Elbe GmbH, new: Operation" in mails[1].text
    assert outcome.told == 0  # the second time


async def test_what_has_happened_already_is_no_news(database: str, tmp_path: Path) -> None:
    await taken(tmp_path, version())
    customer = await make_customer("1")
    await Agreement.create(
        customer_id=customer.id, version_id=(await AgreementVersion.get()).pk, state="CONCLUDED", signatory="Zoë Müller",
        language="de", requested_at=NOW, concluded_at=NOW,
    )  # fmt: skip
    outcome, _ = await taken(tmp_path, {}, ELBE | {"until": "2026-03-02", "end_announced_on": "2026-01-01"})
    assert (outcome.sub_processors, outcome.told) == (1, 0)
    assert await OutboxMessage.all().count() == 0


async def test_a_list_that_says_something_twice_is_refused(database: str, tmp_path: Path) -> None:
    _, told = await taken(tmp_path, {}, ELBE, ELBE)
    assert "twice" in told[0]
