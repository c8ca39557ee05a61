"""The price of an operation as a formula: what is known of it without variables is summed once, the rest per request.

{ packages(first: $n) { totalCount nodes { name domains(first: 5) { nodes { name } } } } }
3 + $n × (2 + 1 + 5 × 1)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graphql import IntValueNode, ListValueNode, NullValueNode, OperationDefinitionNode, ValueNode

from gateway.errors import ErrorCode, GatewayError

CEILING = 1_000_000_000
"""Sums and products stop here: above every limit, and a number that every JSON reader takes."""


def too_complex(limit: str, most: int, actual: int | None = None) -> GatewayError:
    """The refusal of an operation that goes beyond `limit`; `actual` where it is known."""
    extensions: dict[str, Any] = {"limit": limit, "max": most}
    if actual is not None:
        extensions["actual"] = min(actual, CEILING)
    return GatewayError(ErrorCode.QUERY_TOO_COMPLEX, "query.limit", extensions=extensions, limit=limit, most=most)


class Factor(Protocol):
    """How many times something is counted, known only with the variables. `least` and `most` bound it."""

    @property
    def least(self) -> int: ...
    @property
    def most(self) -> int: ...

    def of(self, variables: Mapping[str, Any]) -> int:
        """The number for these variables (defaults filled in). Raises `GatewayError` where there is a limit to it."""
        ...


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page whose `first` or `last` is a variable; `fixed` is the one that is written out (0: none)."""

    fixed: int
    names: tuple[str, ...]
    default: int
    most: int
    least: int = 1

    def of(self, variables: Mapping[str, Any]) -> int:
        """The larger of what is given; the default where nothing is. A size out of range counts as the largest."""
        size = max(self.fixed, *[page_size(variables.get(name), self.most) for name in self.names])
        return size or self.default


def page_size(value: Any, most: int) -> int:
    """What a value of `first` or `last` counts as; 0 for `null`. Execution refuses those that are out of range."""
    if value is None:
        return 0
    return int(value) if isinstance(value, int | float) and 1 <= value <= most else most


@dataclass(frozen=True, slots=True)
class IdCount:
    """The number of ids in a variable."""

    name: str
    most: int
    least: int = 1

    def of(self, variables: Mapping[str, Any]) -> int:
        value = variables.get(self.name)
        count = len(value) if isinstance(value, list) else 1  # a single value stands for a list of one
        if count > self.most:
            raise too_complex("ids", self.most, count)
        return max(count, 1)


class Formula:
    """A sum: a number and factors times further formulas. `least` and `most` bound its value.

    Fragments share formulas, so that formulas form a graph without cycles, as large as the document and no larger.
    """

    __slots__ = ("constant", "least", "most", "terms")

    def __init__(self) -> None:
        self.constant = self.least = self.most = 0
        self.terms: dict[tuple[Factor, Formula], int] = {}

    def plus(self, number: int) -> None:
        """Add a number."""
        self.constant = min(self.constant + number, CEILING)
        self.least = min(self.least + number, CEILING)
        self.most = min(self.most + number, CEILING)

    def add(self, other: Formula, times: int | Factor = 1) -> None:
        """Add `times` another formula, which must not change afterwards."""
        if not other.most:
            return
        if isinstance(times, int):
            self.constant = min(self.constant + other.constant * times, CEILING)
            self.least = min(self.least + other.least * times, CEILING)
            self.most = min(self.most + other.most * times, CEILING)
            for key, often in other.terms.items():
                self.terms[key] = min(self.terms.get(key, 0) + often * times, CEILING)
        else:
            self.least = min(self.least + other.least * times.least, CEILING)
            self.most = min(self.most + other.most * times.most, CEILING)
            self.terms[times, other] = self.terms.get((times, other), 0) + 1


class Price:
    """The cost of one operation: a number, or a short calculation with its variables."""

    __slots__ = ("_constant", "_defaults", "_steps", "limit")

    def __init__(self, formula: Formula, operation: OperationDefinitionNode, limit: int) -> None:
        self.limit = limit
        self._constant = formula.constant
        self._steps: list[tuple[int, list[tuple[int, Factor, int]]]] = []
        self._defaults: dict[str, Any] = {}
        if formula.terms:
            self._place(formula, {})
            self._defaults = {
                definition.variable.name.value: _default(definition.default_value)
                for definition in operation.variable_definitions or ()
                if definition.default_value
            }

    def of(self, variables: Mapping[str, Any] | None = None) -> int:
        """The cost with these variables, as they came. Raises `QUERY_TOO_COMPLEX` above the limit."""
        if not self._steps:
            return self._constant
        given = {**self._defaults, **variables} if variables else self._defaults
        values: list[int] = []
        for constant, terms in self._steps:
            for often, factor, step in terms:
                constant += often * factor.of(given) * values[step]
            values.append(constant)
        if values[-1] > self.limit:
            raise too_complex("cost", self.limit, values[-1])
        return values[-1]

    def _place(self, formula: Formula, placed: dict[Formula, int]) -> int:
        """Write the steps of a formula behind those it needs; its own number."""
        if formula not in placed:
            terms = [(often, factor, self._place(inner, placed)) for (factor, inner), often in formula.terms.items()]
            placed[formula] = len(self._steps)
            self._steps.append((formula.constant, terms))
        return placed[formula]


def _default(node: ValueNode) -> Any:
    """A default value as far as a factor looks at it: a number, a list's length, null."""
    match node:
        case IntValueNode(value=digits):
            return number(digits)
        case ListValueNode(values=values):
            return [None] * len(values)
        case NullValueNode():
            return None
    return CEILING


def number(digits: str) -> int:
    """The value of an integer literal; one of absurd length (`int` refuses 5,000 digits) as the ceiling."""
    return int(digits) if len(digits) < 10 else CEILING
