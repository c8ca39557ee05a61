"""Validation by the specification's rules, in bounded time, with messages that give nothing away.

graphql-core's rules with three changes: comparing fields that overlap has a budget that keeps any document far below
100 ms; a literal is reported once, without its value (it may be a password); and where introspection is off, whatever a
rule says about the schema is replaced by one sentence, so that guessing names teaches nothing, "Did you mean" or not.
"""

from __future__ import annotations

import re
from typing import cast

from graphql import (
    SKIP,
    ASTValidationRule,
    DocumentNode,
    ExecutableDefinitionsRule,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    KnownFragmentNamesRule,
    LoneAnonymousOperationRule,
    NoFragmentCyclesRule,
    NoUndefinedVariablesRule,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    OverlappingFieldsCanBeMergedRule,
    UniqueArgumentNamesRule,
    UniqueFragmentNamesRule,
    UniqueInputFieldNamesRule,
    UniqueOperationNamesRule,
    UniqueVariableNamesRule,
    ValidationContext,
    ValueNode,
    ValuesOfCorrectTypeRule,
    specified_rules,
    validate,
    validate_input_literal,
)
from graphql.language import VisitorAction
from graphql.validation import (
    DeferStreamDirectiveLabel,
    DeferStreamDirectiveOnRootField,
    DeferStreamDirectiveOnValidOperationsRule,
    MaxIntrospectionDepthRule,
    StreamDirectiveOnListField,
)
from graphql.validation.validate import ValidationAbortedError

from gateway.errors import ErrorCode, GatewayError
from gateway.execution.price import too_complex
from gateway.execution.refusal import plain_refusal, refusal

MOST_ERRORS = 10
"""Errors of one answer; each is work."""

COMPARISONS = 20_000
"""The budget of comparing fields of the same name, in the library's units (up to 4 µs each).

A screen of 40 fragments in one selection takes 6,000; the library's own 500,000 are more than half a second.
"""

SAY_WHAT_THE_TEXT_SAYS = frozenset(
    {
        ExecutableDefinitionsRule,
        KnownFragmentNamesRule,
        LoneAnonymousOperationRule,
        NoFragmentCyclesRule,
        NoUndefinedVariablesRule,
        NoUnusedFragmentsRule,
        NoUnusedVariablesRule,
        UniqueArgumentNamesRule,
        UniqueFragmentNamesRule,
        UniqueInputFieldNamesRule,
        UniqueOperationNamesRule,
        UniqueVariableNamesRule,
    }
)
"""The rules whose messages hold nothing but names of the document itself. Any other may speak of the schema."""

LEFT_OUT = frozenset(
    {
        # The cost rule measures introspection.
        MaxIntrospectionDepthRule,
        # A schema without `@defer` and `@stream` refuses both as unknown directives.
        DeferStreamDirectiveLabel,
        DeferStreamDirectiveOnRootField,
        DeferStreamDirectiveOnValidOperationsRule,
        StreamDirectiveOnListField,
    }
)

VALUE = re.compile(r"(?:, but encountered error .*|[,.;]? ?\b[Ff]ound: .*|: .*)\Z", re.DOTALL)
"""The end of a message about a literal, from where it repeats the literal."""


class Overlaps(OverlappingFieldsCanBeMergedRule):
    """The library's rule with a smaller budget; the constant it reads is shared by everybody in the process."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = COMPARISONS


class Values(ValuesOfCorrectTypeRule):
    """The library's rule, with one error for each literal and without the literal in it.

    The library repeats the whole literal in each of its errors: quadratic in an input object, and a password in a log.
    """

    def is_valid_value_node(self, node: ValueNode, input_type: GraphQLInputType | None) -> VisitorAction:
        if input_type:
            try:
                validate_input_literal(node, input_type, _stop, None, None, self.context.hide_suggestions)
            except _Refused as refused:
                error = refused.error
                self.report_error(GraphQLError(_without_value(error.message), error.nodes or node))
        return SKIP


def _without_value(message: str) -> str:
    short = VALUE.sub("", message)
    return short if short.endswith((".", "?")) else f"{short}."


class _Refused(Exception):
    def __init__(self, error: GraphQLError) -> None:
        self.error = error


def _stop(error: GraphQLError, path: list[str | int]) -> None:
    raise _Refused(error)


class _Frank(ASTValidationRule):
    """Marks the errors of a rule as saying nothing but what the text says."""

    def report_error(self, error: GraphQLError) -> None:
        error.extensions = {"frank": True}
        super().report_error(error)


def _rule(rule: type[ASTValidationRule]) -> type[ASTValidationRule]:
    if rule is OverlappingFieldsCanBeMergedRule:
        return Overlaps
    if rule is ValuesOfCorrectTypeRule:
        return Values
    if rule in SAY_WHAT_THE_TEXT_SAYS:
        return cast("type[ASTValidationRule]", type(rule.__name__, (_Frank, rule), {}))
    return rule


class Validation:
    """The rules for one schema. Raises `ValueError` for one with `@defer` or `@stream`, whose rules are left out."""

    def __init__(self, schema: GraphQLSchema, introspection: bool) -> None:
        if any(directive.name in ("defer", "stream") for directive in schema.directives):
            raise ValueError("this validation has no rules for @defer and @stream")
        self._schema = schema
        self._introspection = introspection
        self._rules = [_rule(rule) for rule in specified_rules if rule not in LEFT_OUT]

    def errors(self, document: DocumentNode) -> list[GraphQLError]:
        """Request errors with their code, the first few; none when the document is valid."""
        found = validate(self._schema, document, self._rules, MOST_ERRORS, hide_suggestions=not self._introspection)
        if not found:
            return []
        errors = [error for error in found if not isinstance(error, ValidationAbortedError)]
        if not errors:  # nothing was found until the budget ran out
            return [refusal(too_complex("comparisons", COMPARISONS))]
        return [self._told(error) for error in errors]

    def _told(self, error: GraphQLError) -> GraphQLError:
        if not self._introspection and not (error.extensions or {}).get("frank"):
            return refusal(GatewayError(ErrorCode.GRAPHQL_VALIDATION_FAILED, "query.unfit"), error.locations)
        return plain_refusal(ErrorCode.GRAPHQL_VALIDATION_FAILED, error.message, error.locations)
