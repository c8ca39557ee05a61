"""Invoices beside the monthly ones: work paid by transfer, work for a branch abroad, and credit for what was cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from gateway.jobs.demo.billing import single_invoice
from gateway.jobs.demo.catalogue import VAT
from gateway.jobs.demo.people import Role
from gateway.jobs.demo.times import Times
from gateway.jobs.importing.customer import CustomerRecord
from gateway.jobs.importing.invoice import BuyerRecord, InvoiceRecord, LineRecord
from models import InvoiceKind, InvoiceState, VatCategory

DAYS_TO_PAY = 30

MOVE = LineRecord(
    description="Umzug des Onlineshops, Stunden",
    quantity_thousandths=3_500,
    unit="hour",
    unit_net_minor=8_900,
    net_minor=31_150,
    vat_basis_points=VAT,
)
TRAINING = LineRecord(
    description="Schulung Onlineshop für die Filiale Salzburg, Stunden",
    quantity_thousandths=4_000,
    unit="hour",
    unit_net_minor=9_500,
    net_minor=38_000,
    vat_category=VatCategory.AE,
    vat_basis_points=0,
)
REVERSE_CHARGE = "Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG)"
BRANCH = BuyerRecord(
    name="Bäumler Tee Handels GmbH",
    street="Linzer Gasse 12",
    postcode="5020",
    city="Salzburg",
    country="AT",
    vat_id="ATU13585627",
)


def buyer(record: CustomerRecord) -> BuyerRecord:
    """A customer as the buyer on their invoice."""
    return BuyerRecord(
        name=record.company_name or f"{record.first_name} {record.last_name}",
        street=record.street,
        postcode=record.postcode,
        city=record.city,
        country=record.country,
    )


def single_invoices(
    role: Role, buyer: BuyerRecord, monthly: Sequence[InvoiceRecord], times: Times
) -> Iterator[InvoiceRecord]:
    """Those of a role that has some (`Role.single_invoices`), after the monthly ones they belong to."""
    if not role.single_invoices:
        return
    issued_on = times.today - timedelta(days=9)
    due_on = issued_on + timedelta(days=DAYS_TO_PAY)
    yield single_invoice(
        role, [MOVE], f"R{issued_on:%Y}-700001", issued_on, due_on, times, state=InvoiceState.OPEN, buyer=buyer
    )
    issued_on = times.today - timedelta(days=100)
    due_on = issued_on + timedelta(days=DAYS_TO_PAY)
    yield single_invoice(
        role, [TRAINING], f"R{issued_on:%Y}-700002", issued_on, due_on, times, state=InvoiceState.PAID, buyer=BRANCH,
        exempt=REVERSE_CHARGE,
    )  # fmt: skip
    for number, cancelled in enumerate((one for one in monthly if one.state is InvoiceState.CANCELLED), 1):
        issued_on = times.after(cancelled.issued_on, 6)
        yield cancelled.model_copy(
            update={
                "number": f"G{issued_on:%Y}-{700_000 + number}",
                "document": InvoiceKind.CREDIT_NOTE,
                "corrects": cancelled.number,
                "state": InvoiceState.PAID,
                "issued_on": issued_on,
                "due_on": issued_on,
                "payments": (),
                "created_at": times.morning(issued_on),
            }
        )
