"""`POST /provisioning/results`: what the host's system tells about operations it has taken."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from gateway.jobs.effects import EFFECTS
from gateway.jobs.provisioning import OperationRounds
from gateway.keys import Keyring
from gateway.ports.provisioning import Accepted, Answer, Order
from gateway.ports.webhook_signature import WebhookSignature
from models import Operation
from tests.api.conftest import Serve
from tests.api.service import Service
from tests.world import KEYS, NOW

SECRET, OLDER = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", "whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4"
PATH = "/provisioning/results"
WEBHOOK = {
    "provisioning": "webhook", "provisioning_url": "https://host.example/orders", "provisioning_secrets": f"{SECRET},{OLDER}",
}  # fmt: skip


class Taking:
    """A host's system that takes every order."""

    async def apply(self, order: Order) -> Accepted:
        return Accepted()


@pytest.fixture
async def service(serve: Serve) -> AsyncIterator[Service]:
    async with serve(**WEBHOOK) as running:
        yield running


async def tell(service: Service, told: Any, *, id: str = "msg_1", secret: str = SECRET, **more: Any) -> httpx2.Response:
    """Post it as the host's system does."""
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    signed = body if b"\xff" not in body else b"{}"
    headers = WebhookSignature([secret]).headers(id, signed, service.clock.now)
    headers |= {"content-type": "application/json", **more}
    return await service.http.post(PATH, content=body, headers=headers)


async def handed_over(service: Service, kind: str = "cron_job.change", *, secrets: str | None = None) -> Operation:
    """An operation that the host's system has taken."""
    house = service.world.owner
    row = await Operation.create(
        customer_id=house.customer, package_id=house.packages["shop"], number=90 + await Operation.all().count(), kind=kind,
        subject_id="crn_1", state="QUEUED", desired={}, requested_at=NOW, available_at=NOW, secrets_sealed=secrets,
    )  # fmt: skip
    await OperationRounds(Taking(), Keyring(KEYS)).step(service.clock.now)
    return await Operation.get(id=row.id)


async def test_a_result_ends_the_operation_and_what_follows_happens_once(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[Answer] = []

    async def effect(operation: Operation, answer: Answer, now: Any) -> None:
        followed.append(answer)

    monkeypatch.setitem(EFFECTS, "cron_job.change", effect)  # type: ignore[arg-type]  # a dict behind the mapping
    row = await handed_over(service)
    assert (row.state, row.attempts) == ("RUNNING", 1)
    service.clock.wait(minutes=3)
    for _ in range(3):
        reply = await tell(service, {"id": row.id, "result": "SUCCEEDED", "facts": {"sizeBytes": 7}})
        assert (reply.status_code, reply.json()) == (200, {"id": row.id, "state": "SUCCEEDED"})
    reply = await tell(service, {"id": row.id, "result": "FAILED", "error": "TOO_LATE"}, id="msg_2")
    assert reply.json() == {"id": row.id, "state": "SUCCEEDED"}, "the first result counts"
    row = await Operation.get(id=row.id)
    assert (row.progress, row.error, row.finished_at) == (100, None, NOW + timedelta(minutes=3))
    assert [answer.facts for answer in followed] == [{"sizeBytes": 7}]


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("NO_ROOM", "NO_ROOM"),
        (None, "REFUSED"),
        ("the disk of Anna is full", "REFUSED"),
        ("UNREACHABLE", "REFUSED"),
        (7, "REFUSED"),
    ],
)
async def test_a_refusal_is_told_by_its_code_alone(service: Service, said: Any, stored: str) -> None:
    row = await handed_over(service)
    reply = await tell(service, {"id": row.id, "result": "FAILED", "error": said})
    assert (reply.status_code, reply.json()["state"]) == (200, "FAILED")
    row = await Operation.get(id=row.id)
    assert (row.error, row.progress, row.dead_at) == (stored, 0, None)


async def test_progress_goes_up_only_and_gives_more_time(service: Service) -> None:
    row, seen = await handed_over(service), []
    for progress in (40, 20, 70, 100, 0):
        service.clock.wait(minutes=1)
        reply = await tell(service, {"id": row.id, "progress": progress})
        assert reply.json() == {"id": row.id, "state": "RUNNING"}
        seen.append((await Operation.get(id=row.id)).progress)
    assert seen == [40, 40, 70, 99, 99], "all of it is done when there is a result"
    assert (await Operation.get(id=row.id)).available_at == service.clock.now + timedelta(hours=1)
    await tell(service, {"id": row.id, "result": "SUCCEEDED"})
    assert (await tell(service, {"id": row.id, "progress": 5})).json()["state"] == "SUCCEEDED"
    assert (await Operation.get(id=row.id)).progress == 100


async def test_a_result_may_come_before_the_answer_to_the_order(service: Service) -> None:
    class Quick:
        async def apply(self, order: Order) -> Accepted:
            assert (await tell(service, {"id": order.id, "result": "SUCCEEDED"})).status_code == 200
            return Accepted()

    house = service.world.owner
    row = await Operation.create(
        customer_id=house.customer, package_id=house.packages["bare"], number=1, kind="cron_job.change", subject_id="crn_1",
        state="QUEUED", desired={}, requested_at=NOW, available_at=NOW,
    )  # fmt: skip
    await OperationRounds(Quick(), Keyring(KEYS)).step(NOW)
    row = await Operation.get(id=row.id)
    assert (row.state, row.available_at) == ("SUCCEEDED", NOW + timedelta(minutes=2))


async def test_the_secrets_of_an_operation_are_gone_when_it_ends(service: Service) -> None:
    row = await handed_over(service)
    await Operation.filter(id=row.id).update(secrets_sealed="sealed")
    await tell(service, {"id": row.id, "result": "FAILED"})
    assert (await Operation.get(id=row.id)).secrets_sealed is None


async def test_what_was_never_handed_over_or_is_not_there_is_not_found(service: Service) -> None:
    house = service.world.owner
    row = await Operation.create(
        customer_id=house.customer, package_id=house.packages["bare"], number=1, kind="cron_job.change", subject_id="crn_1",
        state="QUEUED", desired={}, requested_at=NOW, available_at=NOW,
    )  # fmt: skip
    for id in (row.id, "ope_01h455vb4pex5vsknk084sn02q", house.packages["shop"], "", "ope_\x00", "ope_" + "ü" * 26):
        reply = await tell(service, {"id": id, "result": "SUCCEEDED"})
        assert (reply.status_code, reply.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND"), id
    assert (await Operation.get(id=row.id)).state == "QUEUED"


async def test_nobody_else_is_listened_to(service: Service) -> None:
    row = await handed_over(service)
    told = {"id": row.id, "result": "SUCCEEDED"}
    body = json.dumps(told).encode()
    good = WebhookSignature([SECRET]).headers("msg_1", body, service.clock.now)
    wrong: list[dict[str, str]] = [
        {}, good | {"webhook-id": "msg_2"}, good | {"webhook-signature": "v1,AAAA"}, good | {"webhook-timestamp": "1"},
        {"authorization": f"Bearer {service.world.tokens['owner']}"},  # type: ignore[index]  # a caller is a text
        WebhookSignature(["whsec_" + "QUFB" * 8]).headers("msg_1", body, service.clock.now),
        WebhookSignature([SECRET]).headers("msg_1", body, service.clock.now - timedelta(minutes=6)),
        WebhookSignature([SECRET]).headers("msg_1", body, service.clock.now + timedelta(minutes=6)),
        WebhookSignature([SECRET]).headers("msg_1", body + b" ", service.clock.now),
    ]  # fmt: skip
    answers = set()
    for headers in wrong:
        reply = await service.http.post(PATH, content=body, headers={"content-type": "application/json", **headers})
        answers.add((reply.status_code, reply.text))
    ((status, text),) = answers
    assert status == 401
    assert "UNAUTHENTICATED" in text
    assert (await Operation.get(id=row.id)).state == "RUNNING"
    assert (await tell(service, told, secret=OLDER)).status_code == 200, "the older secret is taken until it is gone"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b"null", b'"x"', b"{}", b'{"id": 7, "result": "SUCCEEDED"}',
        *(json.dumps({"id": "ope_01h455vb4pex5vsknk084sn02q", **more}).encode() for more in (
            {}, {"result": "DONE"}, {"result": None}, {"result": ["SUCCEEDED"]}, {"progress": -1}, {"progress": 101},
            {"progress": True}, {"progress": 1.5}, {"progress": "40"}, {"progress": 40, "result": "SUCCEEDED"},
            {"result": "SUCCEEDED", "facts": []}, {"result": "SUCCEEDED", "facts": "x"}, {"result": "SUCCEEDED", "type": "x"},
            {"error": "X"}, {"type": "operation.requested", "kind": "x", "desired": {}},
        )),
    ],
)  # fmt: skip
async def test_what_says_nothing_is_refused(service: Service, body: bytes) -> None:
    reply = await tell(service, body)
    assert (reply.status_code, reply.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_USER_INPUT")


async def test_the_door_is_as_narrow_as_others(service: Service) -> None:
    row = await handed_over(service)
    long = {"id": row.id, "result": "SUCCEEDED", "facts": {"a": "x" * 70_000}}
    assert (await tell(service, long)).status_code == 413
    assert (
        await tell(service, {"id": row.id, "result": "SUCCEEDED"}, **{"content-type": "text/plain"})
    ).status_code == 415
    assert (await service.http.get(PATH)).status_code == 405
    assert (await tell(service, b"\xff")).status_code == 401
    assert (await Operation.get(id=row.id)).state == "RUNNING"


async def test_without_another_system_there_is_no_door(serve: Serve) -> None:
    async with serve() as embedded:
        assert (await tell(embedded, {"id": "ope_01h455vb4pex5vsknk084sn02q", "progress": 1})).status_code == 404
