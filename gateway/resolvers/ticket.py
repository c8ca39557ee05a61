"""Download tickets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gateway.auth.tickets import issue_ticket
from gateway.context import Context
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.agreement import AGREEMENTS
from gateway.resolvers.cancellation import CANCELLATIONS
from gateway.resolvers.data_report import DATA_REPORTS
from gateway.resolvers.declaration import DECLARATIONS
from gateway.resolvers.download import Kind
from gateway.resolvers.invoice import INVOICE_DATA, INVOICES
from gateway.resolvers.invoice_export import INVOICE_EXPORTS
from gateway.resolvers.mail_client import MAIL_PROFILES
from gateway.resolvers.outcome import Outcome, done


@dataclass(frozen=True, slots=True)
class Issued:
    """Where to get the file, and until when."""

    path: str
    expires_at: datetime


def tickets_for(kind: Kind[Any], field: str) -> Callable[[Context, Any], Awaitable[Outcome]]:
    """The mutation that gives tickets for files of a kind; `field` is that of its input with the id, in GraphQL's words."""
    attribute = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in field)

    async def ticket_create(context: Context, input: Any) -> Outcome:
        """A ticket for a file the viewer can have now."""
        viewer, now = context.signed_in, context.now
        row = await kind.find_by_id(viewer, getattr(input, attribute))
        if row is None or not kind.available(row, now):
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=("input", field))
        path, lifetime = kind.path_of(row), context.parts.settings.ticket_lifetime
        token = await issue_ticket(viewer, path, lifetime, now)
        return done(ticket=Issued(f"{path}?ticket={token}", now + timedelta(seconds=lifetime)))

    return ticket_create


invoice_ticket_create = tickets_for(INVOICES, "invoiceId")
invoice_xml_ticket_create = tickets_for(INVOICE_DATA, "invoiceId")
agreement_ticket_create = tickets_for(AGREEMENTS, "agreementId")
declaration_ticket_create = tickets_for(DECLARATIONS, "declarationId")
data_report_ticket_create = tickets_for(DATA_REPORTS, "dataReportId")
cancellation_ticket_create = tickets_for(CANCELLATIONS, "cancellationId")
mail_profile_ticket_create = tickets_for(MAIL_PROFILES, "mailboxId")
invoice_export_ticket_create = tickets_for(INVOICE_EXPORTS, "invoiceExportId")
