"""Noting how much web space packages have in use, one figure a day, so that there is a curve to look at."""

from __future__ import annotations

from datetime import datetime, timedelta

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F, RawSQL, Subquery

from models import Package, PackageState, WebSpaceUsage
from models.database import in_unit_of_work
from models.rules.berlin import berlin_day

AT_ONCE = 500
KEPT = timedelta(days=400)
"""A year and a little: this month beside that of last year."""

_COUNTED = (PackageState.ACTIVE, PackageState.SUSPENDED, PackageState.CANCELLED)

_NOW = RawSQL('(SELECT web_space_used_mb FROM "package" WHERE "package".id = "web_space_usage".package_id)')


async def note_usage(now: datetime) -> int:
    """Note the figure of today (Europe/Berlin) of each package, the later one of a day; how many were new.

    Several may do so at once: who is second finds the row there.
    """
    day = berlin_day(now)

    async def renew() -> None:
        changed = WebSpaceUsage.filter(day=day).annotate(is_now=_NOW)
        stale = await changed.exclude(used_mb=F("is_now")).limit(AT_ONCE).values_list("id", "is_now")
        for id, figure in stale:
            await WebSpaceUsage.filter(id=id).update(used_mb=figure)

    await in_unit_of_work(renew)
    noted = 0
    while packages := await _without(day):
        rows = [
            WebSpaceUsage(customer_id=one.customer_id, package_id=one.id, day=day, used_mb=one.web_space_used_mb)
            for one in packages
        ]

        async def note(rows: list[WebSpaceUsage] = rows) -> None:
            await WebSpaceUsage.bulk_create(rows)

        try:
            await in_unit_of_work(note)
        except IntegrityError:
            return noted
        noted += len(rows)
    return noted


async def forget_usage(now: datetime) -> int:
    """Delete what is older than is kept: how many figures."""

    async def forget() -> int:
        return await WebSpaceUsage.filter(day__lt=berlin_day(now) - KEPT).delete()

    return await in_unit_of_work(forget)


async def _without(day: object) -> list[Package]:
    """Some packages that have no figure of the day yet."""
    noted = Subquery(WebSpaceUsage.filter(day=day).values("package_id"))
    return await Package.filter(state__in=_COUNTED).exclude(id__in=noted).order_by("id").limit(AT_ONCE)
