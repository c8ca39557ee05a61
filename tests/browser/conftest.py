"""A gateway in a process of its own, and a real browser that notes everything the page must not do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, async_playwright, expect

from gateway.http.explorer import BUILT

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 15_000  # Milliseconds: a busy build machine takes longer than a desk.
expect.set_options(timeout=PATIENCE)
CHROMIUM_FLAGS = (
    "--no-sandbox",  # Build machines run as root, where Chromium refuses its sandbox.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NOTE_VIOLATIONS = """
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) =>
        violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


def need(present: bool, what: str) -> None:
    """The browser tests can be left out on a machine that lacks what they need, but never in CI."""
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(f"CI must have {what}", pytrace=False)
    pytest.skip(f"{what} is not on this machine: the explorer was not looked at in a browser")


@contextmanager
def running_gateway(**environment: str) -> Iterator[str]:
    """A real uvicorn process on a free port; yields its address and ends it."""
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "tests.browser.stand_in:application",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stderr is not None
        try:
            said = []
            for line in process.stderr:
                said.append(line)
                if running := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                    break
            else:
                pytest.fail(f"the gateway did not start:\n{''.join(said)}")
            threading.Thread(target=process.stderr.read, daemon=True).start()  # A full pipe would stop the process.
            yield running[1]
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def start_gateway() -> Iterator[Callable[..., str]]:
    """Starts a gateway with the given environment, once for each environment, and returns its address."""
    need((BUILT / "index.html").is_file(), "the built explorer (`make explorer`)")
    started: dict[frozenset[tuple[str, str]], str] = {}
    with ExitStack() as stack:

        def start(**environment: str) -> str:
            key = frozenset(environment.items())
            if key not in started:
                started[key] = stack.enter_context(running_gateway(**environment))
            return started[key]

        yield start


@pytest.fixture
def explorer_url(start_gateway: Callable[..., str]) -> str:
    """The explorer's address on a gateway that answers introspection."""
    return f"{start_gateway()}/explorer"


@pytest.fixture
def closed_explorer_url(start_gateway: Callable[..., str]) -> str:
    """The explorer's address on a gateway that refuses introspection."""
    return f"{start_gateway(INTROSPECTION='off')}/explorer"


@dataclass
class Watch:
    """What the browser saw: every request, error and log line of the page and its workers."""

    requests: list[Request] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def ask(self, request: Request) -> None:
        self.requests.append(request)

    def fail(self, error: Exception) -> None:
        self.errors.append(str(error))

    def hear(self, message: ConsoleMessage) -> None:
        self.console.append(f"{message.type}: {message.text}")

    def operations(self) -> list[Request]:
        """The requests that carried an operation, introspection left out."""
        return [r for r in self.requests if r.method == "POST" and "IntrospectionQuery" not in (r.post_data or "")]


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    need(executable is not None, "Chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=[*CHROMIUM_FLAGS])
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def context(browser: Browser) -> BrowserContext:
    context = await browser.new_context(viewport={"width": 1360, "height": 820}, locale="en-GB")
    await context.add_init_script(NOTE_VIOLATIONS)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest_asyncio.fixture
async def page(context: BrowserContext, watch: Watch) -> AsyncIterator[Page]:
    """A page held to the explorer's promises: at its end nothing foreign was asked for and no policy was broken."""
    page = await context.new_page()
    context.on("request", watch.ask)
    context.on("console", watch.hear)
    page.on("pageerror", watch.fail)
    yield page
    home = urlsplit(page.url)
    # An address with data in it asks nobody.
    addresses = [urlsplit(r.url) for r in watch.requests if not r.url.startswith("data:")]
    assert [a.geturl() for a in addresses if (a.scheme, a.netloc) != (home.scheme, home.netloc)] == []
    assert await page.evaluate("window.violations") == []
    assert [line for line in watch.console if "Content Security Policy" in line or "Refused to" in line] == []
    assert watch.errors == []
