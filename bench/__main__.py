"""`python -m bench`: the command line of the benchmark."""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import replace
from pathlib import Path
from time import monotonic

import click

from bench.course import FULL, QUICK, Disagreement, run
from bench.loop import Refused
from bench.picture import picture
from bench.processes import CONTESTANTS, HERE, node
from bench.ratios import judged
from bench.report import report
from bench.section import write_into

_NAMES = [contestant.name for contestant in CONTESTANTS]
_OF_NODE = {"mercurius", "mercurius-sql", "postgraphile"}


@click.command()
@click.option(
    "--quick", is_flag=True, help="Two minutes, a fifth of the rows, for a look while developing; keeps nothing."
)
@click.option("--scale", type=float, help="Times 2,000 customers and 37,000 packages.")
@click.option("--seconds", type=float, help="How long a round takes.")
@click.option("--rounds", type=int, help="How many rounds the medians are of.")
@click.option(
    "--size", "sizes", type=float, multiple=True, help="A further scale for the growth over rows; several times."
)
@click.option("--contestant", "names", type=click.Choice(_NAMES), multiple=True, help="Only these; several times.")
@click.option("--keep/--no-keep", default=None, help="Write results.json and results.svg (by default when not quick).")
def main(
    quick: bool,
    scale: float | None,
    seconds: float | None,
    rounds: int | None,
    sizes: tuple[float, ...],
    names: tuple[str, ...],
    keep: bool | None,
) -> None:
    """Measure the gateway beside other servers over the same rows. Everything runs on this machine's loopback."""
    pace = QUICK if quick else FULL
    pace = replace(
        pace,
        scale=scale or pace.scale,
        seconds=seconds or pace.seconds,
        rounds=rounds or pace.rounds,
        sizes=sizes or pace.sizes,
    )
    chosen = list(names) or _NAMES
    if not node() or not (HERE / "node_modules").is_dir():
        missing = [name for name in chosen if name in _OF_NODE]
        if missing:
            click.echo(f"Left out: {', '.join(missing)} (Node 22 and `npm ci` in bench/ are needed).", err=True)
        chosen = [name for name in chosen if name not in _OF_NODE]
    # A run that is told to end stops every process of its own first.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    begun = monotonic()

    def tell(what: str) -> None:
        click.echo(f"{monotonic() - begun:5.0f} s  {what}", err=True)

    try:
        results = run(pace, chosen, tell)
    except (Disagreement, RuntimeError, Refused) as error:
        click.echo(f"bench: {error}", err=True)
        sys.exit(1)
    if keep if keep is not None else not quick:
        _keep(results, HERE)
        click.echo("bench/results.json, bench/results.svg and the section of README.md are written.", err=True)
    click.echo(report(results))


def _keep(results: dict[str, object], folder: Path) -> None:
    found = [
        {"measure": one.measure, "value": one.value, "goal": one.goal, "least": one.least, "met": one.met}
        for one in judged(results)
    ]
    text = json.dumps({**results, "targets": found}, indent=1, ensure_ascii=False)
    (folder / "results.json").write_text(text + "\n")
    (folder / "results.svg").write_text(picture(results))
    write_into(folder.parent / "README.md", results)


if __name__ == "__main__":
    main()
