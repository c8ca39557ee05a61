"""Databases of a package: listed, made, changed, dumped and deleted."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadDatabases, ReadPackages, WriteDatabases
from gateway.errors import ErrorCode
from gateway.resolvers import hosted_database as resolve
from gateway.resolvers.hosted_database import DatabaseActionName
from gateway.resolvers.package import RefusalReason
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, mutation, one, where
from gateway.schema.node import Node
from gateway.schema.operation import Operation, requested
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey, Sought
from models import DatabaseEngine

if TYPE_CHECKING:
    from gateway.schema.package import Package

describe(
    DatabaseEngine,
    "A database system.",
    MARIADB="MariaDB, which programs for MySQL work with.",
    POSTGRESQL="PostgreSQL.",
)
describe(
    DatabaseActionName,
    "What can be done with a database.",
    CHANGE="Change its label and from where it can be reached (`databaseChange`).",
    ROTATE_PASSWORD="Give it another password (`databasePasswordRotate`).",  # noqa: S106 - a description, no secret
    DUMP="Have its content written into the web space (`databaseDumpRequest`).",
    DELETE="Delete it (`databaseDelete`).",
)


@strawberry.type(description="Something that can be done with a database.")
class DatabaseAction:
    name: DatabaseActionName = column(ReadDatabases, "What can be done.")
    allowed: bool = column(ReadDatabases, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadDatabases, "Why not; null when it is allowed.")
    message: str | None = column(ReadDatabases, "The reason in the language of the request; null when it is allowed.")


@strawberry.type(description="What was in a database, written as a file into the web space.")
class DatabaseDump:
    path: str = column(ReadDatabases, "The file in the web space.")
    requested_at: datetime = column(
        ReadDatabases, "When it was asked for; the package's `operations` tell when it is done."
    )


@entity(models.HostedDatabase, description="A database of a package, with its one user.")
class Database(Node):
    name: str | None = column(ReadDatabases, "Its name, made by the host.")
    username: str | None = computed(ReadDatabases, "Who connects to it.", resolve.username, needs=("name",))
    label: str | None = column(ReadDatabases, "What people call it.")
    engine: DatabaseEngine | None = column(ReadDatabases, "The database system.")
    engine_version: str | None = column(ReadDatabases, "The version of the system: `11.4`.")
    end_of_life_on: date | None = computed(
        ReadDatabases,
        "The last day on which that version is repaired by its makers.",
        resolve.end_of_life_on,
        needs=("engine", "engine_version"),
    )
    host: str | None = column(ReadDatabases, "The server to connect to.")
    port: int | None = column(ReadDatabases, "The port to connect to.")
    allowed_hosts: list[str] | None = computed(
        ReadDatabases,
        "The networks from which it can be reached besides the web space, as CIDR blocks (RFC 4632): `203.0.113.7/32`.",
        resolve.networks,
        needs=("allowed_hosts",),
    )
    used_mb: int | None = column(ReadDatabases, "How much it holds, in MiB.")
    password_changed_at: datetime | None = column(ReadDatabases, "When its password was last changed.")
    dump: DatabaseDump | None = computed(
        ReadDatabases,
        "The last dump that was asked for; null when there is none.",
        resolve.dump,
        needs=("name", "dump_requested_at"),
    )
    version: int | None = column(ReadDatabases, "Counts the changes; `databaseChange` asks for it.")
    created_at: datetime | None = column(ReadDatabases, "When it was made.")
    actions: list[DatabaseAction] | None = computed(
        ReadDatabases,
        "What can be done with it, each with whether it can be done now.",
        resolve.actions,
        needs=resolve.ACTION_NEEDS,
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it belongs to."
    )


@strawberry.enum(description="What databases can be ordered by.")
class DatabaseOrderField(Enum):
    NAME = strawberry.enum_value(SortKey("name"), description="By name.")
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were made.")


@strawberry.input(description="One entry of an order of databases.")
class DatabaseOrder:
    field: DatabaseOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which databases to list; every condition given must be met.")
class DatabaseFilter:
    engine: list[DatabaseEngine] | None = where("Of one of these systems.", "engine", "in")
    engine_version: list[str] | None = where("Of one of these versions.", "engine_version", "in")


def database_connection() -> Any:
    """Those of a package."""
    return connection(
        ReadDatabases,
        "Its databases.",
        models.HostedDatabase,
        relation="databases",
        entry=DatabaseOrder,
        order=DatabaseOrderField,
        default=((DatabaseOrderField.NAME, False),),
        filter=DatabaseFilter,
        search=(Sought("name", folded=False),),
    )


@strawberry.input(description="A database to make.")
class DatabaseCreateInput:
    package_id: strawberry.ID = strawberry.field(description="The id of the package.")
    engine: DatabaseEngine = strawberry.field(description="The database system.")
    engine_version: str = strawberry.field(description="A version of it that is still repaired (`hosting`).")
    label: str | None = strawberry.field(description="What to call it: at most 80 characters.", default=None)
    password: str | None = strawberry.field(
        description="The password; `passwordPolicy` holds for it, too. Null: one is made and shown once.", default=None
    )


@strawberry.input(description="What a database is to be: all of it takes the place of what was there.")
class DatabaseChangeInput:
    database_id: strawberry.ID = strawberry.field(description="The id of the database.")
    version: int = strawberry.field(description="Its `version` as it was read.")
    label: str | None = strawberry.field(description="What to call it; null: nothing.", default=None)
    allowed_hosts: list[str] = strawberry.field(
        description="Networks from which it can be reached, as addresses or CIDR blocks: at most 20, none wider than /16 "
        "(IPv4) or /32 (IPv6).",
        default_factory=list,
    )


@strawberry.input(description="Which database to give another password.")
class DatabasePasswordRotateInput:
    database_id: strawberry.ID = strawberry.field(description="The id of the database.")
    password: str | None = strawberry.field(
        description="The password; `passwordPolicy` holds for it, too. Null: one is made and shown once.", default=None
    )


@strawberry.input(description="Which database to dump.")
class DatabaseDumpRequestInput:
    database_id: strawberry.ID = strawberry.field(description="The id of the database.")


@strawberry.input(description="Which database to delete.")
class DatabaseDeleteInput:
    database_id: strawberry.ID = strawberry.field(description="The id of the database.")


_PASSWORD = "The password that was made. It is shown this once; null when one was given."  # noqa: S105 - a description


@strawberry.type(description="What making a database gives.")
class DatabaseCreatePayload:
    database: Database | None = column(WriteDatabases, "What was made.")
    password: str | None = column(WriteDatabases, _PASSWORD)
    operation: Operation | None = requested(WriteDatabases)
    errors: list[UserError] = column(WriteDatabases, "Why nothing was made.")


@strawberry.type(description="What changing a database gives.")
class DatabaseChangePayload:
    database: Database | None = column(WriteDatabases, "The database as it is now.")
    operation: Operation | None = requested(WriteDatabases)
    errors: list[UserError] = column(WriteDatabases, "Why nothing was changed.")


@strawberry.type(description="What giving a database another password gives.")
class DatabasePasswordRotatePayload:
    database: Database | None = column(WriteDatabases, "The database.")
    password: str | None = column(WriteDatabases, _PASSWORD)
    operation: Operation | None = requested(WriteDatabases)
    errors: list[UserError] = column(WriteDatabases, "Why it has its old one.")


@strawberry.type(description="What asking for a dump gives.")
class DatabaseDumpRequestPayload:
    database: Database | None = column(WriteDatabases, "The database; `dump` says where the file will be.")
    operation: Operation | None = requested(WriteDatabases)
    errors: list[UserError] = column(WriteDatabases, "Why there will be none.")


@strawberry.type(description="What deleting a database gives.")
class DatabaseDeletePayload:
    database_id: strawberry.ID | None = column(WriteDatabases, "The id of the database that is gone.")
    operation: Operation | None = requested(WriteDatabases)
    errors: list[UserError] = column(WriteDatabases, "Why it is still there.")


@strawberry.type(description="Changing databases.")
class DatabaseMutation:
    database_create: DatabaseCreatePayload | None = mutation(
        WriteDatabases,
        "Make a database with its user. `resources` of the package says beforehand whether there is room (`DATABASE`).",
        resolve.database_create,
        DatabaseCreateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    database_change: DatabaseChangePayload | None = mutation(
        WriteDatabases,
        "Give a database another label and other networks from which it can be reached. Its `actions` say beforehand whether "
        "it can be done (`CHANGE`).",
        resolve.database_change,
        DatabaseChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    database_password_rotate: DatabasePasswordRotatePayload | None = mutation(
        WriteDatabases,
        "Give a database another password; programs that use it need the new one (`ROTATE_PASSWORD`).",
        resolve.database_password_rotate,
        DatabasePasswordRotateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    database_dump_request: DatabaseDumpRequestPayload | None = mutation(
        WriteDatabases,
        "Have what is in a database written as a file into the web space, once an hour at most (`DUMP`).",
        resolve.database_dump_request,
        DatabaseDumpRequestInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    database_delete: DatabaseDeletePayload | None = mutation(
        WriteDatabases,
        "Delete a database with everything in it. Backups of it stay until their time is over (`DELETE`).",
        resolve.database_delete,
        DatabaseDeleteInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
