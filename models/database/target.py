"""Database addresses: `sqlite:///relative/or//absolute/path` and `postgres://user:password@host:port/name`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SQLITE, POSTGRES = "sqlite", "postgres"


@dataclass(frozen=True)
class Target:
    """A parsed address. `path` is set for SQLite, `server` (the driver's arguments) for PostgreSQL."""

    dialect: str
    path: str = ""
    server: Any = None


def parse(url: str) -> Target:
    """The target of an address. Raises `ValueError` that tells what is wrong and never shows a password.

    For SQLite three slashes mean a path relative to the working directory, four an absolute one. For PostgreSQL the host
    may also be a directory with a Unix socket: `postgres://user@/name?host=/run/postgresql`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("is not a database address") from None
    if parts.scheme == "sqlite":
        path = unquote(parts.path.removeprefix("/"))
        if parts.netloc or not path or path == ":memory:":
            raise ValueError("must be sqlite:/// followed by the path of a file")
        return Target(SQLITE, path=path)
    if parts.scheme in ("postgres", "postgresql"):
        query = parse_qs(parts.query)
        name = parts.path.removeprefix("/")
        unknown = sorted(set(query) - {"host", "sslmode"})
        if not name or "/" in name or unknown:
            raise ValueError(
                "must be postgres://USER:PASSWORD@HOST:PORT/NAME, with nothing but host and sslmode behind it"
            )
        server = {
            "host": query.get("host", [parts.hostname or "127.0.0.1"])[0],
            "port": port or 5432,
            "user": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "database": unquote(name),
        }
        if "sslmode" in query:
            server["ssl"] = query["sslmode"][0]
        return Target(POSTGRES, server=server)
    raise ValueError("must start with sqlite:/// or postgres://")
