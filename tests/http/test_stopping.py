"""Real processes: they stop when told, finish what they began, and are replaced when they die."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from gateway.app import DRAIN_SECONDS
from gateway.http.server import FINISH_WITHIN, LAME_DUCK, serve
from gateway.http.workers import STOP_WITHIN
from gateway.settings import Settings, SettingsError
from tests.http.engines import RecordingEngine
from tests.http.running import PATIENCE, Raw, Reply, application, post, settings

ROOT = Path(__file__).resolve().parents[2]
READY = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Process:
    """A service that runs."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port

    def connect(self) -> Raw:
        return Raw(socket.create_connection(("127.0.0.1", self.port), timeout=30))

    def ready(self) -> int | None:
        """The status of `/readyz`, `None` when nobody listens any more."""
        try:
            with self.connect() as raw:
                raw.send(READY)
                return raw.reply().status
        except OSError:
            return None

    def ends(self) -> tuple[int, str]:
        """Its exit status and the rest of its output."""
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, rest


@contextmanager
def service(workers: int = 1, mood: str = "working") -> Iterator[Process]:
    """A service of that many processes, answering."""
    command = [sys.executable, "-m", "tests.http.service", str(workers), mood]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, env=environment
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        found = Process(process, int(url.rpartition(":")[2]))
        enough = monotonic() + PATIENCE
        while found.ready() != 200:
            assert monotonic() < enough
            sleep(0.05)
        yield found
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def sleeping(seconds: float) -> bytes:
    return post(b'{"query":"{ hello }","variables":{"seconds":%g}}' % seconds)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_is_in_flight_is_answered_and_the_process_ends_with_0(number: signal.Signals) -> None:
    with service() as running:
        flying = [running.connect() for _ in range(50)]
        for raw in flying:
            raw.send(sleeping(1.5))
        sleep(0.3)
        started = monotonic()
        running.process.send_signal(number)
        sleep(0.3)
        assert running.ready() == 503
        replies: list[Reply] = [raw.reply() for raw in flying]
        assert [reply.status for reply in replies] == [200] * 50
        status, output = running.ends()
        assert status == 0
        assert output == "closed\n"
        assert monotonic() - started < 10
        for raw in flying:
            raw.__exit__()


def test_an_idle_process_ends_at_once() -> None:
    with service() as running, running.connect() as resting:
        resting.send(READY)
        assert resting.reply().status == 200
        started = monotonic()
        running.process.send_signal(signal.SIGTERM)
        assert running.ends() == (0, "closed\n")
        assert monotonic() - started < 3
        assert resting.ends()


def test_a_request_that_takes_too_long_is_let_go_and_the_process_still_ends_in_time() -> None:
    with service(mood="hurried") as running, running.connect() as raw:
        raw.send(sleeping(100))
        sleep(0.3)
        started = monotonic()
        running.process.send_signal(signal.SIGTERM)
        reply = raw.reply()
        assert (reply.status, reply.code) == (503, "UNAVAILABLE")
        assert running.ends() == (0, "closed\n")
        assert 3 < monotonic() - started < 8


def test_stopping_is_over_before_a_supervisor_would_kill() -> None:
    assert LAME_DUCK < FINISH_WITHIN <= 20
    assert FINISH_WITHIN + DRAIN_SECONDS + 1 <= STOP_WITHIN <= 25


def children(pid: int) -> list[int]:
    """The processes that `pid` started to answer requests."""
    found = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return [child for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_several_processes_share_the_work_replace_the_dead_and_stop_together() -> None:
    with service(2) as running:
        before = children(running.process.pid)
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        enough = monotonic() + PATIENCE
        while len(after := children(running.process.pid)) < 2 or before[0] in after:
            assert monotonic() < enough
            sleep(0.1)
        assert running.ready() == 200
        sleep(2.0)  # the new one has started
        running.process.send_signal(signal.SIGTERM)
        status, output = running.ends()
        assert status == 0
        assert output.count("closed") == 2
        assert not [pid for pid in after if Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_start_that_fails_ends_the_process_with_an_error(workers: str) -> None:
    command = [sys.executable, "-m", "tests.http.service", workers, "failing"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, timeout=30, check=False)
    assert done.returncode == 3
    assert b"cannot start" in done.stderr


def test_sqlite_is_for_one_process() -> None:
    with pytest.raises(SettingsError, match="GATEWAY_WORKERS"):
        serve(settings(workers=2), lambda *parts: application(RecordingEngine()))


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        given = Settings(port=taken.getsockname()[1])
        with pytest.raises(SettingsError, match="GATEWAY_PORT"):
            serve(given, lambda *parts: application(RecordingEngine()))
