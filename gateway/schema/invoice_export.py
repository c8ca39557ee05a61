"""A year's invoices in one file."""

from datetime import datetime
from enum import Enum

import strawberry

import models
from gateway.auth.permissions import ReadInvoices
from gateway.errors import ErrorCode
from gateway.resolvers import invoice_export as resolve
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, entity, mutation
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import InvoiceExportState

describe(
    InvoiceExportState,
    "How far a file with a year's invoices is.",
    QUEUED="It waits to be made.",
    RUNNING="It is being made.",
    READY="It can be downloaded.",
    FAILED="It could not be made, by a fault of ours; ask for another one.",
    DELETED="Its file was deleted after its time was over.",
)


@entity(models.InvoiceExport, description="A year's invoices in one file (ZIP), with tables of them.")
class InvoiceExport(Node):
    year: int | None = column(ReadInvoices, "The year the invoices were issued in.")
    state: InvoiceExportState | None = computed(
        ReadInvoices, "How far it is.", resolve.state, needs=("state", "expires_at")
    )
    progress: int | None = column(ReadInvoices, "How much of it is made, in per cent; 100 when it is ready.")
    invoices: int | None = column(ReadInvoices, "How many invoices are in it; 0 until it is ready.")
    requested_at: datetime | None = column(ReadInvoices, "When it was asked for.")
    started_at: datetime | None = column(ReadInvoices, "When making it was begun.")
    finished_at: datetime | None = column(ReadInvoices, "When it was ready, or was given up.")
    expires_at: datetime | None = column(ReadInvoices, "Until when its file can be downloaded.")
    size_bytes: int | None = column(ReadInvoices, "How large its file is, in bytes.")
    sha256: str | None = column(ReadInvoices, "The SHA-256 checksum of its file, in hexadecimal.")
    download_path: str | None = computed(
        ReadInvoices,
        "Where its file (ZIP) is, with a bearer token; null while there is none. Browsers get a one-time address from "
        "`invoiceExportTicketCreate`.",
        resolve.download_path,
        needs=("id", "state", "expires_at"),
    )


@strawberry.enum(description="What files with a year's invoices can be ordered by.")
class InvoiceExportOrderField(Enum):
    REQUESTED = strawberry.enum_value(SortKey("requested_at"), description="By the time they were asked for.")


@strawberry.input(description="One entry of an order of files with a year's invoices.")
class InvoiceExportOrder:
    field: InvoiceExportOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which year's invoices to put into one file.")
class InvoiceExportRequestInput:
    year: int = strawberry.field(description="The year they were issued in: from 1990 to this one.")
    idempotency_key: str = strawberry.field(
        description="1 to 255 visible ASCII characters, new for each intention: the same request again gives the same file, "
        "for 24 hours."
    )


@strawberry.type(description="What asking for a year's invoices gives.")
class InvoiceExportRequestPayload:
    invoice_export: InvoiceExport | None = column(ReadInvoices, "The file, which waits to be made.")
    errors: list[UserError] = column(ReadInvoices, "Why none will be made.")


@strawberry.type(description="A year's invoices in one file.")
class InvoiceExportMutation:
    invoice_export_request: InvoiceExportRequestPayload | None = mutation(
        ReadInvoices,
        "Ask for a year's invoices in one file (ZIP): every PDF as it was issued, the XML where there is one, a table (CSV), "
        "and bookings in the form of DATEV's. One at a time, and a few in 24 hours. It is made in the background; a mail says "
        "when it is ready.",
        resolve.invoice_export_request,
        InvoiceExportRequestInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.CONFLICT,
        ErrorCode.RATE_LIMITED,
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
    )
