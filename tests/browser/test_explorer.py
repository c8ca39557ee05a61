"""The explorer in a real browser, under its own policy, against a real server process."""

from __future__ import annotations

import json
import re

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, Request, expect

from tests.browser.conftest import Watch
from tests.browser.stand_in import PASSWORD, TOKEN


async def authorization(request: Request) -> str | None:
    return (await request.all_headers()).get("authorization")


async def run(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("^Execute")).click()


async def open_explorer(page: Page, url: str) -> None:
    await page.goto(url)
    await expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text("mutation SignIn")


async def sign_in(page: Page, login: str = "10042", password: str = PASSWORD) -> None:
    """Writes the credentials where a person would: between the quotation marks of the ready variables."""
    await page.get_by_role("tab", name="SignIn").click()
    await page.locator(".graphiql-editor-tool .monaco-editor").first.click()
    for key in ("Control+Home", "ArrowDown", "End", "ArrowLeft", "ArrowLeft"):
        await page.keyboard.press(key)
    await page.keyboard.type(login)
    for key in ("ArrowDown", "End", "ArrowLeft"):
        await page.keyboard.press(key)
    await page.keyboard.type(password)
    await run(page)


async def kept(page: Page) -> tuple[str, str]:
    """Everything in localStorage and in sessionStorage, as text."""
    local, session = await page.evaluate("[JSON.stringify(localStorage), JSON.stringify(sessionStorage)]")
    return str(local), str(session)


@pytest_asyncio.fixture
async def explorer(page: Page, explorer_url: str) -> Page:
    await open_explorer(page, explorer_url)
    return page


async def test_it_opens_with_the_ready_tabs_and_nothing_in_the_console(explorer: Page, watch: Watch) -> None:
    names = [re.compile(f"^{name}") for name in ("SignIn", "AllPackages", "OnePackage", "Invoices")]
    await expect(explorer.get_by_role("tab")).to_have_text(names)
    await expect(explorer).to_have_title("GraphQL explorer · Customer gateway")
    assert await explorer.locator("html").get_attribute("lang") == "en"
    await expect(explorer.get_by_label("Bearer token")).to_be_visible()
    await expect(explorer.locator(".graphiql-response .view-lines")).to_be_visible()
    assert [line for line in watch.console if line.startswith(("error", "warning"))] == []


async def test_the_editor_knows_the_schema(explorer: Page) -> None:
    # Checking runs in a worker, so this also shows that workers start under the policy.
    await explorer.get_by_role("tab", name="Invoices").click()
    await explorer.locator(".graphiql-query-editor .monaco-editor").first.click()
    await explorer.keyboard.press("Control+A")
    await explorer.keyboard.insert_text("query Wrong { nosuchfield }")
    await expect(explorer.locator(".graphiql-query-editor .squiggly-error").first).to_be_visible()


async def test_the_plugin_for_clicking_operations_together_lists_the_fields(explorer: Page) -> None:
    await explorer.get_by_role("tab", name="Invoices").click()
    await explorer.get_by_role("button", name="Show GraphiQL Explorer").click()
    await expect(explorer.locator(".graphiql-explorer-root")).to_contain_text("packages")


async def test_a_query_runs_and_its_refusal_is_seen(explorer: Page, watch: Watch) -> None:
    await explorer.get_by_role("tab", name="AllPackages").click()
    await run(explorer)
    await expect(explorer.locator(".graphiql-response")).to_contain_text("UNAUTHENTICATED")
    assert [await authorization(request) for request in watch.operations()] == [None]


async def test_signing_in_hands_the_token_to_every_later_operation(explorer: Page, watch: Watch) -> None:
    await sign_in(explorer)
    who = explorer.get_by_role("banner").get_by_role("status")
    await expect(who).to_contain_text("Signed in as 10042")
    await expect(who).to_contain_text("customer")
    await expect(who).to_contain_text("31 Jan 2999")
    await explorer.get_by_role("tab", name="AllPackages").click()
    await run(explorer)
    await expect(explorer.locator(".graphiql-response")).to_contain_text("Vereinsheim")
    assert [await authorization(request) for request in watch.operations()] == [None, f"Bearer {TOKEN}"]


async def test_a_wrong_password_signs_nobody_in(explorer: Page) -> None:
    await sign_in(explorer, password="wrong")
    await expect(explorer.locator(".graphiql-response")).to_contain_text("INVALID_CREDENTIALS")
    await expect(explorer.get_by_label("Bearer token")).to_be_visible()
    assert await kept(explorer) == ("{}", "{}")


async def test_the_token_ends_with_the_tab_and_the_password_is_kept_nowhere(
    explorer: Page, context: BrowserContext
) -> None:
    await sign_in(explorer)
    await expect(explorer.get_by_role("button", name="Sign out")).to_be_visible()
    await explorer.get_by_role("tab", name="AllPackages").click()
    await explorer.get_by_role("button", name="Show GraphiQL Explorer").click()
    await explorer.wait_for_timeout(1_000)  # GraphiQL stores half a second after the last change.
    local, session = await kept(explorer)
    assert TOKEN in session
    assert TOKEN not in local
    assert json.dumps(PASSWORD)[1:-1] not in local + session
    assert PASSWORD not in local + session
    assert set(json.loads(local)) <= {"graphiql:visiblePlugin", "graphiql:theme"}

    await explorer.reload()
    await expect(explorer.get_by_text("Signed in as 10042")).to_be_visible()
    other = await context.new_page()
    await open_explorer(other, explorer.url)
    await expect(other.get_by_label("Bearer token")).to_be_visible()


async def test_signing_out_ends_the_session_and_clears_the_page(explorer: Page, watch: Watch) -> None:
    await sign_in(explorer)
    await explorer.get_by_role("button", name="Sign out").click()
    await expect(explorer.get_by_text("Signed out.")).to_be_visible()
    last = watch.operations()[-1]
    assert "signOut" in (last.post_data or "")
    assert await authorization(last) == f"Bearer {TOKEN}"
    await expect(explorer.get_by_role("tab")).to_have_count(4)
    await expect(explorer.locator(".graphiql-editor-tool .view-lines").first).to_contain_text('"password": ""')
    await expect(explorer.locator("main")).not_to_contain_text(TOKEN)
    assert await kept(explorer) == ("{}", "{}")

    await explorer.get_by_role("tab", name="AllPackages").click()
    await run(explorer)
    await expect(explorer.locator(".graphiql-response")).to_contain_text("UNAUTHENTICATED")


@pytest.mark.parametrize("pasted", [TOKEN, f"  Bearer {TOKEN}\n"])
async def test_a_pasted_token_is_used(explorer: Page, watch: Watch, pasted: str) -> None:
    await explorer.get_by_label("Bearer token").fill(pasted)
    await explorer.get_by_role("button", name="Use token").click()
    await expect(explorer.get_by_text("A token is in use")).to_be_visible()
    await explorer.get_by_role("tab", name="AllPackages").click()
    await run(explorer)
    await expect(explorer.locator(".graphiql-response")).to_contain_text("Vereinsheim")


async def test_what_can_not_be_a_token_is_refused_with_a_word(explorer: Page) -> None:
    refusal = explorer.get_by_text("That does not look like a token.")
    for pasted in ("", "two words", "grün", '{"token": "x"}'):
        await explorer.get_by_label("Bearer token").fill("x")
        await expect(refusal).to_have_count(0)
        await explorer.get_by_label("Bearer token").fill(pasted)
        await explorer.get_by_role("button", name="Use token").click()
        await expect(refusal).to_be_visible()
    assert await kept(explorer) == ("{}", "{}")


async def test_a_dead_token_is_forgotten_and_said_so(explorer: Page) -> None:
    await explorer.get_by_label("Bearer token").fill("cs_dead")
    await explorer.get_by_role("button", name="Use token").click()
    await explorer.get_by_role("tab", name="AllPackages").click()
    await run(explorer)
    await expect(explorer.get_by_text("Your session has ended. Sign in again.")).to_be_visible()
    await expect(explorer.locator(".graphiql-response")).to_contain_text("The token is not valid.")
    assert await kept(explorer) == ("{}", "{}")


async def test_a_dead_token_does_not_keep_the_schema_away(explorer: Page) -> None:
    await explorer.get_by_label("Bearer token").fill("cs_dead")
    await explorer.get_by_role("button", name="Use token").click()
    await explorer.reload()
    await expect(explorer.get_by_text("Your session has ended. Sign in again.")).to_be_visible()
    await expect(explorer.locator(".bar .hint")).to_have_count(0)


async def test_it_works_without_introspection_and_says_what_is_missing(page: Page, closed_explorer_url: str) -> None:
    await open_explorer(page, closed_explorer_url)
    await expect(page.get_by_text("This server does not show its schema")).to_be_visible()
    await sign_in(page)
    await page.get_by_role("tab", name="AllPackages").click()
    await run(page)
    await expect(page.locator(".graphiql-response")).to_contain_text("Vereinsheim")
    for plugin in ("Show Documentation Explorer", "Show GraphiQL Explorer"):
        await page.get_by_role("button", name=plugin).click()
    await expect(page.locator(".graphiql-plugin")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_follows_the_light_of_the_system(page: Page, explorer_url: str, scheme: str) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await open_explorer(page, explorer_url)
    for part in (".bar", ".graphiql-container"):
        colour = await page.evaluate(
            """(part) => {
                let element = document.querySelector(part);
                const colour = () => getComputedStyle(element).backgroundColor;
                while (colour() === "rgba(0, 0, 0, 0)") element = element.parentElement;
                return colour();
            }""",
            part,
        )
        red = int(re.findall(r"\d+", colour)[0])
        assert (red < 100) == (scheme == "dark"), (part, colour)
