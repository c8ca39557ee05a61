"""The table these tests write to: the smallest one, and nobody owns its rows."""

from __future__ import annotations

from datetime import UTC, datetime

from models import Throttle
from models.database import fetch

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def row(key: str) -> Throttle:
    return Throttle(key=key, failures=1, window_started_at=NOW, expires_at=NOW)


async def add(key: str) -> None:
    await row(key).save(force_create=True)


async def stored() -> set[str]:
    return {found[0] for found in await fetch('SELECT "key" FROM "throttle"')}
