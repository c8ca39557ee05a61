"""The results as text: tables in Markdown, for the terminal and for whoever pastes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bench.processes import CONTESTANTS
from bench.ratios import Judged, judged, marginal_us
from bench.workload import OPERATIONS

_TITLES = {contestant.name: contestant.title for contestant in CONTESTANTS}


def report(results: dict[str, Any]) -> str:
    """Everything."""
    parts = [conditions(results)]
    for part, title in (("postgres", "PostgreSQL"), ("sqlite", "SQLite")):
        for operation in OPERATIONS:
            heading = f"{title}, {operation.title}, 16 connections, 1 process"
            statements = {name: counts[operation.name] for name, counts in results["statements"].items()}
            parts.append(_figures(heading, results[part][operation.name], statements if part == "postgres" else {}))
    parts += [_rates("package list by connections", {**results["connections"], "16": _usual(results)})]
    parts += [_rates("package list by connections, two worker processes", results["two_workers"])]
    kinds = {
        "a text never seen before": results["fresh"],
        "an operation with a part no plan knows": results["unplanned"],
    }
    parts += [_rates("package list as", kinds)]
    parts += [_pages(results)]
    parts += [_sizes(results)]
    parts += [
        markdown(["after the run", "memory MB"], [[_name(n), f"{mb:.0f}"] for n, mb in results["memory_mb"].items()])
    ]
    parts += [targets(judged(results))]
    return "\n\n".join(parts) + "\n"


def conditions(results: dict[str, Any]) -> str:
    """When, of which commit, and on what it was measured."""
    known = results["conditions"]
    return (
        f"{known['date']}, commit {known['commit']}; {known['cores']} cores {known['cpu']},"
        f" load {known['load_before']} before,"
        f" Python {known['python']}, PostgreSQL {known['postgresql']}, Node {known['node']};"
        f" scale {known['scale']}, medians of {known['rounds']} rounds of {known['seconds']} s."
    )


def _usual(results: dict[str, Any]) -> dict[str, Any]:
    return dict(results["postgres"]["PackageList"])


def _name(name: str) -> str:
    return f"**{_TITLES[name]}**" if name == "gateway" else _TITLES[name]


def _figures(heading: str, table: dict[str, dict[str, float]], statements: dict[str, float]) -> str:
    limit = table.get("raw-rows", {}).get("per_second")
    head = [heading, "answers/s", "slowest–fastest round", "p50 ms", "p99 ms", "server CPU ms", "database CPU ms"]
    lines = []
    for name, found in table.items():
        line = [_name(name), f"{found['per_second']:.0f}", f"{found['least']:.0f}–{found['most']:.0f}"]
        line += [f"{found['p50_ms']:.1f}", f"{found['p99_ms']:.1f}"]
        line += [f"{found['server_cpu_ms']:.2f}", f"{found['database_cpu_ms']:.2f}" if statements else "in the server"]
        line += [f"{statements[name]:.1f}"] if statements else []
        line += [f"{found['per_second'] / limit:.2f}" if limit else "–"]
        lines.append(line)
    return markdown([*head, *(["SQL"] if statements else []), "÷ limit"], lines)


def _rates(heading: str, columns: dict[str, dict[str, dict[str, float]]]) -> str:
    columns = dict(
        sorted(columns.items(), key=lambda item: (not item[0].isdigit(), int(item[0]) if item[0].isdigit() else 0))
    )
    names = list(dict.fromkeys(name for table in columns.values() for name in table))
    lines = [
        [_name(name)]
        + [
            f"{t[name]['per_second']:.0f}/s, p99 {t[name]['p99_ms']:.0f} ms" if name in t else "–"
            for t in columns.values()
        ]
        for name in names
    ]
    return markdown([heading, *columns], lines)


def _pages(results: dict[str, Any]) -> str:
    pages = results["pages"]
    sizes, slope = sorted(pages, key=int), marginal_us(pages)
    lines = [
        [_name(name), *(f"{pages[size][name]['server_cpu_ms']:.2f}" for size in sizes), f"{slope[name]:.1f}"]
        for name in slope
    ]
    return markdown(["server CPU ms by packages on the page", *sizes, "µs for one more"], lines)


def _sizes(results: dict[str, Any]) -> str:
    sizes = sorted(results["sizes"], key=float)
    names = list(results["sizes"][sizes[0]]["PackageList"])
    lines = [
        [_name(name)]
        + [
            " · ".join(f"{results['sizes'][s][o][name]['per_second']:.0f}/s" for o in results["sizes"][s])
            for s in sizes
        ]
        for name in names
    ]
    return markdown(
        ["package list · invoices by rows", *(f"{float(size) * 37_000:,.0f} packages" for size in sizes)], lines
    )


def targets(found: Iterable[Judged]) -> str:
    """What was to be reached, and whether it was."""
    lines = [
        [
            one.measure,
            "–" if one.value is None else f"{one.value:.2f} {one.unit}".rstrip(),
            f"{'≥' if one.least else '≤'} {one.goal:g} {one.unit}".rstrip(),
            {True: "✓", False: "✗", None: "–"}[one.met],
        ]
        for one in found
    ]
    return markdown(["target", "reached", "goal", ""], lines)


def markdown(head: list[str], lines: list[list[str]]) -> str:
    """A table in Markdown, the first column to the left and the others to the right."""
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]

    def written(cells: list[str]) -> str:
        padded = (
            f"{cell:<{width}}" if i == 0 else f"{cell:>{width}}"
            for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(padded)} |"

    rule = "|" + "|".join("-" * (width + 1) + ("-" if i == 0 else ":") for i, width in enumerate(widths)) + "|"
    return "\n".join([written(head), rule, *map(written, lines)])
