"""What this host offers: the file it stands in, and the query that tells it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gateway.hosting import load_hosting
from tests.api.conftest import Serve
from tests.world import Caller

MADE_UP = Path(__file__).resolve().parents[2] / "gateway" / "hosting.json"

Change = Callable[[dict[str, Any]], object]


def written(folder: Path, change: Change) -> Path:
    """The made-up host with something changed."""
    hosting = json.loads(MADE_UP.read_text(encoding="utf-8"))
    change(hosting)
    path = folder / "hosting.json"
    path.write_text(json.dumps(hosting), encoding="utf-8")
    return path


def test_without_a_file_the_host_is_made_up(tmp_path: Path) -> None:
    assert load_hosting(None) == load_hosting(written(tmp_path, lambda hosting: None))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda hosting: hosting.pop("imap"), "imap: Field required"),
        (lambda hosting: hosting.update(colour="red"), "colour"),
        (lambda hosting: hosting["smtp"].update(port="many"), "smtp.port"),
        (lambda hosting: hosting["smtp"].update(security="NONE"), "smtp.security"),
        (lambda hosting: hosting["php"][0].update(version="8.x"), "php: 8.x is not a version such as 8.4"),
        (lambda hosting: hosting["php"][0].update(end_of_life_on="soon"), "php.0.end_of_life_on"),
        (lambda hosting: hosting["databases"][0].update(engine="ORACLE"), "databases.0.engine"),
        (lambda hosting: hosting["apps"][0]["versions"][0].update(php_from="old"), "apps: old is not a version"),
        (lambda hosting: hosting["database_servers"].pop("MARIADB"), "database_servers: MARIADB has versions and no server"),
        (lambda hosting: hosting["php"].append(hosting["php"][0]), "php: 8.2 is there more than once"),
        (lambda hosting: hosting["apps"].append(hosting["apps"][0]), "apps: wordpress is there more than once"),
        (lambda hosting: hosting["databases"].append(hosting["databases"][0]), "databases: MARIADB 10.11 is there more"),
    ],
)  # fmt: skip
def test_a_fault_in_the_file_is_named(tmp_path: Path, change: Change, named: str) -> None:
    path = written(tmp_path, change)
    with pytest.raises(ValueError, match=rf"^GATEWAY_HOSTING_FILE {path}: .*{named}"):
        load_hosting(path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_file_that_holds_no_host_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hosting.json"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=rf"^GATEWAY_HOSTING_FILE {path}: "):
        load_hosting(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^GATEWAY_HOSTING_FILE .*nowhere\.json: No such file"):
        load_hosting(tmp_path / "nowhere.json")


async def test_what_the_file_says_is_what_everybody_signed_in_is_told(serve: Serve, tmp_path: Path) -> None:
    def change(hosting: dict[str, Any]) -> None:
        hosting["imap"]["host"] = "mail.nordlicht.example"
        hosting["php"] = [
            {"version": "8.9", "end_of_life_on": "2020-12-31"},
            {"version": "8.10", "end_of_life_on": "2099-12-31"},
        ]

    async with serve(hosting_file=written(tmp_path, change)) as service:
        asked = "{ hosting { imap { host } php { version endOfLifeOn choosable } } }"
        for caller in (Caller.OWNER, Caller.PACKAGE):
            assert (await service.ask(asked, by=caller)).data["hosting"] == {
                "imap": {"host": "mail.nordlicht.example"},
                "php": [
                    {"version": "8.9", "endOfLifeOn": "2020-12-31", "choosable": False},
                    {"version": "8.10", "endOfLifeOn": "2099-12-31", "choosable": True},
                ],
            }
        assert (await service.ask(asked)).code == "UNAUTHENTICATED"
