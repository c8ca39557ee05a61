"""The README shows how a feature is added by files that are there."""

from __future__ import annotations

import re

from tests.running_demo import ROOT

HEADING = "### A technical function, end to end"


def test_every_file_it_names_is_there_and_says_what_it_is_about() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition(HEADING)[2].partition("\n## ")[0]
    named = re.findall(r"`((?:models|gateway|tests)/[^`]+\.py)`", section)
    assert len(named) > 25
    assert [name for name in named if not (ROOT / name).is_file()] == []
    shared = [name for name in named if "web_host" not in name and "rules/" not in name and "host_name" not in name]
    told = {name: (ROOT / name).read_text(encoding="utf-8").lower().replace("_", "") for name in shared}
    assert [name for name, source in told.items() if "webhost" not in source] == []
    mutations = re.findall(r"`(webHost[A-Z]\w+)`", section)
    schema = (ROOT / "schema.graphql").read_text(encoding="utf-8")
    assert mutations
    assert all(f"  {name}(" in schema for name in mutations)
