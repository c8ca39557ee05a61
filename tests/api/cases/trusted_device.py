"""Removing trusted devices."""

from __future__ import annotations

from models import TrustedDevice
from tests.api.cases.case import Case, Input, always, nothing
from tests.world import Caller, World, nobodys


async def _a_device(world: World, caller: Caller) -> Input:
    device = await TrustedDevice.filter(customer_id=world.customer(caller)).first()
    return {"id": device.id if device else nobodys("dev")}


NOBODYS = {"id": nobodys("dev")}

CASES: dict[str, Case] = {
    "trustedDeviceRemove": Case(_a_device, NOBODYS, {"NOT_FOUND": always(NOBODYS)}),
    "trustedDeviceRemoveAll": Case(nothing),
}
