"""What the README shows of a run: between two marks, written by `make bench` and held to `results.json` by a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.ratios import judged
from bench.report import conditions, markdown, targets
from bench.workload import OPERATIONS

BEGIN, END = "<!-- measured: `make bench` writes this -->", "<!-- measured: end -->"


def section(results: dict[str, Any]) -> str:
    """The figures of the operations on PostgreSQL beside the hand-written limit, and the targets."""
    limit = {operation.name: results["postgres"][operation.name]["raw-rows"] for operation in OPERATIONS}
    head = ["answers per second (÷ hand-written limit)", *(operation.title for operation in OPERATIONS)]
    names = list(results["postgres"][OPERATIONS[0].name])
    lines = [[name, *(_cell(results["postgres"][o.name][name], limit[o.name]) for o in OPERATIONS)] for name in names]
    return "\n\n".join([conditions(results), markdown(head, lines), targets(judged(results))])


def _cell(found: dict[str, float], limit: dict[str, float]) -> str:
    return f"{found['per_second']:.0f} ({found['per_second'] / limit['per_second']:.2f})"


def written_into(text: str, results: dict[str, Any]) -> str:
    """A document with its section anew. Raises `ValueError` for a document without the marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("the document has no place for the figures")
    return f"{before}{BEGIN}\n\n{section(results)}\n\n{END}{after}"


def write_into(document: Path, results: dict[str, Any]) -> None:
    """Write the section into a file."""
    document.write_text(written_into(document.read_text(encoding="utf-8"), results), encoding="utf-8")
