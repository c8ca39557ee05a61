"""Data processing agreements (Art. 28 GDPR): what is on offer, what was concluded, and who processes data for us."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadAccount, WriteAccount
from gateway.errors import ErrorCode
from gateway.resolvers import agreement as resolve
from gateway.resolvers.agreement_conclusion import agreement_conclude
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, mutation, one, where
from gateway.schema.money import Language
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import AgreementEventKind, AgreementState
from models.rules.sub_processors import SubProcessorChangeKind

_LANGUAGE = {"language": (Language | None, "The language; by default that of the request.", None)}


@entity(models.AgreementVersion, description="A version of the data processing agreement (Art. 28 GDPR).")
class AgreementVersion(Node):
    number: str | None = column(ReadAccount, "What it is called: `2026-1`. `agreementConclude` asks for it.")
    valid_from: date | None = column(ReadAccount, "The first day on which it can be concluded, until the next version.")
    text: str | None = computed(
        ReadAccount,
        "The whole text with its annexes, in Markdown: headings, paragraphs and flat lists. The annex of sub-processors is "
        "`subProcessors`.",
        resolve.text,
        needs=("text_de", "text_en"),
        arguments=_LANGUAGE,
    )


@entity(models.SubProcessor, description="A company that processes data on the provider's behalf (Art. 28 (2) GDPR).")
class SubProcessor(Node):
    name: str | None = column(ReadAccount, "The company.")
    address: str | None = column(ReadAccount, "Where it processes the data.")
    country: str | None = column(ReadAccount, "The country of that place, as a code of ISO 3166-1 alpha-2.")
    purpose: str | None = computed(
        ReadAccount, "What it does.", resolve.text, needs=("purpose_de", "purpose_en"), arguments=_LANGUAGE
    )
    safeguard: str | None = column(
        ReadAccount, "What allows a transfer to that country (Art. 44 ff. GDPR); null inside the EU and the EEA."
    )
    announced_on: date | None = column(ReadAccount, "When customers were told of it.")
    since: date | None = column(ReadAccount, "The first day of its work as described here.")
    until: date | None = column(ReadAccount, "The first day on which that is over; null: no end is announced.")
    end_announced_on: date | None = column(ReadAccount, "When customers were told of the end.")


@strawberry.type(description="A change of the list of sub-processors.")
class SubProcessorChange:
    kind: SubProcessorChangeKind = column(ReadAccount, "What becomes of the list.")
    announced_on: date = column(ReadAccount, "When customers were told.")
    effective_on: date = column(ReadAccount, "From which day on.")
    sub_processor: SubProcessor | None = column(ReadAccount, "The entry that is added, or removed.", "what")
    previous: SubProcessor | None = column(ReadAccount, "What it takes the place of, if it is changed.")


@strawberry.enum(description="What entries of a log of agreements can be ordered by.")
class AgreementEventOrderField(Enum):
    OCCURRED = strawberry.enum_value(SortKey("occurred_at"), description="By the time they happened.")


@strawberry.input(description="One entry of an order of a log of agreements.")
class AgreementEventOrder:
    field: AgreementEventOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@entity(models.AgreementFile, description="The document of an agreement: a PDF that never changes.")
class AgreementFile:
    sha256: str = column(ReadAccount, "The SHA-256 checksum of the file, in hexadecimal.")
    created_at: datetime = column(ReadAccount, "When it was made.")


@entity(models.Agreement, description="A data processing agreement that was requested or concluded.")
class Agreement(Node):
    state: AgreementState | None = column(ReadAccount, "How far it is.")
    version: AgreementVersion | None = one(ReadAccount, "The version of the text.")
    signatory: str | None = column(ReadAccount, "Who concluded it for the customer.")
    language: str | None = column(ReadAccount, "The language of the document (ISO 639-1).")
    requested_at: datetime | None = column(ReadAccount, "When it was asked for.")
    concluded_at: datetime | None = column(ReadAccount, "When it was concluded.")
    superseded_at: datetime | None = column(ReadAccount, "When another version was concluded instead.")
    download_path: str | None = computed(
        ReadAccount,
        "Where its document (PDF) is, with a bearer token; null before it is concluded. Browsers get a one-time address "
        "from `agreementTicketCreate`.",
        resolve.download_path,
        needs=("id", "state"),
    )
    file: AgreementFile | None = one(ReadAccount, "The document; null before it is concluded.")


@entity(models.AgreementEvent, description="An entry of the log of agreements.")
class AgreementEvent:
    id: strawberry.ID = column(ReadAccount, "The id of the entry.")
    kind: AgreementEventKind = column(ReadAccount, "What happened.")
    occurred_at: datetime = column(ReadAccount, "When.")
    agreement: Agreement | None = one(ReadAccount, "The agreement it happened to.")


@strawberry.input(description="Which entries of the log to list; every condition given must be met.")
class AgreementEventFilter:
    kind: list[AgreementEventKind] | None = where("Of one of these kinds.", "kind", "in")
    agreement: list[strawberry.ID] | None = where("Of one of these agreements.", "agreement_id", "in")


@strawberry.enum(description="What agreements can be ordered by.")
class AgreementOrderField(Enum):
    REQUESTED = strawberry.enum_value(SortKey("requested_at"), description="By the time they were asked for.")


@strawberry.input(description="One entry of an order of agreements.")
class AgreementOrder:
    field: AgreementOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which agreements to list; every condition given must be met.")
class AgreementFilter:
    state: list[AgreementState] | None = where("In one of these states.", "state", "in")


@strawberry.enum(description="What versions of the agreement can be ordered by.")
class AgreementVersionOrderField(Enum):
    VALID_FROM = strawberry.enum_value(SortKey("valid_from"), description="By their first day.")


@strawberry.input(description="One entry of an order of versions.")
class AgreementVersionOrder:
    field: AgreementVersionOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.type(description="What can be read and concluded today.")
class AgreementOffer:
    version: AgreementVersion | None = column(ReadAccount, "The version that is valid today.")
    sub_processors: list[SubProcessor] | None = column(ReadAccount, "The annex: the sub-processors of today.")
    agreement: Agreement | None = column(ReadAccount, "The customer's agreement in this version, if there is one.")


async def agreement_offer(info: strawberry.Info) -> Any:
    """What `Query.agreementOffer` asks."""
    return await resolve.agreement_offer(info.context)


async def sub_processors(
    info: strawberry.Info,
    at: Annotated[date | None, strawberry.argument(description="The day; by default today.")] = None,
) -> Any:
    """What `Query.subProcessors` asks."""
    return await resolve.sub_processors(info.context, at)


async def sub_processor_changes(info: strawberry.Info) -> Any:
    """What `Query.subProcessorChanges` asks."""
    return await resolve.sub_processor_changes(info.context)


def agreement_connection() -> Any:
    """`Query.agreements`."""
    return connection(
        ReadAccount,
        "All data processing agreements that were requested or concluded (Art. 28 GDPR), latest first.",
        models.Agreement,
        entry=AgreementOrder,
        order=AgreementOrderField,
        default=((AgreementOrderField.REQUESTED, True),),
        filter=AgreementFilter,
    )


def agreement_event_connection() -> Any:
    """`Query.agreementEvents`."""
    return connection(
        ReadAccount,
        "The log of all agreements: what was requested, concluded, superseded and downloaded, latest first.",
        models.AgreementEvent,
        entry=AgreementEventOrder,
        order=AgreementEventOrderField,
        default=((AgreementEventOrderField.OCCURRED, True),),
        filter=AgreementEventFilter,
    )


def agreement_version_connection() -> Any:
    """`Query.agreementVersions`."""
    return connection(
        ReadAccount,
        "All versions of the data processing agreement, announced ones too, latest first.",
        models.AgreementVersion,
        entry=AgreementVersionOrder,
        order=AgreementVersionOrderField,
        default=((AgreementVersionOrderField.VALID_FROM, True),),
    )


@strawberry.type(description="What asking for a data processing agreement gives.")
class AgreementRequestPayload:
    agreement: Agreement | None = column(WriteAccount, "The agreement in the version that is valid today.")
    errors: list[UserError] = column(WriteAccount, "Why there is none.")


@strawberry.input(description="What was read, and who concludes it.")
class AgreementConcludeInput:
    version: str = strawberry.field(description="The number of the version that was read: that of `agreementOffer`.")
    signatory: str = strawberry.field(
        description="The full name of the person who concludes it for the customer: 3 to 160 characters."
    )
    language: Language | None = strawberry.field(
        default=None, description="The language it was read in; by default that of letters to the customer."
    )


@strawberry.type(description="What concluding a data processing agreement gives.")
class AgreementConcludePayload:
    agreement: Agreement | None = column(WriteAccount, "The agreement, concluded.")
    errors: list[UserError] = column(WriteAccount, "Why it was not concluded.")


@strawberry.type(description="Data processing agreements.")
class AgreementMutation:
    agreement_request: AgreementRequestPayload | None = mutation(
        WriteAccount,
        "Ask for the data processing agreement in the version that is valid today; a mail says how to go on. Asking again "
        "changes nothing. It can also be concluded without.",
        resolve.agreement_request,
        None,
        ErrorCode.NOT_FOUND,
    )
    agreement_conclude: AgreementConcludePayload | None = mutation(
        WriteAccount,
        "Conclude the data processing agreement in the version that was read. Its document is made and kept, an agreement "
        "in an older version is superseded and kept as well, and a mail confirms it. The same again changes nothing.",
        agreement_conclude,
        AgreementConcludeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        step_up=True,
    )
