"""What becomes of the second factor once there is one: devices renamed and removed, codes made anew, all switched off."""

from __future__ import annotations

from datetime import datetime

from gateway.auth import audit, notices, visible
from gateway.auth.challenges import void_challenges
from gateway.auth.client import Client
from gateway.auth.ending import end_login
from gateway.auth.reauthentication import Again, Reauthentication
from gateway.auth.recovery_codes import replace_codes
from gateway.auth.renewal import renew_token
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models import Authenticator, Customer, Session
from models.database import in_unit_of_work
from models.ids import prefix_of


async def factor_changed(viewer: Viewer, now: datetime) -> None:
    """What was proven with the factor as it was holds no longer (SECURITY SE4): the customer's other sessions end, no
    device is trusted, no sign-in goes on. Package logins have passwords of their own and stay.

    Inside a unit of work that holds the customer.
    """
    await end_login(viewer.customer_id, None, now, keep=viewer.session_id)
    await void_challenges(viewer.customer_id)


async def rename_device(
    viewer: Viewer, device_id: str, name: str, version: int, client: Client, now: datetime
) -> Authenticator:
    """Call a device otherwise. Raises `NOT_FOUND`, or `CONFLICT` when it has changed since version `version`."""

    async def write() -> Authenticator:
        device = await _device(viewer, device_id)
        unchanged = visible.authenticators(viewer).filter(id=device.id, version=version)
        if not await unchanged.update(name=name, version=version + 1):
            raise GatewayError(ErrorCode.CONFLICT, "two_factor.changed_meanwhile", path=("input", "version"))
        await audit.record(audit.actor_of(viewer), client, now, "two_factor.rename", object_id=device.id)
        return await visible.authenticators(viewer).get(id=device.id)

    return await in_unit_of_work(write)


async def remove_device(viewer: Viewer, device_id: str, client: Client, now: datetime) -> str:
    """Take a device out of use: its id. Raises `NOT_FOUND`, or `CONFLICT` for the last one: that would switch all off."""

    async def write() -> str:
        customer = await hold_customer(viewer.customer_id)
        device = await _device(viewer, device_id)
        if await visible.authenticators(viewer).count() == 1:
            raise GatewayError(ErrorCode.CONFLICT, "two_factor.last_device", path=("input", "id"))
        await visible.authenticators(viewer).filter(id=device.id).delete()
        await factor_changed(viewer, now)
        await notices.notify(customer, "two_factor_device_removed", now, device=device.name)
        await audit.record(audit.actor_of(viewer), client, now, "two_factor.remove", object_id=device.id)
        return str(device.id)

    return await in_unit_of_work(write)


async def regenerate_codes(viewer: Viewer, client: Client, now: datetime) -> list[str]:
    """Ten new recovery codes; the old ones are worth nothing. Raises `CONFLICT` without a second factor."""

    async def write() -> list[str]:
        customer = await hold_customer(viewer.customer_id)
        await _demand_on(viewer)
        codes = await replace_codes(customer.id, now)
        await notices.notify(customer, "recovery_codes_regenerated", now)
        await audit.record(audit.actor_of(viewer), client, now, "recovery_codes.regenerate")
        return codes

    return await in_unit_of_work(write)


async def switch_off(
    reauthentication: Reauthentication, viewer: Viewer, given: Again, client: Client, now: datetime
) -> tuple[Session, str]:
    """Sign in by password alone from now on (SECURITY T8): this session and its new token.

    Raises what `Reauthentication.prove` raises, and `CONFLICT` without a second factor.
    """

    async def change(customer: Customer) -> tuple[Session, str]:
        await _demand_on(viewer)
        await visible.authenticators(viewer).delete()
        await visible.pending_authenticators(viewer).delete()
        await visible.recovery_codes(viewer).delete()
        await factor_changed(viewer, now)
        await notices.notify(customer, "two_factor_off", now)
        await audit.record(audit.actor_of(viewer), client, now, "two_factor.disable")
        return await renew_token(viewer, viewer.elevated_until)

    return await reauthentication.prove(viewer, given, client, now, change)


async def _device(viewer: Viewer, device_id: str) -> Authenticator:
    device = None
    if prefix_of(device_id) == "aut":
        device = await visible.authenticators(viewer).get_or_none(id=device_id)
    if device is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=("input", "id"))
    return device


async def _demand_on(viewer: Viewer) -> None:
    if not await visible.authenticators(viewer).exists():
        raise GatewayError(ErrorCode.CONFLICT, "two_factor.off")
