"""Where the two drivers differ for statements written by hand: how a parameter is named, how an instant comes back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.database import dialect


def placed(statement: str) -> str:
    """A statement with its parameters `$1`, `$2` … as the connected database names them. It holds no other `$`."""
    return statement if dialect() == "postgres" else statement.replace("$", "?")


def instant(value: Any) -> datetime:
    """An instant as the driver gives it: SQLite holds ISO 8601 text."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
