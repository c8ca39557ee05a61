"""Cancelling and withdrawing without signing in (§§ 312k, 356a BGB), and the extraordinary cancellation of a customer."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError

from gateway.auth.client import Client
from gateway.auth.declaration import Declarations
from gateway.auth.notices import unsealed
from gateway.documents.render import Renderer
from gateway.errors import GatewayError
from gateway.jobs.attachments import attachments_of
from gateway.jobs.notices import notice_mail
from gateway.keys import Keyring
from models import AuditEvent, Contract, Customer, Declaration, DeclarationReceipt, OutboxMessage
from models.database import recording
from tests.api.cases.declaration import code, token
from tests.api.conftest import Serve
from tests.api.service import Reply, Service
from tests.api.stored import changed, stored
from tests.world import KEYS, NOW, Caller

GIVEN: dict[str, Any] = {"kind": "CANCELLATION", "name": "Zoë Müller", "contract": "V-1", "email": "zoe@example.com"}

PREPARE = """mutation($input: DeclarationPrepareInput!) { declarationPrepare(input: $input) {
 draft { kind statement confirmLabel name identification contract reason requestedOn email expiresAt } token
 errors { code path message retryAfter } } }"""
CONFIRM = """mutation($token: String!) { declarationConfirm(input: {token: $token}) {
 receipt { number kind statement name identification contract reason requestedOn email receivedAt receivedLocally content sha256
 downloadPath downloadExpiresAt } errors { code path message retryAfter } } }"""
PROVE = "mutation($code: String!) { declarationEmailConfirm(input: {code: $code}) { confirmed errors { code path } } }"
REQUEST = """mutation($input: ExtraordinaryCancellationRequestInput!) { extraordinaryCancellationRequest(input: $input) {
 declaration { id number kind state reason requestedOn contract { id } downloadPath } errors { code path } } }"""


async def prepared(service: Service, **changed_: Any) -> dict[str, Any]:
    payload: dict[str, Any] = (await service.ask(PREPARE, {"input": GIVEN | changed_})).data["declarationPrepare"]
    return payload


async def confirmed(service: Service, sealed: str, **options: Any) -> dict[str, Any]:
    payload: dict[str, Any] = (await service.ask(CONFIRM, {"token": sealed}, **options)).data["declarationConfirm"]
    return payload


async def declared(service: Service, **changed_: Any) -> dict[str, Any]:
    """Both steps: the receipt."""
    payload = await confirmed(service, (await prepared(service, **changed_))["token"])
    assert payload["errors"] == []
    receipt: dict[str, Any] = payload["receipt"]
    return receipt


async def ours() -> list[Declaration]:
    """What arrived since the world was made."""
    return await Declaration.filter(received_at__gte=NOW).order_by("received_at", "number")


async def test_the_first_step_says_what_will_be_declared_and_writes_nothing(service: Service) -> None:
    before = await stored()
    reply = await service.ask(
        PREPARE,
        {"input": GIVEN | {"kind": "WITHDRAWAL", "name": "  Zoë   Müller ", "identification": "10001"}},
        headers={"accept-language": "de"},
    )
    assert reply.data["declarationPrepare"]["draft"] == {
        "kind": "WITHDRAWAL", "statement": "Vertrag widerrufen", "confirmLabel": "Widerruf bestätigen",
        "name": "Zoë Müller", "identification": "10001", "contract": "V-1", "reason": None, "requestedOn": None,
        "email": "zoe@example.com", "expiresAt": "2026-03-02T13:00:00Z",
    }  # fmt: skip
    assert changed(before, await stored()) == set()
    assert "Zoë" not in reply.data["declarationPrepare"]["token"]


async def test_the_second_step_gives_the_receipt_with_what_was_shown(service: Service) -> None:
    receipt = await declared(service, kind="EXTRAORDINARY_CANCELLATION", reason="a\nb", requestedOn="2026-03-02")
    content = json.loads(receipt["content"])
    assert content == {
        "contract": "V-1", "email": "zoe@example.com", "identification": None, "kind": "EXTRAORDINARY_CANCELLATION",
        "name": "Zoë Müller", "number": receipt["number"], "reason": "a\nb", "receivedAt": "2026-03-02T12:00:00Z",
        "requestedOn": "2026-03-02",
    }  # fmt: skip
    assert receipt["sha256"] == sha256(receipt["content"].encode()).hexdigest()
    assert receipt["receivedLocally"] == "2 March 2026, 13:00:00 (Berlin), 12:00:00 UTC".replace(
        "2 March 2026", "2\xa0March\xa02026"
    )
    (row,) = await ours()
    assert (row.state, row.customer_id, row.contract_id, row.sha256) == ("RECEIVED", None, None, receipt["sha256"])
    drawn = await DeclarationReceipt.get(declaration_id=row.id)
    assert drawn.content.startswith(b"%PDF-")
    assert drawn.sha256 == sha256(drawn.content).hexdigest()


async def test_the_receipt_comes_by_mail_with_the_content_and_the_same_document(service: Service) -> None:
    receipt = await declared(service, name="<b>Zoë</b> & Söhne", contract="https://evil.example {portal}")
    message = await OutboxMessage.get(kind="mail.declaration_received")
    assert message.customer_id is None
    for secret in ("Zoë", "zoe@example.com", "evil.example", "gwv_"):
        assert secret not in json.dumps(message.payload, ensure_ascii=False)  # it stays in no row when the mail is sent
    files = await attachments_of(message)
    mail = notice_mail(message, "https://portal.example", unsealed(Keyring(KEYS), message.payload), files)
    assert mail.to == ("zoe@example.com",)
    assert receipt["sha256"] in mail.text
    assert "> Name: <b>Zoë</b> & Söhne" in mail.text
    assert "<b>Zoë" not in mail.html
    assert 'href="https://evil' not in mail.html
    assert "{portal}" in mail.text
    assert "https://portal.example/confirm-declaration?code=gwv_" in mail.text
    stored_file = await DeclarationReceipt.get(id=message.payload["attached"][0])
    assert (files[0].name, files[0].content) == (f"receipt-{receipt['number']}.pdf", stored_file.content)
    mail.encoded("service@host.example")  # can be sent


async def test_the_operator_is_told_that_one_waits_and_not_what_it_says(serve: Serve) -> None:
    async with serve(declaration_email="ops@host.example") as service:
        receipt = await declared(service)
        message = await OutboxMessage.get(kind="mail.declaration_waiting")
    assert message.payload["to"] == ["ops@host.example"]
    assert message.payload["number"] == receipt["number"]
    assert "Zoë" not in json.dumps(message.payload, ensure_ascii=False)


async def test_the_same_token_again_gives_the_same_receipt_and_another_address(service: Service) -> None:
    sealed = (await prepared(service))["token"]
    first = (await confirmed(service, sealed))["receipt"]
    service.clock.wait(minutes=7)
    again = (await confirmed(service, sealed))["receipt"]
    service.clock.wait(hours=2)  # the draft is over, the receipt is not
    late = (await confirmed(service, sealed))["receipt"]
    moving = {"downloadPath", "downloadExpiresAt"}
    for other in (again, late):
        assert {k: v for k, v in other.items() if k not in moving} == {
            k: v for k, v in first.items() if k not in moving
        }
    assert len({receipt["downloadPath"] for receipt in (first, again, late)}) == 3
    assert len(await ours()) == 1
    assert await OutboxMessage.filter(kind="mail.declaration_received").count() == 1


async def test_many_clicks_at_once_declare_once(service: Service) -> None:
    sealed = (await prepared(service))["token"]
    payloads = await asyncio.gather(*(confirmed(service, sealed) for _ in range(12)))
    assert {payload["receipt"]["number"] for payload in payloads} == {(await ours())[0].number}
    assert len(await ours()) == 1
    assert await OutboxMessage.filter(kind="mail.declaration_received").count() == 1
    assert await DeclarationReceipt.filter(declaration__received_at__gte=NOW).count() == 1


async def test_clicks_that_reach_several_processes_declare_once(service: Service) -> None:
    """Each process has its own renderer, and so its own turns: the database alone decides who was first."""
    parts, sealed = service.made.parts, (await prepared(service))["token"]
    client = Client("192.0.2.78", None, "req")
    renderers = [Renderer(1) for _ in range(3)]
    processes = [Declarations(parts.keyring, parts.settings, renderer, parts.company) for renderer in renderers]
    try:
        made = await asyncio.gather(*(one.confirm(sealed, "de", client, NOW) for one in processes * 4))
    finally:
        await asyncio.gather(*(renderer.close() for renderer in renderers))
    assert len({row.id for row, _ in made}) == 1
    assert [row.id for row in await ours()] == [made[0][0].id]
    assert await OutboxMessage.filter(kind="mail.declaration_received").count() == 1
    assert await DeclarationReceipt.filter(declaration__received_at__gte=NOW).count() == 1


async def test_a_receipt_that_cannot_be_drawn_now_declares_nothing_and_the_token_stays_good(service: Service) -> None:
    sealed = (await prepared(service))["token"]
    full = Renderer(1)
    await full.close()  # nothing can be drawn any more
    parts = service.made.parts
    busy = Declarations(parts.keyring, parts.settings, full, parts.company)
    before = await stored()
    with pytest.raises(GatewayError) as refused:
        await busy.confirm(sealed, "de", Client("192.0.2.78", None, "req"), NOW)
    assert refused.value.code == "UNAVAILABLE"
    assert changed(before, await stored()) == set()
    assert (await confirmed(service, sealed))["errors"] == []


async def test_a_token_is_good_for_an_hour(service: Service) -> None:
    sealed = (await prepared(service))["token"]
    service.clock.wait(hours=1)
    (error,) = (await confirmed(service, sealed))["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "token"])
    assert await ours() == []


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        "1:",
        "x",
        "1:gAAAA",
        "2:" + "A" * 200,
        "1:" + "A" * 60_000,
        "ü",
        "-1:x",
        "1" * 5_000 + ":x",
        "\ud800",
        "\x00",
    ],
)
async def test_a_made_up_token_declares_nothing(made_up: str, service: Service) -> None:
    reply = await service.ask(CONFIRM, {"token": made_up})
    if reply.json.get("data"):
        (error,) = reply.json["data"]["declarationConfirm"]["errors"]
        assert error["code"] == "BAD_USER_INPUT"
    else:
        assert reply.code == "BAD_USER_INPUT"
    assert await ours() == []


async def test_a_token_that_was_changed_or_sealed_for_something_else_declares_nothing(service: Service) -> None:
    sealed = (await prepared(service))["token"]
    other = Keyring(KEYS).seal("secrets of a mail", '{"number": "K-1"}')
    for bad in (sealed[:-2] + "AA", sealed.replace(":", ":A", 1), other, sealed + sealed):
        (error,) = (await confirmed(service, bad))["errors"]
        assert error["code"] == "BAD_USER_INPUT"
    assert await ours() == []


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"name": ""}, "name"),
        ({"name": "Zoë\r\nBcc: all@example.com"}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "a\u202eb"}, "name"),
        ({"contract": ""}, "contract"),
        ({"contract": "x" * 401}, "contract"),
        ({"identification": "x" * 201}, "identification"),
        ({"reason": "weil"}, "reason"),
        ({"kind": "EXTRAORDINARY_CANCELLATION"}, "reason"),
        ({"kind": "EXTRAORDINARY_CANCELLATION", "reason": ""}, "reason"),
        ({"kind": "EXTRAORDINARY_CANCELLATION", "reason": " \n "}, "reason"),
        ({"kind": "EXTRAORDINARY_CANCELLATION", "reason": "x" * 60_000}, "reason"),
        ({"requestedOn": "2026-03-01"}, "requestedOn"),
        ({"requestedOn": "2099-01-01"}, "requestedOn"),
        ({"kind": "WITHDRAWAL", "requestedOn": "2026-03-03"}, "requestedOn"),
        ({"email": ""}, "email"),
        ({"email": "zoe"}, "email"),
        ({"email": "zoe@example.com\r\nBcc: all@example.com"}, "email"),
        ({"email": "zoe@example.com, all@example.com"}, "email"),
        ({"email": "Zoë <zoe@example.com>"}, "email"),
        ({"email": "z" * 250 + "@example.com"}, "email"),
    ],
)
async def test_what_cannot_be_declared_is_refused_by_its_part(
    given: dict[str, Any], name: str, service: Service
) -> None:
    payload = await prepared(service, **given)
    (error,) = payload["errors"]
    assert (error["code"], error["path"], payload["token"]) == ("BAD_USER_INPUT", ["input", name], None)
    echoed = str(next(iter(given.values())))
    assert len(echoed) < 10 or echoed not in error["message"]


async def test_the_day_counts_in_berlin(service: Service) -> None:
    service.clock.wait(hours=11, minutes=30)  # 23:30 UTC: the third of March there
    assert (await prepared(service, requestedOn="2026-03-02"))["errors"][0]["path"] == ["input", "requestedOn"]
    assert (await prepared(service, requestedOn="2026-03-03"))["errors"] == []


async def test_every_number_is_another_and_tells_no_order(service: Service) -> None:
    numbers = [(await declared(service, email=f"z{n}@example.com"))["number"] for n in range(3)]
    assert len(set(numbers)) == 3
    assert all(len(number) == 16 and number.startswith("K-") for number in numbers)


def told(payload: dict[str, Any]) -> dict[str, Any]:
    """What an answer tells beside what is random and what was typed."""
    receipt = payload["receipt"]
    differs = {"number", "content", "sha256", "downloadPath", "name", "contract", "email"}
    return {"errors": payload["errors"], **{k: v for k, v in receipt.items() if k not in differs}}


async def test_nobody_learns_whether_there_is_such_a_customer_or_contract(service: Service) -> None:
    customer = await Customer.get(number="10001")
    contract = await Contract.filter(customer_id=customer.id).first()
    assert contract is not None
    known = {"name": customer.display_name, "email": customer.email, "contract": contract.number}
    strange = {"name": "Niemand", "email": "nobody@example.org", "contract": "V-99999"}
    answers = []
    for given in (known, strange):
        answers.append(told(await confirmed(service, (await prepared(service, **given))["token"])))
    assert answers[0] == answers[1]
    assert {row.customer_id for row in await ours()} == {None}
    assert {row.state for row in await ours()} == {"RECEIVED"}


async def test_no_customer_is_looked_for_until_the_answer_is_given(service: Service) -> None:
    """Not by time either: a customer's declaration takes the same statements as a stranger's, none of them about customers."""
    customer = await Customer.get(number="10001")
    taken: list[list[str]] = []
    for email in (customer.email, "nobody@example.org"):
        sealed = (await prepared(service, email=email, identification="10001"))["token"]
        with recording() as statements:
            assert (await confirmed(service, sealed))["errors"] == []
            assert (await service.ask(PROVE, {"code": await code()})).data["declarationEmailConfirm"]["errors"] == []
        taken.append([re.sub(r"\s+", " ", sql) for sql in statements])
    assert taken[0] == taken[1]
    assert len(taken[0]) > 5
    assert not re.search(
        r'\b(FROM|JOIN|UPDATE|INTO) "?(customer|contract|package|domain|phone_number)\b', " ".join(taken[0])
    )


async def test_only_so_many_an_hour_are_taken_for_one_address_of_mail(serve: Serve) -> None:
    async with serve(declarations_per_email=2) as service:
        for spelling in ("zoe@example.com", "ZOE@EXAMPLE.COM"):
            await declared(service, email=spelling)
        sealed = (await prepared(service))["token"]
        (error,) = (await confirmed(service, sealed))["errors"]
        assert error["code"] == "RATE_LIMITED"
        assert 0 < error["retryAfter"] <= 3_600
        assert len(await ours()) == 2
        await declared(service, email="other@example.com")
        service.clock.wait(minutes=59, seconds=59)
        service.clock.wait(seconds=2)
        assert (await confirmed(service, token(service.clock.now)))["errors"] == []


async def test_only_so_many_an_hour_are_taken_from_one_client(serve: Serve) -> None:
    async with serve(declarations_per_address=2) as service:
        for n in range(2):
            await declared(service, email=f"z{n}@example.com")
        payload = await confirmed(service, token(email="z9@example.com"))
        assert [error["code"] for error in payload["errors"]] == ["RATE_LIMITED"]
        for _ in range(8):
            assert (await prepared(service))["errors"] == []
        assert (await prepared(service))["errors"][0]["code"] == "RATE_LIMITED"


async def test_what_was_declared_can_be_had_again_however_many_were_declared_since(serve: Serve) -> None:
    async with serve(declarations_per_email=1) as service:
        sealed = (await prepared(service))["token"]
        first = (await confirmed(service, sealed))["receipt"]
        again = [(await confirmed(service, sealed))["receipt"]["number"] for _ in range(4)]
        assert set(again) == {first["number"]}


async def test_a_code_proves_the_address_once_and_answers_the_same_again(service: Service) -> None:
    sent = await code()
    for _ in range(2):
        reply = await service.ask(PROVE, {"code": sent})
        assert reply.data == {"declarationEmailConfirm": {"confirmed": True, "errors": []}}
        service.clock.wait(minutes=1)
    assert await OutboxMessage.filter(kind="declaration.match").count() == 1
    row = await Declaration.get(name="Zoë", received_at=NOW)
    assert row.confirmed_at == NOW
    assert row.customer_id is None  # the worker looks for it, after the answer


@pytest.mark.parametrize("bad", ["", "gwv_none", "gwl_" + "0" * 72, "gwv_" + "0" * 72, "\x00", "x" * 60_000])
async def test_a_code_that_is_none_is_refused(bad: str, service: Service) -> None:
    reply = await service.ask(PROVE, {"code": bad})
    assert reply.data["declarationEmailConfirm"]["errors"] == [{"code": "BAD_USER_INPUT", "path": ["input", "code"]}]


async def test_a_code_is_good_for_two_weeks(service: Service) -> None:
    sent = await code(NOW - timedelta(days=14))
    reply = await service.ask(PROVE, {"code": sent})
    assert [error["code"] for error in reply.data["declarationEmailConfirm"]["errors"]] == ["BAD_USER_INPUT"]
    assert await OutboxMessage.filter(kind="declaration.match").count() == 0


# The extraordinary cancellation of a customer


async def requested(service: Service, by: Caller = Caller.OWNER, **changed_: Any) -> Reply:
    house = service.world.house(by)
    given = {"contractId": house.contracts["shop"], "reason": "Der Server steht still.", "idempotencyKey": "k1"}
    token_ = await service.token(by, raised=True)
    return await service.ask(REQUEST, {"input": given | changed_}, by=token_)


async def test_a_customer_declares_for_good_cause_with_a_receipt_and_an_entry(service: Service) -> None:
    reply = await requested(service, requestedOn="2026-03-31")
    declaration = reply.data["extraordinaryCancellationRequest"]["declaration"]
    assert declaration["state"] == "MATCHED"
    assert declaration["contract"] == {"id": service.world.owner.contracts["shop"]}
    assert declaration["downloadPath"] == f"/declarations/{declaration['number']}.pdf"
    row = await Declaration.get(id=declaration["id"])
    assert (row.customer_id, row.name, row.identification) == (service.world.owner.customer, "Anna & Töchter", "10001")
    assert (await DeclarationReceipt.get(declaration_id=row.id)).customer_id == service.world.owner.customer
    entry = await AuditEvent.filter(action="declaration.request").get()
    assert (entry.object_id, entry.package_id) == (row.id, service.world.owner.packages["shop"])
    message = await OutboxMessage.get(kind="mail.extraordinary_cancellation_received")
    mail = notice_mail(message, "https://portal.example", {}, await attachments_of(message))
    assert mail.to == ("anna@example.com",)
    assert row.sha256 in mail.text
    assert len(mail.attachments) == 1
    assert (await Contract.get(id=row.contract_id)).state == "ACTIVE"  # an operator decides


async def test_the_same_request_again_is_the_same_declaration(service: Service) -> None:
    ids = {(await requested(service)).data["extraordinaryCancellationRequest"]["declaration"]["id"] for _ in range(3)}
    assert len(ids) == 1
    assert await OutboxMessage.filter(kind="mail.extraordinary_cancellation_received").count() == 1
    reply = await requested(service, reason="Ein anderer Grund.")
    assert reply.data["extraordinaryCancellationRequest"]["errors"][0]["code"] == "IDEMPOTENCY_KEY_REUSED"


async def test_parallel_requests_with_one_key_declare_once(service: Service) -> None:
    replies = await asyncio.gather(*(requested(service) for _ in range(8)))
    declared_ = [reply.data["extraordinaryCancellationRequest"]["declaration"] for reply in replies]
    assert len({one["id"] for one in declared_}) == 1
    assert await Declaration.filter(received_at=NOW).count() == 1


@pytest.mark.parametrize("id", ["", "x", "ctr_01h455vb4pex5vsknk084sn02q", "dom_01h455vb4pex5vsknk084sn02q", "\x00"])
async def test_a_contract_that_is_not_there_is_not_found(id: str, service: Service) -> None:
    before = await stored()
    reply = await requested(service, contractId=id)
    errors = reply.data["extraordinaryCancellationRequest"]["errors"]
    assert errors == [{"code": "NOT_FOUND", "path": ["input", "contractId"]}]
    foreign = await requested(service, contractId=service.world.other.contracts["shop"])
    assert foreign.data["extraordinaryCancellationRequest"]["errors"] == errors
    assert changed(before, await stored()) <= {"session"}


# What is whose


LIST = "{ declarations { totalCount nodes { id name email reason state note } } }"


async def test_a_customer_sees_their_own_declarations_and_nobody_sees_those_of_nobody(service: Service) -> None:
    nobodys = await Declaration.get(state="RECEIVED")
    for caller, house in ((Caller.OWNER, service.world.owner), (Caller.OTHER, service.world.other)):
        reply = await service.both(LIST, by=caller)
        found = reply.data["declarations"]
        assert {node["id"] for node in found["nodes"]} == set(house.declarations.values())
        assert found["totalCount"] == len(house.declarations)
        one = "query($id: ID!) { declaration(id: $id) { id } node(id: $id) { id } }"
        mine = {"id": house.declarations["waiting"]}
        assert (await service.both(one, mine, by=caller)).data == {"declaration": mine, "node": mine}
        assert (await service.both(one, {"id": nobodys.id}, by=caller)).data == {"declaration": None, "node": None}
    refused = await service.ask(LIST, by=Caller.PACKAGE)
    assert refused.json["data"] == {"declarations": None}
    assert refused.code == "FORBIDDEN"


async def test_a_declaration_of_nobody_cannot_say_that_it_is_matched(service: Service) -> None:
    """The database itself holds that what is matched is somebody's."""
    nobodys = await Declaration.get(state="RECEIVED")
    with pytest.raises(IntegrityError):
        await Declaration.filter(id=nobodys.id).update(state="MATCHED")
    with pytest.raises(IntegrityError):
        await Declaration.filter(id=nobodys.id).update(contract_id=service.world.owner.contracts["shop"])
