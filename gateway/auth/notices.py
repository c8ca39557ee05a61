"""Mails about the security of an account (SECURITY AU9): outbox rows, written with the change they tell about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import Customer, OutboxMessage


async def notify(customer: Customer, notice: str, now: datetime, **values: Any) -> None:
    """Tell a customer, by mail, in their language: inside the caller's unit of work.

    The row's kind is `mail.{notice}`; its payload is `{"to": [address], "language": "de", "at": ISO 8601, **values}`.
    `values` fill the mail's text and hold no secret. The address is the one of this moment: a change of it tells both.
    """
    await OutboxMessage.create(
        customer_id=customer.id,
        kind=f"mail.{notice}",
        payload={"to": [customer.email], "language": customer.language, "at": now.isoformat(), **values},
        created_at=now,
        available_at=now,
    )
