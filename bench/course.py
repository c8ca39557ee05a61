"""A whole run: fill, check that all answer alike, measure, and what became of it as one dictionary."""

from __future__ import annotations

import asyncio
import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from bench.database import Postgres, create_sqlite
from bench.dataset import DataSet, token
from bench.loop import ask
from bench.processes import CONTESTANTS, ROOT, Contestant, Running, Target, node, resident_mb, running
from bench.rounds import Figures, Load, disagreements, interleaved
from bench.workload import INVOICES, OPERATIONS, PACKAGE_LIST, UNPLANNED, Operation, variables

PAGES = (1, 10, 50, 100)
AROUND = (1, 64)
"""Numbers of connections besides the usual 16."""
IN_ANY_SIZE = ("raw-rows", "gateway", "mercurius-sql", "postgraphile")
"""Who is asked again with fewer and with more rows."""


@dataclass(frozen=True)
class Pace:
    """How long everything takes."""

    scale: float
    seconds: float
    rounds: int
    side_seconds: float
    side_rounds: int
    sizes: tuple[float, ...]
    """Further scales of the data, for the growth over rows."""


FULL = Pace(scale=1, seconds=1.5, rounds=5, side_seconds=1.2, side_rounds=3, sizes=(0.01, 0.1))
QUICK = Pace(scale=0.2, seconds=0.7, rounds=1, side_seconds=0.4, side_rounds=1, sizes=())

Tell = Callable[[str], None]
Table = dict[str, dict[str, float]]


class Disagreement(Exception):
    """The contestants do not answer alike; the text shows where."""


@dataclass
class Course:
    """One run. `tell` hears what is being done."""

    pace: Pace
    names: Sequence[str]
    tell: Tell
    folder: Path
    server: Postgres
    data: DataSet

    def results(self) -> dict[str, Any]:
        """Everything, in the form of `results.json`. Raises `Disagreement`; `RuntimeError` for a server that does not start."""
        found: dict[str, Any] = {"conditions": conditions(self.pace, self.server)}
        self._said("fill PostgreSQL", lambda: asyncio.run(self.server.create("bench", self.data)))
        target = self._target("bench")
        with self._all(target) as contestants:
            found |= self._on_postgres(contestants)
        with self._all(target, workers=2) as contestants:
            self.tell("two worker processes")
            loads = {str(n): Load(PACKAGE_LIST, n) for n in (16, 64)}
            found["two_workers"] = {name: self._side(contestants, load) for name, load in loads.items()}
        found["sqlite"] = self._on_sqlite()
        found["sizes"] = {str(self.pace.scale): self._known(found)}
        for scale in self.pace.sizes:
            found["sizes"][str(scale)] = self._in_size(scale)
        return found

    def _on_postgres(self, contestants: list[Running]) -> dict[str, Any]:
        self._agree(contestants, OPERATIONS)
        readers = [one for one in contestants if one.contestant.reads_text]
        self._agree(readers, (UNPLANNED,))
        found: dict[str, Any] = {"postgres": {}}
        for operation in OPERATIONS:
            self.tell(operation.title)
            found["postgres"][operation.name] = self._main(contestants, Load(operation))
        self.tell("fewer and more connections")
        found["connections"] = {str(n): self._side(contestants, Load(PACKAGE_LIST, n)) for n in AROUND}
        self.tell("larger and smaller pages")
        found["pages"] = {
            str(page): self._side(contestants, Load(PACKAGE_LIST, page=page)) for page in PAGES if page != 50
        } | {"50": found["postgres"][PACKAGE_LIST.name]}
        self.tell("texts never seen before, operations with a part no plan knows")
        found["fresh"] = self._side(readers, Load(PACKAGE_LIST, fresh=True))
        found["unplanned"] = self._side(readers, Load(UNPLANNED))
        self.tell("statements")
        found["statements"] = asyncio.run(self._statements(contestants))
        found["memory_mb"] = {one.name: round(resident_mb(one.pid), 1) for one in contestants}
        return found

    def _on_sqlite(self) -> dict[str, Table]:
        path = self.folder / "bench.sqlite3"
        self._said("fill SQLite", lambda: asyncio.run(create_sqlite(path, self.data)))
        target = Target("sqlite", f"sqlite:///{path}", {"path": str(path)})
        with self._all(target) as contestants:
            self._agree(contestants, OPERATIONS)
            self.tell("SQLite")
            return {operation.name: self._main(contestants, Load(operation), 0) for operation in OPERATIONS}

    def _in_size(self, scale: float) -> dict[str, Any]:
        data = DataSet(scale, self.data.now)
        self._said(f"fill {scale} times the rows", lambda: asyncio.run(self.server.create("size", data)))
        try:
            with self._all(self._target("size"), only=IN_ANY_SIZE) as contestants:
                return {
                    operation.name: self._side(contestants, Load(operation), data)
                    for operation in (PACKAGE_LIST, INVOICES)
                }
        finally:
            asyncio.run(self.server.drop("size"))

    def _known(self, found: dict[str, Any]) -> dict[str, Any]:
        """The usual size was measured already."""
        return {
            operation.name: {
                name: figures for name, figures in found["postgres"][operation.name].items() if name in IN_ANY_SIZE
            }
            for operation in (PACKAGE_LIST, INVOICES)
        }

    async def _statements(self, contestants: list[Running]) -> Table:
        """Statements for one request, by PostgreSQL's own log; a page of ten and one of a hundred packages besides."""
        times = 10
        asked: dict[str, tuple[Operation, int | None]] = {
            **{operation.name: (operation, None) for operation in OPERATIONS},
            "page of 10": (PACKAGE_LIST, 10),
            "page of 100": (PACKAGE_LIST, 100),
        }
        made: Table = {one.name: {} for one in contestants}
        async with self.server.statements() as counted:
            for one in contestants:
                for name, (operation, page) in asked.items():
                    before = counted()
                    body = operation.body(
                        one.contestant.dialect, variables(operation, self.data.package_of_reseller(0), page)
                    )
                    for _ in range(times):
                        await asyncio.to_thread(ask, one.port, token(0), body)
                    await asyncio.sleep(0.1)
                    made[one.name][name] = (counted() - before) / times
        return made

    # Parts

    def _main(self, contestants: list[Running], load: Load, database: int | None = None) -> Table:
        pid = self.server.pid if database is None else database
        return _table(interleaved(contestants, load, self.data, pid, self.pace.rounds, self.pace.seconds))

    def _side(self, contestants: list[Running], load: Load, data: DataSet | None = None) -> Table:
        rounds, seconds = self.pace.side_rounds, self.pace.side_seconds
        return _table(interleaved(contestants, load, data or self.data, self.server.pid, rounds, seconds))

    def _agree(self, contestants: list[Running], operations: Sequence[Operation]) -> None:
        found = disagreements(contestants, operations, self.data)
        if found:
            raise Disagreement("\n".join(found))
        names = ", ".join(operation.title for operation in operations)
        self.tell(f"{len(contestants)} contestants give equal answers: {names}")

    def _target(self, name: str) -> Target:
        place = {"host": self.server.host, "port": self.server.port, "user": "postgres", "database": name}
        return Target("postgres", self.server.url(name), place)

    @contextmanager
    def _all(self, target: Target, workers: int = 1, only: Sequence[str] | None = None) -> Iterator[list[Running]]:
        with ExitStack() as stack:
            yield [
                stack.enter_context(running(contestant, target, self.folder, token(0), workers))
                for contestant in chosen(self.names)
                if target.kind in contestant.kinds and (only is None or contestant.name in only)
            ]

    def _said(self, what: str, work: Callable[[], object]) -> None:
        begun = monotonic()
        work()
        self.tell(f"{what}: {monotonic() - begun:.0f} s")


def chosen(names: Sequence[str]) -> list[Contestant]:
    """The contestants with these names."""
    return [contestant for contestant in CONTESTANTS if contestant.name in names]


def run(pace: Pace, names: Sequence[str], tell: Tell) -> dict[str, Any]:
    """A whole run, from an empty folder to the results; nothing is left behind."""
    server = Postgres()
    try:
        with TemporaryDirectory(prefix="gateway-bench-") as folder:
            data = DataSet(pace.scale, datetime.now(UTC))
            return Course(pace, names, tell, Path(folder), server, data).results()
    finally:
        server.stop()


def conditions(pace: Pace, server: Postgres) -> dict[str, Any]:
    """When, where and with what it was measured."""
    cpus = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    found = node()
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _told(["git", "rev-parse", "--short", "HEAD"])
        + ("+" if _told(["git", "status", "--porcelain", "--", "gateway", "models"]) else ""),
        "cores": os.cpu_count(),
        "cpu": cpus[0].partition(":")[2].strip() if cpus else platform.machine(),
        "load_before": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "postgresql": asyncio.run(server.version()),
        "node": _told([found, "--version"]).removeprefix("v") if found else None,
        "scale": pace.scale,
        "rounds": pace.rounds,
        "seconds": pace.seconds,
    }


def _told(command: list[str]) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def _table(found: dict[str, Figures]) -> Table:
    return {name: figures.as_dict() for name, figures in found.items()}
