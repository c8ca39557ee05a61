"""`gateway audit verify`, as an operator types it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.cli.test_commands import Gateway, gateway, migrated
from tests.importing.samples import CUSTOMER, changed, ndjson

__all__ = ["gateway", "migrated"]


def imported(migrated: Gateway, tmp_path: Path) -> None:
    """A customer who was changed by two imports."""
    for city in ("Bremen", "Kiel", "Köln"):
        file = tmp_path / "records.ndjson"
        file.write_bytes(ndjson(changed(CUSTOMER, "city", city)))
        assert migrated("import", str(file)).returncode == 0


def test_the_audit_entries_are_looked_at(migrated: Gateway, tmp_path: Path) -> None:
    imported(migrated, tmp_path)
    done = migrated("audit", "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2 entries of 1 customers: no defects found.\n"
    database = sqlite3.connect(tmp_path / "var" / "gateway.sqlite3")
    with database:
        database.execute("DROP TRIGGER audit_event_no_UPDATE")
        database.execute("UPDATE audit_event SET result = 'FORBIDDEN' WHERE number = 1")
    database.close()
    done = migrated("audit", "verify", "--customer", CUSTOMER["number"])
    assert done.returncode == 1
    assert f"customer {CUSTOMER['number']}: entry 1 (aud_" in done.stderr
    assert done.stdout == "2 entries of 1 customers: 1 defects found.\n"


def test_a_customer_that_is_none_is_told(migrated: Gateway) -> None:
    done = migrated("audit", "verify", "--customer", "4711")
    assert done.returncode == 2
    assert done.stderr == "gateway: there is no customer 4711\n"
