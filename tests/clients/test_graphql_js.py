"""The schema as the reference implementation in JavaScript reads it: from the file, and from a running server."""

from __future__ import annotations

from pathlib import Path

from tests.clients.node import told
from tests.running_demo import ROOT, Demo

SCHEMA = ROOT / "schema.graphql"


def test_the_schema_is_valid_described_throughout_and_what_the_server_tells(demo: Demo) -> None:
    found = told("schema.mjs", str(SCHEMA), demo.url)
    assert found["errors"] == found["invalidAsServed"] == []
    assert found["definitions"] > 400
    assert found["undescribed"] == []
    assert found["different"] == []
    # Introspection tells which directives there are, but not where they stand: only the file says who may read what.
    assert set(found["directives"]) == {
        "public",
        "requiresSignIn",
        "requiresScope",
        "requiresReauthentication",
        "requiresSession",
    }


def test_what_is_undescribed_or_told_otherwise_is_noticed(demo: Demo, tmp_path: Path) -> None:
    text = SCHEMA.read_text("utf-8")
    changed = tmp_path / "schema.graphql"
    for before, after in (
        ('"""Its technical name in the host\'s systems."""\n  identification: String @', "identification: String @"),
        ("mainDomain: String @", "mainDomain: String! @"),
    ):
        assert text.count(before) == 1
        text = text.replace(before, after)
    changed.write_text(text, "utf-8")
    found = told("schema.mjs", str(changed), demo.url)
    assert found["undescribed"] == ["Package.identification"]
    assert found["different"] == ["Package"]
