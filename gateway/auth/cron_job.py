"""Jobs that run at times: made, changed and deleted, each with the operation that makes it true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tortoise.expressions import F

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.cron_job_plan import Plan, Wanted, read_plan
from gateway.auth.package_function import find_package
from gateway.auth.resources import find_room
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from gateway.hosting import Hosting
from models import CronJob, Operation
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import resource, web_access
from models.rules.berlin import berlin_day

PACKAGE, WHICH, VERSION = (("input", name) for name in ("packageId", "cronJobId", "version"))


async def create_cron_job(
    viewer: Viewer,
    package_id: str,
    wanted: Wanted,
    own: Iterable[str],
    hosting: Hosting,
    client: Client,
    now: datetime,
) -> tuple[CronJob, Operation]:
    """Have something done at times; `own` are the hosts that no job asks.

    Raises `BAD_USER_INPUT` for a schedule or a target that cannot be, `NOT_FOUND` for a package that is none of the viewer's,
    and `CONFLICT` in the words of the package's menu and when its limit is reached.
    """
    plan = read_plan(wanted, own, hosting, None, berlin_day(now))

    async def write() -> tuple[CronJob, Operation]:
        package = await find_room(viewer, package_id, resource.CRON_JOB, PACKAGE)
        job = await CronJob.create(
            customer_id=package.customer_id, package_id=package.id, created_at=now, **plan.columns()
        )
        operation = await operations.request(viewer, package.id, "cron_job.create", job.id, plan.desired(), now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "cron_job.create",
            object_id=job.id,
            package_id=package.id,
            detail={"before": {}, "after": plan.told()},
        )
        return await visible.cron_jobs(viewer).get(id=job.id), operation

    return await in_unit_of_work(write)


async def change_cron_job(
    viewer: Viewer,
    cron_job_id: str,
    version: int,
    wanted: Wanted,
    own: Iterable[str],
    hosting: Hosting,
    client: Client,
    now: datetime,
) -> tuple[CronJob, Operation]:
    """Have something else done, or at other times: all of `wanted` takes the place of what was there.

    Raises as `create_cron_job`; `CONFLICT` also when it was changed meanwhile.
    """

    async def write() -> tuple[CronJob, Operation]:
        job = await _locked(viewer, cron_job_id)
        plan = read_plan(wanted, own, hosting, job.php_version, berlin_day(now))
        unchanged = visible.cron_jobs(viewer).filter(id=job.id, version=version)
        if not await unchanged.update(version=F("version") + 1, **plan.columns()):
            raise GatewayError(ErrorCode.CONFLICT, "cron_job.changed_meanwhile", path=VERSION)
        operation = await operations.request(viewer, job.package_id, "cron_job.change", job.id, plan.desired(), now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "cron_job.change",
            object_id=job.id,
            package_id=job.package_id,
            detail=_differences(Plan.of(job).told(), plan.told()),
        )
        return await visible.cron_jobs(viewer).get(id=job.id), operation

    return await in_unit_of_work(write)


async def delete_cron_job(viewer: Viewer, cron_job_id: str, client: Client, now: datetime) -> tuple[str, Operation]:
    """Have it done no more: its id. Raises `NOT_FOUND`, and `CONFLICT` in the words of the package's menu."""

    async def write() -> tuple[str, Operation]:
        job = await _locked(viewer, cron_job_id)
        if not await visible.cron_jobs(viewer).filter(id=job.id).delete():
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
        operation = await operations.request(viewer, job.package_id, "cron_job.delete", job.id, {}, now)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "cron_job.delete",
            object_id=job.id,
            package_id=job.package_id,
            detail={"before": Plan.of(job).told(), "after": {}},
        )
        return cron_job_id, operation

    return await in_unit_of_work(write)


async def _job(viewer: Viewer, cron_job_id: str) -> CronJob:
    job = await visible.cron_jobs(viewer).get_or_none(id=cron_job_id) if prefix_of(cron_job_id) == "crn" else None
    if job is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    return job


async def _locked(viewer: Viewer, cron_job_id: str) -> CronJob:
    """A job whose package is locked until the unit ends: operations are asked for in the order of the changes."""
    job = await _job(viewer, cron_job_id)
    await find_package(viewer, job.package_id, web_access.FUNCTION, WHICH)
    await visible.packages(viewer).filter(id=job.package_id).select_for_update().first()
    await find_package(viewer, job.package_id, web_access.FUNCTION, WHICH)
    return await _job(viewer, cron_job_id)


def _differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, dict[str, Any]]:
    names = [name for name in after if before[name] != after[name]]
    return {"before": {name: before[name] for name in names}, "after": {name: after[name] for name in names}}
