"""What the engine would do with an operation, in words a person can follow: cost, statements, guards, generated code."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLSchema, OperationType
from graphql.execution.values import VariableValues, get_variable_values

from gateway.auth.viewer import SCOPES_OF, STRANGER, Viewer
from gateway.errors import GatewayError
from gateway.execution.compiler import Compiler, Unplannable
from gateway.execution.document import Documents
from gateway.execution.plan import OfKind, Plan
from gateway.execution.selection import Operation
from models import SessionKind

NOBODY: dict[str, Viewer | None] = {
    "customer": Viewer(SessionKind.CUSTOMER, "<customer>", None, SCOPES_OF[SessionKind.CUSTOMER], "<session>"),
    "package": Viewer(SessionKind.PACKAGE, "<customer>", "<package>", SCOPES_OF[SessionKind.PACKAGE], "<session>"),
    "anonymous": None,
}
"""Whom an operation can be explained for. No such rows exist: nothing is read."""


def explain(
    schema: GraphQLSchema,
    documents: Documents,
    text: str,
    name: str | None,
    given: dict[str, Any],
    viewer: Viewer | None,
    dialect: str,
    most: int,
) -> str:
    """The explanation. Raises `GatewayError` for an operation that would be refused before it runs."""
    document = documents.document(text)
    if document.errors:
        return "\n".join(f"refused: {error.message}" for error in document.errors)
    chosen = document.operation(name)
    variables = get_variable_values(schema, chosen.node.variable_definitions or (), given)
    if not isinstance(variables, VariableValues):
        return "\n".join(f"refused: {error.message}" for error in variables)
    lines = [f"cost: {chosen.price.of(given)} of {chosen.price.limit}"]
    if chosen.kind is not OperationType.QUERY:
        return "\n".join([*lines, "engine: graphql-core (only queries are planned)"])
    operation = Operation.of(schema, chosen.node, list(document.fragments.values()))
    try:
        plan = Compiler(operation, viewer, variables, dialect).plan()
    except Unplannable as reason:
        return "\n".join([*lines, f"engine: graphql-core ({reason})"])
    reader = viewer or STRANGER
    lines.append(f"engine: plan, {_statements(plan, reader, variables, most)} statements")
    lines += _guards(plan)
    lines += _steps(plan, reader, variables, most)
    return "\n".join([*lines, "", "the answer is put together by", "", plan.source])


def _statements(plan: Plan, viewer: Viewer, variables: VariableValues, most: int) -> int:
    return sum(len(step.ask(viewer, variables, most, "en").statements) for step in plan.steps)


def _guards(plan: Plan) -> list[str]:
    lines = []
    for denied in plan.denied:
        path = ".".join("*" if step is None or isinstance(step, OfKind) else step for step in denied.path)
        lines.append(f"guard: {path} is null ({denied.refusal.code.value} {denied.refusal.params.get('scope', '')})")
    return lines


def _steps(plan: Plan, viewer: Viewer, variables: VariableValues, most: int) -> list[str]:
    lines = []
    for index, step in enumerate(plan.steps):
        try:
            asked = step.ask(viewer, variables, most, "en")
        except GatewayError as error:
            lines += ["", f"step {index}: refused: {error}"]
            continue
        under = "" if step.parent is None else f", for the rows of step {step.parent}"
        for statement in asked.statements:
            given = asked.given if step.parent is None else asked.given.under(("<key>",))
            values = ", ".join(f"{number} = {value!r}" for number, value in enumerate(statement.arguments(given), 1))
            lines += ["", f"step {index}: {step.level.model.__name__}{under}", f"  {statement.sql}", f"  with {values}"]
    return lines
