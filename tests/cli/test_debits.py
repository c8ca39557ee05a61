"""`gateway debits`, as an operator types it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_commands import Gateway, gateway, migrated
from tests.debits import reports

__all__ = ["gateway", "migrated"]

BOMB = (
    b'<!DOCTYPE d [<!ENTITY a "aaaa">]><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">&a;</Document>'
)


def test_without_debits_there_are_no_files(migrated: Gateway, tmp_path: Path) -> None:
    done = migrated("debits", "export")
    assert (done.returncode, done.stdout) == (0, "0 debits in 0 new files; 0 files written, 0 still waiting.\n")
    assert not (tmp_path / "var" / "bank").exists()


def test_a_report_of_debits_that_nobody_asked_for_is_told_and_noted_once(migrated: Gateway, tmp_path: Path) -> None:
    file = tmp_path / "camt.xml"
    file.write_bytes(reports.returned("SOMEBODY-ELSE", "1.00"))
    done = migrated("debits", "import", str(file))
    assert (done.returncode, done.stdout) == (1, f"{file}: MSG-R: 1 UNKNOWN; 0 passed over.\n")
    assert f"{file}: UNKNOWN: SOMEBODY-ELSE" in done.stderr
    again = migrated("debits", "import", str(file))
    assert (again.returncode, again.stdout) == (0, f"{file}: MSG-R: 1 READ_BEFORE; 0 passed over.\n")


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_it(migrated: Gateway, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.xml", tmp_path / "good.xml"
    bad.write_bytes(BOMB)
    good.write_bytes(reports.camt([]))
    done = migrated("debits", "import", str(bad), str(good))
    assert done.returncode == 1
    assert f"{bad}: refused, nothing was written: the file has a document type or entities" in done.stderr
    assert done.stdout == f"{good}: MSG-1: no entries; 0 passed over.\n"
