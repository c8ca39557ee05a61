"""The history of a contract."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadContracts, ReadDomains
from gateway.schema.enums import describe
from gateway.schema.field import column, connection, entity, one
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import ContractEventKind

if TYPE_CHECKING:
    from gateway.schema.contract import AddOn, Tariff
    from gateway.schema.domain import Domain

describe(
    ContractEventKind,
    "What happened to a contract. Expect further values.",
    CONCLUDED="It was concluded.",
    RENEWED="It was renewed by a period.",
    PRICE_CHANGED="Its price changed.",
    TARIFF_CHANGE_SCHEDULED="A change of the tariff was asked for.",
    TARIFF_CHANGE_REVOKED="A change of the tariff was taken back.",
    TARIFF_CHANGE_REFUSED="A change of the tariff could not be carried out on its day.",
    TARIFF_CHANGED="The tariff changed.",
    CANCELLED="It was cancelled, or the part of it that is named.",
    CANCELLATION_UNDONE="A cancellation was taken back.",
    ENDED="It ended, or the part of it that is named.",
)


@entity(models.ContractEvent, description="Something that happened to a contract.")
class ContractEvent:
    id: strawberry.ID = column(ReadContracts, "The id.")
    kind: ContractEventKind = column(ReadContracts, "What happened.")
    occurred_at: datetime = column(ReadContracts, "When.")
    effective_on: date | None = column(ReadContracts, "From which day on it counts, where that is another one.")
    tariff: Annotated["Tariff", strawberry.lazy("gateway.schema.contract")] | None = one(
        ReadContracts, "The product it is about."
    )
    add_on: Annotated["AddOn", strawberry.lazy("gateway.schema.contract")] | None = one(
        ReadContracts, "The add-on it is about; null for what is about all of it."
    )
    domain: Annotated["Domain", strawberry.lazy("gateway.schema.domain")] | None = one(
        ReadDomains, "The domain it is about; null for what is about all of it."
    )


@strawberry.enum(description="What the history of a contract can be ordered by.")
class ContractEventOrderField(Enum):
    OCCURRED = strawberry.enum_value(SortKey("occurred_at"), description="By time.")


@strawberry.input(description="One entry of an order of the history of a contract.")
class ContractEventOrder:
    field: ContractEventOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


def contract_history() -> Any:
    """That of one contract."""
    return connection(
        ReadContracts,
        "What happened to it, latest first.",
        models.ContractEvent,
        relation="events",
        entry=ContractEventOrder,
        order=ContractEventOrderField,
        default=((ContractEventOrderField.OCCURRED, True),),
    )
