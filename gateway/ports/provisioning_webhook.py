"""Provisioning by webhook: orders are posted to one address of the host's own, which the settings name.

Nothing that customers write becomes part of the address; redirects are not followed, proxies of the environment not used.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import orjson

from gateway.ports.provisioning import Accepted, Answer, Order, Result
from gateway.ports.provisioning_answer import answer_of, code_of, parsed
from gateway.ports.webhook_signature import WebhookSignature

MOST_BYTES = 65_536
"""Of an answer."""

TYPE = "operation.requested"

NOT_ABOUT_THE_ORDER = frozenset({401, 403, 404, 405, 407, 408, 421, 425, 429})
"""Statuses that tell of the way to the host's system, not of the order: they are tried again like a fault."""


logging.getLogger("httpx2").disabled = True  # it logs each address, and a host may have a token in there


class HandingOverFailed(Exception):
    """The order may not have arrived. The message is for the log and repeats nothing of the answer."""


class ProvisioningWebhook:
    """Posts orders. `timeout` is in seconds, for connecting and for each wait; `authorities` replaces the system's."""

    def __init__(
        self,
        url: str,
        signature: WebhookSignature,
        *,
        timeout: float,
        authorities: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Raises `OSError` when `authorities` holds no certificates."""
        self._url = url
        self._signature = signature
        self._timeout = timeout
        self._clock = clock
        self._tls = ssl.create_default_context(cafile=authorities)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_2

    async def apply(self, order: Order) -> Answer | Accepted:
        """Hand an order over. Raises `HandingOverFailed`, or what the connection raises: it is handed over again."""
        body = orjson.dumps(message(order))
        headers = self._signature.headers(order.id, body, self._clock())
        headers |= {"content-type": "application/json", "accept": "application/json", "accept-encoding": "identity"}
        async with (
            httpx2.AsyncClient(
                verify=self._tls, timeout=self._timeout, follow_redirects=False, trust_env=False
            ) as client,
            client.stream("POST", self._url, content=body, headers=headers) as response,
        ):
            return _understood(response.status_code, await _read(response))


def message(order: Order) -> dict[str, object]:
    """What is posted: `secrets` are there only where the order has any."""
    told: dict[str, object] = {
        "type": TYPE,
        "id": order.id,
        "packageId": order.package_id,
        "number": order.number,
        "kind": order.kind,
        "subjectId": order.subject_id,
        "desired": dict(order.desired),
    }
    return told | ({"secrets": dict(order.secrets)} if order.secrets else {})


async def _read(response: httpx2.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > MOST_BYTES:
            raise HandingOverFailed("the answer is too long")
    return bytes(body)


def _understood(status: int, body: bytes) -> Answer | Accepted:
    if status == 202:
        return Accepted()
    if status == 200:
        try:
            return answer_of(parsed(body))
        except ValueError:
            raise HandingOverFailed("the answer is no result") from None
    if 400 <= status < 500 and status not in NOT_ABOUT_THE_ORDER:
        return Answer(Result.FAILED, _code(body))
    raise HandingOverFailed(f"status {status}")


def _code(body: bytes) -> str:
    try:
        return code_of(parsed(body).get("error"))
    except ValueError:
        return code_of(None)
