"""Jobs that run at times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from gateway.auth.cron_job import change_cron_job, create_cron_job, delete_cron_job
from gateway.auth.cron_job_plan import Wanted, own_hosts
from gateway.context import Context
from gateway.resolvers.cancellation_action import Action, entry
from gateway.resolvers.outcome import Outcome, done
from models import CronKind, PackageState
from models.rules import cron, web_access
from models.rules.decision import Refused

MOST_RUNS = 20
"""Runs that are told of a job."""


class CronJobActionName(StrEnum):
    """The entries of a job's menu."""

    CHANGE = web_access.CHANGE
    DELETE = web_access.DELETE


ACTION_NEEDS = ("package.type.functions", "package.state")


def actions(context: Context, functions: Iterable[str], state: str) -> list[Action]:
    """The menu of a job."""
    return [entry(context, name, web_access.decide(name.value, functions, state)) for name in CronJobActionName]


def next_runs(context: Context, text: str, enabled: bool, state: str, first: int = 3) -> list[datetime]:
    """When it runs next; never while it is off, or its package is."""
    if not enabled or state not in (PackageState.ACTIVE, PackageState.CANCELLED):
        return []
    schedule = cron.read(text)
    if isinstance(schedule, Refused):
        return []
    return cron.next_runs(schedule, context.now, max(0, min(first, MOST_RUNS)))


async def cron_job_create(context: Context, input: Any) -> Outcome:
    """Make one."""
    parts = context.parts
    own = own_hosts(parts.hosting, parts.settings)
    job, operation = await create_cron_job(
        context.signed_in, input.package_id, _wanted(input), own, parts.hosting, context.client, context.now
    )
    return done(cron_job=job, operation=operation)


async def cron_job_change(context: Context, input: Any) -> Outcome:
    """Change one."""
    parts = context.parts
    own = own_hosts(parts.hosting, parts.settings)
    job, operation = await change_cron_job(
        context.signed_in,
        input.cron_job_id,
        input.version,
        _wanted(input),
        own,
        parts.hosting,
        context.client,
        context.now,
    )
    return done(cron_job=job, operation=operation)


async def cron_job_delete(context: Context, input: Any) -> Outcome:
    """Delete one."""
    id, operation = await delete_cron_job(context.signed_in, input.cron_job_id, context.client, context.now)
    return done(cron_job_id=id, operation=operation)


def _wanted(input: Any) -> Wanted:
    return Wanted(
        input.label, input.schedule, CronKind(input.kind.value), input.target, input.php_version, input.enabled
    )
