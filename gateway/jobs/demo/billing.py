"""Invoices: one a month and customer over what falls due in it, paid, open, overdue or returned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count

from gateway.jobs.demo.catalogue import PRODUCTS, VAT
from gateway.jobs.demo.people import Role
from gateway.jobs.demo.sites import Shelf
from gateway.jobs.demo.times import Times
from gateway.jobs.importing.catalogue import TariffRecord
from gateway.jobs.importing.invoice import BuyerRecord, InvoiceRecord, LineRecord, PaymentRecord, TaxRecord
from gateway.jobs.importing.sums import vat_of
from models import InvoiceState, PaymentMethod
from models.rules.term import add_months

TARIFFS: dict[str, TariffRecord] = {tariff.code: tariff for product in PRODUCTS for tariff in product.tariffs()}
SET_UP_NET = 840
"""Cents, once for each package in its first month."""

HANDBOOK = LineRecord(
    description="Buch „Das kleine Handbuch zum Onlinehandel“",
    quantity_thousandths=1_000,
    unit="piece",
    unit_net_minor=2_327,
    net_minor=2_327,
    vat_basis_points=700,
)
"""A book, at the reduced rate (§ 12 (2) UStG), so that the demo has an invoice with two rates."""


def invoices(role: Role, shelves: Sequence[Shelf], times: Times, numbers: count[int]) -> Iterator[InvoiceRecord]:
    """The invoices of a customer, oldest first."""
    months: dict[date, list[LineRecord]] = defaultdict(list)
    for shelf in shelves:
        for month, line in _lines(shelf, times):
            months[month].append(line)
    ordered = sorted(months)
    if role.username and ordered:
        months[ordered[0]].append(HANDBOOK)
    past = [month for month in ordered if _due(month) < times.today]
    fates = dict(zip(reversed(past), role.fate, strict=False))
    for month in ordered:
        state = InvoiceState(fates.get(month, "PAID")) if month in past else InvoiceState.OPEN
        yield _invoice(role, month, months[month], state, f"R{month:%Y}-{next(numbers)}", times)


def _due(month: date) -> date:
    """Thirty days after the third: whatever day the demo is made, the invoices of the current month are open."""
    return month + timedelta(days=32)


def _lines(shelf: Shelf, times: Times) -> Iterator[tuple[date, LineRecord]]:
    """What a package costs, by the first day of the month in which it is invoiced."""
    contract, tariff = shelf.contract, TARIFFS[shelf.contract.tariff]
    yearly = tariff.billing_months == 12
    unit = "year" if yearly else "month"
    last = min(contract.ends_on or times.today, times.today)
    for period in count():
        starts_on = add_months(contract.starts_on, period * tariff.billing_months)
        month = starts_on.replace(day=1)
        if starts_on > last:
            return
        name = f"{tariff.name} „{shelf.package.name}“, {shelf.package.order_number}"
        yield month, _line(name[:240], 1, unit, tariff.net_minor, shelf)
        for add_on in shelf.add_ons:
            yield month, _line(add_on.name, add_on.quantity, unit, add_on.net_minor, shelf)
        if period == 0:
            yield month, _line(f"Einrichtung {shelf.product.name}", 1, "piece", SET_UP_NET, shelf)


def _line(description: str, quantity: int, unit: str, unit_net_minor: int, shelf: Shelf) -> LineRecord:
    return LineRecord(
        description=description,
        quantity_thousandths=quantity * 1_000,
        unit=unit,
        unit_net_minor=unit_net_minor,
        net_minor=quantity * unit_net_minor,
        vat_basis_points=VAT,
        package=shelf.package.identification,
    )


def _taxes(lines: Sequence[LineRecord], exempt: str | None = None) -> tuple[TaxRecord, ...]:
    """The VAT by rate; `exempt` is why there is none where the rate is 0."""
    nets: dict[int, int] = defaultdict(int)
    kinds = {line.vat_basis_points: line.vat_category for line in lines}
    for line in lines:
        nets[line.vat_basis_points] += line.net_minor
    return tuple(
        TaxRecord(
            vat_category=kinds[rate],
            vat_basis_points=rate,
            exemption_reason=None if rate else exempt,
            net_minor=net,
            vat_minor=vat_of(net, rate),
        )
        for rate, net in sorted(nets.items())
    )


def single_invoice(
    role: Role,
    lines: Sequence[LineRecord],
    number: str,
    issued_on: date,
    due_on: date,
    times: Times,
    *,
    state: InvoiceState,
    buyer: BuyerRecord,
    exempt: str | None = None,
) -> InvoiceRecord:
    """An invoice beside the monthly ones, to be paid by transfer; a paid one was a week before it was due."""
    taxes = _taxes(lines, exempt)
    net, vat = sum(tax.net_minor for tax in taxes), sum(tax.vat_minor for tax in taxes)
    paid_on = due_on - timedelta(days=7)
    paid = (_payment(PaymentMethod.TRANSFER, paid_on, net + vat, number),) if state is InvoiceState.PAID else ()
    return InvoiceRecord(
        number=number,
        customer=role.number,
        payment_method=PaymentMethod.TRANSFER,
        buyer=buyer,
        state=state,
        issued_on=issued_on,
        due_on=due_on,
        period_from=issued_on - timedelta(days=7),
        period_to=issued_on - timedelta(days=3),
        currency="EUR",
        net_minor=net,
        vat_minor=vat,
        gross_minor=net + vat,
        lines=tuple(lines),
        taxes=taxes,
        payments=paid,
        created_at=times.morning(issued_on),
    )


def _invoice(
    role: Role, month: date, lines: Sequence[LineRecord], state: InvoiceState, number: str, times: Times
) -> InvoiceRecord:
    taxes = _taxes(lines)
    net, vat = sum(tax.net_minor for tax in taxes), sum(tax.vat_minor for tax in taxes)
    issued_on = times.after(month, 2)
    return InvoiceRecord(
        number=number,
        customer=role.number,
        state=state,
        issued_on=issued_on,
        due_on=_due(month),
        period_from=month,
        period_to=add_months(month, 1) - timedelta(days=1),
        currency="EUR",
        net_minor=net,
        vat_minor=vat,
        gross_minor=net + vat,
        lines=tuple(lines),
        taxes=taxes,
        payments=tuple(_payments(state, _due(month), net + vat, number, times)),
        created_at=times.morning(issued_on),
    )


def _payments(state: InvoiceState, due_on: date, gross: int, number: str, times: Times) -> Iterator[PaymentRecord]:
    """Paid at once; returned by the bank five days later; or, when overdue, half of it so far."""
    if state in (InvoiceState.PAID, InvoiceState.DEBIT_RETURNED):
        yield _payment(PaymentMethod.DIRECT_DEBIT, due_on, gross, f"Lastschrift {number}")
    if state is InvoiceState.DEBIT_RETURNED:
        yield _payment(PaymentMethod.DIRECT_DEBIT, times.after(due_on, 5), -gross, f"Rücklastschrift {number}")
    if state is InvoiceState.OVERDUE:
        yield _payment(PaymentMethod.TRANSFER, due_on, gross // 2, f"Teilzahlung {number}")


def _payment(method: PaymentMethod, paid_on: date, amount: int, reference: str) -> PaymentRecord:
    return PaymentRecord(method=method, paid_on=paid_on, amount_minor=amount, reference=reference)
