"""Plans: an operation, for a set of scopes, as a few statements and one function that puts the answer together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import FieldNode, GraphQLError, OperationDefinitionNode
from graphql.execution.values import VariableValues

from gateway.context import Context
from gateway.errors import GatewayError
from gateway.execution.selection import Arguments
from gateway.execution.step import Asked, ListStep, Step
from gateway.execution.timing import Timing
from models.database import reading
from models.ids import prefix_of


@dataclass(frozen=True, slots=True)
class OfKind:
    """The entries of a `nodes` list whose ids are of one kind; `arguments` is where a run has the ids."""

    kind: str
    arguments: int


Path: TypeAlias = tuple[str | OfKind | None, ...]
"""Where a field stands in the answer; `None` stands for all entries of a list."""


@dataclass(frozen=True, slots=True)
class Denied:
    """A field the viewer may not read: null, and an error for each object it is asked of."""

    path: Path
    nodes: list[FieldNode]
    refusal: GatewayError


@dataclass
class Plan:
    """Ready to run for any viewer with these scopes and any variables."""

    steps: list[Step]
    arguments: list[Arguments]
    denied: list[Denied]
    source: str
    answer: Callable[..., dict[str, Any]]
    rest: OperationDefinitionNode | None = None
    """The root fields that only the reference engine knows, as an operation of their own; null in the answer till then."""

    async def run(
        self, context: Context, variables: VariableValues, timing: Timing
    ) -> tuple[dict[str, Any], list[GraphQLError]]:
        """The data and the errors. Raises whatever stops the plan; the reference engine answers then."""
        most = context.parts.settings.max_page
        reader, language = context.loaders.reader, context.language
        asked = [step.ask(reader, variables, most, language) for step in self.steps]
        values = [arguments.values(variables) for arguments in self.arguments]
        rows: list[Any] = []
        totals: list[Any] = []
        if asked:
            async with reading() as read:
                for step, ask in zip(self.steps, asked, strict=True):
                    await _read(read, step, ask, rows, totals)
        timing.mark("database")
        data = self.answer(context, rows, totals, [ask.page for ask in asked], values)
        return data, [error for denied in self.denied for error in _errors(denied, data, values)]


async def _read(read: Any, step: Step, ask: Asked, rows: list[Any], totals: list[Any]) -> None:
    given = ask.given
    if not ask.statements:  # of a list nothing but its type is asked
        rows.append(())
        totals.append(None)
        return
    if step.parent is not None:
        keys = dict.fromkeys(row[step.key] for row in rows[step.parent])
        keys.pop(None, None)
        if not keys:
            rows.append(())
            totals.append({} if len(ask.statements) > 1 else None)
            return
        given = given.under(tuple(keys))
    *first, last = [await read(s.sql, s.arguments(given)) for s in ask.statements]
    separate = isinstance(step, ListStep) and step.total and (not step.rows or bool(first))
    if not separate:
        rows.append(last)
        totals.append(None)
        return
    rows.append(first[0] if first else ())
    totals.append(dict(last) if step.parent is not None else last)


def _errors(denied: Denied, data: dict[str, Any], values: list[dict[str, Any]]) -> list[GraphQLError]:
    places: list[tuple[Any, tuple[str | int, ...]]] = [(data, ())]
    *steps, name = denied.path
    for step in steps:
        if isinstance(step, OfKind):
            kinds = [prefix_of(text) for text in values[step.arguments]["ids"]]
            places = [
                (entry, (*path, i)) for value, path in places for i, entry in enumerate(value) if kinds[i] == step.kind
            ]
        elif step is None:
            places = [(entry, (*path, i)) for value, path in places for i, entry in enumerate(value)]
        else:
            places = [(value[step], (*path, step)) for value, path in places]
        places = [(value, path) for value, path in places if value is not None]
    return [
        GraphQLError(str(denied.refusal), denied.nodes, path=[*path, str(name)], original_error=denied.refusal)
        for _, path in places
    ]
