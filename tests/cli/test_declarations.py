"""`gateway declarations`, as an operator types it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.cli.test_commands import Gateway, gateway, migrated
from tests.importing.samples import CUSTOMER, ndjson

__all__ = ["gateway", "migrated"]

ROW = """INSERT INTO declaration (id, kind, state, number, name, email, contract_text, language, received_at, sha256)
VALUES ('dcl_01h455vb4pex5vsknk084sn02q', 'WITHDRAWAL', 'RECEIVED', 'W-1', 'Zoë', 'zoe@example.com', 'V-1', 'de',
 '2026-03-01 12:00:00+00:00', 'abc')"""


def test_a_declaration_is_listed_shown_matched_and_settled(migrated: Gateway, tmp_path: Path) -> None:
    assert migrated("declarations", "list").stdout == ""
    file = tmp_path / "records.ndjson"
    file.write_bytes(ndjson(CUSTOMER))
    assert migrated("import", str(file)).returncode == 0
    database = sqlite3.connect(tmp_path / "var" / "gateway.sqlite3")
    with database:
        database.execute(ROW)
    database.close()
    listed = migrated("declarations", "list")
    assert listed.stdout.startswith("W-1  2026-03-01 12:00  RECEIVED  WITHDRAWAL")
    assert "Declaration: Withdrawal from the contract" in migrated("declarations", "show", "W-1").stdout
    number = CUSTOMER["number"]
    matched = migrated("declarations", "match", "W-1", "--customer", number)
    assert (matched.returncode, matched.stderr) == (0, "")
    assert matched.stdout.startswith(f"W-1 is of customer {number}, no contract")
    again = migrated("declarations", "match", "W-1", "--customer", number)
    assert (again.returncode, again.stderr) == (2, "gateway: W-1 is MATCHED already\n")
    assert migrated("declarations", "reject", "W-1", "--note", "zu spät").stdout == "W-1 is REJECTED.\n"
    assert migrated("declarations", "list").stdout == ""
    assert "W-1" in migrated("declarations", "list", "--state", "rejected").stdout
    assert migrated("audit", "verify").returncode == 0
