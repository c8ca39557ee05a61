"""Builds the schema and binds every field to its declaration; refuses a schema with a field that declares nothing."""

from functools import cache
from typing import Any, cast

import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.field import StrawberryField

from gateway.auth.permissions import Permission
from gateway.execution.compiler import TYPE_OF_MODEL
from gateway.execution.reference import resolver_for
from gateway.schema import enums as enums  # registers the enums of the business before they are used
from gateway.schema.backup import Backup
from gateway.schema.contract import AddOn, Tariff
from gateway.schema.cron_job import CronJob
from gateway.schema.domain import Domain
from gateway.schema.field import MODEL, declaration_of
from gateway.schema.hosted_database import Database
from gateway.schema.mail_address import MailAddress
from gateway.schema.mailbox import Mailbox
from gateway.schema.mutation import Mutation
from gateway.schema.query import Query
from gateway.schema.scalars import SCALARS
from gateway.schema.sftp_account import SftpAccount
from gateway.schema.ssh_key import SshKey
from gateway.schema.web_host import WebHost
from gateway.schema.website_app import WebsiteApp

ROW = "row"
"""Key in a type's extensions: the model its objects are rows of."""

FIELD_DECLARATION, FIELD_PERMISSION = "declaration", "permission"
"""Keys in a field's extensions."""


class UndeclaredField(Exception):
    """A field without declaration or without exactly one permission: default deny begins at the build."""


@cache  # 20 ms, and nothing changes a schema that is built
def build_schema(query: type = Query, mutation: type = Mutation, types: tuple[type, ...] = ()) -> strawberry.Schema:
    """The executable schema. Raises `UndeclaredField` naming every field that has no declaration or permission."""
    schema = strawberry.Schema(
        query,
        mutation,
        types=[
            AddOn,
            Tariff,
            Domain,
            Mailbox,
            MailAddress,
            WebHost,
            Database,
            WebsiteApp,
            Backup,
            SftpAccount,
            SshKey,
            CronJob,
            *types,
        ],
        config=StrawberryConfig(scalar_map=SCALARS, enable_experimental_incremental_execution=False),
    )
    bind(graphql_schema(schema))
    for directive in graphql_schema(schema).directives:
        if directive.name == "requiresScope":  # Strawberry has no way to describe an argument of a directive
            directive.args["scope"].description = "The scope that is needed."
    return schema


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """The graphql-core schema inside."""
    return schema._schema


def bind(schema: GraphQLSchema) -> None:
    """Give each declared field its resolver, and each type of rows its model."""
    undeclared: list[str] = []
    models: dict[type, str] = {}
    for kind in schema.type_map.values():
        if kind.name.startswith("__") or not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            continue
        model = getattr(kind.extensions["strawberry-definition"].origin, MODEL, None)
        if model is not None and isinstance(kind, GraphQLObjectType):
            kind.extensions[ROW] = model
            models[model] = kind.name
        rowless = kind in (schema.query_type, schema.mutation_type) or kind.name == "Viewer"
        for name, field in kind.fields.items():
            definition = cast(StrawberryField, field.extensions["strawberry-definition"])
            declared = declaration_of(definition)
            if declared is None or len(definition.permission_classes) != 1:
                undeclared.append(f"{kind.name}.{name}")
                continue
            permission = cast(type[Permission], definition.permission_classes[0])
            field.extensions[FIELD_PERMISSION] = permission
            if isinstance(declared, str):  # RESOLVER
                field.resolve = _guarded(permission, field.resolve)
            else:
                field.extensions[FIELD_DECLARATION] = declared
                field.resolve = resolver_for(f"{kind.name}.{name}", field, declared, permission, rowless)
    schema.extensions[TYPE_OF_MODEL] = models
    if undeclared:
        raise UndeclaredField(
            f"Declare these fields with a permission (gateway/schema/field.py): {', '.join(undeclared)}"
        )
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInterfaceType):
            kind.resolve_type = lambda row, info, abstract: models[type(row)]
        elif isinstance(kind, GraphQLObjectType):
            kind.is_type_of = None  # resolvers return rows; the interface knows their types


def _guarded(permission: type[Permission], resolve: Any) -> Any:
    def guarded(source: Any, info: GraphQLResolveInfo[Any], **given: Any) -> Any:
        refusal = permission.refusal(info.context.viewer)
        if refusal is not None:
            raise refusal
        return resolve(source, info, **given)

    return guarded


def schema_text() -> str:
    """The schema in the definition language, as it is committed."""
    return build_schema().as_str() + "\n"
