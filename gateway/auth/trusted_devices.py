"""How devices are trusted no more: one, or all of them (SECURITY AU8).

Nobody is signed out by it: sessions are ended by `gateway.auth.ending`. Who signs in from such a device next time is told
about by mail as from a new one, and waits like everybody else when strangers try the account.
"""

from __future__ import annotations

from datetime import datetime

from gateway.auth import audit, visible
from gateway.auth.client import Client
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models.database import in_unit_of_work
from models.ids import prefix_of


async def remove_device(viewer: Viewer, device_id: str, client: Client, now: datetime) -> None:
    """Trust one device no more; a customer may remove those of package logins.

    Raises `NOT_FOUND` for a device of somebody else, one that is gone, and an id that is none, all alike.
    """

    async def remove() -> None:
        await hold_customer(viewer.customer_id)
        found = visible.trusted_devices(viewer).filter(id=device_id)
        device = await found.first()
        if device is None or not await found.delete():
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "trusted_device.remove",
            object_id=device.id,
            package_id=device.package_id,
            detail={"name": device.name},
        )

    if prefix_of(device_id) != "dev":
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
    await in_unit_of_work(remove)


async def remove_all_devices(viewer: Viewer, client: Client, now: datetime) -> int:
    """Trust no device under the customer number any more, those of package logins included: how many they were."""

    async def remove() -> int:
        await hold_customer(viewer.customer_id)
        removed = await visible.trusted_devices(viewer).delete()
        await audit.record(
            audit.actor_of(viewer), client, now, "trusted_device.remove_all", detail={"removed": removed}
        )
        return removed

    return await in_unit_of_work(remove)
