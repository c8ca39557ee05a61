"""Database addresses: `sqlite:///relative/path`, `sqlite:////absolute/path`, `postgres://user:password@host:port/name`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

SQLITE, POSTGRES = "sqlite", "postgres"

SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
"""As libpq has them; verify-ca and verify-full read the authority's certificate from PGSSLROOTCERT."""


@dataclass(frozen=True)
class Target:
    """A parsed address. `path` is set for SQLite, `server` (the driver's arguments) for PostgreSQL."""

    dialect: str
    path: str = ""
    server: Any = field(default=None, repr=False)  # holds the password


def parse(url: str) -> Target:
    """The target of an address. Raises `ValueError` that tells what is wrong and never shows a password.

    For SQLite three slashes mean a path relative to the working directory, four an absolute one. For PostgreSQL the host
    may also be a directory with a Unix socket: `postgres://user@/name?host=/run/postgresql`.
    """
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError("must start with sqlite:/// or postgres://")
    if "#" in url:
        raise ValueError("holds a #, which is written %23 in an address")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError(
            "has no readable host and port; in a user or password the characters / ? # @ : % are written %2F and so on"
        ) from None
    return _file(parts) if scheme == "sqlite" else _server(parts)


def _file(parts: SplitResult) -> Target:
    path = unquote(parts.path.removeprefix("/"))
    if parts.netloc or not path or path.endswith("/") or path == ":memory:" or "\0" in path:
        raise ValueError("must be sqlite:/// followed by the path of a file")
    if parts.query:
        raise ValueError("has a ?, and SQLite takes no options; in the name of a file it is written %3F")
    return Target(SQLITE, path=path)


def _server(parts: SplitResult) -> Target:
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name or "\0" in name:
        raise ValueError("must end with the name of a database: postgres://USER:PASSWORD@HOST:PORT/NAME")
    try:
        options = parse_qs(parts.query, strict_parsing=True, keep_blank_values=True) if parts.query else {}
    except ValueError:
        options = {"?": [""]}
    if not set(options) <= {"host", "sslmode"} or any(len(given) > 1 for given in options.values()):
        raise ValueError("takes no options but host and sslmode, each once")
    (host,) = options.get("host", [parts.hostname or "127.0.0.1"])
    if not host:
        raise ValueError("names no host")
    server = {
        "host": host,
        "port": parts.port or 5432,
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "database": name,
    }
    if "sslmode" in options:
        (server["ssl"],) = options["sslmode"]
        if server["ssl"] not in SSL_MODES:
            raise ValueError(f"needs as sslmode one of {', '.join(SSL_MODES)}")
    return Target(POSTGRES, server=server)
