"""Reports of everything stored about a customer (Art. 15 GDPR)."""

from datetime import date, datetime
from enum import Enum

import strawberry

import models
from gateway.auth.permissions import ReadAccount, WriteAccount
from gateway.errors import ErrorCode
from gateway.resolvers import data_report as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, entity, mutation
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import DataReportState


@entity(models.DataReport, description="A report of everything stored about the customer (Art. 15 GDPR).")
class DataReport(Node):
    state: DataReportState | None = computed(
        ReadAccount, "How far it is.", resolve.state, needs=("state", "expires_at")
    )
    progress: int | None = column(ReadAccount, "How much of it is made, in per cent; 100 when it is ready.")
    requested_at: datetime | None = column(ReadAccount, "When it was asked for.")
    due_on: date | None = column(
        ReadAccount, "The day by which the law wants it answered: one month (Art. 12 (3) GDPR)."
    )
    started_at: datetime | None = column(ReadAccount, "When making it was begun.")
    finished_at: datetime | None = column(ReadAccount, "When it was ready, or was given up.")
    expires_at: datetime | None = column(ReadAccount, "Until when its file can be downloaded.")
    size_bytes: int | None = column(ReadAccount, "How large its file is, in bytes.")
    sha256: str | None = column(ReadAccount, "The SHA-256 checksum of its file, in hexadecimal.")
    download_path: str | None = computed(
        ReadAccount,
        "Where its file (ZIP) is, with a bearer token; null while there is none. Browsers get a one-time address from "
        "`dataReportTicketCreate`.",
        resolve.download_path,
        needs=("id", "state", "expires_at"),
    )


@strawberry.enum(description="What data reports can be ordered by.")
class DataReportOrderField(Enum):
    REQUESTED = strawberry.enum_value(SortKey("requested_at"), description="By the time they were asked for.")


@strawberry.input(description="One entry of an order of data reports.")
class DataReportOrder:
    field: DataReportOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.type(description="What asking for a data report gives.")
class DataReportRequestPayload:
    data_report: DataReport | None = column(WriteAccount, "The report, which waits to be made.")
    errors: list[UserError] = column(WriteAccount, "Why none will be made.")


@strawberry.type(description="Reports of everything stored about the customer.")
class DataReportMutation:
    data_report_request: DataReportRequestPayload | None = mutation(
        WriteAccount,
        "Ask for a report of everything stored about the customer (Art. 15 GDPR): one at a time, and a few in 24 hours. "
        "It is made in the background; a mail says when it is ready.",
        resolve.data_report_request,
        None,
        ErrorCode.CONFLICT,
        ErrorCode.RATE_LIMITED,
        step_up=True,
    )
