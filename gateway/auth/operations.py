"""Asking for an operation: the change of a package that the host's systems have to follow, written with the change itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from gateway.auth import visible
from gateway.auth.bearer import demand_still_good
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from gateway.keys import OPERATION_SEAL, Keyring
from models import Operation, OperationState

SealedSecrets = NewType("SealedSecrets", str)
"""What only the host's system may read. Made by `sealed`, so that no plain text can take its place."""


def sealed(keyring: Keyring, **secrets: str) -> SealedSecrets:
    """Secrets of one operation, for `request(…, secrets=sealed(keyring, password_hash=…))`."""
    return SealedSecrets(keyring.seal(OPERATION_SEAL, json.dumps(secrets)))


@dataclass(frozen=True, slots=True)
class Wish:
    """One change to hand over. `kind` is what is done (`mailbox.create`), `subject_id` the row it is about.

    `desired` holds no secret: those are in `secrets`.
    """

    kind: str
    subject_id: str
    desired: Mapping[str, Any]
    secrets: SealedSecrets | None = None


async def request(
    viewer: Viewer,
    package_id: str,
    kind: str,
    subject_id: str,
    desired: Mapping[str, Any],
    now: datetime,
    *,
    secrets: SealedSecrets | None = None,
) -> Operation:
    """Hand one change to the host's systems: see `request_all`."""
    return (await request_all(viewer, package_id, [Wish(kind, subject_id, desired, secrets)], now))[0]


async def request_all(viewer: Viewer, package_id: str, wishes: Sequence[Wish], now: datetime) -> list[Operation]:
    """Hand changes to the host's systems in their order, after all others of the package: inside the caller's unit of work.

    The package stays locked until the unit ends, so numbers are given one after the other and become visible in order.
    Raises `NOT_FOUND` for a package that is not there for the viewer, and `UNAUTHENTICATED` when the session or token of the
    request was ended meanwhile: a password that was on its way must not follow those that a hand-back made.
    """
    package = await visible.packages(viewer).filter(id=package_id).select_for_update().first()
    if package is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
    await demand_still_good(viewer)
    last = await Operation.filter(package_id=package.id).order_by("-number").first()
    begin = 1 if last is None else last.number + 1
    made = [
        Operation(
            customer_id=package.customer_id,
            package_id=package.id,
            number=number,
            kind=wish.kind,
            subject_id=wish.subject_id,
            state=OperationState.QUEUED,
            desired=dict(wish.desired),
            secrets_sealed=wish.secrets,
            with_secrets=wish.secrets is not None,
            requested_at=now,
            available_at=now,
        )
        for number, wish in enumerate(wishes, begin)
    ]
    await Operation.bulk_create(made, batch_size=50)
    return made
