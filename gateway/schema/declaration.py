"""Declarations: cancelling and withdrawing without signing in (§§ 312k, 356a BGB), and what a customer declared."""

from datetime import date, datetime
from enum import Enum
from typing import Any

import strawberry

import models
from gateway.auth.permissions import Public, ReadContracts, WriteContracts
from gateway.errors import ErrorCode
from gateway.resolvers import declaration as resolve
from gateway.schema.contract import Contract
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, mutation, one, where
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import DeclarationKind, DeclarationState

REASON = "Why: 1 to 2,000 characters. With an extraordinary cancellation only, which needs it."
DAY = "The last day the contract is to run, today at the earliest; null: the next possible. A withdrawal names none."


@strawberry.input(description="What somebody wants to declare: no more than the law lets one ask for.")
class DeclarationPrepareInput:
    kind: DeclarationKind = strawberry.field(description="What is declared.")
    name: str = strawberry.field(description="The name of the person who declares: up to 160 characters.")
    identification: str | None = strawberry.field(
        default=None,
        description="What else tells who that is, such as a customer number or an address: up to 200 characters.",
    )
    contract: str = strawberry.field(
        description="Which contract: its number, an order number, a domain, or a description; up to 400 characters."
    )
    reason: str | None = strawberry.field(default=None, description=REASON)
    requested_on: date | None = strawberry.field(default=None, description=DAY)
    email: str = strawberry.field(description="The e-mail address the confirmation is sent to.")


@strawberry.type(description="What will be declared when it is confirmed: what the page of the second step shows.")
class DeclarationDraft:
    kind: DeclarationKind = column(Public, "What is declared.")
    statement: str = column(Public, "The same in the law's words, in the language of the request.")
    confirm_label: str = column(Public, "What the button of the second step says: nothing else may stand on it.")
    name: str = column(Public, "Who declares.")
    identification: str | None = column(Public, "What else tells who that is.")
    contract: str = column(Public, "Which contract.")
    reason: str | None = column(Public, "Why.")
    requested_on: date | None = column(Public, "The last day the contract is to run; null: the next possible.")
    email: str = column(Public, "Where the confirmation goes.")
    expires_at: datetime = column(Public, "Until when it can be confirmed.")


@strawberry.type(description="What preparing a declaration gives.")
class DeclarationPreparePayload:
    draft: DeclarationDraft | None = column(Public, "What will be declared.")
    token: str | None = column(Public, "What `declarationConfirm` takes: it holds the draft, and is good once.")
    errors: list[UserError] = column(Public, "Why there is nothing to confirm.")


@strawberry.input(description="The confirmation of what was prepared.")
class DeclarationConfirmInput:
    token: str = strawberry.field(description="The token of `declarationPrepare`.")


@strawberry.type(description="The receipt of a declaration (§ 312k (4), § 356a (4) BGB).")
class DeclarationReceipt:
    number: str = column(Public, "The number of the declaration.")
    kind: DeclarationKind = column(Public, "What was declared.")
    statement: str = column(Public, "The same in the law's words, in the language of the request.")
    name: str = column(Public, "Who declared.")
    identification: str | None = column(Public, "What else tells who that is.")
    contract: str = column(Public, "Which contract.")
    reason: str | None = column(Public, "Why.")
    requested_on: date | None = column(Public, "The last day the contract is to run; null: the next possible.")
    email: str = column(Public, "Where the confirmation was sent to.")
    received_at: datetime = column(Public, "When it arrived.")
    received_locally: str = column(Public, "The same for people: date and time in Berlin, and in UTC.")
    content: str = column(Public, "The canonical content: one line of JSON, as it is digested.")
    sha256: str = column(Public, "The SHA-256 of `content` in UTF-8, in hexadecimal.")
    download_path: str = column(
        Public, "Where the receipt (PDF) is, once: a path with a ticket in it. Confirming again gives another."
    )
    download_expires_at: datetime = column(Public, "Until when that is good.")


@strawberry.type(description="What confirming a declaration gives.")
class DeclarationConfirmPayload:
    receipt: DeclarationReceipt | None = column(Public, "The receipt: the declaration has arrived.")
    errors: list[UserError] = column(Public, "Why nothing was declared.")


@strawberry.input(description="The code from the mail of a declaration's receipt.")
class DeclarationEmailConfirmInput:
    code: str = strawberry.field(description="The code from the link in the mail.")


@strawberry.type(description="What confirming the address of a declaration gives.")
class DeclarationEmailConfirmPayload:
    confirmed: bool | None = column(Public, "True when the address is proven. Whose it is is not told.")
    errors: list[UserError] = column(Public, "Why it was not confirmed.")


@entity(
    models.Declaration, description="A declaration of the customer: an extraordinary cancellation, or what was matched."
)
class Declaration(Node):
    number: str | None = column(ReadContracts, "The number on its receipt.")
    kind: DeclarationKind | None = column(ReadContracts, "What was declared.")
    state: DeclarationState | None = column(ReadContracts, "How far it is.")
    name: str | None = column(ReadContracts, "Who declared, as it was written.")
    identification: str | None = column(ReadContracts, "What else tells who that is, as it was written.")
    contract_text: str | None = column(ReadContracts, "Which contract, as it was written.")
    contract: Contract | None = one(ReadContracts, "The contract it is about, once that is known.")
    reason: str | None = column(ReadContracts, "Why.")
    requested_on: date | None = column(ReadContracts, "The last day the contract is to run; null: the next possible.")
    email: str | None = column(ReadContracts, "Where the confirmation was sent to.")
    received_at: datetime | None = column(ReadContracts, "When it arrived.")
    sha256: str | None = column(ReadContracts, "The SHA-256 of its content, which the receipt shows.")
    settled_at: datetime | None = column(ReadContracts, "When it was dealt with; null: it waits.")
    note: str | None = column(ReadContracts, "What customer service says about the outcome.")
    download_path: str | None = computed(
        ReadContracts,
        "Where the receipt (PDF) is, with a bearer token. Browsers get a one-time address from `declarationTicketCreate`.",
        resolve.download_path,
        needs=("id", "number"),
    )


@strawberry.enum(description="What declarations can be ordered by.")
class DeclarationOrderField(Enum):
    RECEIVED = strawberry.enum_value(SortKey("received_at"), description="By the time they arrived.")


@strawberry.input(description="One entry of an order of declarations.")
class DeclarationOrder:
    field: DeclarationOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which declarations to list; every condition given must be met.")
class DeclarationFilter:
    state: list[DeclarationState] | None = where("In one of these states.", "state", "in")
    kind: list[DeclarationKind] | None = where("Of one of these kinds.", "kind", "in")
    contract: list[strawberry.ID] | None = where("About one of these contracts.", "contract_id", "in")


def declaration_connection() -> Any:
    """`Query.declarations`."""
    return connection(
        ReadContracts,
        "Declarations that are known to be the customer's: extraordinary cancellations from here, and what came without "
        "signing in and was matched, latest first.",
        models.Declaration,
        entry=DeclarationOrder,
        order=DeclarationOrderField,
        default=((DeclarationOrderField.RECEIVED, True),),
        filter=DeclarationFilter,
    )


@strawberry.input(description="An extraordinary cancellation (§ 314 BGB).")
class ExtraordinaryCancellationRequestInput:
    contract_id: strawberry.ID = strawberry.field(description="The id of the contract.")
    reason: str = strawberry.field(description="Why: 1 to 2,000 characters.")
    requested_on: date | None = strawberry.field(
        default=None, description="The last day the contract is to run, today at the earliest; null: the next possible."
    )
    idempotency_key: str = strawberry.field(
        description="A key of the caller's own: the same again within a day gives the same declaration."
    )


@strawberry.type(description="What asking for an extraordinary cancellation gives.")
class ExtraordinaryCancellationRequestPayload:
    declaration: Declaration | None = column(WriteContracts, "The declaration, with its receipt.")
    errors: list[UserError] = column(WriteContracts, "Why nothing was declared.")


@strawberry.type(description="Declarations.")
class DeclarationMutation:
    declaration_prepare: DeclarationPreparePayload = mutation(
        Public,
        "Cancel a contract or withdraw from one without signing in, first step: what will be declared, for the page that asks "
        "to confirm it. Nothing is stored.",
        resolve.declaration_prepare,
        DeclarationPrepareInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.RATE_LIMITED,
    )
    declaration_confirm: DeclarationConfirmPayload = mutation(
        Public,
        "The second step: the declaration arrives, and its receipt comes back at once and by mail. The same token again gives "
        "the same receipt. Nothing tells whether there is such a customer or contract.",
        resolve.declaration_confirm,
        DeclarationConfirmInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.RATE_LIMITED,
    )
    declaration_email_confirm: DeclarationEmailConfirmPayload = mutation(
        Public,
        "Prove the e-mail address of a declaration with the code from the mail. If it is the contact address of exactly one "
        "customer, the declaration becomes theirs afterwards; the answer does not say.",
        resolve.declaration_email_confirm,
        DeclarationEmailConfirmInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.RATE_LIMITED,
    )
    extraordinary_cancellation_request: ExtraordinaryCancellationRequestPayload | None = mutation(
        WriteContracts,
        "Declare the extraordinary cancellation of a contract (§ 314 BGB): a form with a receipt that customer service decides "
        "on. The contract runs on until then.",
        resolve.extraordinary_cancellation_request,
        ExtraordinaryCancellationRequestInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        ErrorCode.RATE_LIMITED,
        step_up=True,
    )
