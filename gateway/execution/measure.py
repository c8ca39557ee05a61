"""Measuring a selection: what it amounts to with its fragments written out, each fragment measured once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
)

from gateway.execution.charge import Charge, charges, connections
from gateway.execution.limits import Limits
from gateway.execution.price import CEILING, Factor, Formula, IdCount, PageSize, number, page_size

MEMBERS = frozenset({"fields", "interfaces", "possibleTypes", "inputFields"})
"""Lists of a type's members: through them introspection can go round in circles."""

Definition = OperationDefinitionNode | FragmentDefinitionNode

UNKNOWN = Charge()
"""What a field the schema does not know counts for."""


@dataclass(slots=True)
class Measure:
    """What a selection amounts to with its fragments written out."""

    depth: int = 0
    fields: int = 0
    """Fields directly in it."""
    aliases: int = 0
    directives: int = 0
    ids: int = 0
    """The longest list of ids that is written out."""
    once: Formula = field(default_factory=Formula)
    """The cost of what is there once."""
    each: Formula = field(default_factory=Formula)
    """The cost of what is there for each entry of the page this is a selection of."""
    introspection: FieldNode | None = None
    """A field that asks for the schema, when there is one."""
    introspection_depth: int = 0
    introspection_members: int = 0
    introspection_cost: int = 0

    def include(self, other: Measure) -> None:
        """Add a fragment's selection to this one."""
        self.fields = min(self.fields + other.fields, CEILING)
        self.once.add(other.once)
        self.each.add(other.each)
        self.introspection_cost = min(self.introspection_cost + other.introspection_cost, CEILING)
        self.count(other, 0)

    def count(self, inner: Measure, levels: int) -> None:
        """Count what lies `levels` of fields below."""
        if inner.depth:
            self.depth = max(self.depth, inner.depth + levels)
        self.aliases = min(self.aliases + inner.aliases, CEILING)
        self.directives = min(self.directives + inner.directives, CEILING)
        self.ids = max(self.ids, inner.ids)
        self.introspection = self.introspection or inner.introspection
        self.introspection_depth = max(self.introspection_depth, inner.introspection_depth)
        self.introspection_members = max(self.introspection_members, inner.introspection_members)


NOTHING = Measure()


class Measuring:
    """Measures documents by the charges of one schema. Holds nothing of a document."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._limits = limits
        self._charges = charges(schema)
        self._connections = connections(self._charges)
        roots = {
            OperationType.QUERY: schema.query_type,
            OperationType.MUTATION: schema.mutation_type,
            OperationType.SUBSCRIPTION: schema.subscription_type,
        }
        self._roots = {kind: root.name if root else "" for kind, root in roots.items()}

    def measures(self, document: DocumentNode) -> list[tuple[Definition, Measure]]:
        """Operations in their order, then fragments. A spread of nothing, or within itself, counts as empty."""
        fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        walk = _Walk(self._charges, self._connections, self._limits)
        for name in innermost_first(fragments):
            walk.fragments[name] = walk.definition(fragments[name], fragments[name].type_condition.name.value)
        measured: list[tuple[Definition, Measure]] = [
            (definition, walk.definition(definition, self._roots[definition.operation]))
            for definition in document.definitions
            if isinstance(definition, OperationDefinitionNode)
        ]
        return measured + [(fragments[name], measure) for name, measure in walk.fragments.items()]


class _Walk:
    """The measuring of one document."""

    def __init__(
        self, charges: Mapping[str, Mapping[str, Charge]], connections: Collection[str], limits: Limits
    ) -> None:
        self._charges = charges
        self._connections = connections
        self._limits = limits
        self.fragments: dict[str, Measure] = {}

    def definition(self, node: Definition, parent: str) -> Measure:
        measure = self._selection(node.selection_set, parent)
        measure.directives += len(node.directives or ())
        for variable in node.variable_definitions or ():
            measure.directives += len(variable.directives or ())
        return measure

    def _selection(self, selection_set: SelectionSetNode, parent: str) -> Measure:
        total = Measure()
        known = self._charges.get(parent, {})
        for node in selection_set.selections:
            if node.directives:
                total.directives += len(node.directives)
            if isinstance(node, FieldNode):
                self._field(total, node, known.get(node.name.value, UNKNOWN), parent)
            elif isinstance(node, FragmentSpreadNode):
                total.include(self.fragments.get(node.name.value, NOTHING))
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                total.include(self._selection(node.selection_set, condition.name.value if condition else parent))
        return total

    def _field(self, total: Measure, node: FieldNode, charge: Charge, parent: str) -> None:
        total.fields += 1
        if node.alias:
            total.aliases += 1
        inner = self._selection(node.selection_set, charge.type) if node.selection_set else NOTHING
        total.count(inner, 1)
        if charge.introspection:
            total.introspection_depth = max(total.introspection_depth, inner.introspection_depth + 1)
            members = inner.introspection_members + (node.name.value in MEMBERS)
            total.introspection_members = max(total.introspection_members, members)
            total.introspection_cost = min(
                total.introspection_cost + 1 + charge.assumed * inner.introspection_cost, CEILING
            )
            if parent.startswith("__"):
                return  # not data: it has neither depth nor cost
            total.introspection = node
        else:
            total.introspection_cost = min(total.introspection_cost + inner.introspection_cost, CEILING)
        total.depth = max(total.depth, 1)
        total.once.plus(charge.weight)
        if inner is NOTHING and not charge.ids:
            return
        in_page = charge.listed and parent in self._connections
        times: int | Factor = 1 if in_page or not charge.listed else charge.assumed
        if charge.ids:
            times = self._id_count(total, node, charge.ids)
        elif charge.paged:
            times = self._page_size(node)
        if charge.listed:
            (total.each if in_page else total.once).add(inner.once, times)
            total.once.add(inner.each, self._limits.page)
        else:
            total.once.add(inner.once)
            total.once.add(inner.each, times if charge.paged else self._limits.default_page)

    def _page_size(self, node: FieldNode) -> int | Factor:
        fixed, names = 0, []
        for argument in node.arguments or ():
            if argument.name.value in ("first", "last"):
                match argument.value:
                    case VariableNode(name=name):
                        names.append(name.value)
                    case IntValueNode(value=digits):
                        fixed = max(fixed, page_size(number(digits), self._limits.page))
                    case NullValueNode():
                        pass
                    case _:
                        fixed = self._limits.page
        if names:
            return PageSize(fixed, tuple(names), self._limits.default_page, self._limits.page)
        return fixed or self._limits.default_page

    def _id_count(self, total: Measure, node: FieldNode, ids: Collection[str]) -> int | Factor:
        for argument in node.arguments or ():
            if argument.name.value in ids:
                match argument.value:
                    case VariableNode(name=name):
                        return IdCount(name.value, self._limits.ids)
                    case ListValueNode(values=values):
                        total.ids = max(total.ids, len(values))
                        return max(len(values), 1)
        return 1


def innermost_first(fragments: Mapping[str, FragmentDefinitionNode]) -> list[str]:
    """The names so that each comes behind those it spreads, but for those that spread themselves. No recursion."""
    ordered: dict[str, None] = {}
    opened: set[str] = set()
    for start in fragments:
        path = [start]
        while path:
            name = path[-1]
            if name in opened:
                path.pop()
                ordered[name] = None
            else:
                opened.add(name)
                path += [inner for inner in _spreads(fragments[name]) if inner in fragments and inner not in opened]
    return list(ordered)


def _spreads(fragment: FragmentDefinitionNode) -> list[str]:
    names: list[str] = []
    sets = [fragment.selection_set]
    while sets:
        for node in sets.pop().selections:
            if isinstance(node, FragmentSpreadNode):
                names.append(node.name.value)
            elif isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set:
                sets.append(node.selection_set)
    return names
