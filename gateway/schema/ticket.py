"""Download tickets: how a browser fetches a file it cannot send a token for."""

from datetime import datetime

import strawberry

from gateway.auth.permissions import ReadAccount, ReadContracts, ReadInvoices, SignedIn
from gateway.errors import ErrorCode
from gateway.resolvers import ticket as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation


@strawberry.type(description="A one-time permission to download one file without a token.")
class DownloadTicket:
    path: str = column(SignedIn, "Where to get the file, once: a path with the ticket in it.")
    expires_at: datetime = column(SignedIn, "Until when it is good.")


@strawberry.input(description="Which invoice to download.")
class InvoiceTicketCreateInput:
    invoice_id: strawberry.ID = strawberry.field(description="The id of the invoice.")


@strawberry.type(description="What asking for a ticket gives.")
class InvoiceTicketCreatePayload:
    ticket: DownloadTicket | None = column(ReadInvoices, "The ticket.")
    errors: list[UserError] = column(ReadInvoices, "Why there is none.")


@strawberry.input(description="Which invoice to download as XML.")
class InvoiceXmlTicketCreateInput:
    invoice_id: strawberry.ID = strawberry.field(description="The id of the invoice.")


@strawberry.type(description="What asking for a ticket for an invoice as XML gives.")
class InvoiceXmlTicketCreatePayload:
    ticket: DownloadTicket | None = column(ReadInvoices, "The ticket.")
    errors: list[UserError] = column(ReadInvoices, "Why there is none.")


@strawberry.input(description="Which agreement to download.")
class AgreementTicketCreateInput:
    agreement_id: strawberry.ID = strawberry.field(description="The id of the agreement.")


@strawberry.type(description="What asking for a ticket for an agreement gives.")
class AgreementTicketCreatePayload:
    ticket: DownloadTicket | None = column(ReadAccount, "The ticket.")
    errors: list[UserError] = column(ReadAccount, "Why there is none.")


@strawberry.input(description="Which data report to download.")
class DataReportTicketCreateInput:
    data_report_id: strawberry.ID = strawberry.field(description="The id of the data report.")


@strawberry.type(description="What asking for a ticket for a data report gives.")
class DataReportTicketCreatePayload:
    ticket: DownloadTicket | None = column(ReadAccount, "The ticket.")
    errors: list[UserError] = column(ReadAccount, "Why there is none.")


@strawberry.input(description="Which receipt to download.")
class DeclarationTicketCreateInput:
    declaration_id: strawberry.ID = strawberry.field(description="The id of the declaration.")


@strawberry.type(description="What asking for a ticket for the receipt of a declaration gives.")
class DeclarationTicketCreatePayload:
    ticket: DownloadTicket | None = column(ReadContracts, "The ticket.")
    errors: list[UserError] = column(ReadContracts, "Why there is none.")


@strawberry.input(description="Which receipt to download.")
class CancellationTicketCreateInput:
    cancellation_id: strawberry.ID = strawberry.field(description="The id of the cancellation.")


@strawberry.type(description="What asking for a ticket for a receipt gives.")
class CancellationTicketCreatePayload:
    ticket: DownloadTicket | None = column(ReadContracts, "The ticket.")
    errors: list[UserError] = column(ReadContracts, "Why there is none.")


@strawberry.input(description="Which file with a year's invoices to download.")
class InvoiceExportTicketCreateInput:
    invoice_export_id: strawberry.ID = strawberry.field(description="The id of the file.")


@strawberry.type(description="What asking for a ticket for a year's invoices gives.")
class InvoiceExportTicketCreatePayload:
    ticket: DownloadTicket | None = column(ReadInvoices, "The ticket.")
    errors: list[UserError] = column(ReadInvoices, "Why there is none.")


@strawberry.type(description="Asking for download tickets.")
class TicketMutation:
    invoice_ticket_create: InvoiceTicketCreatePayload | None = mutation(
        ReadInvoices,
        "A one-time address for the PDF of an invoice, for browsers: good for one download within a minute.",
        resolve.invoice_ticket_create,
        InvoiceTicketCreateInput,
        ErrorCode.NOT_FOUND,
        session=True,
    )
    invoice_xml_ticket_create: InvoiceXmlTicketCreatePayload | None = mutation(
        ReadInvoices,
        "A one-time address for the XML of an invoice (EN 16931), for browsers: good for one download within a minute.",
        resolve.invoice_xml_ticket_create,
        InvoiceXmlTicketCreateInput,
        ErrorCode.NOT_FOUND,
        session=True,
    )
    agreement_ticket_create: AgreementTicketCreatePayload | None = mutation(
        ReadAccount,
        "A one-time address for the PDF of a concluded data processing agreement, for browsers: good for one download "
        "within a minute.",
        resolve.agreement_ticket_create,
        AgreementTicketCreateInput,
        ErrorCode.NOT_FOUND,
        session=True,
    )
    declaration_ticket_create: DeclarationTicketCreatePayload | None = mutation(
        ReadContracts,
        "A one-time address for the receipt of a declaration, for browsers: good for one download within a minute.",
        resolve.declaration_ticket_create,
        DeclarationTicketCreateInput,
        ErrorCode.NOT_FOUND,
        session=True,
    )
    data_report_ticket_create: DataReportTicketCreatePayload | None = mutation(
        ReadAccount,
        "A one-time address for the file of a data report, for browsers: good for one download within a minute.",
        resolve.data_report_ticket_create,
        DataReportTicketCreateInput,
        ErrorCode.NOT_FOUND,
        session=True,
    )
    cancellation_ticket_create: CancellationTicketCreatePayload | None = mutation(
        ReadContracts,
        "A one-time address for the receipt (PDF) of a cancellation, for browsers: good for one download within a minute.",
        resolve.cancellation_ticket_create,
        CancellationTicketCreateInput,
        ErrorCode.NOT_FOUND,
        session=True,
    )
    invoice_export_ticket_create: InvoiceExportTicketCreatePayload | None = mutation(
        ReadInvoices,
        "A one-time address for a file with a year's invoices, for browsers: good for one download within a minute.",
        resolve.invoice_export_ticket_create,
        InvoiceExportTicketCreateInput,
        ErrorCode.NOT_FOUND,
        session=True,
    )
