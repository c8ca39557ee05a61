"""An extraordinary cancellation by a customer who is signed in (§ 314 BGB): a form that an operator decides on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gateway.auth import audit, visible
from gateway.auth.allowance import Allowance
from gateway.auth.client import Client
from gateway.auth.declaration import HOUR, new_declaration, tell_operator, told
from gateway.auth.declaration_draft import demand, new_number, read_text
from gateway.auth.declaration_receipt import draw_receipt, store_receipt
from gateway.auth.idempotency import Attempt
from gateway.auth.notices import notify
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.documents.company import Company
from gateway.documents.render import Renderer
from gateway.errors import ErrorCode, GatewayError
from gateway.keys import Keyring
from gateway.settings import Settings
from models import Contract, Customer, Declaration, DeclarationKind, DeclarationState
from models.ids import prefix_of
from models.rules import declaration as rule
from models.rules.berlin import berlin_day
from models.rules.decision import Refused

MUTATION = "extraordinaryCancellationRequest"
KIND = DeclarationKind.EXTRAORDINARY_CANCELLATION
CONTRACT = ("input", "contractId")


class ExtraordinaryCancellations:
    """Takes such forms."""

    def __init__(self, keyring: Keyring, settings: Settings, renderer: Renderer, company: Company) -> None:
        self._keyring = keyring
        self._operator = settings.declaration_email
        self._renderer = renderer
        self._company = company
        self._of_customer = Allowance(
            keyring, "declaration of customer", most=settings.declarations_per_email, window=HOUR
        )

    async def request(self, viewer: Viewer, given: Any, client: Client, now: datetime) -> Declaration:
        """Put it into the operators' queue, with its receipt: once for each idempotency key.

        Raises `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT` for a contract that has ended and when the customer was changed
        meanwhile, `IDEMPOTENCY_KEY_REUSED`, `RATE_LIMITED`, `UNAVAILABLE`.
        """
        attempt = Attempt.of(self._keyring, viewer, MUTATION, given, now)
        made = await attempt.before()
        if made is None:
            made = await self._take(attempt, viewer, given, client, now)
        return await visible.declarations(viewer).get(id=made)

    async def _take(self, attempt: Attempt, viewer: Viewer, given: Any, client: Client, now: datetime) -> str:
        reason = read_text("reason", given.reason)
        demand(rule.day_fits(KIND.value, given.requested_on, berlin_day(now)), "requestedOn")
        contract = await _possible(viewer, given.contract_id)
        await self._of_customer.spend(viewer.customer_id, now)
        customer = await visible.customers(viewer).get()
        language = customer.language if customer.language in ("de", "en") else "en"
        content = rule.Content(
            new_number(KIND), KIND.value, customer.display_name[: rule.LONGEST["name"]], customer.number, contract.number,
            reason, given.requested_on, customer.email, now.replace(microsecond=0),
        )  # fmt: skip
        drawn = await draw_receipt(self._renderer, self._company, content, language)

        async def write() -> str:
            held = await hold_customer(viewer.customer_id)
            if held.version != customer.version:
                raise GatewayError(ErrorCode.CONFLICT, "customer.changed_meanwhile")
            row = new_declaration(content, language, DeclarationState.MATCHED)
            row.customer_id, row.contract_id = viewer.customer_id, (await _possible(viewer, contract.id)).id
            row.confirmed_at = now
            await row.save(force_create=True)
            receipt = await store_receipt(row, drawn, now)
            await _note(viewer, contract, row, client, now)
            await _tell(held, row, content, receipt.id, now)
            if self._operator is not None:
                await tell_operator(self._operator, row, now)
            return str(row.id)

        return await attempt.once(write)


async def _possible(viewer: Viewer, contract_id: str) -> Contract:
    """The contract, if it can be ended like this. Raises `NOT_FOUND`, `CONFLICT`."""
    known = prefix_of(contract_id) == "ctr"
    contract = await visible.contracts(viewer).get_or_none(id=contract_id) if known else None
    if contract is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=CONTRACT)
    decision = rule.extraordinary_possible(contract.state.value)
    if isinstance(decision, Refused):
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=CONTRACT)
    return contract


async def _note(viewer: Viewer, contract: Contract, row: Declaration, client: Client, now: datetime) -> None:
    await audit.record(
        audit.actor_of(viewer), client, now, "declaration.request", object_id=row.id, package_id=contract.package_id,
        detail={"name": row.number, "sha256": row.sha256},
    )  # fmt: skip


async def _tell(customer: Customer, row: Declaration, content: rule.Content, receipt: str, now: datetime) -> None:
    await notify(
        customer, "extraordinary_cancellation_received", now, attached=[receipt], number=row.number,
        content=told(content, row.language),
    )  # fmt: skip
