"""What the end of an operation says about the certificate of a host name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from gateway.ports.provisioning import Answer, Result
from models import Operation, TlsState, WebHost

LONGEST_ISSUER = 160
MOST_DAYS = 3_650
"""Days a certificate is good at most: whatever says more is no certificate."""


async def web_host_ended(operation: Operation, answer: Answer, now: datetime) -> None:
    """Note the certificate that the host's system has for a host name, or that it got none for one that waits for it.

    The facts are `tlsIssuer` and `tlsExpiresAt` (RFC 3339) or `tlsValidDays`; without them the certificate is still asked for.
    """
    host = WebHost.filter(id=operation.subject_id, customer_id=operation.customer_id)
    if answer.result is Result.FAILED:
        await host.filter(tls_state=TlsState.PENDING).update(tls_state=TlsState.FAILED)
        return
    issuer, expires_at = _issuer(answer.facts), _expiry(answer.facts, now)
    if issuer is not None and expires_at is not None:
        await host.update(tls_state=TlsState.ACTIVE, tls_issuer=issuer, tls_expires_at=expires_at)


def _issuer(facts: Mapping[str, Any]) -> str | None:
    issuer = facts.get("tlsIssuer")
    return issuer[:LONGEST_ISSUER] if isinstance(issuer, str) and issuer and issuer.isprintable() else None


def _expiry(facts: Mapping[str, Any], now: datetime) -> datetime | None:
    days, text = facts.get("tlsValidDays"), facts.get("tlsExpiresAt")
    if type(days) is int and 0 < days <= MOST_DAYS:
        return now + timedelta(days=days)
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
        found = found.astimezone(UTC) if found.tzinfo is not None else now
    except (ValueError, OverflowError):
        return None
    return found if now < found <= now + timedelta(days=MOST_DAYS) else None
