"""Audit entries (SECURITY L3): written in the unit of work of what they tell about, never with a secret.

They are sealed into the customer's chain (`gateway.auth.audit_chain`) as the last thing the unit does, whenever it was that
they were recorded: the chain is one row that everybody writes, so it is locked after all others and for a moment only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gateway.auth.address import shortened
from gateway.auth.audit_chain import append
from gateway.auth.client import Client
from gateway.auth.viewer import Viewer
from models import ActorKind, AuditEvent, SessionKind
from models.database import at_end

_ACTORS = {SessionKind.CUSTOMER: ActorKind.CUSTOMER, SessionKind.PACKAGE: ActorKind.PACKAGE_LOGIN}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, under which customer number. What a package login does is also an entry of its package."""

    kind: ActorKind
    id: str | None
    customer_id: str
    package_id: str | None = None
    session_id: str | None = None


def login_actor(kind: SessionKind, customer_id: str, package_id: str | None, session_id: str | None = None) -> Actor:
    """A customer or a package login, signed in (`session_id`) or only trying to."""
    return Actor(_ACTORS[kind], package_id or customer_id, customer_id, package_id, session_id)


def actor_of(viewer: Viewer) -> Actor:
    """The viewer as an actor."""
    if viewer.api_token_id is not None:
        return Actor(ActorKind.API_TOKEN, viewer.api_token_id, viewer.customer_id, viewer.package_id)
    return login_actor(viewer.kind, viewer.customer_id, viewer.package_id, viewer.session_id)


async def record(
    actor: Actor,
    client: Client,
    now: datetime,
    action: str,
    *,
    object_id: str | None = None,
    package_id: str | None = None,
    result: str = "OK",
    detail: dict[str, Any] | None = None,
) -> None:
    """Append an entry: inside the caller's unit of work.

    `action` is a noun and a verb (`session.end`), `object_id` what it was done to, `package_id` the package whose
    entries it belongs to when that is not the actor's own, `result` `OK` or an error code.
    """
    entry = AuditEvent(
        customer_id=actor.customer_id,
        package_id=package_id or actor.package_id,
        occurred_at=now,
        actor_kind=actor.kind,
        actor_id=actor.id,
        session_id=actor.session_id,
        address=shortened(client.address),
        action=action,
        object_id=object_id,
        result=result,
        request_id=client.request_id[:40],
        detail=detail,
    )
    at_end(append, entry)
