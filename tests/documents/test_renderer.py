"""Documents are drawn away from the event loop, in bounded number, and nothing leaks."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.documents.invoice_pdf import render_invoice
from gateway.documents.render import Overloaded, Renderer
from tests.documents.sample_invoice import invoice, many_lines


def process_id(_: None) -> bytes:
    return str(os.getpid()).encode()


def refuse(reason: str) -> bytes:
    raise ValueError(reason)


def die(_: None) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def appears(path: Path) -> None:
    """Return when the file is there."""
    while not path.exists():
        time.sleep(0.01)


def wait_for_file(path: str) -> bytes:
    """Hold the worker until the file is there; a second file says that it is held."""
    Path(path + ".started").touch()
    appears(Path(path))
    return b"there"


@pytest.fixture
async def renderer() -> AsyncIterator[Renderer]:
    made = Renderer(1, queue=2)
    yield made
    await made.close()


async def held(renderer: Renderer, path: Path) -> asyncio.Task[bytes]:
    """A document that a worker draws until `path` exists."""
    task = asyncio.create_task(renderer.render(wait_for_file, str(path)))
    await asyncio.to_thread(appears, Path(f"{path}.started"))
    return task


async def free(renderer: Renderer) -> None:
    """Return when the worker has taken notice and draws again."""
    for _ in range(500):
        try:
            await renderer.render(process_id, None)
            return
        except Overloaded:
            await asyncio.sleep(0.01)
    pytest.fail("the places were never given back")


async def test_a_document_is_drawn_in_another_process(renderer: Renderer) -> None:
    assert int(await renderer.render(process_id, None)) != os.getpid()
    assert await renderer.render(render_invoice, invoice()) == render_invoice(invoice())


async def test_the_event_loop_turns_while_documents_are_drawn(renderer: Renderer) -> None:
    await renderer.render(process_id, None)  # the worker is up
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counting = asyncio.create_task(count())
    await renderer.render(render_invoice, invoice(many_lines(200)))
    counting.cancel()
    # Drawing on the loop would leave none.
    assert turns > 200


async def test_what_the_drawing_raises_reaches_the_caller(renderer: Renderer) -> None:
    with pytest.raises(ValueError, match="does not add up"):
        await renderer.render(refuse, "does not add up")
    assert await renderer.render(process_id, None)


async def test_documents_beyond_the_queue_are_refused_at_once(renderer: Renderer, tmp_path: Path) -> None:
    drawn = await held(renderer, tmp_path / "go")
    waiting = [asyncio.create_task(renderer.render(process_id, None)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await renderer.render(process_id, None)
    (tmp_path / "go").touch()
    assert await drawn == b"there"
    assert all(await asyncio.gather(*waiting))
    assert await renderer.render(process_id, None)


async def test_cancelled_callers_leave_their_places(renderer: Renderer, tmp_path: Path) -> None:
    drawn = await held(renderer, tmp_path / "go")
    waiting = [asyncio.create_task(renderer.render(process_id, None)) for _ in range(2)]
    await asyncio.sleep(0)
    for task in (drawn, *waiting):
        task.cancel()
    outcomes = await asyncio.gather(drawn, *waiting, return_exceptions=True)
    assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)
    (tmp_path / "go").touch()
    await free(renderer)  # and so are all three places
    again = await asyncio.gather(*(renderer.render(process_id, None) for _ in range(3)))
    assert len(again) == 3


async def test_a_worker_that_dies_is_replaced_and_its_place_is_free() -> None:
    renderer = Renderer(1, queue=0)
    for _ in range(2):
        with pytest.raises(Overloaded):
            await renderer.render(die, None)
        assert await renderer.render(process_id, None)
    await renderer.close()


async def test_closing_lets_a_drawing_end_and_drops_what_waits(tmp_path: Path) -> None:
    renderer = Renderer(1, queue=5)
    drawn = await held(renderer, tmp_path / "go")
    waiting = [asyncio.create_task(renderer.render(process_id, None)) for _ in range(5)]
    await asyncio.sleep(0)
    closing = asyncio.create_task(renderer.close())
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await renderer.render(process_id, None)
    (tmp_path / "go").touch()
    await closing
    assert await drawn == b"there"
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert any(isinstance(outcome, Overloaded) for outcome in outcomes)
    assert all(isinstance(outcome, Overloaded | bytes) for outcome in outcomes)


SERVER = """
import asyncio, os, signal, sys
from tests.documents.test_renderer import process_id
from gateway.documents.render import Renderer

async def main():
    renderer = Renderer(1)
    print((await renderer.render(process_id, None)).decode(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_no_worker_outlives_a_server_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(SERVER)
    paths = os.pathsep.join(path for path in sys.path if path)
    # The worker inherits standard output: this returns when the worker, too, has ended, and fails if it never does.
    server = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": paths}, capture_output=True, timeout=30
    )
    assert server.returncode == -signal.SIGKILL
    assert int(server.stdout) > 0
