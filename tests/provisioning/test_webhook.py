"""Orders posted to a receiver in another process: what each of its answers comes to."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from gateway.ports.provisioning import Accepted, Answer, Order, Result
from gateway.ports.provisioning_webhook import HandingOverFailed, ProvisioningWebhook
from gateway.ports.webhook_signature import TOLERANCE, WebhookSignature
from tests.mail.authority import Authority
from tests.provisioning.conftest import SECRET, Receiver

OTHER = "whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_numbers = count(1)


def order(*script: str, **more: Any) -> Order:
    return Order(f"ope_{next(_numbers)}", "pkg_1", 1, "cron_job.change", "crn_1", {"script": list(script)}, **more)


def port(receiver: Receiver, *secrets: str) -> ProvisioningWebhook:
    return ProvisioningWebhook(f"{receiver.url}/orders", WebhookSignature(secrets or (SECRET,)), timeout=0.7)


async def test_an_order_is_signed_and_its_result_is_taken(receiver: Receiver) -> None:
    answer = await port(receiver).apply(order())
    assert answer == Answer(Result.SUCCEEDED, None, {"tlsValidDays": 90})
    assert len(receiver.noted("applied")) == 1


async def test_what_was_accepted_has_no_result_yet(receiver: Receiver) -> None:
    assert await port(receiver).apply(order("accept and forget")) == Accepted()


async def test_a_refusal_is_one_for_good_and_tells_its_code(receiver: Receiver) -> None:
    assert await port(receiver).apply(order("refuse")) == Answer(Result.FAILED, "QUOTA_TOO_LARGE")


@pytest.mark.parametrize("word", ["lose", "apply and lose", "delay", "fault", "broken", "redirect", "flood"])
async def test_whatever_is_no_answer_is_tried_again(receiver: Receiver, word: str) -> None:
    asked = order(word)
    with pytest.raises((HandingOverFailed, httpx2.HTTPError)):
        await port(receiver).apply(asked)
    assert len(receiver.noted("arrived")) == 1, "nothing is followed or repeated by itself"
    again = Order(asked.id, "pkg_1", 1, asked.kind, asked.subject_id, asked.desired)
    answer = await port(receiver).apply(again)
    assert isinstance(answer, Answer)
    assert answer.result is Result.SUCCEEDED
    assert len(receiver.noted("applied")) == 1, "by its id it is done once"


async def test_a_wrong_secret_is_our_mistake_and_no_refusal(receiver: Receiver) -> None:
    with pytest.raises(HandingOverFailed, match="status 401"):
        await port(receiver, OTHER).apply(order())


async def test_while_a_secret_is_exchanged_both_sign(receiver: Receiver) -> None:
    answer = await port(receiver, OTHER, SECRET).apply(order())
    assert isinstance(answer, Answer)
    assert answer.result is Result.SUCCEEDED


async def test_a_receiver_that_is_away_is_tried_again(receiver: Receiver) -> None:
    await receiver.kill()
    with pytest.raises(httpx2.ConnectError):
        await port(receiver).apply(order())


async def test_proxies_of_the_environment_are_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert isinstance(await port(receiver).apply(order()), Answer)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    body = b'{"result": "SUCCEEDED"}'
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s" % (len(body), body))
    await writer.drain()
    writer.close()


async def test_nobody_but_the_host_is_told_what_orders_hold(tmp_path: Path) -> None:
    known, stranger = Authority(tmp_path), Authority(tmp_path, "strangers")
    for authority, trusted, days in ((known, known, 1), (stranger, known, 1), (known, known, -1), (known, None, 1)):
        server = await asyncio.start_server(_answer, "127.0.0.1", 0, ssl=authority.server("127.0.0.1", days=days))
        number = server.sockets[0].getsockname()[1]
        webhook = ProvisioningWebhook(
            f"https://127.0.0.1:{number}/", WebhookSignature([SECRET]), timeout=2, authorities=trusted and trusted.file
        )
        async with server:
            if trusted is authority and days > 0:
                assert await webhook.apply(order()) == Answer(Result.SUCCEEDED)
            else:
                with pytest.raises(httpx2.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
                    await webhook.apply(order())


async def test_the_log_tells_nothing_of_orders_or_where_they_go(
    receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await port(receiver).apply(order(secrets={"password": "very secret"}))
    assert caplog.text == ""


def test_signatures_are_those_of_the_library() -> None:
    signature, body, now = WebhookSignature([SECRET]), '{"größe": 1}'.encode(), datetime.now(UTC)
    headers = signature.headers("msg_1", body, now)
    assert Webhook(SECRET).verify(body, headers) == {"größe": 1}
    with pytest.raises(WebhookVerificationError):
        Webhook(OTHER).verify(body, headers)
    assert signature.holds(headers, body, now)


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": "msg_2"}, {"webhook-id": ""}, {"webhook-id": "a b"}, {"webhook-timestamp": "1"},
        {"webhook-timestamp": "NaN"}, {"webhook-timestamp": "9" * 11}, {"webhook-signature": ""},
        {"webhook-signature": "v1,"}, {"webhook-signature": "v1,AAAA"}, {"webhook-signature": "ü"},
    ],
    ids=str,
)  # fmt: skip
def test_what_was_changed_does_not_hold(change: dict[str, str]) -> None:
    signature = WebhookSignature([SECRET])
    headers = signature.headers("msg_1", b"{}", NOW)
    assert signature.holds(headers, b"{}", NOW)
    assert not signature.holds(headers | change, b"{}", NOW)
    assert not signature.holds(headers, b"{} ", NOW)
    assert not signature.holds(headers, b"\xff", NOW)
    assert not signature.holds({name: value for name, value in headers.items() if name not in change}, b"{}", NOW)


@pytest.mark.parametrize("apart", [TOLERANCE, -TOLERANCE])
def test_a_message_holds_for_five_minutes(apart: timedelta) -> None:
    signature = WebhookSignature([SECRET])
    headers = signature.headers("msg_1", b"{}", NOW)
    assert signature.holds(headers, b"{}", NOW + apart)
    assert not signature.holds(headers, b"{}", NOW + apart + apart / 300)


def test_an_older_secret_is_taken_until_it_is_gone() -> None:
    headers = WebhookSignature([OTHER]).headers("msg_1", b"{}", NOW)
    assert WebhookSignature([SECRET, OTHER]).holds(headers, b"{}", NOW)
    assert not WebhookSignature([SECRET]).holds(headers, b"{}", NOW)
