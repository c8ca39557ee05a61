"""The AuthInfo of a domain (RFC 5731 § 3.2): the password by which another provider takes it over.

It is made when the customer chooses to take the domain elsewhere, kept sealed, and told to the customer alone.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from gateway.auth import audit, visible
from gateway.auth.client import Client
from gateway.auth.notices import notify
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from gateway.keys import AUTH_INFO_SEAL, Keyring
from models import Domain
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules.berlin import berlin_day
from models.rules.cancellation import auth_info_revealable
from models.rules.decision import Refused

LENGTH = 16
"""Characters, which every registry takes: DENIC has 8 to 16, EURid exactly 16."""

_KINDS = ("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "-+#")
"""Letters and digits that cannot be taken for one another, and signs that keyboards have; one of each kind at least."""


def new_auth_info() -> str:
    """A fresh AuthInfo of about 90 bit."""
    letters = "".join(_KINDS)
    while True:
        text = "".join(secrets.choice(letters) for _ in range(LENGTH))
        if text[0].isalnum() and text[-1].isalnum() and all(set(kind) & set(text) for kind in _KINDS):
            return text


def sealed_auth_info(keyring: Keyring) -> str:
    """A fresh one as it is stored."""
    return keyring.seal(AUTH_INFO_SEAL, new_auth_info())


async def reveal_auth_info(
    viewer: Viewer, domain_id: str, keyring: Keyring, client: Client, now: datetime
) -> tuple[Domain, str]:
    """The domain and its AuthInfo. It is noted, and a mail tells of it.

    Raises `NOT_FOUND`, and `CONFLICT` with the words of the menu's reason.
    """
    path = ("input", "domainId")

    async def note() -> Domain:
        domain = await visible.domains(viewer).get_or_none(id=domain_id) if prefix_of(domain_id) == "dom" else None
        if domain is None:
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=path)
        has = domain.auth_info_sealed is not None
        decision = auth_info_revealable(domain.state.value, domain.ends_on, has, berlin_day(now))
        if isinstance(decision, Refused):
            raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=path)
        await audit.record(
            audit.actor_of(viewer), client, now, "domain.auth_info_reveal", object_id=domain.id,
            package_id=domain.package_id, detail={"name": domain.name},
        )  # fmt: skip
        await notify(await visible.customers(viewer).get(), "auth_info_revealed", now, domain=domain.name)
        return domain

    domain = await in_unit_of_work(note)
    assert domain.auth_info_sealed is not None  # the rule refuses a domain without one
    return domain, keyring.unseal(AUTH_INFO_SEAL, domain.auth_info_sealed)
