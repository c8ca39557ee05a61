"""One database for a process: SQLite or PostgreSQL, connected for its lifetime."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tortoise import Tortoise

from models.database.sqlite import Readers
from models.database.target import SQLITE, Target, parse
from models.database.work import drain

MIGRATIONS = "models.migrations"


class _Connected:
    dialect: str = ""
    readers: Readers | None = None


_connected = _Connected()


def configuration(target: Target, pool_size: int) -> dict[str, Any]:
    """Tortoise's configuration for a target."""
    if target.dialect == SQLITE:
        connection = {"engine": "models.database.sqlite", "credentials": {"file_path": target.path}}
    else:
        sizes = {"minsize": min(2, pool_size), "maxsize": pool_size}
        connection = {"engine": "models.database.postgres", "credentials": {**target.server, **sizes}}
    app = {"models": ["models"], "default_connection": "default", "migrations": MIGRATIONS}
    return {"connections": {"default": connection}, "apps": {"models": app}, "use_tz": True, "timezone": "UTC"}


async def connect(url: str, pool_size: int = 10) -> None:
    """Connect the process. Raises `ValueError` for a malformed address (without showing it)."""
    target = parse(url)
    if target.dialect == SQLITE:
        Path(target.path).parent.mkdir(parents=True, exist_ok=True)
    # The global fallback lets tasks find the connection that were not started by the lifespan: under a real server all are.
    await Tortoise.init(config=configuration(target, pool_size), _enable_global_fallback=True)
    _connected.dialect = target.dialect
    _connected.readers = Readers(target.path) if target.dialect == SQLITE else None


async def close(seconds: float = 5.0) -> None:
    """Let running units of work end, then close every connection: a thread left open would keep the process alive."""
    await drain(seconds)
    if _connected.readers is not None:
        _connected.readers.close()
        _connected.readers = None
    await Tortoise.close_connections()
    _connected.dialect = ""


def dialect() -> str:
    """Either "sqlite" or "postgres". Raises `RuntimeError` before `connect`."""
    if not _connected.dialect:
        raise RuntimeError("the database is not connected")
    return _connected.dialect


def readers() -> Readers:
    """SQLite's readers."""
    if _connected.readers is None:
        raise RuntimeError("the database is not connected")
    return _connected.readers
