"""Repeating a direct debit: what is asked before, and what is written, all of it in one unit of work (SECURITY MO1).

The invoice is taken by a conditional UPDATE: of many who ask at the same time one changes its state, and the others find that
it has changed. `Debit.active_for` is unique beside it, so that whatever else writes cannot make a second one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gateway.auth import audit, visible
from gateway.auth.bank_account import BankAccounts, NewAccount
from gateway.auth.client import Client
from gateway.auth.notices import notify
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.documents.company import Company
from gateway.errors import ErrorCode, GatewayError
from models import BankAccount, Customer, Debit, DebitState, Invoice, InvoiceState, MandateSequence
from models.ids import new_id, prefix_of
from models.rules import debit as rule
from models.rules.bank_day import collection_day
from models.rules.berlin import berlin_day
from models.rules.decision import Decision, Refused
from models.rules.money import format_money

WHICH = ("input", "invoiceId")


@dataclass(frozen=True, slots=True)
class Standing:
    """An invoice with everything a debit of it depends on, as it was read."""

    invoice: Invoice
    claim: rule.Claim
    account: BankAccount | None


def conflict(reason: str) -> GatewayError:
    """What the menu says as well."""
    return GatewayError(ErrorCode.CONFLICT, f"refused.{reason}", path=WHICH)


def changed_meanwhile() -> GatewayError:
    """Somebody else was quicker."""
    return GatewayError(ErrorCode.CONFLICT, "debit.changed_meanwhile", path=WHICH)


def mandate_of(account: BankAccount | None) -> rule.Mandate | None:
    """The mandate of bank details, as the rule takes it."""
    if account is None:
        return None
    revoked = account.mandate_revoked_at is not None
    return rule.Mandate(account.mandate_reference, account.mandate_signed_on, account.mandate_used_on, revoked)


class Debits:
    """Repeats direct debits for a creditor, announced some days before (`notice_days`)."""

    def __init__(self, company: Company, accounts: BankAccounts, notice_days: int) -> None:
        self._company = company
        self._accounts = accounts
        self._notice_days = notice_days

    async def demand_repeatable(self, viewer: Viewer, invoice_id: str, now: datetime, *, new_account: bool) -> None:
        """Raise `NOT_FOUND` or `CONFLICT` for what would be refused anyway, before anything slow is done."""
        self._demand(await _standing(viewer, invoice_id), now, new_account=new_account)

    async def repeat(
        self, viewer: Viewer, invoice_id: str, account: NewAccount | None, client: Client, now: datetime
    ) -> str:
        """Ask for the debit, from another account when there is one: the id of the debit. Inside a unit of work.

        Raises `NOT_FOUND`, and `CONFLICT` with the words of the menu's reason or because somebody else was quicker.
        """
        held = None if account is None else await hold_customer(viewer.customer_id)
        seen = await _standing(viewer, invoice_id)
        self._demand(seen, now, new_account=account is not None)
        invoice, attempt = seen.invoice, seen.claim.attempts + 1
        untouched = visible.invoices(viewer).filter(id=invoice.id, state=invoice.state, debits=invoice.debits)
        if await untouched.update(state=InvoiceState.DEBIT_PENDING, debits=attempt) != 1:
            raise changed_meanwhile()
        if await _due(viewer, invoice) != seen.claim.due_minor:
            raise changed_meanwhile()  # a payment was booked between reading and taking it
        customer = await self._with(account, held, viewer, client, now)
        payer = await visible.bank_accounts(viewer).select_for_update(no_key=True).first()
        if payer is None or (account is None and payer.mandate_reference != _reference(seen.account)):
            raise changed_meanwhile()
        debit = await self._written(viewer, seen, payer, attempt, now)
        await self._tell(viewer, customer, invoice, debit, payer, client, now)
        return str(debit.id)

    def _demand(self, standing: Standing, now: datetime, *, new_account: bool) -> None:
        decision = self.decide(standing.claim, mandate_of(standing.account), berlin_day(now), new_account=new_account)
        if isinstance(decision, Refused):
            raise conflict(decision.reason)

    def decide(self, claim: rule.Claim, mandate: rule.Mandate | None, today: date, *, new_account: bool) -> Decision:
        """The rule, for this creditor."""
        return decide(self._company, claim, mandate, today, new_account=new_account)

    async def _with(
        self, account: NewAccount | None, held: Customer | None, viewer: Viewer, client: Client, now: datetime
    ) -> Customer:
        if account is None or held is None:
            return await visible.customers(viewer).get()
        return await self._accounts.replace(viewer, held, account, client, now)

    async def _written(self, viewer: Viewer, seen: Standing, payer: BankAccount, attempt: int, now: datetime) -> Debit:
        id = new_id("deb")
        return await Debit.create(
            id=id,
            customer_id=viewer.customer_id,
            invoice_id=seen.invoice.id,
            active_for=seen.invoice.id,
            attempt=attempt,
            state=DebitState.REQUESTED,
            amount_minor=seen.claim.due_minor,
            currency=seen.claim.currency,
            holder=payer.holder,
            iban_sealed=payer.iban_sealed,
            iban_last4=payer.iban_last4,
            mandate_reference=payer.mandate_reference,
            mandate_signed_on=payer.mandate_signed_on,
            sequence=await _sequence(viewer, payer),
            end_to_end_id=end_to_end_id(id),
            collect_on=collection_day(berlin_day(now), self._notice_days),
            requested_at=now,
        )

    async def _tell(
        self,
        viewer: Viewer,
        customer: Customer,
        invoice: Invoice,
        debit: Debit,
        payer: BankAccount,
        client: Client,
        now: datetime,
    ) -> None:
        """The audit log, and the pre-notification (EPC016-06, 4.3.4) as a mail."""
        await audit.record(
            audit.actor_of(viewer), client, now, "debit.repeat", object_id=invoice.id,
            detail={
                "name": invoice.number, "attempt": debit.attempt, "amount_minor": debit.amount_minor,
                "currency": debit.currency, "collect_on": debit.collect_on.isoformat(),
                "mandate": debit.mandate_reference, "last4": debit.iban_last4,
            },
        )  # fmt: skip
        await notify(
            customer, "debit_announced", now, invoice=invoice.number,
            amount=format_money(debit.amount_minor, debit.currency, customer.language),
            collect_on=debit.collect_on.isoformat(), reference=debit.mandate_reference,
            creditor=self._company.creditor_id, company=self._company.name, bank=payer.bank_name, last4=payer.iban_last4,
        )  # fmt: skip


def decide(
    company: Company, claim: rule.Claim, mandate: rule.Mandate | None, today: date, *, new_account: bool
) -> Decision:
    """Whether an invoice can be debited again: from the account there is, or from one that comes with the request."""
    offered = company.creditor_id is not None
    if new_account:
        return rule.collectable(claim, offered=offered)
    return rule.repeatable(claim, mandate, today, offered=offered)


def end_to_end_id(debit_id: str) -> str:
    """What a debit is called at banks: its id in the characters that every bank passes on (EPC217-08)."""
    return debit_id.replace("_", "-").upper()


async def _standing(viewer: Viewer, invoice_id: str) -> Standing:
    found = await visible.invoices(viewer).get_or_none(id=invoice_id) if prefix_of(invoice_id) == "inv" else None
    if found is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    last = await visible.debits(viewer).filter(invoice_id=found.id).order_by("-attempt").first()
    claim = rule.Claim(
        kind=found.kind.value,
        state=found.state.value,
        due_minor=await _due(viewer, found),
        currency=found.currency,
        attempts=found.debits,
        last=None if last is None else rule.LastDebit(last.state.value, last.return_code, last.mandate_reference),
    )
    return Standing(found, claim, await visible.bank_accounts(viewer).first())


async def _due(viewer: Viewer, invoice: Invoice) -> int:
    """What is neither paid nor credited."""
    paid = await visible.payments(viewer).filter(invoice_id=invoice.id).values_list("amount_minor", flat=True)
    credited = await visible.invoices(viewer).filter(corrects_id=invoice.id).values_list("gross_minor", flat=True)
    amounts: list[Any] = [*paid, *credited]
    return int(invoice.gross_minor - sum(amounts))


def _reference(account: BankAccount | None) -> str | None:
    return None if account is None else account.mandate_reference


async def _sequence(viewer: Viewer, payer: BankAccount) -> MandateSequence:
    """The first collection under a mandate, or a later one."""
    before = visible.debits(viewer).filter(mandate_reference=payer.mandate_reference)
    used = payer.mandate_used_on is not None or await before.exclude(state=DebitState.WITHDRAWN).exists()
    return MandateSequence.RCUR if used else MandateSequence.FRST
