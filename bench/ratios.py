"""What is to be reached, and whether it was: ratios of answers per second within one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

GATEWAY = "gateway"


@dataclass(frozen=True)
class Judged:
    """A measure with its goal. `value` is `None` when a contestant did not take part."""

    measure: str
    value: float | None
    goal: float
    least: bool = True
    """The goal is the least; otherwise the most."""
    unit: str = ""

    @property
    def met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.goal if self.least else self.value <= self.goal


_RATIOS = (
    ("postgres", "PackageList", "package list", (("raw-rows", 0.75), ("postgraphile", 2.5), ("mercurius", 2.0))),
    ("postgres", "PackageList", "package list", (("mercurius-sql", 0.9),)),
    ("postgres", "Invoices", "invoices", (("raw-rows", 0.75), ("mercurius", 1.0))),
    ("postgres", "OnePackage", "one package", (("raw-rows", 0.8), ("mercurius", 1.6))),
    ("sqlite", "PackageList", "SQLite: package list", (("raw-rows", 0.75),)),
)


def judged(results: dict[str, Any]) -> list[Judged]:
    """Every target with what was reached."""
    found = [
        Judged(f"{title} ÷ {other}", ratio(results[part][operation], other), goal)
        for part, operation, title, goals in _RATIOS
        for other, goal in goals
    ]
    marginal = marginal_us(results["pages"])
    statements = results["statements"].get(GATEWAY, {})
    grown = None
    if statements:
        grown = float(round(statements["page of 100"]) - round(statements["page of 10"]))
    return [
        *found,
        Judged("server CPU of one more package", marginal.get(GATEWAY), 6, least=False, unit="µs"),
        Judged("operations with a part no plan knows ÷ naive", ratio(results["unplanned"], "naive"), 5),
        Judged("texts never seen before ÷ postgraphile", ratio(results["fresh"], "postgraphile"), 1.0),
        Judged("statements more for 100 packages than for 10", grown, 0, least=False),
        Judged("memory of a worker after the run", results["memory_mb"].get(GATEWAY), 80, least=False, unit="MB"),
    ]


def ratio(table: dict[str, dict[str, float]], other: str) -> float | None:
    """Answers of the gateway for each answer of another contestant."""
    if GATEWAY not in table or other not in table:
        return None
    return table[GATEWAY]["per_second"] / table[other]["per_second"]


def marginal_us(pages: dict[str, dict[str, dict[str, float]]]) -> dict[str, float]:
    """Microseconds of server CPU for one more package on the page: the slope of a line through all sizes of a page."""
    sizes = sorted(pages, key=int)
    middle = sum(map(int, sizes)) / len(sizes)
    spread = sum((int(size) - middle) ** 2 for size in sizes)
    return {
        name: 1_000 * sum((int(size) - middle) * pages[size][name]["server_cpu_ms"] for size in sizes) / spread
        for name in pages[sizes[0]]
    }
