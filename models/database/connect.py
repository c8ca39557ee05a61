"""One database for a process: SQLite or PostgreSQL, connected for its lifetime."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tortoise import Tortoise
from tortoise.connection import get_connection

from models.database.target import SQLITE, Target, parse
from models.database.work import admit, drain

MIGRATIONS = "models.migrations"

MOST_READERS = 4
"""Threads that read from SQLite: more of them only wait for one another's turn at the interpreter."""


class _Connected:
    dialect: str = ""
    client: Any = None


_connected = _Connected()


def configuration(target: Target, pool_size: int, *, migrating: bool = False) -> dict[str, Any]:
    """Tortoise's configuration for a target."""
    if target.dialect == SQLITE:
        engine, credentials = "sqlite", {"file_path": target.path, "readers": min(pool_size, MOST_READERS)}
    else:
        engine, credentials = "postgres", {**target.server, "minsize": 0, "maxsize": pool_size}
    connection = {"engine": f"models.database.{engine}", "credentials": {**credentials, "migrating": migrating}}
    app = {"models": ["models"], "default_connection": "default", "migrations": MIGRATIONS}
    return {"connections": {"default": connection}, "apps": {"models": app}, "use_tz": True, "timezone": "UTC"}


async def connect(url: str, pool_size: int = 10, *, migrating: bool = False) -> None:
    """Connect the process, once. Raises `ValueError` for a malformed address (without showing it).

    A file is opened at once: raises `DatabaseUnavailable` when it cannot be. A server is asked at the first statement,
    so a process can start while its database is away. `migrating` lifts the limits that keep requests short.
    """
    target = parse(url)
    if _connected.client is not None:
        raise RuntimeError("the process is connected to a database already")
    if target.dialect == SQLITE:
        Path(target.path).parent.mkdir(parents=True, exist_ok=True)
    elif find_spec("asyncpg") is None:
        raise ValueError("needs the extra `postgres`: pip install 'customer-gateway[postgres]'")
    # The global fallback lets tasks find the connection that were not started by the lifespan: under a real server all are.
    await Tortoise.init(config=configuration(target, pool_size, migrating=migrating), _enable_global_fallback=True)
    client = get_connection("default")
    try:
        if target.dialect == SQLITE:
            await client.create_connection(with_db=True)
    except BaseException:
        await Tortoise.close_connections()
        raise
    _connected.dialect, _connected.client = target.dialect, client
    admit(True)


async def close(seconds: float = 5.0) -> None:
    """Let running units of work end, then close every connection: a thread left open would keep the process alive."""
    admit(False)
    try:
        await drain(seconds)
    finally:
        _connected.dialect, _connected.client = "", None
        await Tortoise.close_connections()


def dialect() -> str:
    """Either "sqlite" or "postgres". Raises `RuntimeError` before `connect`."""
    if not _connected.dialect:
        raise RuntimeError("the database is not connected")
    return _connected.dialect


def connected_client() -> Any:
    """The client outside of units of work: `models.database.sqlite.Client` or `models.database.postgres.Client`."""
    if _connected.client is None:
        raise RuntimeError("the database is not connected")
    return _connected.client
