"""Declarations: the two steps without signing in, the form of a customer, and where receipts are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gateway.auth import visible
from gateway.auth.declaration_draft import Given
from gateway.auth.declaration_receipt import content_of
from gateway.auth.viewer import Scope
from gateway.context import Context
from gateway.documents.declaration_words import received
from gateway.messages import message
from gateway.resolvers.download import Kind
from gateway.resolvers.outcome import Outcome, done
from models import DeclarationKind

DECLARATIONS = Kind(
    noun="declaration",
    prefix="dcl",
    folder="declarations",
    suffix="pdf",
    media_type="application/pdf",
    scope=Scope.CONTRACT_READ,
    rows=visible.declarations,
    named_by="number",
)
"""The receipts of the declarations that are a customer's."""


STATEMENTS = {
    DeclarationKind.CANCELLATION: "declaration.statement.CANCELLATION",
    DeclarationKind.EXTRAORDINARY_CANCELLATION: "declaration.statement.EXTRAORDINARY_CANCELLATION",
    DeclarationKind.WITHDRAWAL: "declaration.statement.WITHDRAWAL",
}
CONFIRM_LABELS = {
    DeclarationKind.CANCELLATION: "declaration.confirm.CANCELLATION",
    DeclarationKind.EXTRAORDINARY_CANCELLATION: "declaration.confirm.EXTRAORDINARY_CANCELLATION",
    DeclarationKind.WITHDRAWAL: "declaration.confirm.WITHDRAWAL",
}
"""The words the law wants on the page, by what is declared."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What will be declared, with the words of the confirmation page."""

    kind: DeclarationKind
    statement: str
    confirm_label: str
    name: str
    identification: str | None
    contract: str
    reason: str | None
    requested_on: date | None
    email: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was declared, when it arrived, and where the document is."""

    number: str
    kind: DeclarationKind
    statement: str
    name: str
    identification: str | None
    contract: str
    reason: str | None
    requested_on: date | None
    email: str
    received_at: datetime
    received_locally: str
    content: str
    sha256: str
    download_path: str
    download_expires_at: datetime


def statement(context: Context, kind: DeclarationKind) -> str:
    """What a declaration says, in the law's words."""
    return message(STATEMENTS[kind], context.language)


async def declaration_prepare(context: Context, input: Any) -> Outcome:
    """The first step."""
    given = Given(
        input.kind, input.name, input.identification, input.contract, input.reason, input.requested_on, input.email
    )
    draft, token = await context.parts.declarations.prepare(given, context.client, context.now)
    prepared = Prepared(
        draft.kind,
        statement(context, draft.kind),
        message(CONFIRM_LABELS[draft.kind], context.language),
        draft.name,
        draft.identification,
        draft.contract,
        draft.reason,
        draft.requested_on,
        draft.email,
        draft.expires_at,
    )
    return done(draft=prepared, token=token)


async def declaration_confirm(context: Context, input: Any) -> Outcome:
    """The second step."""
    row, address = await context.parts.declarations.confirm(input.token, context.language, context.client, context.now)
    content = content_of(row)
    receipt = Receipt(
        row.number,
        row.kind,
        statement(context, row.kind),
        row.name,
        row.identification,
        row.contract_text,
        row.reason,
        row.requested_on,
        row.email,
        row.received_at,
        received(content, context.language),
        content.canonical(),
        row.sha256,
        address.path,
        address.expires_at,
    )
    return done(receipt=receipt)


async def declaration_email_confirm(context: Context, input: Any) -> Outcome:
    """Prove an address: the same answer whatever follows from it."""
    await context.parts.declarations.confirm_email(input.code, context.client, context.now)
    return done(confirmed=True)


async def extraordinary_cancellation_request(context: Context, input: Any) -> Outcome:
    """The form of a customer who is signed in."""
    forms = context.parts.extraordinary_cancellations
    return done(declaration=await forms.request(context.signed_in, input, context.client, context.now))


def download_path(context: Context, id: str, number: str) -> str:
    """Where the receipt is."""
    return DECLARATIONS.path(id, number)
