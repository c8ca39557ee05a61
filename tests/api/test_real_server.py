"""The gateway as it is served: a process of its own on the database of the run, also after it was killed (SECURITY R8)."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pyotp
import pytest

import gateway
from tests.api.conftest import Seeded
from tests.world import KEYS, PACKAGE_PASSWORD, PASSWORD, TOTP_SECRET, World

ROOT = Path(gateway.__file__).parents[1]
PATIENCE = 60.0


class Served:
    """A running server and a client of it."""

    def __init__(self, process: subprocess.Popen[str], http: httpx2.AsyncClient) -> None:
        self.process = process
        self.http = http

    async def ask(
        self, query: str, variables: dict[str, Any] | None = None, token: str | None = None
    ) -> httpx2.Response:
        """The answer to an operation."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return await self.http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)

    async def data(
        self, query: str, variables: dict[str, Any] | None = None, token: str | None = None
    ) -> dict[str, Any]:
        """The data of an answer without errors."""
        response = await self.ask(query, variables, token)
        assert response.status_code == 200, response.content
        answer = response.json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    async def sign_in(self, login: str, password: str) -> str:
        """A token; in two steps where the account asks for them."""
        asked = "{ session { token } twoFactorChallenge { token } errors { code } }"
        query = f"mutation($i: SignInInput!) {{ signIn(input: $i) {asked} }}"
        payload = (await self.data(query, {"i": {"login": login, "password": password}}))["signIn"]
        if challenge := payload["twoFactorChallenge"]:
            query = f"mutation($i: SignInTwoFactorInput!) {{ signInTwoFactor(input: $i) {asked} }}"
            given = {"token": challenge["token"], "code": pyotp.TOTP(TOTP_SECRET).now()}
            payload = (await self.data(query, {"i": given}))["signInTwoFactor"]
        assert payload["errors"] == []
        token: str = payload["session"]["token"]
        return token


def _start(folder: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "gateway", "serve"]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)


@asynccontextmanager
async def served(url: str, folder: Path) -> AsyncIterator[Served]:
    """`gateway serve` on a free port while the block runs."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")}
    key = base64.b64encode(KEYS[1]).decode().rstrip("=")
    settings = {
        "PYTHONPATH": str(ROOT), "GATEWAY_DATABASE_URL": url, "GATEWAY_PORT": "0", "GATEWAY_KEYS": f"1:{key}",
        "GATEWAY_BCRYPT_COST": "4", "GATEWAY_PASSWORD_WORKERS": "1", "GATEWAY_LOG_LEVEL": "WARNING",
    }  # fmt: skip
    process = _start(folder, inherited | settings)
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(asyncio.to_thread(process.stdout.readline), PATIENCE)
        address = line.removeprefix("Serving at ").split(" ")[0]
        assert address.startswith("http://127.0.0.1:"), line
        async with httpx2.AsyncClient(base_url=address, timeout=PATIENCE) as http:
            yield Served(process, http)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, PATIENCE) in (0, -signal.SIGKILL)
        process.stdout.close()


@pytest.fixture
async def database_of_the_run(seeded: Seeded) -> AsyncIterator[str]:
    async with seeded.copy() as url:
        yield url


PAGE = (
    "query($after: String)"
    " { packages(first: 3, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }"
)


async def test_a_customer_signs_in_pages_through_the_packages_and_signs_out(
    database_of_the_run: str, world: World, tmp_path: Path
) -> None:
    async with served(database_of_the_run, tmp_path) as server:
        assert (await server.http.get("/readyz")).status_code == 200
        token = await server.sign_in("10001", PASSWORD)
        found, cursor = [], None
        for _ in range(5):
            page = (await server.data(PAGE, {"after": cursor}, token))["packages"]
            assert page["totalCount"] == len(world.owner.packages)
            found += [node["id"] for node in page["nodes"]]
            cursor = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert sorted(found) == sorted(world.owner.packages.values())

        of_package = await server.sign_in("BÜCHER-MÜLLER.example", PACKAGE_PASSWORD)
        response = await server.ask("{ packages { nodes { id contract { number } } } }", token=of_package)
        answer = response.json()
        assert answer["data"]["packages"]["nodes"] == [{"id": world.owner.packages["shop"], "contract": None}]
        assert answer["errors"][0]["extensions"] == {"code": "FORBIDDEN", "requiredScope": "CONTRACT_READ"}
        assert "server" not in response.headers

        assert (await server.data("mutation { signOut { errors { code } } }", token=token))["signOut"] == {"errors": []}
        dead = await server.ask("{ viewer { scopes } }", token=token)
        assert (dead.status_code, dead.headers["www-authenticate"]) == (401, 'Bearer error="invalid_token"')
        assert (await server.ask("{ viewer { scopes } }", token=of_package)).status_code == 200


async def test_parallel_callers_each_get_their_own(database_of_the_run: str, world: World, tmp_path: Path) -> None:
    async with served(database_of_the_run, tmp_path) as server:
        tokens = {
            world.owner.customer: await server.sign_in("anna", PASSWORD),
            world.other.customer: await server.sign_in("bernd", PASSWORD),
        }
        query = "{ customer { id } packages(first: 50) { totalCount nodes { id domains { nodes { name } } } } }"
        totals = {world.owner.customer: len(world.owner.packages), world.other.customer: len(world.other.packages)}

        async def check(customer: str) -> None:
            data = await server.data(query, token=tokens[customer])
            assert data["customer"]["id"] == customer
            assert data["packages"]["totalCount"] == totals[customer]
            own = {id for id, row in world.rows.items() if row.customer == customer}
            assert {node["id"] for node in data["packages"]["nodes"]} <= own

        await asyncio.gather(*(check(customer) for customer in list(tokens) * 30))


async def test_a_session_survives_a_killed_server(database_of_the_run: str, tmp_path: Path) -> None:
    async with served(database_of_the_run, tmp_path) as server:
        kept = await server.sign_in("anna", PASSWORD)
        ended = await server.sign_in("anna", PASSWORD)
        await server.data("mutation { signOut { errors { code } } }", token=ended)
        server.process.kill()
        await asyncio.to_thread(server.process.wait)
    async with served(database_of_the_run, tmp_path) as server:
        sessions = (await server.data("{ sessions { nodes { current } } }", token=kept))["sessions"]["nodes"]
        assert [session["current"] for session in sessions].count(True) == 1
        assert (await server.ask("{ viewer { scopes } }", token=ended)).status_code == 401
