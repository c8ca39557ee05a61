"""The commands as people type them: processes of their own, on SQLite, in an empty directory."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.jobs.demo.agreement import FOLDER as AGREEMENTS
from gateway.jobs.demo.making import HELP
from gateway.jobs.demo.people import TOTP_SECRET
from tests.importing.samples import ALL, CUSTOMER, changed, line, ndjson

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"GATEWAY_KEYS": "1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"}
Gateway = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(**settings: str) -> dict[str, str]:
    """This process's, without settings of the gateway but those given."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")}
    return inherited | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "GATEWAY_BCRYPT_COST": "4"} | settings


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """Runs a command to its end."""

    def run(*arguments: str, stdin: bytes = b"", **settings: str) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-m", "gateway", *arguments],
            cwd=tmp_path,
            env=environment(**settings),
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def migrated(gateway: Gateway, template_file: Path, tmp_path: Path) -> Gateway:
    """The same, where there are keys and tables."""
    (tmp_path / "var").mkdir()
    shutil.copyfile(template_file, tmp_path / "var" / "gateway.sqlite3")

    def run(*arguments: str, stdin: bytes = b"", **settings: str) -> "subprocess.CompletedProcess[str]":
        return gateway(*arguments, stdin=stdin, **KEYS | settings)

    return run


def count(directory: Path, table: str) -> int:
    with sqlite3.connect(directory / "var" / "gateway.sqlite3") as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_help_names_every_command(gateway: Gateway) -> None:
    done = gateway("--help")
    assert done.returncode == 0
    for command in ("demo", "serve", "migrate", "work", "import", "keys", "schema"):
        assert f"\n  {command} " in done.stdout


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        ("serve", "GATEWAY_PORT", "eighty"),
        ("serve", "GATEWAY_PROT", "80"),
        ("serve", "GATEWAY_DATABASE_URL", "mysql://u:geheim@h/n"),
        ("demo", "GATEWAY_PORT", "eighty"),
        ("migrate", "GATEWAY_DATABASE_URL", "postgres://u:geheim@h:x/n"),
        ("work", "GATEWAY_PROT", "80"),
        ("import", "GATEWAY_KEYS", "1:geheim"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it_and_not_its_value(
    gateway: Gateway, tmp_path: Path, command: str, name: str, value: str
) -> None:
    arguments = [command, "-"] if command == "import" else [command]
    done = gateway(*arguments, **{name: value})
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert name in done.stderr
    assert "geheim" not in done.stderr
    assert "eighty" not in done.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("command", [("serve",), ("work",), ("import", "-")])
def test_nothing_runs_on_a_database_that_is_not_migrated(gateway: Gateway, command: tuple[str, ...]) -> None:
    done = gateway(*command, GATEWAY_KEYS="1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE")
    assert done.returncode == 2
    assert "gateway migrate" in done.stderr


@pytest.mark.parametrize("command", [("serve",), ("work",), ("import", "-")])
def test_without_keys_the_missing_setting_is_named(gateway: Gateway, command: tuple[str, ...]) -> None:
    done = gateway(*command)
    assert done.returncode == 2
    assert "GATEWAY_KEYS" in done.stderr


def test_a_database_that_is_away_is_one_line(gateway: Gateway) -> None:
    done = gateway("migrate", GATEWAY_DATABASE_URL="postgres://u:geheim@127.0.0.1:1/n")
    assert done.returncode == 2
    assert "GATEWAY_DATABASE_URL" in done.stderr
    assert "geheim" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_migrating_twice_does_nothing_the_second_time(gateway: Gateway) -> None:
    assert gateway("migrate").stdout.startswith("Migrated: ")
    assert gateway("migrate").stdout.startswith("Nothing to do")


def test_an_import_stores_and_says_how_much(migrated: Gateway, tmp_path: Path) -> None:
    (tmp_path / "all.ndjson").write_bytes(ndjson(*ALL))
    done = migrated("import", "all.ndjson")
    assert (done.returncode, done.stdout, done.stderr) == (0, "9 records stored, 0 lines refused.\n", "")
    assert count(tmp_path, "invoice_line") == 1


def test_refused_lines_are_told_with_number_field_and_reason_and_never_a_secret(
    migrated: Gateway, tmp_path: Path
) -> None:
    wrong = changed(CUSTOMER, "bank_account.iban", "DE00370400440532013000")
    lines = [line(record) for record in ALL] + [b"\xff\n", line(wrong), line(changed(CUSTOMER, "number", "10000009"))]
    done = migrated("import", "-", "--report", "report.ndjson", stdin=b"".join(lines))
    assert done.returncode == 1
    assert done.stdout == "9 records stored, 3 lines refused.\n"
    assert done.stderr.splitlines() == [
        "line 10: is not valid UTF-8 at byte 1",
        "line 11: customer: bank_account.iban: is not an IBAN",
        "line 12: customer: username: belongs to another customer",
    ]
    report = [json.loads(entry) for entry in (tmp_path / "report.ndjson").read_text().splitlines()]
    assert report[1] == {"line": 11, "kind": "customer", "field": "bank_account.iban", "reason": "is not an IBAN"}
    assert len(report) == 3
    assert b"DE003704" not in b"".join(path.read_bytes() for path in (tmp_path / "var").iterdir())


def test_a_file_that_is_not_there_cannot_be_imported(migrated: Gateway) -> None:
    assert migrated("import", "missing.ndjson").returncode == 2


def test_an_import_killed_in_the_middle_and_repeated_comes_to_the_same_end(migrated: Gateway, tmp_path: Path) -> None:
    domains = [
        {"kind": "domain", "name": f"d{n}.example", "package": "hosting-1", "state": "ACTIVE"} for n in range(5_000)
    ]
    content = ndjson(*ALL, *domains)
    running = subprocess.Popen(
        [sys.executable, "-m", "gateway", "import", "-"],
        cwd=tmp_path,
        env=environment(GATEWAY_KEYS="1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"),
        stdin=subprocess.PIPE,
    )
    assert running.stdin is not None
    running.stdin.write(content[: len(content) // 2])  # it waits for the rest, with a batch in its hands
    running.stdin.flush()
    while count(tmp_path, "domain") == 0:
        assert running.poll() is None
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdin.close()
    assert 0 < count(tmp_path, "domain") < 5_001
    assert migrated("import", "-", stdin=content).returncode == 0
    assert count(tmp_path, "domain") == 5_001
    assert count(tmp_path, "audit_event") == 0


def test_the_worker_ends_when_it_is_told_to(migrated: Gateway, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gateway", "work"]
    running = subprocess.Popen(command, cwd=tmp_path, env=environment(**KEYS), stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    assert "waiting" in running.stderr.readline()
    running.terminate()
    assert running.wait(timeout=20) == 0
    running.stderr.close()


def test_a_folder_of_help_is_stored_and_said_to_be(migrated: Gateway, tmp_path: Path) -> None:
    files = len(list(HELP.rglob("*.md")))
    for _ in range(2):
        done = migrated("import", "help", str(HELP))
        assert (done.returncode, done.stdout) == (0, f"{files} articles and contacts stored, 0 files refused.\n")
    assert count(tmp_path, "help_article") + count(tmp_path, "contact_option") == files


def test_agreements_are_imported_as_often_as_you_like(migrated: Gateway, tmp_path: Path) -> None:
    for _ in range(2):
        done = migrated("import", "agreements", str(AGREEMENTS))
        assert (done.returncode, done.stdout) == (0, "2 versions and 6 sub-processors stored, 0 refused.\n")
    assert (count(tmp_path, "agreement_version"), count(tmp_path, "sub_processor")) == (2, 6)
    changed = (AGREEMENTS / "2024-1.de.md").read_text("utf-8").replace("Hosting-Verträge", "Verträge")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.md").write_text(changed, "utf-8")
    (tmp_path / "texts" / "b.md").write_bytes((AGREEMENTS / "2024-1.en.md").read_bytes())
    refused = migrated("import", "agreements", "texts")
    assert (refused.returncode, refused.stdout) == (1, "0 versions and 0 sub-processors stored, 1 refused.\n")
    assert "2024-1.*.md: is in force already" in refused.stderr


def test_a_file_of_help_that_is_refused_is_named_with_its_field(migrated: Gateway, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.md").write_text("---\nkind: FAQ\nslug: geheim!\n---\nText\n")
    done = migrated("import", "help", "texts", "--prune")
    assert done.returncode == 1
    assert "one.md: slug: does not have the right form" in done.stderr
    assert "geheim" not in done.stderr
    assert done.stdout == "0 articles and contacts stored, 1 files refused, 0 removed.\n"


def test_a_folder_of_help_that_is_not_there_cannot_be_imported(migrated: Gateway) -> None:
    assert migrated("import", "help", "missing").returncode == 2


def test_keys_are_added_and_secrets_come_under_the_new_one(migrated: Gateway, tmp_path: Path) -> None:
    assert migrated("import", "-", stdin=ndjson(*ALL)).returncode == 0
    added = migrated("keys", "new")
    assert added.returncode == 0
    fresh = added.stdout.strip()
    assert fresh.startswith("2:")
    both = "1:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE" + "," + fresh
    done = migrated("keys", "rotate", GATEWAY_KEYS=both)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "authenticator secrets: 0 sealed anew, 0 were current.",
        "IBANs: 1 sealed anew, 0 were current.",
        "IBANs of debits: 0 sealed anew, 0 were current.",
        "AuthInfo of domains: 0 sealed anew, 0 were current.",
        "secrets of operations: 0 sealed anew, 0 were current.",
        "2 password hashes need an older key; each is renewed when its owner signs in.",
    ]
    again = migrated("keys", "rotate", GATEWAY_KEYS=fresh)
    assert "IBANs: 0 sealed anew, 1 were current." in again.stdout
    lost = migrated("keys", "rotate", GATEWAY_KEYS=migrated("keys", "new", GATEWAY_KEYS=fresh).stdout.strip())
    assert lost.returncode == 1
    assert "IBANs: 0 sealed anew, 0 were current, 1 cannot be read." in lost.stdout
    assert "cannot be read with any key" in lost.stderr


def test_the_demo_prints_who_can_sign_in_and_the_secret_of_an_authenticator(
    gateway: Gateway, demo_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(demo_folder, tmp_path, dirs_exist_ok=True)
    printed = gateway("demo").stdout.splitlines()
    for login in json.loads((tmp_path / "var" / "demo.json").read_text("utf-8"))["logins"]:
        told = [line for line in printed if line.split()[1:3] == [login["login"], login["password"]]]
        assert len(told) == 1, login
        assert login.get("totpSecret", "") in told[0]
    assert sum(TOTP_SECRET in line for line in printed) == 1
