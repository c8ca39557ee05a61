"""Changing a customer's master data: one way for every subject, so that none forgets the version, the mail or the entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tortoise.expressions import F

from gateway.auth import audit, visible
from gateway.auth.client import Client
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models import Customer

VERSION = ("input", "version")


def stale() -> GatewayError:
    """The customer was changed since the version that was read."""
    return GatewayError(ErrorCode.CONFLICT, "customer.changed_meanwhile", path=VERSION)


async def held_at(viewer: Viewer, version: int) -> Customer:
    """The viewer's customer, locked, as it was at `version`: inside a unit of work.

    Raises `CONFLICT` when it was changed since; of many that come with one version the first goes on.
    """
    customer = await hold_customer(viewer.customer_id)
    if customer.version != version:
        raise stale()
    return customer


async def changed(
    viewer: Viewer,
    version: int,
    action: str,
    client: Client,
    now: datetime,
    *,
    detail: dict[str, Any] | None = None,
    **values: Any,
) -> Customer:
    """Write values of the customer's row, or none where the change is in another table, with the entry of the audit log.

    Inside the unit of work that began with `held_at`. The customer as it is then.
    """
    unchanged = visible.customers(viewer).filter(version=version)
    if not await unchanged.update(**values, version=F("version") + 1):
        raise stale()
    await audit.record(audit.actor_of(viewer), client, now, action, object_id=viewer.customer_id, detail=detail)
    return await visible.customers(viewer).get()
