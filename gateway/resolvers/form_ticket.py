"""Download tickets for forms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gateway.auth import visible
from gateway.auth.tickets import issue_ticket
from gateway.context import Context
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.form import FORMS, HOLDER_CHANGE
from gateway.resolvers.form_file import form_rows
from gateway.resolvers.outcome import Outcome, done
from gateway.resolvers.ticket import Issued
from models.rules.decision import Refused


async def form_ticket_create(context: Context, input: Any) -> Outcome:
    """A ticket for a form of a contract, if it can be used now."""
    viewer, kind = context.signed_in, FORMS[input.kind]
    contract = await kind.find_by_id(viewer, input.contract_id)
    if contract is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=("input", "contractId"))
    decision = (await form_rows(viewer, contract)).decide(input.kind, context.now)
    if isinstance(decision, Refused):
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=("input", "kind"))
    return await _issued(context, kind.path_of(contract), input.language)


async def holder_change_ticket_create(context: Context) -> Outcome:
    """A ticket for the form that transfers all contracts."""
    customer = await visible.customers(context.signed_in).get()
    return await _issued(context, HOLDER_CHANGE.path_of(customer), None)


async def _issued(context: Context, path: str, language: Any) -> Outcome:
    lifetime = context.parts.settings.ticket_lifetime
    token = await issue_ticket(context.signed_in, path, lifetime, context.now)
    asked = "" if language is None else f"&language={language.value}"
    return done(ticket=Issued(f"{path}?ticket={token}{asked}", context.now + timedelta(seconds=lifetime)))
