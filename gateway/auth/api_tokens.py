"""API tokens as callers: found at every request by what they send, like sessions (SECURITY SE1, SE4).

A token for a package reaches what a package login does at most, one without a package only reads. Nothing is cached, so
what was revoked is dead at the next request.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from gateway.auth.afterwards import Afterwards
from gateway.auth.drivers import instant, placed
from gateway.auth.pace import Pace
from gateway.auth.viewer import READING_SCOPES, TECHNICAL_SCOPES, Scope, Viewer
from gateway.settings import Settings
from models import ApiToken, SessionKind
from models.database import fetch

TOUCH_EVERY = timedelta(minutes=1)
"""How exact `last_used_at` is."""

_FIND = """
SELECT t.id, t.customer_id, t.package_id, t.scopes, t.all_domains, t.last_used_at
FROM api_token t JOIN customer c ON c.id = t.customer_id LEFT JOIN package p ON p.id = t.package_id
WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2 AND c.disabled_at IS NULL
 AND (t.package_id IS NULL OR p.state <> 'ENDED')"""

_DOMAINS = "SELECT domain_id FROM api_token_domain WHERE token_id = $1 ORDER BY domain_id"


def most_of(package_id: str | None) -> frozenset[Scope]:
    """The scopes a token can have at most: for a package those of a package login, otherwise those that read."""
    return READING_SCOPES if package_id is None else TECHNICAL_SCOPES


class ApiTokens:
    """Finds tokens, and notes when they were last used."""

    def __init__(self, settings: Settings, afterwards: Afterwards) -> None:
        self._pace = Pace(settings.api_token_requests)
        self._afterwards = afterwards

    async def find(self, hashed: str, now: datetime) -> Viewer | None:
        """Whose token it is, by its hash; `None` when there is none, or it is over. Raises `RATE_LIMITED`."""
        rows = await fetch(placed(_FIND), [hashed, now])
        if not rows:
            return None
        token_id, customer_id, package_id, stored, all_domains, used = rows[0]
        self._pace.take(token_id, now)
        if used is None or now - instant(used) >= TOUCH_EVERY:
            self._afterwards.do(token_id, lambda: _note_use(token_id, now))
        names = json.loads(stored) if isinstance(stored, str) else stored
        kind = SessionKind.CUSTOMER if package_id is None else SessionKind.PACKAGE
        scopes = frozenset(scope for scope in most_of(package_id) if scope.value in names)
        domains = None if all_domains else tuple(row[0] for row in await fetch(placed(_DOMAINS), [token_id]))
        return Viewer(kind, customer_id, package_id, scopes, "", api_token_id=token_id, domain_ids=domains)


async def is_revoked(token_id: str) -> bool:
    """Whether a token is one no longer."""
    return not await ApiToken.filter(id=token_id, revoked_at=None).exists()


async def _note_use(token_id: str, now: datetime) -> None:
    await ApiToken.filter(id=token_id).update(last_used_at=now)
