"""The figures the README shows are those of the last run, word for word."""

from __future__ import annotations

import json

from bench.picture import picture
from bench.report import report
from bench.section import written_into
from tests.running_demo import ROOT


def test_the_figures_are_those_of_the_results_file() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    results = json.loads((ROOT / "bench" / "results.json").read_text(encoding="utf-8"))
    assert written_into(text, results) == text


def test_every_target_was_judged() -> None:
    results = json.loads((ROOT / "bench" / "results.json").read_text(encoding="utf-8"))
    assert len(results["targets"]) >= 14
    assert all(target["met"] in (True, False) for target in results["targets"]), "a contestant was missing"


def test_the_tables_and_the_picture_tell_of_every_contestant() -> None:
    results = json.loads((ROOT / "bench" / "results.json").read_text(encoding="utf-8"))
    for title in ("hand-written limit", "this gateway", "PostGraphile 5"):
        assert title in report(results)
        assert title in picture(results)
