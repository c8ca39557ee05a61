"""The explorer in a real browser, under its own policy, against a real server process."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, Request, expect

from tests.browser.conftest import TIME_ZONE, Watch
from tests.running_demo import PACKAGE, PERSON, Demo

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def authorization(request: Request) -> str | None:
    return (await request.all_headers()).get("authorization")


async def run(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("^Execute")).click()


async def open_explorer(page: Page, url: str) -> None:
    await page.goto(url)
    await expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text("mutation SignIn")


async def write_variables(page: Page, *values: str) -> None:
    """Writes where a person would: between the quotation marks of the ready variables, one on each line."""
    await page.locator(".graphiql-editor-tool .monaco-editor").first.click()
    await page.keyboard.press("Control+Home")
    for left, value in zip(range(len(values) - 1, -1, -1), values, strict=True):
        # Behind the quotation mark there is a comma on each line but the last.
        for key in ("ArrowDown", "End", "ArrowLeft", *(["ArrowLeft"] if left else [])):
            await page.keyboard.press(key)
        await page.keyboard.type(value)


async def sign_in(page: Page, login: str, password: str) -> dict[str, Any]:
    """Signs in as a person would; the payload of the answer."""
    await page.get_by_role("tab", name="SignIn").click()
    await write_variables(page, login, password)
    async with page.expect_response(lambda response: response.request.method == "POST") as answered:
        await run(page)
    payload: dict[str, Any] = (await (await answered.value).json())["data"]["signIn"]
    return payload


async def enter(page: Page, demo: Demo, login: str = PERSON) -> str:
    """Signs in as somebody of the demo; the token."""
    payload = await sign_in(page, login, demo.passwords[login])
    return str(payload["session"]["token"])


def names_of_packages(demo: Demo, token: str) -> list[str]:
    """What a session's packages are called, as the API says."""
    nodes = demo.ask("{ packages { nodes { name } } }", token)["packages"]["nodes"]
    assert nodes
    return [node["name"] for node in nodes]


async def kept(page: Page) -> tuple[str, str]:
    """Everything in localStorage and in sessionStorage, as text."""
    local, session = await page.evaluate("[JSON.stringify(localStorage), JSON.stringify(sessionStorage)]")
    return str(local), str(session)


@pytest_asyncio.fixture(loop_scope="session")
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


async def test_signing_in_hands_the_token_to_every_later_operation(explorer: Page, watch: Watch, demo: Demo) -> None:
    session = (await sign_in(explorer, PERSON, demo.passwords[PERSON]))["session"]
    who = explorer.get_by_role("banner").get_by_role("status")
    await expect(who).to_contain_text(f"Signed in as {PERSON}")
    await expect(who).to_contain_text("customer")
    expires = datetime.fromisoformat(session["expiresAt"]).astimezone(ZoneInfo(TIME_ZONE))
    await expect(who).to_contain_text(f"{expires:%H:%M}")
    await explorer.get_by_role("tab", name="AllPackages").click()
    await run(explorer)
    for name in names_of_packages(demo, session["token"]):
        await expect(explorer.locator(".graphiql-response")).to_contain_text(name)
    assert [await authorization(request) for request in watch.operations()] == [None, f"Bearer {session['token']}"]


async def test_a_package_login_sees_its_package_and_is_told_why_not_the_contract(explorer: Page, demo: Demo) -> None:
    await enter(explorer, demo, PACKAGE)
    await expect(explorer.get_by_role("banner").get_by_role("status")).to_contain_text("package login")
    [package] = demo.ask("{ packages { nodes { id name } } }", demo.token(PACKAGE))["packages"]["nodes"]
    await explorer.get_by_role("tab", name="OnePackage").click()
    await write_variables(explorer, package["id"])
    await run(explorer)
    response = explorer.locator(".graphiql-response")
    await expect(response).to_contain_text(package["name"])
    await response.locator(".monaco-editor").first.click()
    await explorer.keyboard.press("Control+End")  # The editor has only those lines in the page that are in sight.
    await expect(response).to_contain_text("FORBIDDEN")


async def test_a_wrong_password_signs_nobody_in(explorer: Page) -> None:
    assert (await sign_in(explorer, PERSON, "wrong"))["session"] is None
    await expect(explorer.locator(".graphiql-response")).to_contain_text("INVALID_CREDENTIALS")
    await expect(explorer.get_by_label("Bearer token")).to_be_visible()
    assert await kept(explorer) == ("{}", "{}")


async def test_the_token_ends_with_the_tab_and_the_password_is_kept_nowhere(
    explorer: Page, context: BrowserContext, demo: Demo
) -> None:
    token = await enter(explorer, demo)
    await expect(explorer.get_by_role("button", name="Sign out")).to_be_visible()
    await explorer.get_by_role("tab", name="AllPackages").click()
    await explorer.get_by_role("button", name="Show GraphiQL Explorer").click()
    await explorer.wait_for_timeout(1_000)  # GraphiQL stores half a second after the last change.
    local, session = await kept(explorer)
    assert token in session
    assert token not in local
    assert demo.passwords[PERSON] not in local + session
    assert set(json.loads(local)) <= {"graphiql:visiblePlugin", "graphiql:theme"}

    await explorer.reload()
    await expect(explorer.get_by_text(f"Signed in as {PERSON}")).to_be_visible()
    other = await context.new_page()
    await open_explorer(other, explorer.url)
    await expect(other.get_by_label("Bearer token")).to_be_visible()


async def test_signing_out_ends_the_session_and_clears_the_page(explorer: Page, watch: Watch, demo: Demo) -> None:
    token = await enter(explorer, demo)
    await explorer.get_by_role("button", name="Sign out").click()
    await expect(explorer.get_by_text("Signed out.")).to_be_visible()
    last = watch.operations()[-1]
    assert "signOut" in (last.post_data or "")
    assert await authorization(last) == f"Bearer {token}"
    assert demo.send({"query": "{ viewer { scopes } }"}, token)["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    await expect(explorer.get_by_role("tab")).to_have_count(4)
    await expect(explorer.locator(".graphiql-editor-tool .view-lines").first).to_contain_text('"password": ""')
    await expect(explorer.locator("main")).not_to_contain_text(token)
    assert await kept(explorer) == ("{}", "{}")

    await explorer.get_by_role("tab", name="AllPackages").click()
    await run(explorer)
    await expect(explorer.locator(".graphiql-response")).to_contain_text("UNAUTHENTICATED")


@pytest.mark.parametrize("pasted", ["{}", "  Bearer {}\n"])
async def test_a_pasted_token_is_used(explorer: Page, demo: Demo, pasted: str) -> None:
    token = demo.token(PERSON)
    await explorer.get_by_label("Bearer token").fill(pasted.format(token))
    await explorer.get_by_role("button", name="Use token").click()
    await expect(explorer.get_by_text("A token is in use")).to_be_visible()
    await explorer.get_by_role("tab", name="AllPackages").click()
    await run(explorer)
    for name in names_of_packages(demo, token):
        await expect(explorer.locator(".graphiql-response")).to_contain_text(name)


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
    await expect(explorer.locator(".graphiql-response")).to_contain_text("This token is invalid, expired or revoked.")
    assert await kept(explorer) == ("{}", "{}")


async def test_a_dead_token_does_not_keep_the_schema_away(explorer: Page) -> None:
    await explorer.get_by_label("Bearer token").fill("cs_dead")
    await explorer.get_by_role("button", name="Use token").click()
    await explorer.reload()
    await expect(explorer.get_by_text("Your session has ended. Sign in again.")).to_be_visible()
    await expect(explorer.locator(".bar .hint")).to_have_count(0)


async def test_it_works_without_introspection_and_says_what_is_missing(
    page: Page, closed_explorer_url: str, demo: Demo
) -> None:
    await open_explorer(page, closed_explorer_url)
    await expect(page.get_by_text("This server does not show its schema")).to_be_visible()
    await enter(page, demo)
    await page.get_by_role("tab", name="AllPackages").click()
    await run(page)
    for name in names_of_packages(demo, demo.token(PERSON)):
        await expect(page.locator(".graphiql-response")).to_contain_text(name)
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
