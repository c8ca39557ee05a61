"""The demo: made within seconds, kept when it stands, and never mixed with anybody's data."""

import asyncio
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from gateway.auth.passwords import Passwords
from gateway.jobs.demo.making import DemoError, make_demo
from gateway.jobs.demo.people import CAST, TOTP_SECRET
from gateway.keys import load_keyring
from gateway.settings import Settings
from tests.running_demo import Demo


def settings_in(directory: Path) -> Settings:
    database_url = f"sqlite:///{directory}/demo.sqlite3"
    return Settings(port=8765, bcrypt_cost=4, database_url=database_url, key_file=directory / "keys")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a demo."""
    directory = tmp_path_factory.mktemp("demo")
    assert asyncio.run(make_demo(settings_in(directory), fresh=False, file=directory / "demo.json")).records > 3_000
    return directory


@pytest.fixture
def settings(tmp_path: Path, made: Path) -> Settings:
    """The settings of a copy of it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return settings_in(tmp_path)


def rows(settings: Settings, statement: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(settings.database_url.removeprefix("sqlite:///")) as connection:
        return connection.execute(statement).fetchall()


async def test_the_demo_file_says_where_and_how_to_sign_in(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "demo.json"
    demo = json.loads(file.read_text(encoding="utf-8"))
    assert set(demo) == {"url", "logins"}
    assert demo["url"] == "http://127.0.0.1:8765"
    assert all(set(login) - {"totpSecret"} == {"kind", "login", "password"} for login in demo["logins"])
    (secret,) = [login["totpSecret"] for login in demo["logins"] if "totpSecret" in login]
    assert secret == TOTP_SECRET
    assert {login["kind"] for login in demo["logins"]} == {"customer", "package"}

    keyring = load_keyring({}, settings.key_file)
    passwords = Passwords(keyring, cost=4)
    for login in demo["logins"]:
        by_customer = "SELECT password_hash FROM customer WHERE ? IN (number, username)"
        by_domain = "SELECT p.password_hash FROM package p JOIN domain d ON d.package_id = p.id WHERE d.name = ?"
        statement = by_customer if login["kind"] == "customer" else by_domain
        found = rows(settings, statement.replace("?", f"'{login['login']}'"))
        assert len(found) == 1, login
        assert (await passwords.verify(login["password"], found[0][0])).matches, login
    await passwords.close()


def test_the_cast_has_its_packages_and_invoices_in_every_state(settings: Settings) -> None:
    counts = dict(
        rows(settings, "SELECT c.number, count(*) FROM customer c JOIN package p ON p.customer_id = c.id GROUP BY 1")
    )
    assert [counts[role.number] for role in CAST] == [2, 12, 400, 1]
    states = {state for (state,) in rows(settings, "SELECT DISTINCT state FROM invoice")}
    assert {"OPEN", "PAID", "OVERDUE", "DEBIT_RETURNED", "CANCELLED"} <= states
    for role in CAST:
        of_role = f"FROM invoice i JOIN customer c ON c.id = i.customer_id WHERE c.number = '{role.number}'"
        assert {"OPEN", "PAID"} <= {state for (state,) in rows(settings, f"SELECT DISTINCT state {of_role}")}
    assert rows(settings, "SELECT count(*) FROM invoice WHERE kind = 'CREDIT_NOTE' AND corrects_id IS NOT NULL") == [
        (1,)
    ]
    transfers = (
        "SELECT count(*) FROM invoice WHERE payment_method = 'TRANSFER' AND buyer IS NOT NULL AND state = 'OPEN'"
    )
    assert rows(settings, transfers) == [(1,)]
    reversed_ = "SELECT exemption_reason, vat_minor FROM invoice_tax WHERE vat_category = 'AE'"
    ((reason, vat),) = rows(settings, reversed_)
    assert "§ 13b UStG" in reason
    assert vat == 0
    assert rows(settings, "SELECT count(*) FROM package_type")[0][0] >= 10
    assert rows(settings, "SELECT count(*) FROM domain WHERE ascii_name LIKE 'xn--%'")[0][0] > 100


async def test_a_demo_that_stands_is_kept_but_its_address_follows_the_settings(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "demo.json"
    before = rows(settings, "SELECT id FROM customer ORDER BY id")
    assert (await make_demo(settings.model_copy(update={"port": 9_999}), fresh=False, file=file)).records == 0
    assert rows(settings, "SELECT id FROM customer ORDER BY id") == before
    assert json.loads(file.read_text())["url"] == "http://127.0.0.1:9999"


async def test_a_fresh_demo_replaces_the_one_that_stands(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "demo.json"
    before = rows(settings, "SELECT id FROM customer ORDER BY id")
    assert (await make_demo(settings, fresh=True, file=file)).records > 3_000
    assert rows(settings, "SELECT id FROM customer ORDER BY id") != before


@pytest.mark.parametrize("lost", ["demo.json", "keys"])
async def test_half_a_demo_is_made_anew(settings: Settings, tmp_path: Path, lost: str) -> None:
    file = tmp_path / "demo.json"
    (tmp_path / lost).unlink()
    assert (await make_demo(settings, fresh=False, file=file)).records > 3_000


@pytest.mark.parametrize("fresh", [False, True])
async def test_a_database_with_a_customer_of_its_own_is_left_alone(
    settings: Settings, tmp_path: Path, fresh: bool
) -> None:
    file = tmp_path / "demo.json"
    with sqlite3.connect(settings.database_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE customer SET number = '77777777' WHERE number = '30000000'")
    connection.close()
    with pytest.raises(DemoError):
        await make_demo(settings, fresh=fresh, file=file)
    assert rows(settings, "SELECT count(*) FROM customer")[0][0] == 9


def test_the_customer_with_a_second_factor_can_sign_in_with_the_secret_that_is_told(demo: Demo) -> None:
    token = demo.token("20733591")
    found = demo.ask("{ customer { lastName twoFactor { enabled recoveryCodesLeft devices { name } } } }", token)
    assert found["customer"] == {
        "lastName": "Jørgensen",
        "twoFactor": {"enabled": True, "recoveryCodesLeft": 10, "devices": [{"name": "Telefon"}]},
    }


def test_packages_show_the_changes_they_came_by(settings: Settings) -> None:
    counts = dict(rows(settings, "SELECT state, count(*) FROM operation GROUP BY state"))
    assert counts["SUCCEEDED"] > 50
    assert 0 < counts["FAILED"] < counts["SUCCEEDED"] / 3
    first = "SELECT min(number), max(number) - count(*) FROM operation GROUP BY package_id"
    assert {tuple(row) for row in rows(settings, first)} == {(1, 0)}, "they count from 1"
