"""What becoming signed in means, in one step or two: a session, a trusted device, a mail, an audit entry.

All of it belongs to the caller's unit of work, which holds the customer.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from gateway.auth import audit, notices
from gateway.auth.address import shortened
from gateway.auth.client import Client
from gateway.auth.devices import renew_device, trust_device
from gateway.auth.logins import Account
from gateway.auth.sessions import Sessions
from gateway.settings import Settings
from models import Customer, Session, TrustedDevice

DEVICE_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody is who they say. The tokens are shown this once.

    `device_token` is `None` when the one that was sent stays good.
    """

    session: Session
    token: str = field(repr=False)
    device_token: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is to be let in, from which device. `device` is the trusted one it came from, if it was one."""

    account: Account
    device: TrustedDevice | None
    device_name: str | None
    remembered: bool


class Entering:
    """Lets people in whose proof is complete."""

    def __init__(self, sessions: Sessions, settings: Settings) -> None:
        self._sessions = sessions
        self._trust = settings.trusted_device_lifetime

    async def let_in(
        self, customer: Customer, entry: Entry, client: Client, now: datetime, *, second_factor: str | None = None
    ) -> SignedIn:
        """Open a session. `second_factor` is what it was proven with ("code", "recovery_code"), for the audit entry."""
        account = entry.account
        session, token = await self._sessions.open(
            account, client, now, device_name=entry.device_name, remembered=entry.remembered
        )
        device_token = None
        if entry.device is None or not await renew_device(entry.device, self._trust, now):
            shown = entry.device_name or device_name(client.user_agent) or ""
            device_token = await trust_device(account, shown, self._trust, now)
            await notices.notify(
                customer,
                "new_device_sign_in",
                now,
                device=shown or None,
                address=shortened(client.address),
                package_id=account.package_id,
            )
        detail: dict[str, object] = {"new_device": device_token is not None, "remembered": entry.remembered}
        await audit.record(
            audit.login_actor(account.kind, account.customer_id, account.package_id, session.id),
            client,
            now,
            "session.sign_in",
            object_id=session.id,
            detail=detail if second_factor is None else detail | {"second_factor": second_factor},
        )
        return SignedIn(session, token, device_token)


def device_name(text: str | None) -> str | None:
    """A name as it can be shown in a list: one line, no control or formatting characters, at most 80 characters."""
    if text is None:
        return None
    visible = (c if unicodedata.category(c)[0] != "C" else " " for c in text[: 4 * DEVICE_NAME_LENGTH])
    return " ".join("".join(visible).split())[:DEVICE_NAME_LENGTH].strip() or None
