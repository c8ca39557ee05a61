"""Asking for an operation: the change of a package that the host's systems have to follow, written with the change itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NewType

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from gateway.keys import OPERATION_SEAL, Keyring
from models import Operation, OperationState

SealedSecrets = NewType("SealedSecrets", str)
"""What only the host's system may read. Made by `sealed`, so that no plain text can take its place."""


def sealed(keyring: Keyring, **secrets: str) -> SealedSecrets:
    """Secrets of one operation, for `request(…, secrets=sealed(keyring, password_hash=…))`."""
    return SealedSecrets(keyring.seal(OPERATION_SEAL, json.dumps(secrets)))


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
    """Hand a change to the host's systems, after all others of its package: inside the caller's unit of work.

    The package stays locked until the unit ends, so numbers are given one after the other and become visible in order. `kind`
    is what is done (`mailbox.create`), `subject_id` the row it is about. `desired` holds no secret: those come as `secrets`.

    Raises `NOT_FOUND` for a package that is not there for the viewer.
    """
    package = await visible.packages(viewer).filter(id=package_id).select_for_update().first()
    if package is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
    last = await visible.operations(viewer).filter(package_id=package.id).order_by("-number").first()
    return await Operation.create(
        customer_id=package.customer_id,
        package_id=package.id,
        number=1 if last is None else last.number + 1,
        kind=kind,
        subject_id=subject_id,
        state=OperationState.QUEUED,
        desired=dict(desired),
        secrets_sealed=secrets,
        requested_at=now,
        available_at=now,
    )
