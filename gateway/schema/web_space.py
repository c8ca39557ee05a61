"""The web space of a package: how much there is, how much is in use, and how that went."""

from datetime import date
from enum import Enum
from typing import Any

import strawberry

import models
from gateway.auth.permissions import ReadWebSpace
from gateway.resolvers import web_space as resolve
from gateway.schema.enums import describe
from gateway.schema.field import column, connection, entity, where
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey

describe(
    resolve.WebSpaceWarning,
    "What should be done about the web space.",
    NEARLY_FULL="More than nine tenths are in use.",
    FULL="All of it is in use: nothing can be written any more.",
)


@strawberry.type(description="How much web space a package has, and how much of it is in use.")
class WebSpace:
    used_mb: int = column(ReadWebSpace, "In use, in MiB, as it was last measured.")
    quota_mb: int = column(ReadWebSpace, "How much there is, in MiB.")
    free_mb: int = column(ReadWebSpace, "How much is left, in MiB.")
    warning: resolve.WebSpaceWarning | None = column(ReadWebSpace, "Null while there is enough.")


@entity(models.WebSpaceUsage, description="The web space in use on one day.")
class WebSpaceUsage:
    day: date | None = column(ReadWebSpace, "The day (Europe/Berlin).")
    used_mb: int | None = column(ReadWebSpace, "How much was in use, in MiB, as it was last measured on it.")


@strawberry.enum(description="What figures of web space can be ordered by.")
class WebSpaceUsageOrderField(Enum):
    DAY = strawberry.enum_value(SortKey("day"), description="By day.")


@strawberry.input(description="One entry of an order of figures of web space.")
class WebSpaceUsageOrder:
    field: WebSpaceUsageOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which figures of web space to list; every condition given must be met.")
class WebSpaceUsageFilter:
    day_from: date | None = where("On this day or later.", "day", "ge")
    day_to: date | None = where("On this day or earlier.", "day", "le")


def web_space_usage_connection() -> Any:
    """Those of a package."""
    return connection(
        ReadWebSpace,
        "How much web space was in use day by day, latest first; kept for about thirteen months.",
        models.WebSpaceUsage,
        relation="web_space_usage",
        entry=WebSpaceUsageOrder,
        order=WebSpaceUsageOrderField,
        default=((WebSpaceUsageOrderField.DAY, True),),
        filter=WebSpaceUsageFilter,
    )
