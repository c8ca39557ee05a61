"""The chart of the README: bars of answers per second, readable on a light and on a dark page."""

from __future__ import annotations

from html import escape
from typing import Any

from bench.processes import CONTESTANTS
from bench.workload import OPERATIONS

WIDTH, LEFT, BAR, STEP, GAP = 760, 220, 16, 23, 44
_ROOM = WIDTH - LEFT - 80
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1f2328}.h{font-weight:600}.n{fill:#59636e}"
    ".b{fill:#a8b3bf}.g{fill:#0969da}"
    "@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.n{fill:#9198a1}.b{fill:#545d68}.g{fill:#4493f8}}"
)


def picture(results: dict[str, Any]) -> str:
    """An SVG with a group of bars for each operation on PostgreSQL, and for the package list on SQLite."""
    groups = [(f"{o.title}, PostgreSQL", results["postgres"][o.name]) for o in OPERATIONS]
    groups.append((f"{OPERATIONS[0].title}, SQLite", results["sqlite"][OPERATIONS[0].name]))
    parts, y = [], 24
    for heading, table in groups:
        if not table:
            continue
        parts.append(
            f'<text class="h" x="0" y="{y}">{escape(heading[0].upper() + heading[1:])}: answers per second</text>'
        )
        most = max(found["per_second"] for found in table.values())
        y += 14
        for contestant in CONTESTANTS:
            if contestant.name in table:
                parts.append(_bar(contestant.name, contestant.title, table[contestant.name]["per_second"], most, y))
                y += STEP
        y += GAP - STEP + 10
    known = results["conditions"]
    told = (
        f"{known['date']}, {known['commit']}, {known['cores']} cores {known['cpu']}, load {known['load_before']} before;"
        f" medians of {known['rounds']} × {known['seconds']} s; 16 connections"
    )
    parts.append(f'<text class="n" x="0" y="{y}">{escape(told)}</text>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 12}" width="{WIDTH}" height="{y + 12}"'
    title = "<title>Answers per second of the gateway and of others</title>"
    return f'{head} role="img">{title}<style>{_STYLE}</style>{"".join(parts)}</svg>\n'


def _bar(name: str, title: str, rate: float, most: float, y: int) -> str:
    width, middle = max(round(_ROOM * rate / most), 1), y + 12
    return (
        f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{escape(title)}</text>'
        f'<rect class="{"g" if name == "gateway" else "b"}" x="{LEFT}" y="{y}" width="{width}" height="{BAR}" rx="2"/>'
        f'<text class="n" x="{LEFT + width + 6}" y="{middle}">{rate:,.0f}</text>'
    )
