"""The plans of the documents in use: found by operation, scopes and conditions, made at a text's second sighting."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLSchema
from graphql.execution.values import VariableValues

from gateway.auth.viewer import Viewer
from gateway.execution import document as documents
from gateway.execution.bounded import Bounded
from gateway.execution.compiler import Compiler, Unplannable
from gateway.execution.plan import Plan
from gateway.execution.selection import Operation

SIGHTINGS = 2
"""A text is planned when it comes for the second time: most texts that never come again cost nothing."""

VARIANTS = 16
"""Plans of one operation: for different scopes, `@skip` and `@include` values, kinds of nodes."""

BYTES_PER_CHARACTER = 12
"""What a plan takes for each character of its source, code and statements included."""

UNPLANNABLE = "unplannable"


class Plans:
    """Bounded by entries and bytes. A plan holds nothing of a viewer but which scopes it was made for."""

    def __init__(self, schema: GraphQLSchema, dialect: str, entries: int = 1_000, bytes: int = 16 << 20) -> None:
        self._schema = schema
        self._dialect = dialect
        self._operations: Bounded[Any, tuple[Operation, dict[Any, Plan | str]]] = Bounded(entries, bytes)

    def find(
        self,
        document: documents.Document,
        chosen: documents.Operation,
        viewer: Viewer | None,
        variables: VariableValues,
    ) -> Plan | None:
        """The plan of an operation for this viewer's scopes, or for nobody; `None`: the reference engine answers it."""
        if document.sightings < SIGHTINGS:
            return None
        known = self._operations.get((document, chosen.name))
        if known is None:
            operation = Operation.of(self._schema, chosen.node, list(document.fragments.values()))
            known = operation, {}
            self._operations.put((document, chosen.name), known, document.bytes)
        operation, plans = known
        who = None if viewer is None else (viewer.scopes, viewer.package_id is None)
        key = (who, *operation.key(variables))
        plan = plans.get(key)
        if plan is None:
            if len(plans) >= VARIANTS:
                plans.clear()
            plan = plans[key] = self._made(operation, viewer, variables)
            sources = [made.source for made in plans.values() if isinstance(made, Plan)]
            weight = document.bytes + BYTES_PER_CHARACTER * sum(map(len, sources))
            self._operations.put((document, chosen.name), known, weight)
        return None if isinstance(plan, str) else plan

    def _made(self, operation: Operation, viewer: Viewer | None, variables: VariableValues) -> Plan | str:
        try:
            return Compiler(operation, viewer, variables, self._dialect).plan()
        except Unplannable:
            return UNPLANNABLE
