"""The demo as people run it: `gateway demo` in an empty folder, then `gateway serve` there, and who can sign in.

It is made once for a run. Each server works on a copy of it, since SQLite is for one process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
import pytest

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
"""Seconds after which a process that should long have ended is given up."""

SHOWN = {"GATEWAY_INTROSPECTION": "true", "GATEWAY_EXPLORER": "true"}
"""What `make run` shows beside the API."""

PERSON = "20481937"
"""The customer with two packages."""

AGENCY = "20660128"
"""The customer with 400 packages."""

PACKAGE = "familie-weiss.example"
"""The domain of a package that can be signed in to."""

SIGN_IN = """
    mutation ($login: String!, $password: String!) {
      signIn(input: {login: $login, password: $password}) {
        session { token kind expiresAt } twoFactorChallenge { token } errors { code }
      }
    }
"""

SECOND_STEP = """
    mutation ($challenge: String!, $code: String!) {
      signInTwoFactor(input: {token: $challenge, code: $code}) { session { token } errors { code } }
    }
"""


@dataclass(frozen=True)
class Demo:
    """A demo that is served at `url`; `passwords` has the password of each login, `secrets` that of an authenticator app."""

    url: str
    passwords: dict[str, str]
    secrets: dict[str, str]

    def send(
        self, parameters: dict[str, Any], token: str | None = None, *, language: str = "en", **more: str
    ) -> dict[str, Any]:
        """The answer to a request, whatever its status; `more` are further headers."""
        headers = {"Content-Type": "application/json", "Accept-Language": language, **more}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        request = urllib.request.Request(f"{self.url}/graphql", json.dumps(parameters).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                answer: dict[str, Any] = json.load(response)
        except urllib.error.HTTPError as refusal:
            with refusal:
                answer = json.load(refusal)
        return answer

    def ask(self, query: str, token: str | None = None, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        answer = self.send({"query": query, "variables": variables}, token)
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    def token(self, login: str) -> str:
        """The token of a new session. A second step works once in half a minute, as a code does."""
        payload = self.ask(SIGN_IN, login=login, password=self.passwords[login])["signIn"]
        if challenge := payload["twoFactorChallenge"]:
            code = pyotp.TOTP(self.secrets[login]).now()
            payload = self.ask(SECOND_STEP, challenge=challenge["token"], code=code)["signInTwoFactor"]
        assert payload["errors"] == []
        return str(payload["session"]["token"])


Serve = Callable[..., Demo]


def environment(**settings: str) -> dict[str, str]:
    """This process's, without settings of the gateway but those given, on a free port and with quick passwords."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")}
    quick = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "GATEWAY_PORT": "0", "GATEWAY_BCRYPT_COST": "4"}
    return inherited | quick | settings


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Demo]:
    """`gateway serve` in a folder with a demo, until the block ends. It must end well and have had no fault of its own."""
    log = folder / "server.log"
    command = [sys.executable, "-m", "gateway", "serve"]
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command, cwd=folder, env=environment(**settings), stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            assert said.startswith("Serving at "), log.read_text("utf-8")
            logins = json.loads((folder / "var" / "demo.json").read_text("utf-8"))["logins"]
            yield Demo(
                said.split()[2],
                {login["login"]: login["password"] for login in logins},
                {login["login"]: login["totpSecret"] for login in logins if "totpSecret" in login},
            )
            process.terminate()
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [line for line in lines if line["level"] in {"error", "critical"}] == []


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `gateway demo` was run."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "gateway", "demo"]
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def serve_demo(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Serves the demo with the given settings, once for each set of them, until the run ends."""
    served: dict[frozenset[tuple[str, str]], Demo] = {}
    with ExitStack() as stack:

        def serve(**settings: str) -> Demo:
            key = frozenset(settings.items())
            if key not in served:
                folder = tmp_path_factory.mktemp("served")
                shutil.copytree(demo_folder, folder, dirs_exist_ok=True)
                served[key] = stack.enter_context(serving(folder, **settings))
            return served[key]

        yield serve


@pytest.fixture(scope="session")
def demo(serve_demo: Serve) -> Demo:
    """The demo with the explorer and introspection, as `make run` serves it."""
    return serve_demo(**SHOWN)
