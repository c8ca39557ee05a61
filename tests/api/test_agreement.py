"""The data processing agreement: read, requested, concluded once, superseded by the next version, and always there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from gateway.documents.agreement import AgreementDocument
from gateway.documents.render import Overloaded, Renderer
from models import (
    Agreement,
    AgreementEvent,
    AgreementFile,
    AgreementVersion,
    AuditEvent,
    Customer,
    DownloadTicket,
    OutboxMessage,
    SubProcessor,
)
from tests.api.service import Reply, Service
from tests.downloads.reading import text
from tests.world import NOW, Caller

OFFER = """{ agreementOffer { version { number validFrom german: text(language: DE) text }
    subProcessors { name country safeguard purpose } agreement { state } } }"""
CONCLUDE = """mutation($input: AgreementConcludeInput!) { agreementConclude(input: $input) {
    agreement { id state signatory language concludedAt downloadPath version { number } file { sha256 } }
    errors { code path message } } }"""
REQUEST = "mutation { agreementRequest { agreement { id state requestedAt downloadPath version { number } } errors { code } } }"
LIST = """{ agreements { nodes { id state signatory concludedAt supersededAt downloadPath version { number } } } }"""
EVENTS = "{ agreementEvents(last: 20) { totalCount nodes { kind occurredAt agreement { version { number } } } } }"
SIGNATORY = "Jürgen Ärmel"


async def conclude(service: Service, version: str = "2026-1", **more: Any) -> Reply:
    """Conclude it with the password given just before."""
    given = {"version": version, "signatory": SIGNATORY, **more}
    return await service.ask(CONCLUDE, {"input": given}, by=await service.token(Caller.OWNER, raised=True))


def code(reply: Reply) -> str | None:
    """The code of the one error of a payload, or none."""
    (payload,) = reply.data.values()
    return payload["errors"][0]["code"] if payload["errors"] else None


async def counts() -> tuple[int, ...]:
    """What a conclusion writes."""
    tables = (Agreement, AgreementFile, AgreementEvent, AuditEvent, OutboxMessage)
    return tuple([await table.all().count() for table in tables])


def drawn_by(service: Service, render: Callable[..., Any]) -> None:
    """Put somebody else in the place of the process that draws."""
    service.made.parts.renderer.render = render  # type: ignore[method-assign]  # on this one object


@pytest.fixture
def documents(service: Service) -> list[AgreementDocument]:
    """The documents that are drawn, in this process: without one to start."""
    seen: list[AgreementDocument] = []

    async def render(function: Callable[[AgreementDocument], bytes], document: AgreementDocument) -> bytes:
        seen.append(document)
        await asyncio.sleep(0)
        return function(document)

    drawn_by(service, render)
    return seen


async def test_what_is_on_offer_is_read_in_either_language(service: Service) -> None:
    reply = await service.both(OFFER, by=Caller.OWNER)
    assert reply.data["agreementOffer"] == {
        "version": {
            "number": "2026-1", "validFrom": "2026-01-01", "german": "# Vertrag 2026-1\n\nFür Süßes.",
            "text": "# Agreement 2026-1\n\nFor sweets.",
        },
        "subProcessors": [{"name": "Alpenschild AG", "country": "CH", "safeguard": "Art. 45", "purpose": "Operation"}],
        "agreement": None,
    }  # fmt: skip
    german = await service.ask(OFFER, by=Caller.OWNER, headers={"accept-language": "de"})
    assert german.data["agreementOffer"]["version"]["text"].startswith("# Vertrag")
    assert german.data["agreementOffer"]["subProcessors"][0]["purpose"] == "Betrieb"
    assert (await service.ask(OFFER, by=Caller.OTHER)).data["agreementOffer"]["agreement"] == {"state": "CONCLUDED"}


async def test_a_version_is_on_offer_from_its_first_day(service: Service) -> None:
    await AgreementVersion.create(number="2026-2", valid_from="2026-03-03", text_de="x", text_en="x", created_at=NOW)
    assert (await service.ask(OFFER, by=Caller.OWNER)).data["agreementOffer"]["version"]["number"] == "2026-1"
    listed = await service.both("{ agreementVersions { nodes { number } } }", by=Caller.OWNER)
    assert [node["number"] for node in listed.data["agreementVersions"]["nodes"]] == ["2026-2", "2026-1", "2024-1"]
    assert code(await conclude(service, "2026-2")) == "CONFLICT"
    service.clock.wait(hours=12)
    token = await service.token(Caller.OWNER)
    assert (await service.ask(OFFER, by=token)).data["agreementOffer"]["version"]["number"] == "2026-2"
    assert code(await conclude(service, "2026-1")) == "CONFLICT"


async def test_concluding_makes_the_document_once_and_supersedes_what_was_before(
    service: Service, documents: list[AgreementDocument]
) -> None:
    owner = service.world.owner
    reply = await conclude(service, signatory="  Jürgen   A\u0308rmel ", language="DE")
    agreement = reply.data["agreementConclude"]["agreement"]
    stored = await AgreementFile.get(agreement_id=agreement["id"])
    assert agreement == {
        "id": agreement["id"], "state": "CONCLUDED", "signatory": SIGNATORY, "language": "de",
        "concludedAt": "2026-03-02T12:00:00Z", "downloadPath": f"/agreements/{agreement['id']}.pdf",
        "version": {"number": "2026-1"}, "file": {"sha256": sha256(stored.content).hexdigest()},
    }  # fmt: skip
    (document,) = documents
    assert (document.customer.name, document.version) == ("Anna & Töchter", "2026-1")
    printed = text(stored.content)
    for expected in (
        *("Vertrag zur Auftragsverarbeitung 2026-1", "Musterhost GmbH", "Anna & Töchter", "Große Straße 1", "10001"),
        *("Für Süßes.", "Alpenschild AG", "Art. 45", "Stand 02.03.2026", SIGNATORY, "02.03.2026, 12:00:00 UTC"),
    ):
        assert expected in printed, expected
    assert "Elbe Rechenzentrum" not in printed  # left in February
    assert "Nordlys" not in printed  # comes in April
    listed = (await service.both(LIST, by=await service.token(Caller.OWNER))).data["agreements"]["nodes"]
    assert [(node["id"], node["state"]) for node in listed] == [
        (agreement["id"], "CONCLUDED"),
        (owner.agreements["old"], "SUPERSEDED"),
    ]
    assert listed[1]["supersededAt"] == "2026-03-02T12:00:00Z"
    assert listed[1]["downloadPath"] == f"/agreements/{owner.agreements['old']}.pdf"
    entry = await AuditEvent.get(action="agreement.conclude")
    assert (entry.object_id, entry.customer_id) == (agreement["id"], owner.customer)
    assert entry.detail == {
        "version": "2026-1", "language": "de", "sha256": stored.sha256, "superseded": [owner.agreements["old"]],
    }  # fmt: skip
    mail = await OutboxMessage.get(kind="mail.agreement_concluded")
    assert (mail.payload["to"], mail.payload["version"]) == (["anna@example.com"], "2026-1")
    log = (await service.both(EVENTS, by=await service.token(Caller.OWNER))).data["agreementEvents"]["nodes"]
    now = "2026-03-02T12:00:00Z"
    assert {(node["kind"], node["agreement"]["version"]["number"]) for node in log if node["occurredAt"] == now} == {
        ("SUPERSEDED", "2024-1"), ("CONCLUDED", "2026-1"),
    }  # fmt: skip


async def test_the_same_again_changes_nothing_and_another_person_is_refused(
    service: Service, documents: list[AgreementDocument]
) -> None:
    first = await conclude(service)
    before = await counts()
    service.clock.wait(minutes=3)
    assert (await conclude(service)).data == first.data
    assert code(await conclude(service, signatory="Karla Ärmel")) == "CONFLICT"
    assert code(await conclude(service, language="EN")) == "CONFLICT"
    assert await counts() == before
    assert len(documents) == 1


async def test_of_fifty_conclusions_at_once_one_is_made(service: Service, documents: list[AgreementDocument]) -> None:
    before = await counts()
    token = await service.token(Caller.OWNER, raised=True)
    names = [SIGNATORY, "Karla Ärmel"]
    replies = await asyncio.gather(
        *(
            service.ask(CONCLUDE, {"input": {"version": "2026-1", "signatory": names[index % 2]}}, by=token)
            for index in range(50)
        )
    )
    codes = [code(reply) if not reply.errors else reply.code for reply in replies]
    made = {r.data["agreementConclude"]["agreement"]["id"] for r, c in zip(replies, codes, strict=True) if c is None}
    assert len(made) == 1
    assert set(codes) <= {None, "CONFLICT", "UNAVAILABLE"}
    assert "CONFLICT" in codes
    assert await Agreement.filter(customer_id=service.world.owner.customer, state="CONCLUDED").count() == 1
    after = await counts()
    # An agreement, its file, two entries of its log (one of them of what it supersedes), one of the audit, one mail.
    assert tuple(new - old for old, new in zip(before, after, strict=True)) == (1, 1, 2, 1, 1)
    assert len(documents) == 1


async def test_of_two_processes_that_draw_at_once_one_concludes(service: Service) -> None:
    """What a process drew while another concluded is thrown away."""
    meanwhile: list[Reply] = []

    async def slow(function: Any, document: AgreementDocument) -> bytes:
        if not meanwhile:
            meanwhile.append(Reply(0, None, b""))  # type: ignore[arg-type]  # its place is taken
            service.made.parts.renderer._turns.clear()  # another process has locks of its own
            meanwhile[0] = await conclude(service, signatory="Karla Ärmel")
        return f"%PDF-{document.signatory}".encode()

    drawn_by(service, slow)
    late = await conclude(service)
    assert code(meanwhile[0]) is None
    assert code(late) == "CONFLICT"
    made = meanwhile[0].data["agreementConclude"]["agreement"]
    assert (await AgreementFile.get(agreement_id=made["id"])).content == "%PDF-Karla Ärmel".encode()


async def test_a_change_of_the_address_while_it_is_drawn_is_not_concluded_over(service: Service) -> None:
    async def slow(function: Any, document: AgreementDocument) -> bytes:
        await Customer.filter(id=service.world.owner.customer).update(street="Neuer Weg 2", version=99)
        return b"%PDF-with the old address"

    drawn_by(service, slow)
    before = await counts()
    assert code(await conclude(service)) == "CONFLICT"
    assert await counts() == before


async def test_nothing_is_concluded_that_cannot_be_drawn(service: Service) -> None:
    async def never(function: Any, document: AgreementDocument) -> bytes:
        raise Overloaded

    drawn_by(service, never)
    before = await counts()
    assert (await conclude(service)).code == "UNAVAILABLE"
    assert await counts() == before


async def test_only_a_raised_session_concludes(service: Service) -> None:
    before = await counts()
    reply = await service.ask(
        CONCLUDE, {"input": {"version": "2026-1", "signatory": SIGNATORY}}, by=await service.token(Caller.OWNER)
    )
    assert code(reply) == "REAUTHENTICATION_REQUIRED"
    assert await counts() == before


@pytest.mark.parametrize(
    "signatory",
    [
        "", "  ", "Xy", "X" * 161, "12345", "Anna\nÄrmel", "Anna\u0000", "Anna \u202eÄrmel", "Anna <b>", "Мarie Ärmel",
        "Ａｎｎａ Ärmel", "Annaq\u0303 Ärmel", "\u0301Anna Ärmel", "山田太郎", "Anna\u200bÄrmel",
        "Anna{version}", "x" * 60_000,
    ],
    ids=ascii,
)  # fmt: skip
async def test_a_name_that_is_none_is_refused_with_its_path(service: Service, signatory: str) -> None:
    before = await counts()
    reply = await conclude(service, signatory=signatory)
    if reply.status == 413:
        return
    (error,) = reply.data["agreementConclude"]["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "signatory"])
    assert signatory.strip() in ("", error["message"]) or signatory not in error["message"]
    assert await counts() == before


@pytest.mark.parametrize(
    "signatory", ["Søren O’Neill-Łęcka", "Dr. Zoë M. Müller (Prokura)", "Мария Петрова", "Γιώργος Π."]
)
async def test_names_of_the_union_are_taken_and_printed(
    service: Service, documents: list[AgreementDocument], signatory: str
) -> None:
    reply = await conclude(service, signatory=signatory)
    made = reply.data["agreementConclude"]["agreement"]
    assert made["signatory"] == signatory
    assert signatory in text((await AgreementFile.get(agreement_id=made["id"])).content)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2024-1", "CONFLICT"),
        ("1999-1", "NOT_FOUND"),
        ("", "NOT_FOUND"),
        ("2026-1\x00", "NOT_FOUND"),
        ("x" * 999, "NOT_FOUND"),
    ],
    ids=ascii,
)
async def test_only_the_version_of_today_is_concluded(service: Service, version: str, expected: str) -> None:
    before = await counts()
    (error,) = (await conclude(service, version)).data["agreementConclude"]["errors"]
    assert (error["code"], error["path"]) == (expected, ["input", "version"])
    assert await counts() == before


async def test_a_request_waits_to_be_concluded_and_asking_again_changes_nothing(
    service: Service, documents: list[AgreementDocument]
) -> None:
    token = await service.token(Caller.OWNER)
    replies = await asyncio.gather(*(service.ask(REQUEST, by=token) for _ in range(20)))
    waiting = replies[0].data["agreementRequest"]["agreement"]
    assert waiting == {
        "id": waiting["id"], "state": "REQUESTED", "requestedAt": "2026-03-02T12:00:00Z", "downloadPath": None,
        "version": {"number": "2026-1"},
    }  # fmt: skip
    assert {reply.data["agreementRequest"]["agreement"]["id"] for reply in replies} == {waiting["id"]}
    assert await OutboxMessage.filter(kind="mail.agreement_requested").count() == 1
    assert await AuditEvent.filter(action="agreement.request").count() == 1
    concluded = (await conclude(service)).data["agreementConclude"]["agreement"]
    assert concluded["id"] == waiting["id"]
    again = (await service.ask(REQUEST, by=token)).data["agreementRequest"]["agreement"]
    assert (again["id"], again["state"]) == (waiting["id"], "CONCLUDED")


async def test_an_older_request_becomes_one_for_the_version_of_today(service: Service) -> None:
    token = await service.token(Caller.OWNER)
    await AgreementVersion.filter(number="2026-1").update(valid_from="2026-03-03")
    await Agreement.filter(customer_id=service.world.owner.customer).update(version_id=await _new_version_id())
    old = (await service.ask(REQUEST, by=token)).data["agreementRequest"]["agreement"]
    assert old["version"] == {"number": "2024-1"}
    await AgreementVersion.create(number="2026-0", valid_from="2026-03-02", text_de="x", text_en="x", created_at=NOW)
    new = (await service.ask(REQUEST, by=token)).data["agreementRequest"]["agreement"]
    assert (new["id"], new["version"]) == (old["id"], {"number": "2026-0"})


async def _new_version_id() -> str:
    version = await AgreementVersion.get(number="2026-1")
    return str(version.id)


async def test_sub_processors_are_those_of_a_day(service: Service) -> None:
    query = "query($at: Date) { subProcessors(at: $at) { name since until } }"
    named = {}
    for day in (None, "2024-06-01", "2025-01-01", "2026-01-31", "2026-02-01", "2026-04-01", "1999-01-01"):
        reply = await service.both(query, {"at": day}, by=Caller.OWNER)
        named[day] = [entry["name"].split()[0] for entry in reply.data["subProcessors"]]
    assert named == {
        None: ["Alpenschild"], "2024-06-01": ["Alpenschild", "Elbe"], "2025-01-01": ["Alpenschild", "Elbe"],
        "2026-01-31": ["Alpenschild", "Elbe"], "2026-02-01": ["Alpenschild"], "2026-04-01": ["Alpenschild", "Nordlys"],
        "1999-01-01": [],
    }  # fmt: skip


async def test_changes_of_the_list_are_told_with_the_day_of_their_announcement(service: Service) -> None:
    query = (
        """{ subProcessorChanges { kind announcedOn effectiveOn subProcessor { name since } previous { since } } }"""
    )
    changes = (await service.both(query, by=Caller.OWNER)).data["subProcessorChanges"]
    assert [(c["kind"], c["announcedOn"], c["effectiveOn"], c["subProcessor"]["name"].split()[0]) for c in changes] == [
        ("ADDED", "2026-02-20", "2026-04-01", "Nordlys"),
        ("REMOVED", "2026-01-02", "2026-02-01", "Elbe"),
        ("CHANGED", "2024-11-01", "2025-01-01", "Alpenschild"),
        ("ADDED", "2023-12-01", "2024-01-01", "Elbe"),
        ("ADDED", "2023-12-01", "2024-01-01", "Alpenschild"),
    ]
    assert changes[2]["previous"] == {"since": "2024-01-01"}
    assert changes[2]["subProcessor"]["since"] == "2025-01-01"


@pytest.mark.parametrize("caller", [Caller.PACKAGE, Caller.SIBLING, Caller.NARROW_CONTRACTUAL], ids=str)
async def test_nobody_else_sees_any_of_it(service: Service, caller: Caller) -> None:
    token = await service.token(caller, raised=True)
    seen = await service.both(
        "{ agreements { totalCount } agreementEvents { totalCount } agreementVersions { totalCount } "
        "agreementOffer { version { number } } subProcessors { name } subProcessorChanges { kind } }",
        by=token,
    )
    assert set(seen.json["data"].values()) == {None}
    assert {error["extensions"]["requiredScope"] for error in seen.errors} == {"ACCOUNT_READ"}
    tables = (AgreementVersion, SubProcessor, Agreement)
    shared = [str(row.pk) for table in tables for row in await table.all()]
    found = await service.both("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": shared}, by=Caller.PACKAGE)
    assert found.data == {"nodes": [None] * len(shared)}
    before = await counts()
    given = {"input": {"version": "2026-1", "signatory": SIGNATORY}}
    assert (await service.ask(CONCLUDE, given, by=token)).code == "FORBIDDEN"
    assert (await service.ask(REQUEST, by=token)).code == "FORBIDDEN"
    assert await counts() == before


async def test_a_ticket_is_given_for_what_was_concluded_alone(service: Service) -> None:
    query = """mutation($id: ID!) { agreementTicketCreate(input: {agreementId: $id}) { ticket { path } errors { code } } }"""
    token = await service.token(Caller.OWNER)
    id = service.world.owner.agreements["old"]
    given = (await service.ask(query, {"id": id}, by=token)).data["agreementTicketCreate"]
    assert given["ticket"]["path"].startswith(f"/agreements/{id}.pdf?ticket=gwt_")
    requested = (await service.ask(REQUEST, by=token)).data["agreementRequest"]["agreement"]["id"]
    for missing in (requested, service.world.other.agreements["old"], service.world.owner.invoices["shop"], "x"):
        assert code(await service.ask(query, {"id": missing}, by=token)) == "NOT_FOUND"
    assert await DownloadTicket.all().count() == 1


def test_a_renderer_lends_one_lock_for_a_document() -> None:
    renderer = Renderer(1)
    lock = renderer.turn("x")
    assert renderer.turn("x") is lock
    assert renderer.turn("y") is not lock
