"""Jobs that run at times: listed, made, changed and deleted."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadPackages, ReadWebSpace, WriteWebSpace
from gateway.errors import ErrorCode
from gateway.resolvers import cron_job as resolve
from gateway.resolvers.cron_job import CronJobActionName
from gateway.resolvers.package import RefusalReason
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, mutation, one, where
from gateway.schema.node import Node
from gateway.schema.operation import Operation, requested
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey, Sought
from models import CronKind

if TYPE_CHECKING:
    from gateway.schema.package import Package

describe(
    CronKind,
    "What a cron job does.",
    URL="It asks for an address.",
    SCRIPT="It runs a PHP script of the web space.",
)
describe(
    CronJobActionName,
    "What can be done with a cron job.",
    CHANGE="Have it do something else, or at other times (`cronJobChange`).",
    DELETE="Delete it (`cronJobDelete`).",
)


@strawberry.type(description="Something that can be done with a cron job.")
class CronJobAction:
    name: CronJobActionName = column(ReadWebSpace, "What can be done.")
    allowed: bool = column(ReadWebSpace, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadWebSpace, "Why not; null when it is allowed.")
    message: str | None = column(ReadWebSpace, "The reason in the language of the request; null when it is allowed.")


@entity(models.CronJob, description="A job that runs at times.")
class CronJob(Node):
    label: str | None = column(ReadWebSpace, "What somebody noted beside it.")
    schedule: str | None = column(
        ReadWebSpace,
        "When it runs, in Europe/Berlin: minute, hour, day of the month, month, day of the week (crontab(5)), in numbers.",
    )
    kind: CronKind | None = column(ReadWebSpace, "What it does.")
    target: str | None = column(ReadWebSpace, "The address, or the file relative to the web space.")
    php_version: str | None = column(ReadWebSpace, "The version of PHP a script runs with; null for an address.")
    enabled: bool | None = column(ReadWebSpace, "Whether it runs.")
    next_runs: list[datetime] | None = computed(
        ReadWebSpace,
        "When it runs next; none while it, or its package, is switched off. Where clocks go forward, runs in the hour that is "
        "left out become one at its end; where they go back, the hour that comes twice counts once, but for hourly jobs.",
        resolve.next_runs,
        needs=("schedule", "enabled", "package.state"),
        arguments={"first": (int, "How many, at most 20.", 3)},
    )
    last_run_at: datetime | None = column(ReadWebSpace, "When it ran last; null before its first run.")
    last_succeeded: bool | None = column(ReadWebSpace, "Whether that worked; null before its first run.")
    version: int | None = column(ReadWebSpace, "Counts the changes; `cronJobChange` asks for it.")
    created_at: datetime | None = column(ReadWebSpace, "When it was made.")
    actions: list[CronJobAction] | None = computed(
        ReadWebSpace,
        "What can be done with it, each with whether it can be done now.",
        resolve.actions,
        needs=resolve.ACTION_NEEDS,
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it belongs to."
    )


@strawberry.enum(description="What cron jobs can be ordered by.")
class CronJobOrderField(Enum):
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were made.")


@strawberry.input(description="One entry of an order of cron jobs.")
class CronJobOrder:
    field: CronJobOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which cron jobs to list; every condition given must be met.")
class CronJobFilter:
    kind: list[CronKind] | None = where("That do one of these.", "kind", "in")
    php_version: list[str] | None = where("With one of these versions of PHP.", "php_version", "in")


def cron_job_connection() -> Any:
    """Those of a package."""
    return connection(
        ReadWebSpace,
        "Its cron jobs, the oldest first.",
        models.CronJob,
        relation="cron_jobs",
        entry=CronJobOrder,
        order=CronJobOrderField,
        default=((CronJobOrderField.CREATED, False),),
        filter=CronJobFilter,
        search=(Sought("target", folded=False),),
    )


_SCHEDULE = (
    "When to run, in Europe/Berlin: minute, hour, day of the month, month, day of the week (crontab(5)) with lists, ranges, "
    "steps and names, or a nickname such as `@daily`; at least 5 minutes apart."
)
_TARGET = (
    "For `URL`: an http or https address on the Internet, without credentials. For `SCRIPT`: a PHP file relative to the web "
    "space, such as `shop/cron.php`."
)
_LABEL = "A note to know it again, at most 80 characters."
_PHP = "For `SCRIPT`: a version of PHP that is still repaired."


@strawberry.input(description="A cron job to make.")
class CronJobCreateInput:
    package_id: strawberry.ID = strawberry.field(description="The id of the package.")
    schedule: str = strawberry.field(description=_SCHEDULE)
    kind: CronKind = strawberry.field(description="What it is to do.")
    target: str = strawberry.field(description=_TARGET)
    php_version: str | None = strawberry.field(description=_PHP, default=None)
    label: str | None = strawberry.field(description=_LABEL, default=None)
    enabled: bool = strawberry.field(description="Whether it runs.", default=True)


@strawberry.input(description="What a cron job is to do: all of it takes the place of what was there.")
class CronJobChangeInput:
    cron_job_id: strawberry.ID = strawberry.field(description="The id of the cron job.")
    version: int = strawberry.field(description="Its `version` as it was read.")
    schedule: str = strawberry.field(description=_SCHEDULE)
    kind: CronKind = strawberry.field(description="What it is to do.")
    target: str = strawberry.field(description=_TARGET)
    php_version: str | None = strawberry.field(description=f"{_PHP[:-1]}, or the one it has.", default=None)
    label: str | None = strawberry.field(description=_LABEL, default=None)
    enabled: bool = strawberry.field(description="Whether it runs.", default=True)


@strawberry.input(description="Which cron job to delete.")
class CronJobDeleteInput:
    cron_job_id: strawberry.ID = strawberry.field(description="The id of the cron job.")


@strawberry.type(description="What making a cron job gives.")
class CronJobCreatePayload:
    cron_job: CronJob | None = column(WriteWebSpace, "What was made.")
    operation: Operation | None = requested(WriteWebSpace)
    errors: list[UserError] = column(WriteWebSpace, "Why nothing was made.")


@strawberry.type(description="What changing a cron job gives.")
class CronJobChangePayload:
    cron_job: CronJob | None = column(WriteWebSpace, "The cron job as it is now.")
    operation: Operation | None = requested(WriteWebSpace)
    errors: list[UserError] = column(WriteWebSpace, "Why nothing was changed.")


@strawberry.type(description="What deleting a cron job gives.")
class CronJobDeletePayload:
    cron_job_id: strawberry.ID | None = column(WriteWebSpace, "The id of the cron job that is gone.")
    operation: Operation | None = requested(WriteWebSpace)
    errors: list[UserError] = column(WriteWebSpace, "Why it is still there.")


@strawberry.type(description="Changing cron jobs.")
class CronJobMutation:
    cron_job_create: CronJobCreatePayload | None = mutation(
        WriteWebSpace,
        "Have an address asked for, or a script run, at times. `resources` of the package says beforehand whether there is "
        "room (`CRON_JOB`).",
        resolve.cron_job_create,
        CronJobCreateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    cron_job_change: CronJobChangePayload | None = mutation(
        WriteWebSpace,
        "Have a cron job do something else, at other times, or not for now. Its `actions` say beforehand whether it can be "
        "done (`CHANGE`).",
        resolve.cron_job_change,
        CronJobChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    cron_job_delete: CronJobDeletePayload | None = mutation(
        WriteWebSpace,
        "Delete a cron job. Its `actions` say beforehand whether it can be done (`DELETE`).",
        resolve.cron_job_delete,
        CronJobDeleteInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
