"""`gateway operations`, as an operator types it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_commands import Gateway, gateway, migrated
from tests.importing.samples import ALL, ndjson

__all__ = ["gateway", "migrated"]

ID = "ope_01h455vb4pex5vsknk084sn02q"
ROW = f"""INSERT INTO operation (id, customer_id, package_id, number, kind, subject_id, state, progress, desired, attempts,
 error, requested_at, available_at, dead_at, with_secrets)
SELECT '{ID}', customer_id, id, 1, 'cron_job.change', 'crn_1', 'FAILED', 0, '{{}}', 12, 'UNREACHABLE',
 '2026-03-01 12:00:00+00:00', '2026-03-01 12:00:00+00:00', '2026-03-03 12:00:00+00:00', 0 FROM package LIMIT 1"""


def test_a_dead_letter_is_listed_shown_tried_again_and_given_up(migrated: Gateway, tmp_path: Path) -> None:
    assert migrated("operations", "list").stdout == ""
    file = tmp_path / "records.ndjson"
    file.write_bytes(ndjson(*ALL))
    assert migrated("import", str(file)).returncode == 0
    database = sqlite3.connect(tmp_path / "var" / "gateway.sqlite3")
    with database:
        assert database.execute(ROW).rowcount == 1
    database.close()
    assert migrated("operations", "list").stdout == "", "what is open"
    assert migrated("operations", "list", "--dead").stdout.startswith(f"{ID}  2026-03-01 12:00  FAILED ")
    assert "Error: UNREACHABLE" in migrated("operations", "show", ID).stdout
    assert "dead letters: 1" in migrated("operations", "statistics").stdout
    tried = migrated("operations", "retry", ID)
    assert (tried.returncode, tried.stdout, tried.stderr) == (0, f"{ID} is QUEUED.\n", "")
    again = migrated("operations", "retry", ID)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == f"gateway: {ID} is QUEUED and no dead letter: only those can be tried again\n"
    assert migrated("operations", "give-up", ID).stdout == f"{ID} is given up.\n"
    assert migrated("operations", "list", "--state", "failed").stdout.rstrip().endswith("GIVEN_UP")
    assert migrated("audit", "verify").returncode == 0


SECRETS = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"
WEBHOOK = {
    "GATEWAY_PROVISIONING": "webhook",
    "GATEWAY_PROVISIONING_URL": "https://host.example/o",
    "GATEWAY_PROVISIONING_SECRETS": SECRETS,
}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("GATEWAY_PROVISIONING_SECRETS", "", "webhook needs PROVISIONING_URL and PROVISIONING_SECRETS"),
        ("GATEWAY_PROVISIONING_URL", "", "webhook needs PROVISIONING_URL and PROVISIONING_SECRETS"),
        ("GATEWAY_PROVISIONING_URL", "http://host.example/geheim", "must begin with https://"),
        ("GATEWAY_PROVISIONING_URL", "https://me:geheim@host.example/", "without a login"),
        ("GATEWAY_PROVISIONING_URL", "file:///geheim", "must be an address"),
        ("GATEWAY_PROVISIONING_SECRETS", f"{SECRETS},whsec_Z2VoZWlt", "base64 of 24 to 64 random bytes"),
        ("GATEWAY_PROVISIONING_CA_FILE", "geheim.pem", "holds no certificates that can be read"),
    ],
)
def test_a_setting_that_cannot_be_is_told_and_not_shown(migrated: Gateway, name: str, value: str, said: str) -> None:
    told = migrated("serve", **WEBHOOK | {name: value})
    assert (told.returncode, told.stdout) == (2, "")
    assert said in told.stderr
    assert "GATEWAY_PROVISIONING" in told.stderr
    for secret in ("geheim", "Z2VoZWlt", SECRETS):
        assert secret not in told.stderr
