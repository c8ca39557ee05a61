"""From rows to the document: what is taken, what is left out, and that whatever is imported can be drawn."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.documents.company import DEMO_COMPANY, Company
from gateway.documents.invoice import InvoiceDocument, PaymentState
from gateway.jobs.importing.sums import tax_adds_up
from gateway.resolvers.invoice_document import InvoiceRows, invoice_document
from models import BankAccount, Customer, Invoice, InvoiceLine, InvoiceState, InvoiceTax

PERSON = {"number": "10001", "first_name": "Zoë", "last_name": "Müller", "street": "Weg 1", "postcode": "1",
          "city": "Kiel", "country": "DE"}  # fmt: skip


def document(
    customer: dict[str, Any] | None = None, nets: tuple[int, ...] = (1_000,), vat: int = 190, rate: int = 1_900,
    account: BankAccount | None = None, company: Company = DEMO_COMPANY, **invoice: Any,
) -> InvoiceDocument:  # fmt: skip
    """The document of rows that no database has seen."""
    net = sum(nets)
    values = {"number": "1", "state": InvoiceState.OPEN, "issued_on": date(2026, 2, 1), "due_on": date(2026, 2, 15),
              "currency": "EUR", "net_minor": net, "vat_minor": vat, "gross_minor": net + vat}  # fmt: skip
    lines = [
        InvoiceLine(position=index, description="x", quantity_thousandths=1_000, unit="month", unit_net_minor=amount,
                    net_minor=amount, vat_basis_points=rate, currency="EUR")
        for index, amount in enumerate(nets, 1)
    ]  # fmt: skip
    taxes = [InvoiceTax(vat_basis_points=rate, net_minor=net, vat_minor=vat, currency="EUR")]
    rows = InvoiceRows(Invoice(**values | invoice), Customer(**PERSON | (customer or {})), lines, taxes, [], account)
    return invoice_document(rows, company, "de")


def account() -> BankAccount:
    return BankAccount(holder="Z", iban_sealed="sealed", iban_last4="4321", mandate_reference="M-1")


@pytest.mark.parametrize(
    ("customer", "name", "extra"),
    [
        ({}, "Zoë Müller", None),
        ({"address_extra": "Hinterhaus"}, "Zoë Müller", "Hinterhaus"),
        ({"first_name": None}, "Müller", None),
        ({"company_name": "Süßkind OHG"}, "Süßkind OHG", "Zoë Müller"),
        ({"company_name": "Süßkind OHG", "address_extra": "Hof 2"}, "Süßkind OHG", "Zoë Müller, Hof 2"),
        ({"company_name": "Süßkind OHG", "first_name": None, "last_name": None}, "Süßkind OHG", None),
    ],
)
def test_the_recipient_is_a_person_or_a_company_with_its_contact(
    customer: dict[str, Any], name: str, extra: str | None
) -> None:
    recipient = document(customer).recipient
    assert (recipient.name, recipient.extra) == (name, extra)


@pytest.mark.parametrize("state", list(InvoiceState))
def test_every_state_has_its_text(state: InvoiceState) -> None:
    assert document(state=state).state is PaymentState[state.name]


def test_a_period_with_one_known_end_is_that_day() -> None:
    day = date(2026, 1, 1)
    for known in ({"period_from": day}, {"period_to": day}):
        made = document(**known)  # type: ignore[arg-type]  # a column of the invoice
        assert (made.period_from, made.period_to) == (day, day)


def test_the_mandate_is_shown_where_there_is_one_and_the_company_can_collect() -> None:
    debit = document(account=account()).direct_debit
    assert debit is not None
    assert (debit.mandate_reference, debit.creditor_id, debit.iban_last4) == ("M-1", DEMO_COMPANY.creditor_id, "4321")
    assert document().direct_debit is None
    plain = Company(name="x", street="", postcode="", city="", country="DE", iban="", vat_id="DE1")
    assert document(account=account(), company=plain).direct_debit is None


@given(
    st.lists(st.integers(-1_000, 1_000), min_size=1, max_size=4),
    st.sampled_from([0, 700, 1_900, 2_550, 10_000]),
    st.integers(-4, 4),
)
def test_an_invoice_that_can_be_imported_can_be_drawn(nets: list[int], rate: int, off: int) -> None:
    vat = sum(nets) * rate // 10_000 + off
    if tax_adds_up(sum(nets), rate, vat, len(nets)):
        assert document(nets=tuple(nets), vat=vat, rate=rate).vat_minor == vat
    else:
        with pytest.raises(ValueError, match="VAT"):
            document(nets=tuple(nets), vat=vat, rate=rate)
