"""The README shows how a feature is added by files that are there."""

from __future__ import annotations

import re

from tests.running_demo import ROOT

HEADING = "### A technical function, end to end"


def test_every_file_and_mutation_it_names_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition(HEADING)[2].partition("\n## ")[0]
    named = re.findall(r"`((?:models|gateway|tests)/[^`]+\.py)`", section)
    assert len(named) > 25
    assert [name for name in named if not (ROOT / name).is_file()] == []
    mutations = re.findall(r"`(webHost[A-Z]\w+)`", section)
    schema = (ROOT / "schema.graphql").read_text(encoding="utf-8")
    assert mutations
    assert all(f"  {name}(" in schema for name in mutations)
