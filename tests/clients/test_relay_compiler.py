"""Relay's compiler on the schema, and what it compiled against a gateway that answers nothing else."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.clients.node import CLIENTS, MODULES, run
from tests.running_demo import AGENCY, ROOT, Demo, Serve

SCHEMA = ROOT / "schema.graphql"
CONFIG = {
    "src": "src",
    "schema": "schema.graphql",
    "language": "javascript",
    "artifactDirectory": "artifacts",
    "persistConfig": {"file": "operations.json", "algorithm": "SHA256"},
}


def compiled(folder: Path, schema: str) -> subprocess.CompletedProcess[str]:
    """Compile the sources here against a schema into `folder`."""
    shutil.copytree(CLIENTS / "relay", folder / "src")
    (folder / "artifacts").mkdir()
    (folder / "operations.json").write_text("{}")
    (folder / "schema.graphql").write_text(schema, "utf-8")
    (folder / "relay.config.json").write_text(json.dumps(CONFIG))
    return run(MODULES / "relay-compiler" / "cli.js", "relay.config.json", cwd=folder)


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a compiled application."""
    folder = tmp_path_factory.mktemp("relay")
    done = compiled(folder, SCHEMA.read_text("utf-8"))
    assert done.returncode == 0, done.stderr
    return folder


def test_lists_rows_and_mutations_compile(application: Path) -> None:
    artifacts = {path.name.removesuffix(".graphql.js") for path in (application / "artifacts").iterdir()}
    sources = "".join(path.read_text("utf-8") for path in (CLIENTS / "relay").iterdir())
    written = set(re.findall(r"(?:query|mutation|fragment) (\w+)", sources))
    refetching = set(re.findall(r'@refetchable\(queryName: "(\w+)"', sources))
    assert artifacts == written | refetching
    assert len(refetching) == 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  endCursor: String @", "  lastCursor: String @"),
        ("type Package implements Node {", "type Package {"),
        (
            "sessionId: ID @requiresScope(scope: ACCOUNT_WRITE)",
            "sessionId: String @requiresScope(scope: ACCOUNT_WRITE)",
        ),
    ],
    ids=["page info", "node", "id"],
)
def test_a_schema_that_does_not_keep_to_relays_rules_is_noticed(tmp_path: Path, before: str, after: str) -> None:
    text = SCHEMA.read_text("utf-8")
    assert text.count(before) == 1
    assert compiled(tmp_path, text.replace(before, after)).returncode != 0


class Application:
    """Sends the compiled operations by their hashes, as Relay does when it persists them."""

    def __init__(self, demo: Demo, operations: dict[str, str]) -> None:
        self.demo = demo
        self._hashes = {re.split(r"\W+", text, maxsplit=2)[1]: sha256 for sha256, text in operations.items()}
        self.token: str | None = None

    def send(self, operation: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        extensions = {"persistedQuery": {"version": 1, "sha256Hash": self._hashes[operation]}}
        answer = self.demo.send({"variables": variables, "extensions": extensions}, self.token)
        assert "errors" not in answer, answer
        return answer["data"]


@pytest.fixture(scope="module")
def relay(application: Path, serve_demo: Serve) -> Application:
    """The agency at the application, on a gateway that answers its operations alone."""
    file = application / "operations.json"
    demo = serve_demo(GATEWAY_PERSISTED_OPERATIONS=str(file), GATEWAY_PERSISTED_ONLY="true")
    relay = Application(demo, json.loads(file.read_text("utf-8")))
    signed_in = relay.send("signInMutation", input={"login": AGENCY, "password": demo.passwords[AGENCY]})["signIn"]
    assert signed_in["errors"] == []
    relay.token = signed_in["session"]["token"]
    return relay


def test_the_list_is_scrolled_and_searched(relay: Application) -> None:
    first = relay.send("packagesQuery", count=3)["packages"]
    end = first["pageInfo"]["endCursor"]
    assert end == first["edges"][-1]["cursor"]
    more = relay.send("packagesPageQuery", count=3, cursor=end)["packages"]
    ids = [edge["node"]["id"] for page in (first, more) for edge in page["edges"]]
    assert (len(set(ids)), first["totalCount"], more["totalCount"]) == (6, 400, 400)
    assert relay.send("packagesQuery", count=3, search="Nordlicht")["packages"]["totalCount"] == 1


def test_a_row_is_fetched_again_by_its_id_and_is_the_same(relay: Application) -> None:
    [edge] = relay.send("packagesQuery", count=1)["packages"]["edges"]
    again = relay.send("packagesRowQuery", id=edge["node"]["id"])["node"]
    assert again.pop("__typename") == "Package"
    assert again == {name: value for name, value in edge["node"].items() if name != "__typename"}


def test_the_list_inside_a_row_is_scrolled_through_its_id(relay: Application) -> None:
    found = relay.send("packagesQuery", count=20)["packages"]["edges"]
    whole = {edge["node"]["id"]: relay.send("packagesDomainsQuery", id=edge["node"]["id"]) for edge in found}
    id, domains = next(
        (id, data["node"]["domains"]) for id, data in whole.items() if len(data["node"]["domains"]["edges"]) > 2
    )
    pages, cursor = [], None
    for _ in domains["edges"]:
        page = relay.send("packagesDomainsQuery", id=id, count=1, cursor=cursor)["node"]["domains"]
        pages += page["edges"]
        cursor = page["pageInfo"]["endCursor"]
    assert pages == domains["edges"]
    assert not page["pageInfo"]["hasNextPage"]
    assert relay.send("packagesOneQuery", id=id)["node"]["domains"]["edges"] == domains["edges"]


def test_ending_a_session_names_the_one_to_take_out_of_the_list(relay: Application) -> None:
    other = relay.send("signInMutation", input={"login": AGENCY, "password": relay.demo.passwords[AGENCY]})["signIn"]
    ended = relay.send("sessionsEndMutation", input={"id": other["session"]["id"]})["sessionEnd"]
    assert ended == {"sessionId": other["session"]["id"], "errors": []}
    left = [edge["node"]["id"] for edge in relay.send("sessionsQuery")["sessions"]["edges"]]
    assert left
    assert other["session"]["id"] not in left


def test_nothing_but_what_was_compiled_is_answered(relay: Application) -> None:
    refused = relay.demo.send({"query": "{ customer { number } }"}, relay.token)
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["FORBIDDEN"]
    assert "data" not in refused
