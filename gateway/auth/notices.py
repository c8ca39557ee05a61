"""Mails about the security of an account (SECURITY AU9): outbox rows, written with the change they tell about.

What only the receiver may know, such as the link with a code, is sealed in the row until the mail is written, and taken
out of it once the mail was sent: a copy of the database shows none of it (SECURITY SE1).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NewType

from gateway.keys import Keyring
from models import Customer, OutboxMessage

SECRETS = "secrets"
"""Where a payload holds what is sealed."""

ATTACHED = "attached"
"""Where a payload names the stored files that go with the mail, by their ids (`gateway.jobs.attachments`)."""

MAIL_SEAL = "secrets of a mail"
"""The purpose it is sealed for."""

SealedSecrets = NewType("SealedSecrets", str)
"""Values of a mail that only `unsealed` can read. Made by `sealed`, so that no plain text can take its place."""


def sealed(keyring: Keyring, **secrets: str | list[str] | None) -> SealedSecrets:
    """Values for the text of one mail, for `notify(…, secrets=sealed(keyring, link=f"/reset?code={code}"))`."""
    return SealedSecrets(keyring.seal(MAIL_SEAL, json.dumps(secrets)))


def unsealed(keyring: Keyring, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The secrets of a payload, none when it has none: for the mail alone.

    Raises `ValueError` when they cannot be unsealed with a key of this ring.
    """
    secrets: dict[str, Any] = json.loads(keyring.unseal(MAIL_SEAL, payload[SECRETS])) if SECRETS in payload else {}
    return secrets


async def notify(
    customer: Customer,
    notice: str,
    now: datetime,
    *,
    to: str | None = None,
    secrets: SealedSecrets | None = None,
    **values: Any,
) -> None:
    """Tell a customer, by mail, in their language: inside the caller's unit of work.

    The row's kind is `mail.{notice}`; its payload is `{"to": [address], "language": "de", "at": ISO 8601, **values}`.
    `values` fill the mail's text and hold no secret: those come as `secrets`, from `sealed`. The address is the one of
    this moment or `to`: a change of it tells both, with a notice for each.
    """
    payload = {"to": [to or customer.email], "language": customer.language, "at": now.isoformat(), **values}
    if secrets is not None:
        payload[SECRETS] = secrets
    await OutboxMessage.create(
        customer_id=customer.id, kind=f"mail.{notice}", payload=payload, created_at=now, available_at=now
    )
