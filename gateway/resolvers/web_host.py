"""Host names of the web servers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from gateway.auth.web_host import change_web_host, create_web_host, delete_web_host
from gateway.auth.web_host_target import Wanted
from gateway.context import Context
from gateway.resolvers.cancellation_action import Action, entry
from gateway.resolvers.outcome import Outcome, done
from gateway.source.declaration import First, Need
from models.rules import web_host as rule
from models.web_host import WebTarget


class WebHostActionName(StrEnum):
    """The entries of a host name's menu."""

    CHANGE = rule.CHANGE
    DELETE = rule.DELETE


ACTION_NEEDS: tuple[Need, ...] = (
    "package.type.functions",
    "package.state",
    "domain.state",
    First("website_apps", "id", ("id",)),
)


def absolute_name(context: Context, name: str, domain: str) -> str:
    """The name with its domain, as the DNS has it."""
    return rule.absolute(name, domain)


def php_end_of_life_on(context: Context, version: str | None) -> date | None:
    """Until when its version of PHP is repaired; `None` without PHP, and for a version nobody knows any more."""
    found = context.parts.hosting.php_version(version) if version is not None else None
    return None if found is None else found.end_of_life_on


def actions(
    context: Context, functions: Iterable[str], package_state: str, domain_state: str, app: str | None
) -> list[Action]:
    """The menu of a host name."""
    return [
        entry(
            context,
            name,
            rule.decide(name.value, functions, package_state, domain_state, has_app=app is not None),
        )
        for name in WebHostActionName
    ]


async def web_host_create(context: Context, input: Any) -> Outcome:
    """Make one."""
    host, operation = await create_web_host(
        context.signed_in,
        input.domain_id,
        input.name,
        _wanted(input),
        context.parts.hosting,
        context.client,
        context.now,
    )
    return done(web_host=host, operation=operation)


async def web_host_change(context: Context, input: Any) -> Outcome:
    """Change one."""
    host, operation = await change_web_host(
        context.signed_in,
        input.web_host_id,
        input.version,
        _wanted(input),
        context.parts.hosting,
        context.client,
        context.now,
    )
    return done(web_host=host, operation=operation)


async def web_host_delete(context: Context, input: Any) -> Outcome:
    """Delete one."""
    id, operation = await delete_web_host(context.signed_in, input.web_host_id, context.client, context.now)
    return done(web_host_id=id, operation=operation)


def _wanted(input: Any) -> Wanted:
    return Wanted(
        WebTarget(input.target.value), input.web_root, input.redirect_url, input.redirect_code, input.php_version
    )
