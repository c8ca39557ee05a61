"""Signatures of messages between the gateway and the host's systems (https://www.standardwebhooks.com, HMAC-SHA256)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook

from gateway.keys import check_webhook_secret

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"

TOLERANCE = timedelta(minutes=5)
"""How far the clocks may be apart, and how long a message that was read on its way is good for."""

MOST_SIGNATURES = 10
_ID = re.compile(r"[!-~]{1,128}", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,11}", re.ASCII)


class WebhookSignature:
    """Signs with every secret and takes what any of them signed, so that one can be exchanged without a gap."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """Raises `ValueError` when there is no secret, or one is malformed."""
        for secret in secrets:
            check_webhook_secret(secret)
        if not secrets:
            raise ValueError("there is no secret")
        self._webhooks = [Webhook(secret) for secret in secrets]

    def headers(self, id: str, body: bytes, now: datetime) -> dict[str, str]:
        """The three headers of a message."""
        return {ID: id, TIMESTAMP: str(int(now.timestamp())), SIGNATURE: " ".join(self._signed(id, body.decode(), now))}

    def holds(self, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
        """Whether the headers (names in lower case) are of this message, and it was signed just now."""
        id, seconds = headers.get(ID, ""), headers.get(TIMESTAMP, "")
        if not _ID.fullmatch(id) or not _SECONDS.fullmatch(seconds):
            return False
        try:
            signed_at, text = datetime.fromtimestamp(int(seconds), UTC), body.decode()
        except (ValueError, OverflowError, OSError):
            return False
        if abs(now - signed_at) > TOLERANCE:
            return False
        given = [one.encode() for one in headers.get(SIGNATURE, "").split(" ")[:MOST_SIGNATURES]]
        expected = [one.encode() for one in self._signed(id, text, signed_at)]
        # Every pair is compared, so that the time tells nothing about which secret it was.
        return sum(hmac.compare_digest(one, mine) for one in given for mine in expected) > 0

    def _signed(self, id: str, text: str, at: datetime) -> list[str]:
        return [webhook.sign(id, at, text) for webhook in self._webhooks]
