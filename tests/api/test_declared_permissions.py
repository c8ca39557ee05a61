"""Every field has exactly one permission, the SDL shows it, and a field without one stops the build (SECURITY Z1, Z7)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
import strawberry
from graphql import GraphQLObjectType, GraphQLSchema, is_non_null_type
from tortoise.models import Model

import models
from gateway.auth.permissions import Permission, Public, ReadContracts, ReadPackages, Requires, SignedIn
from gateway.auth.viewer import Scope
from gateway.schema.build import (
    FIELD_DECLARATION,
    FIELD_PERMISSION,
    ROW,
    UndeclaredField,
    build_schema,
    graphql_schema,
)
from gateway.schema.field import column, resolver
from gateway.schema.mutation import Mutation
from gateway.schema.node import Node
from gateway.schema.query import Query
from gateway.source.declaration import Column, Computed, Connection, Embed, One
from tests.api.graph import PUBLIC, SIGN_IN, Graph, graph


def test_every_field_has_one_permission_and_the_sdl_says_which() -> None:
    built = graphql_schema(build_schema())
    for coordinate, need in graph().needs.items():
        kind, _, name = coordinate.partition(".")
        permission: type[Permission] = built.type_map[kind].fields[name].extensions["permission"]  # type: ignore[attr-defined]  # an object type
        scope = permission.scope.value if issubclass(permission, Requires) else None
        assert need == scope or need == {Public: PUBLIC, SignedIn: SIGN_IN}.get(permission), coordinate
    objects = [kind for kind in built.type_map.values() if isinstance(kind, GraphQLObjectType)]
    fields = [name for kind in objects if not kind.name.startswith("__") for name in kind.fields]
    assert len(fields) == len(graph().needs)
    print(f"\nfields with exactly one permission: {len(fields)}")


PARTS_OF_PAGES = ("Connection", "Edge", "PageInfo")
"""Guarded by the field that leads to them."""


def test_a_public_field_is_part_of_signing_in_or_of_the_help() -> None:
    public = {coordinate for coordinate, need in graph().needs.items() if need == PUBLIC}
    kinds = {coordinate.partition(".")[0] for coordinate in public}
    assert {kind for kind in kinds if not kind.endswith(PARTS_OF_PAGES)} == {
        "Query", "Mutation", "SignInPayload", "NewSession", "TwoFactorChallenge", "UserError",
        "PasswordPolicy", "PasswordResetRequestPayload", "PasswordResetPayload", "CustomerEmailConfirmPayload",
        "HelpArticle", "ContactOption", "FeedbackCreatePayload", "DeclarationPreparePayload", "DeclarationDraft",
        "DeclarationConfirmPayload", "DeclarationReceipt", "DeclarationEmailConfirmPayload",
    }  # fmt: skip
    assert {coordinate for coordinate in public if coordinate.startswith("Query.")} == {
        "Query.helpArticles",
        "Query.helpArticle",
        "Query.contactOptions",
        "Query.passwordPolicy",
    }
    assert {coordinate for coordinate in public if coordinate.startswith("Mutation.")} == {
        "Mutation.customerEmailConfirm",
        "Mutation.signIn",
        "Mutation.signInTwoFactor",
        "Mutation.passwordResetRequest",
        "Mutation.passwordReset",
        "Mutation.feedbackCreate",
        "Mutation.declarationPrepare",
        "Mutation.declarationConfirm",
        "Mutation.declarationEmailConfirm",
    }


HANDS_OUT = {
    "Mutation.invoiceTicketCreate",
    "Mutation.invoiceXmlTicketCreate",
    "Mutation.agreementTicketCreate",
    "Mutation.invoiceExportRequest",
    "Mutation.invoiceExportTicketCreate",
    "Mutation.dataReportTicketCreate",
    "Mutation.declarationTicketCreate",
    "Mutation.cancellationTicketCreate",
    "Mutation.formTicketCreate",
    "Mutation.holderChangeTicketCreate",
    "Mutation.mailProfileTicketCreate",
}
"""Mutations that change nothing but hand out what their scope lets one read."""


def test_a_scope_for_reading_changes_nothing() -> None:
    mutations = {coordinate: need for coordinate, need in graph().needs.items() if coordinate.startswith("Mutation.")}
    reading = {coordinate for coordinate, need in mutations.items() if need.endswith("_READ")}
    assert reading == HANDS_OUT


def test_a_guarded_field_is_nullable_wherever_a_token_without_its_scope_can_reach_its_type() -> None:
    walked = graph()
    nulls, required = 0, 0
    for need in set(walked.needs.values()) - {PUBLIC}:
        open_to_others = walked.reachable(lambda coordinate, need=need: _passable(walked, coordinate, need))  # type: ignore[misc]  # bound early
        for coordinate, own in walked.needs.items():
            if own != need:
                continue
            reached = coordinate.partition(".")[0] in open_to_others
            assert not (reached and walked.required(coordinate)), f"{coordinate} must be nullable"
            nulls, required = nulls + reached, required + (not reached)
    assert nulls > 100  # the rule is about most fields there are
    assert required > 20
    print(f"\nguarded fields within reach of narrower tokens: {nulls}; out of their reach: {required}")


def _passable(walked: Graph, coordinate: str, need: str) -> bool:
    """Whether somebody who lacks `need`, and nothing else, gets through a field."""
    own = walked.needs[coordinate]
    return own == PUBLIC if need == SIGN_IN else own != need


@strawberry.type(description="A type with a field that declares nothing.")
class Bare:
    value: str = strawberry.field(description="Anybody's.")


@strawberry.type(description="A field with a permission, but no declaration.")
class Undeclared:
    value: str = strawberry.field(description="A value.", permission_classes=[ReadPackages])


@strawberry.type(description="Two permissions are not one.")
class Twice:
    value: str = column(ReadPackages, "A value.")


@strawberry.type(description="An inherited field, declared anew without a permission.")
class Redeclared(Node):
    id: strawberry.ID = strawberry.field(description="The id.")


@strawberry.type(description="An inherited field and a plain one.")
class Half(Node):
    value: str | None = column(ReadContracts, "Declared.")
    more: str | None = None


@strawberry.interface(description="An interface with a field that declares nothing.")
class Named:
    label: str = strawberry.field(description="Anybody's.")


@strawberry.type(description="Has the interface's field.")
class Labelled(Named):
    value: str | None = column(ReadContracts, "Declared.")


@strawberry.type(description="A payload with a field that declares nothing.")
class LoosePayload:
    done: bool = True


@strawberry.type(name="Mutation", description="With a payload that is not declared.")
class LooseMutation:
    do_it: LoosePayload = strawberry.field(resolver=LoosePayload, description="Does it.", permission_classes=[SignedIn])


def _answer() -> str:
    return "yes"


@strawberry.type(name="Query", description="With a resolver of its own.")
class LooseQuery(Query):
    loose: str = strawberry.field(resolver=_answer, description="Anybody's.")


@strawberry.type(name="Mutation", description="Declared throughout.")
class GoodMutation(Mutation):  # type: ignore[misc]  # put together at run time
    declared: str | None = resolver(SignedIn, "Declared.", _answer)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"types": (Bare,)}, ["Bare.value"]),
        ({"types": (Undeclared,)}, ["Undeclared.value"]),
        ({"types": (Redeclared,)}, ["Redeclared.id"]),
        ({"types": (Half,)}, ["Half.more"]),
        ({"types": (Labelled,)}, ["Named.label", "Labelled.label"]),
        ({"mutation": LooseMutation}, ["Mutation.doIt", "LoosePayload.done"]),
        ({"query": LooseQuery}, ["Query.loose"]),
    ],
)
def test_a_field_without_declaration_or_permission_stops_the_build(options: dict[str, Any], named: list[str]) -> None:
    with pytest.raises(UndeclaredField) as raised:
        build_schema(**options)
    text = str(raised.value).partition(": ")[2]
    assert sorted(text.split(", ")) == sorted(named)


def test_a_field_with_two_permissions_stops_the_build() -> None:
    definition = Twice.__strawberry_definition__.fields[0]  # type: ignore[attr-defined]  # set by the decorator
    definition.permission_classes = [ReadPackages, ReadContracts]
    with pytest.raises(UndeclaredField, match=r"Twice\.value"):
        build_schema(types=(Twice,))


def test_declared_fields_build() -> None:
    built = graphql_schema(build_schema(mutation=GoodMutation))
    assert built.mutation_type is not None
    assert is_non_null_type(built.mutation_type.fields["signIn"].type)


FOLDED = {
    (models.Package, "name_key"): ("name",),
    (models.Package, "search_key"): ("name", "identification"),
    (models.Domain, "search_key"): ("name", "ascii_name"),
    (models.Mailbox, "search_key"): ("address",),
    (models.MailAddress, "search_key"): ("address",),
    (models.InvoiceLine, "search_key"): ("description",),
    (models.HelpArticle, "search_key"): ("title", "body"),
}
"""Columns that hold what others do, folded for sorting and searching."""


BACKWARD = {"domains": "Domain", "lines": "InvoiceLine"}
"""To-many relations that a search goes through."""


def scopes_of_columns(built: GraphQLSchema) -> dict[tuple[type[Model], str], set[Scope | None]]:
    """Which scopes show a column; `None` stands for any session."""
    found: dict[tuple[type[Model], str], set[Scope | None]] = defaultdict(set)
    for kind in built.type_map.values():
        model = kind.extensions.get(ROW)
        if model is None or not isinstance(kind, GraphQLObjectType):
            continue
        for name, field in kind.fields.items():
            scope = getattr(field.extensions[FIELD_PERMISSION], "scope", None)
            match field.extensions.get(FIELD_DECLARATION):
                case Column(column):
                    found[model, column].add(scope)
                case Embed(columns):
                    for column in columns.values():
                        found[model, column].add(scope)
                case Computed(_, (str() as need,)) if need == name:  # the column itself, in another form
                    found[model, need].add(scope)
                case One(relation) if relation in model._meta.fk_fields | model._meta.o2o_fields:
                    found[model, f"{relation}_id"].add(scope)
    return found


def test_what_a_list_is_ordered_filtered_or_searched_by_needs_the_scope_that_shows_it() -> None:
    built = graphql_schema(build_schema())
    shown, checked = scopes_of_columns(built), 0
    for kind in built.type_map.values():
        if not isinstance(kind, GraphQLObjectType) or kind.name.startswith("__"):
            continue
        for name, field in kind.fields.items():
            declared = field.extensions.get(FIELD_DECLARATION)
            if not isinstance(declared, Connection):
                continue
            entrance = getattr(field.extensions[FIELD_PERMISSION], "scope", None)
            keys = [member.value for member in declared.order]
            for by in (*keys, *declared.conditions.values(), *declared.search):
                model, column = _end(declared.model, by.path)
                for told in FOLDED.get((model, column), (column,)):
                    scopes = shown[model, told]
                    assert scopes & {by.scope, entrance, None}, f"{kind.name}.{name} tells {by.path} without {scopes}"
                    checked += 1
    assert checked > 30
    print(f"\ncolumns that lists are ordered, filtered or searched by: {checked}")


def _end(model: type[Model], path: str) -> tuple[type[Model], str]:
    *steps, column = path.split(".")
    for step in steps:  # by name: relations are resolved when a database is connected
        relation = model._meta.fields_map.get(step)
        named = getattr(relation, "model_name", None) or BACKWARD[step]
        model = getattr(models, named.removeprefix("models."))
    return model, column
