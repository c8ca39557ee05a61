"""The demo's cancellation: the agency does without one of its add-ons, and has the receipt."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from gateway.auth.cancellation import Receipt, canonical, hold, new_number, write_declaration
from gateway.auth.cancellation_preview import preview_cancellation
from gateway.auth.client import Client
from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.documents.cancellation_pdf import render_cancellation
from gateway.documents.company import Company
from gateway.jobs.demo.people import CAST
from gateway.keys import Keyring
from gateway.resolvers.cancellation_document import cancellation_document
from models import AddOn, Cancellation, ContractState, Customer, OutboxMessage, SessionKind
from models.database import in_unit_of_work
from models.ids import new_id

AGENCY = CAST[2]
"""Whose it is."""


async def make_cancellation(keyring: Keyring, company: Company, now: datetime) -> None:
    """Declare it as the mutation does, unless there is one. The database is connected; no mail is sent of it."""
    customer = await Customer.get_or_none(number=AGENCY.number)
    if customer is None or await Cancellation.filter(customer_id=customer.id).exists():
        return
    running = AddOn.filter(customer_id=customer.id, state=ContractState.ACTIVE, contract__state=ContractState.ACTIVE)
    add_on = await running.order_by("starts_on", "id").first()
    if add_on is None:
        return
    kind = SessionKind.CUSTOMER
    viewer = Viewer(kind, customer.id, None, SCOPES_OF[kind], new_id("ses"))
    preview = await preview_cancellation(viewer, add_on.id, (), 1, now)
    if preview is None or preview.subject.contract is None or not preview.allowed:
        return
    contract_id, number = preview.subject.contract.id, new_number(now)
    content = canonical(preview, number, customer, now)
    document = cancellation_document(
        preview, customer, company, number=number, sha256=sha256(content.encode()).hexdigest(),
        language=customer.language, declared_at=now,
    )  # fmt: skip
    receipt = Receipt(number, customer.language, content, render_cancellation(document), now)

    async def declare() -> None:
        held = await hold(viewer, contract_id)
        await write_declaration(viewer, held, preview, receipt, keyring, Client("203.0.113.7", None, "demo"))
        await OutboxMessage.filter(customer_id=customer.id, kind="mail.cancellation_declared").delete()

    await in_unit_of_work(declare)
