"""The plans of the documents in use: found by operation, scopes and conditions, kept from a text's second sighting on."""

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
"""A plan is kept when its text comes for the second time: texts that never come again drive nothing out."""

DEAR = 100
"""From this cost on an operation is planned at first sight too: a plan takes a millisecond, the other engine a hundredth of
one for each field of the answer."""

VARIANTS = 16
"""Plans of one operation: for different scopes, `@skip` and `@include` values, kinds of nodes."""

BYTES_PER_CHARACTER = 12
"""What a plan takes for each character of its source, code and statements included."""

UNPLANNABLE = "unplannable"


class Plans:
    """Bounded by entries and bytes. A plan holds nothing of a viewer but which scopes it was made for."""

    def __init__(
        self, schema: GraphQLSchema, dialect: str, entries: int = 1_000, bytes: int = 16 << 20, dear: float = DEAR
    ) -> None:
        self._schema = schema
        self._dialect = dialect
        self.dear = dear
        self._operations: Bounded[Any, tuple[Operation, dict[Any, Plan | str]]] = Bounded(entries, bytes)

    def find(
        self,
        document: documents.Document,
        chosen: documents.Operation,
        viewer: Viewer | None,
        variables: VariableValues,
        cost: int,
    ) -> Plan | None:
        """The plan of an operation for this viewer's scopes, or for nobody; `None`: the reference engine answers it."""
        if document.sightings < SIGHTINGS:
            if cost < self.dear:
                return None
            once = self._made(self._operation(document, chosen), viewer, variables)
            return None if isinstance(once, str) else once
        known = self._operations.get((document, chosen.name))
        if known is None:
            known = self._operation(document, chosen), {}
            self._operations.put((document, chosen.name), known, document.bytes)
        operation, plans = known
        who = None if viewer is None else (viewer.scopes, viewer.reach)
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

    def _operation(self, document: documents.Document, chosen: documents.Operation) -> Operation:
        return Operation.of(self._schema, chosen.node, list(document.fragments.values()))

    def _made(self, operation: Operation, viewer: Viewer | None, variables: VariableValues) -> Plan | str:
        try:
            return Compiler(operation, viewer, variables, self._dialect).plan()
        except Unplannable:
            return UNPLANNABLE
