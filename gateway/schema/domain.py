"""Domain names."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

import models
from gateway.auth.permissions import ReadDomains, ReadPackages
from gateway.schema.field import column, entity, one, where
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import DomainState

if TYPE_CHECKING:
    from gateway.schema.package import Package


@entity(models.Domain, description="A domain name of a package.")
class Domain(Node):
    name: str | None = column(ReadDomains, "The name as people write it (U-labels of RFC 5890): `bücher.example`.")
    ascii_name: str | None = column(ReadDomains, "The name as the DNS has it (A-labels): `xn--bcher-kva.example`.")
    main: bool | None = column(ReadDomains, "Whether it is the main domain of its package.")
    state: DomainState | None = column(ReadDomains, "Where it is on its way in or out.")
    registered_on: date | None = column(ReadDomains, "When it was registered; null while it is not.")
    created_at: datetime | None = column(ReadDomains, "When it was added to the package.")
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it belongs to."
    )


@strawberry.enum(description="What domains can be ordered by.")
class DomainOrderField(Enum):
    NAME = strawberry.enum_value(SortKey("ascii_name"), description="By name (A-labels).")
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were added.")


@strawberry.input(description="One entry of an order of domains.")
class DomainOrder:
    field: DomainOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which domains to list; every condition given must be met.")
class DomainFilter:
    state: list[DomainState] | None = where("In one of these states.", "state", "in")
