"""A real browser at the running demo, which notes everything the page must not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, async_playwright, expect

from gateway.http.explorer import BUILT
from tests.running_demo import SHOWN, Demo, Serve

PATIENCE = 15_000  # Milliseconds: a busy build machine takes longer than a desk.
TIME_ZONE = "Europe/Berlin"
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


@pytest.fixture
def shown(demo: Demo) -> Demo:
    """The demo with the built explorer, answering introspection."""
    need((BUILT / "index.html").is_file(), "the built explorer (`make explorer`)")
    return demo


@pytest.fixture
def explorer_url(shown: Demo) -> str:
    """The explorer's address on a gateway that answers introspection."""
    return f"{shown.url}/explorer"


@pytest.fixture
def closed_explorer_url(shown: Demo, serve_demo: Serve) -> str:
    """The explorer's address on a gateway that refuses introspection."""
    return f"{serve_demo(**SHOWN | {'GATEWAY_INTROSPECTION': 'false'}).url}/explorer"


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


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, started once: each test has a context of its own, which shares nothing with the others."""
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    need(executable is not None, "Chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=[*CHROMIUM_FLAGS])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport={"width": 1360, "height": 820}, locale="en-GB", timezone_id=TIME_ZONE)
    await context.add_init_script(NOTE_VIOLATIONS)
    context.set_default_timeout(PATIENCE)
    yield context
    await context.close()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest_asyncio.fixture(loop_scope="session")
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
