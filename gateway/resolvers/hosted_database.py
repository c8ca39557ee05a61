"""Databases of packages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from gateway.context import Context
from gateway.resolvers.cancellation_action import Action, entry
from gateway.resolvers.outcome import Outcome, done
from gateway.source.declaration import First, Need
from models import DatabaseEngine
from models.rules import hosted_database as rule


class DatabaseActionName(StrEnum):
    """The entries of a database's menu."""

    CHANGE = rule.CHANGE
    ROTATE_PASSWORD = rule.ROTATE_PASSWORD
    DUMP = rule.DUMP
    DELETE = rule.DELETE


@dataclass(frozen=True, slots=True)
class DatabaseDump:
    """The last dump."""

    path: str
    requested_at: datetime


ACTION_NEEDS: tuple[Need, ...] = (
    "package.type.functions",
    "package.state",
    "dump_requested_at",
    First("website_apps", "id", ("id",)),
)


def end_of_life_on(context: Context, engine: str, version: str) -> date | None:
    """Until when its version is repaired; `None` for one nobody knows any more."""
    found = context.parts.hosting.database_version(engine, version)
    return None if found is None else found.end_of_life_on


def username(context: Context, name: str) -> str:
    """Who connects: its one user is called as it is."""
    return name


def dump(context: Context, name: str, requested_at: datetime | None) -> DatabaseDump | None:
    """The last one that was asked for."""
    return None if requested_at is None else DatabaseDump(rule.dump_path(name, requested_at), requested_at)


def networks(context: Context, allowed: list[str]) -> list[str]:
    """From where it can be reached."""
    return list(allowed)


def actions(
    context: Context, functions: Iterable[str], state: str, dumped_at: datetime | None, app: str | None
) -> list[Action]:
    """The menu of a database."""
    return [
        entry(
            context,
            name,
            rule.decide(name.value, functions, state, has_app=app is not None, dumped_at=dumped_at, now=context.now),
        )
        for name in DatabaseActionName
    ]


async def database_create(context: Context, input: Any) -> Outcome:
    """Make one."""
    database, password, operation = await context.parts.hosted_databases.create(
        context.signed_in,
        input.package_id,
        DatabaseEngine(input.engine.value),
        input.engine_version,
        input.label,
        input.password,
        context.client,
        context.now,
    )
    return done(database=database, password=password, operation=operation)


async def database_change(context: Context, input: Any) -> Outcome:
    """Change one."""
    database, operation = await context.parts.hosted_databases.change(
        context.signed_in,
        input.database_id,
        input.version,
        input.label,
        input.allowed_hosts,
        context.client,
        context.now,
    )
    return done(database=database, operation=operation)


async def database_password_rotate(context: Context, input: Any) -> Outcome:
    """Give it another password."""
    database, password, operation = await context.parts.hosted_databases.rotate_password(
        context.signed_in, input.database_id, input.password, context.client, context.now
    )
    return done(database=database, password=password, operation=operation)


async def database_dump_request(context: Context, input: Any) -> Outcome:
    """Have it dumped."""
    database, operation = await context.parts.hosted_databases.dump(
        context.signed_in, input.database_id, context.client, context.now
    )
    return done(database=database, operation=operation)


async def database_delete(context: Context, input: Any) -> Outcome:
    """Delete it."""
    id, operation = await context.parts.hosted_databases.delete(
        context.signed_in, input.database_id, context.client, context.now
    )
    return done(database_id=id, operation=operation)
