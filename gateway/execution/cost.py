"""What an operation may amount to: its depth, aliases, directives, root fields and cost, judged before anything runs.

All of it is counted as if fragments were written out, yet each fragment is measured once, so that the work is linear in
the document: sixty fragments that spread each other twice have 2⁶⁰ fields and cost sixty steps. `@skip` and `@include`
count as included.

The cost is the number of fields, each as often as it can appear: what lies in the lists of a page times the page's size
(`first` or `last`), in a list of ids times their number, in any other list times the size the schema assumes for it. A
field can say otherwise, with `field.extensions["cost"] = {"weight": 25, "assumed": 3}`: its own weight (1) and the
entries its list is assumed to have (10).

Introspection has a shape and limits of its own: the standard query of every tool is deeper than any question
about data, and what makes introspection expensive is lists of a type's members within such lists.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_introspection_query,
    parse,
)

from gateway.errors import ErrorCode, GatewayError
from gateway.execution.limits import Limits
from gateway.execution.measure import Definition, Measure, Measuring
from gateway.execution.price import Price, too_complex
from gateway.execution.refusal import places, refusal


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came out. Each refusal's `original_error` is a `GatewayError`; a price belongs to an operation's place."""

    refusals: list[GraphQLError]
    prices: list[Price]


class Judge:
    """Measures documents against the limits of one schema. Holds nothing of a document."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, introspection: bool) -> None:
        self._limits = limits
        self._introspection = introspection
        self._measuring = Measuring(schema, limits)
        _, standard = self._measuring.measures(parse(get_introspection_query(input_value_deprecation=True)))[0]
        self._introspection_cost = standard.introspection_cost * limits.introspection_factor

    def judge(self, document: DocumentNode) -> Judgement:
        """The refusals of the first definition that goes beyond a limit; none: a price for each operation, in order.

        Takes any document that parses, valid or not: what the schema does not know counts as a plain field.
        """
        measured = self._measuring.measures(document)
        for definition, measure in measured:
            if errors := self._excesses(definition, measure):
                return Judgement([refusal(error, places(definition)) for error in errors], [])
        if not self._introspection:
            for _, measure in measured:
                if measure.introspection is not None:
                    disabled = GatewayError(ErrorCode.INTROSPECTION_DISABLED, "introspection.disabled")
                    return Judgement([refusal(disabled, places(measure.introspection))], [])
        return Judgement(
            [],
            [
                Price(measure.once, definition, self._limits.cost)
                for definition, measure in measured
                if isinstance(definition, OperationDefinitionNode)
            ],
        )

    def _excesses(self, definition: Definition, measure: Measure) -> list[GatewayError]:
        limits = self._limits
        checks = [
            ("depth", measure.depth, limits.depth),
            ("aliases", measure.aliases, limits.aliases),
            ("directives", measure.directives, limits.directives),
            ("ids", measure.ids, limits.ids),
            ("cost", measure.once.least, limits.cost),
            ("introspectionDepth", measure.introspection_depth, limits.introspection_depth),
            ("introspectionMembers", measure.introspection_members, limits.introspection_members),
            ("introspectionCost", measure.introspection_cost, self._introspection_cost),
        ]
        if isinstance(definition, OperationDefinitionNode):
            query = definition.operation is OperationType.QUERY
            checks.append(("rootFields", measure.fields, limits.root_fields if query else 1))
        return [too_complex(limit, most, actual) for limit, actual, most in checks if actual > most]
