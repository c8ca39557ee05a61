"""The compiled plans answer exactly as the reference engine does: thousands of random operations, every kind of viewer.

`make fuzz TIMES=100000` compares any number; `SEED` begins elsewhere.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import GraphQLError

from gateway.app import assemble_engine
from gateway.auth.client import Client
from gateway.auth.viewer import Viewer
from gateway.errors import GatewayError
from gateway.execution import assembly, compiler, engine, plan, step
from gateway.execution.operation import OperationRequest
from gateway.execution.timing import Timing
from gateway.keys import new_key_file
from gateway.settings import Settings
from gateway.source import listing
from tests.execution.estate import NOW, Estate, make_estate
from tests.execution.operations import Generated, Generator

TIMES = int(os.environ.get("TIMES", "1500"))
SEED = int(os.environ.get("SEED", "0"))
NESTED = frozenset({"packages", "package", "contracts", "invoices"})
CLIENT = Client("127.0.0.1", None, "request")
UNLIMITED = {"max_tokens": 20_000, "max_depth": 50, "max_aliases": 500, "max_directives": 500, "max_cost": 1_000_000}


class Complaints:
    """Stands in for the log: a plan that fails in a way nobody foresaw is a defect, even though it is answered."""

    def warning(self, event: str, **facts: Any) -> None:
        raise AssertionError(f"{event}: {facts['exc_info']!r}")


class Engines:
    """The engine twice: once as it is, once without plans. Counts what became of the operations."""

    def __init__(self, settings: Settings) -> None:
        self.planning = assemble_engine(settings, lambda: NOW).engine
        self.reference = assemble_engine(settings, lambda: NOW).engine
        self.reference.plans.find = lambda *_: None  # type: ignore[method-assign]  # this one never plans
        self.counts: Counter[str] = Counter()
        self.planning._log = Complaints()
        planned = self.planning._planned

        async def counting(*arguments: Any) -> Any:
            answer = await planned(*arguments)
            self.counts["planned" if answer is not None else "left to the reference"] += 1
            return answer

        self.planning._planned = counting  # type: ignore[method-assign]  # the same, counted

    async def answers(self, operation: Generated, viewer: Viewer | None) -> tuple[Any, Any]:
        """What both say, as JSON: the plan's first."""
        request = OperationRequest(operation.text, None, operation.variables, None)
        self.planning._operations.document(operation.text, None)  # the first sighting
        return await self._said(self.planning, request, viewer), await self._said(self.reference, request, viewer)

    async def _said(self, one: engine.GatewayEngine, request: OperationRequest, viewer: Viewer | None) -> Any:
        try:
            answer = await one.answer_viewer(request, viewer, CLIENT, "de", NOW, Timing(False))
        except GatewayError as error:
            return error.code.value, error.key
        return orjson.loads(answer.body)


@pytest.fixture
async def estate(database: str) -> Estate:
    return await make_estate()


@pytest.fixture
async def engines(database: str, database_url: str, tmp_path: Path) -> Engines:
    new_key_file(tmp_path / "keys")
    return Engines(Settings(database_url=database_url, key_file=tmp_path / "keys", introspection=True, **UNLIMITED))


def cursors_of(answer: Any, found: list[str]) -> list[str]:
    if isinstance(answer, dict):
        for name, value in answer.items():
            if isinstance(value, str) and ("ursor" in name):
                found.append(value)
            cursors_of(value, found)
    elif isinstance(answer, list):
        for value in answer:
            cursors_of(value, found)
    return found


def vary(operation: Generated, cursors: list[str], estate: Estate, randomly: random.Random) -> bool:
    """Other values for the variables, so that a plan is used again; false when there is nothing to change."""
    before = dict(operation.variables)
    for name, value in before.items():
        if isinstance(value, bool):
            operation.variables[name] = not value
        elif value in estate.ids:
            operation.variables[name] = randomly.choice(estate.ids)
        elif name in ("cursor", "backwards") and cursors and randomly.random() < 0.6:
            operation.variables[name] = randomly.choice(cursors[-5:])
    return operation.variables != before


async def compare(engines: Engines, estate: Estate, seeds: range) -> None:
    """Every second operation begins where lists are within lists: of all that can be asked, they are the hardest to plan."""
    schema = engines.planning._schema
    cursors: list[str] = []
    for seed in seeds:
        randomly = random.Random(seed)
        operation = Generator(schema, estate.ids, randomly, roots=NESTED if seed % 2 else frozenset()).operation()
        viewer = randomly.choice(estate.viewers)
        for again in (False, True):
            if again and not vary(operation, cursors, estate, randomly):
                break
            planned, reference = await engines.answers(operation, viewer)
            assert planned == reference, f"seed {seed}\n{operation.text}\n{operation.variables}\n{viewer}"
            engines.counts["compared"] += 1
            if isinstance(reference, dict):
                engines.counts["with errors"] += "errors" in reference
                cursors += cursors_of(reference, [])[:5]
            else:
                engines.counts["refused before they ran"] += 1


async def test_plans_answer_as_the_reference_does(
    engines: Engines, estate: Estate, figure: Callable[[str], None]
) -> None:
    await compare(engines, estate, range(SEED, SEED + TIMES))
    ran = engines.counts["planned"] + engines.counts["left to the reference"]
    share = engines.counts["planned"] / ran
    figure(f"{dict(engines.counts)}; {share:.1%} of the operations that ran were planned")
    assert share >= 0.9


Break = Callable[[pytest.MonkeyPatch], None]


def without_denials(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(plan, "_errors", lambda *_: list[GraphQLError]())


def pages_one_short(patch: pytest.MonkeyPatch) -> None:
    whole = assembly.shown
    patch.setattr(assembly, "shown", lambda rows, page: whole(rows, page)[:-1] if len(rows) > 2 else whole(rows, page))


def ties_the_other_way(patch: pytest.MonkeyPatch) -> None:
    order = step.listing.root_page

    def turned(declared: Any, shape: Any, *rest: Any, **more: Any) -> Any:
        made = order(declared, shape, *rest, **more)
        sql = made.sql.replace('t."id" LIMIT', 't."id" DESC LIMIT')
        return type(made)(sql, made.binds, made.columns)

    patch.setattr(step, "listing", type("listing", (), {**vars(listing), "root_page": staticmethod(turned)}))


def totals_of_pages(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(assembly, "child_total", lambda rows, totals, key: len(rows))


def skips_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(compiler.Operation, "key", lambda self, variables: ())


def rows_of_all_parents(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(assembly, "group", lambda rows: {row[0]: list(rows) for row in rows})


BREAKS: list[Break] = [
    without_denials,
    pages_one_short,
    ties_the_other_way,
    totals_of_pages,
    skips_ignored,
    rows_of_all_parents,
]


@pytest.mark.parametrize("damage", BREAKS, ids=lambda damage: damage.__name__)
async def test_a_broken_planner_is_caught(
    engines: Engines, estate: Estate, damage: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(monkeypatch)
    with pytest.raises(AssertionError, match="seed"):
        await compare(engines, estate, range(1_500))
