"""Cancelling through the front door, step by step, as an app does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from tests.api.service import Service
from tests.world import Caller

PREVIEW = """query($id: ID!, $domains: [DomainFateInput!]) { cancellationPreview(subjectId: $id, domains: $domains) {
  subject name allowed reason message endsOn undoUntil token revokedTariff refund { minorUnits currency }
  endings { kind count names } addOns { name }
  domains { domain { name } fate keepIn { id } reason choices { fate allowed reason message packages { id } } } } }"""

FIELDS = """id number subject state declaredAt endsOn undoUntil settledAt refund { minorUnits } content contentSha256
  package { id state } contract { id state endsOn } domain { id state endsOn } addOn { id state endsOn }
  domains { fate domain { id name } keepIn { id } } receipt { language sha256 } downloadPath"""

DECLARE = f"""mutation($input: CancellationDeclareInput!) {{ cancellationDeclare(input: $input) {{
  cancellation {{ {FIELDS} }} errors {{ code message path }} }} }}"""

UNDO = f"""mutation($input: CancellationUndoInput!) {{ cancellationUndo(input: $input) {{
  cancellation {{ {FIELDS} }} errors {{ code message path }} }} }}"""

REVEAL = """mutation($input: DomainAuthInfoRevealInput!) { domainAuthInfoReveal(input: $input) {
  domain { id } authInfo errors { code message path } } }"""


def fate(domain: str, fate: str, keep_in: str | None = None) -> dict[str, Any]:
    """A choice."""
    return {"domainId": domain, "fate": fate, "keepIn": keep_in}


async def preview(
    service: Service, id: str, domains: Sequence[dict[str, Any]] | None = None, by: Any = Caller.OWNER
) -> dict[str, Any]:
    """The preview of a cancellation."""
    reply = await service.ask(PREVIEW, {"id": id, "domains": domains}, by=by)
    shown = reply.data["cancellationPreview"]
    assert isinstance(shown, dict)
    return shown


async def declare(
    service: Service,
    id: str,
    domains: Sequence[dict[str, Any]] | None = None,
    *,
    token: str | None = None,
    key: str | None = None,
    by: Any = None,
) -> dict[str, Any]:
    """The payload of a declaration; without a `token` that of a preview made now."""
    shown = token or (await preview(service, id, domains, Caller.OWNER if by is None else by))["token"]
    given = {"subjectId": id, "previewToken": shown or "", "idempotencyKey": key or str(uuid4()), "domains": domains}
    raised = by or await service.token(Caller.OWNER, raised=True)
    payload = (await service.ask(DECLARE, {"input": given}, by=raised)).data["cancellationDeclare"]
    assert isinstance(payload, dict)
    return payload


async def declared(service: Service, id: str, domains: Sequence[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A cancellation, declared."""
    payload = await declare(service, id, domains)
    assert payload["errors"] == []
    cancellation = payload["cancellation"]
    assert isinstance(cancellation, dict)
    return cancellation


async def undo(service: Service, id: str, by: Any = None) -> dict[str, Any]:
    """The payload of taking one back."""
    raised = by or await service.token(Caller.OWNER, raised=True)
    payload = (await service.ask(UNDO, {"input": {"id": id}}, by=raised)).data["cancellationUndo"]
    assert isinstance(payload, dict)
    return payload
