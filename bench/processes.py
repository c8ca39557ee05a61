"""Contestants as processes: started on a free port of the loopback, watched in /proc, always stopped."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.loop import ask
from bench.workload import ONE_PACKAGE

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TICK = os.sysconf("SC_CLK_TCK")
START_SECONDS = 60.0
STOP_SECONDS = 10.0
POOL = 10
"""Connections to PostgreSQL of a contestant, shared out among its processes; what the gateway has by default."""


@dataclass(frozen=True)
class Target:
    """A database to answer from: its address, and the same as the drivers' arguments."""

    kind: str
    url: str
    arguments: dict[str, object]


@dataclass(frozen=True)
class Contestant:
    """A server: its command line for a port and a number of worker processes, and what it is told besides."""

    name: str
    title: str
    command: Callable[[int, int], list[str]]
    environment: Callable[[Target, int, int], dict[str, str]]
    kinds: tuple[str, ...] = ("postgres",)
    dialect: str = "common"
    reads_text: bool = True
    """It parses what is asked, so a text never seen before means something to it."""


def _uvicorn(module: str) -> Callable[[int, int], list[str]]:
    options = [
        "--no-access-log",
        "--log-level",
        "warning",
        "--loop",
        "uvloop",
        "--http",
        "httptools",
        "--backlog",
        "2048",
    ]
    return lambda port, workers: [
        *(sys.executable, "-m", "uvicorn", f"bench.servers.{module}:application"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(workers), *options),
    ]


def node() -> str | None:
    """A Node that is new enough for all contestants: the machine's, or the one from PyPI beside this interpreter."""
    for found in (shutil.which("node"), str(Path(sys.executable).with_name("node"))):
        if found and Path(found).exists():
            told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
            if told.startswith("v") and int(told[1:].split(".")[0]) >= 22:
                return found
    return None


def _node(script: str) -> Callable[[int, int], list[str]]:
    return lambda port, workers: [node() or "node", str(HERE / "servers" / f"{script}.mjs")]


def _told(target: Target, port: int, workers: int) -> dict[str, str]:
    return {
        "BENCH_DATABASE": json.dumps(target.arguments),
        "PORT": str(port),
        "WORKERS": str(workers),
        "BENCH_POOL": str(POOL // workers),
        "NODE_ENV": "production",
    }


def _gateway(target: Target, port: int, workers: int) -> dict[str, str]:
    """As it comes, with every limit and the request log; introspection is on, as a part that no plan knows."""
    return {
        "GATEWAY_DATABASE_URL": target.url,
        "GATEWAY_PORT": str(port),
        "GATEWAY_WORKERS": str(workers),
        "GATEWAY_DATABASE_POOL": str(POOL // workers),
        "GATEWAY_KEYS": f"1:{'A' * 43}",
        "GATEWAY_INTROSPECTION": "true",
    }


BOTH = ("postgres", "sqlite")
CONTESTANTS = (
    Contestant("raw-rows", "hand-written limit", _uvicorn("raw_rows"), _told, BOTH, reads_text=False),
    Contestant(
        "gateway", "this gateway", lambda port, workers: [sys.executable, "-m", "gateway", "serve"], _gateway, BOTH
    ),
    Contestant("naive", "Strawberry as most write it", _uvicorn("naive"), _told, BOTH, "strawberry"),
    Contestant("mercurius", "Mercurius, jit and loaders", _node("mercurius"), _told),
    Contestant("mercurius-sql", "Mercurius, hand-joined SQL", _node("mercurius_sql"), _told),
    Contestant("postgraphile", "PostGraphile 5", _node("postgraphile"), _told, dialect="postgraphile"),
)


@dataclass
class Running:
    """A contestant that answers."""

    contestant: Contestant
    port: int
    pid: int

    @property
    def name(self) -> str:
        return self.contestant.name


@contextmanager
def running(contestant: Contestant, target: Target, folder: Path, token: str, workers: int = 1) -> Iterator[Running]:
    """A contestant until the block ends; its output goes to a file in `folder`. Raises `RuntimeError` with its end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")}
    told = {**kept, **contestant.environment(target, port, workers), "PYTHONPATH": str(ROOT)}
    path = folder / f"{contestant.name}-{port}.log"
    with path.open("w") as log:
        process = subprocess.Popen(
            contestant.command(port, workers), cwd=folder, env=told, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait(process, contestant, port, token, path)
        yield Running(contestant, port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            for pid in [*tree(process.pid), process.pid]:
                kill(pid)
            process.wait(STOP_SECONDS)


def kill(pid: int) -> None:
    """Kill a process that may have gone already."""
    with suppress(ProcessLookupError):
        os.kill(pid, 9)


def _wait(process: subprocess.Popen[bytes], contestant: Contestant, port: int, token: str, log: Path) -> None:
    """Until it answers a request in full."""
    enough = time.monotonic() + START_SECONDS
    body = ONE_PACKAGE.body(contestant.dialect, {"id": "pkg_00000000000000000000000000"})
    reason: object = "it does not answer"
    while time.monotonic() < enough and process.poll() is None:
        try:
            ask(port, token, body)
            return
        except (OSError, RuntimeError, TimeoutError, ValueError) as error:
            reason = error
            time.sleep(0.2)
    raise RuntimeError(f"{contestant.name} did not start: {reason}\n{log.read_text()[-2_000:]}")


def tree(pid: int) -> list[int]:
    """All processes below one, whichever of its threads started them."""
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = [int(child) for child in path.read_text().split()]
        except OSError:
            continue
        for child in below:
            found += [child, *tree(child)]
    return found


def cpu_seconds(pid: int) -> float:
    """CPU of a process and all below it, those that have ended included."""
    ticks = 0
    for one in [pid, *tree(pid)]:
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / TICK


def resident_mb(pid: int) -> float:
    """Memory of the largest process at or below one: that of a worker, where there are several."""
    sizes = [0.0]
    for one in [pid, *tree(pid)]:
        try:
            sizes.append(int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
        except OSError:
            continue
    return max(sizes)
