"""How sessions end before their time: one, all others, or all of a login (SECURITY SE4, SE6)."""

from __future__ import annotations

from datetime import datetime

from gateway.auth import audit, visible
from gateway.auth.client import Client
from gateway.auth.devices import forget_devices
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models import Session
from models.database import in_unit_of_work
from models.ids import prefix_of


async def sign_out(viewer: Viewer, client: Client, now: datetime) -> None:
    """End the caller's own session. Signing out twice at once is signing out."""

    async def end() -> None:
        if await visible.sessions(viewer).filter(id=viewer.session_id, revoked_at=None).update(revoked_at=now):
            await audit.record(audit.actor_of(viewer), client, now, "session.sign_out", object_id=viewer.session_id)

    await in_unit_of_work(end)


async def end_session(viewer: Viewer, session_id: str, client: Client, now: datetime) -> None:
    """End one session the viewer can see; a customer may end those of package logins.

    Raises `NOT_FOUND` for a session of somebody else, one that has ended, and an id that is none, all alike.
    """

    async def end() -> None:
        found = visible.sessions(viewer).filter(id=session_id, revoked_at=None)
        session = await found.first()
        if session is None or not await found.update(revoked_at=now):
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
        await audit.record(
            audit.actor_of(viewer), client, now, "session.end", object_id=session.id, package_id=session.package_id
        )

    if prefix_of(session_id) != "ses":
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
    await in_unit_of_work(end)


async def end_other_sessions(viewer: Viewer, client: Client, now: datetime) -> int:
    """End every session the viewer can see but this one, package logins' too for a customer: how many it were."""

    async def end() -> int:
        await hold_customer(viewer.customer_id)
        others = visible.sessions(viewer).filter(revoked_at=None).exclude(id=viewer.session_id)
        ended = await others.update(revoked_at=now)
        await audit.record(audit.actor_of(viewer), client, now, "session.end_others", detail={"ended": ended})
        return ended

    return await in_unit_of_work(end)


async def end_login(customer_id: str, package_id: str | None, now: datetime, *, keep: str | None = None) -> int:
    """A login's secret changed: end its sessions but `keep` and trust none of its devices. How many sessions it were.

    `package_id` `None` is the customer's own login; package logins have passwords of their own and stay. Inside the
    caller's unit of work, which also writes the audit entry of the change.
    """
    await hold_customer(customer_id)
    sessions = Session.filter(customer_id=customer_id, package_id=package_id, revoked_at=None)
    await forget_devices(customer_id, package_id)
    return await (sessions if keep is None else sessions.exclude(id=keep)).update(revoked_at=now)
