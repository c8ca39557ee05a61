"""Where the two drivers differ for statements written by hand: how a parameter is named, how an instant comes back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.database import dialect, fetch


def placed(statement: str) -> str:
    """A statement with its parameters `$1`, `$2` … as the connected database names them. It holds no other `$`."""
    return statement if dialect() == "postgres" else statement.replace("$", "?")


async def queue_patiently(milliseconds: int) -> None:
    """Let this unit of work wait longer for a row than others do; SQLite's units queue before they begin."""
    if dialect() == "postgres":
        await fetch("SELECT set_config('lock_timeout', $1, true)", [str(milliseconds)])


def instant(value: Any) -> datetime:
    """An instant as the driver gives it: SQLite holds ISO 8601 text."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
