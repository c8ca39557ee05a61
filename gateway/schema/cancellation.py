"""Cancellations: what one would mean, declaring it, taking it back, and those there are."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadContracts, ReadDomains, ReadPackages, WriteContracts
from gateway.auth.viewer import Scope
from gateway.errors import ErrorCode
from gateway.resolvers import cancellation as resolve
from gateway.resolvers.cancellation_declaration import cancellation_declare
from gateway.resolvers.package import RefusalReason
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, embed, entity, many, mutation, one, where
from gateway.schema.money import Money
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey
from models import CancellationState, CancellationSubject, DomainFate
from models.rules.cancellation import EndingKind

if TYPE_CHECKING:
    from gateway.schema.contract import AddOn, Contract
    from gateway.schema.domain import Domain
    from gateway.schema.package import Package


@entity(models.CancellationReceipt, description="The receipt of a cancellation: a PDF that never changes.")
class CancellationReceipt:
    language: str | None = column(ReadContracts, "Its language (ISO 639-1).")
    sha256: str | None = column(ReadContracts, "The SHA-256 checksum of the file, in hexadecimal.")
    created_at: datetime | None = column(ReadContracts, "When it was made.")


@entity(models.CancelledDomain, description="What becomes of a domain when a cancellation is carried out.")
class CancelledDomain:
    fate: DomainFate | None = column(ReadContracts, "What becomes of it.")
    domain: Annotated["Domain", strawberry.lazy("gateway.schema.domain")] | None = one(
        ReadDomains, "The domain.", "of_domain"
    )
    keep_in: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it moves to; null unless it is kept."
    )


@entity(
    models.Cancellation, description="The cancellation of a package with its contract, of a domain, or of an add-on."
)
class Cancellation(Node):
    number: str | None = column(ReadContracts, "Its number, which is on the receipt.")
    subject: CancellationSubject | None = column(ReadContracts, "What kind of thing was cancelled.")
    state: CancellationState | None = column(ReadContracts, "How far it is.")
    declared_at: datetime | None = column(ReadContracts, "When it was declared.")
    ends_on: date | None = column(ReadContracts, "The last day of what was cancelled, in Germany (Europe/Berlin).")
    undo_until: datetime | None = column(
        ReadContracts, "Until when it can be taken back with `cancellationUndo`: the end of the last day."
    )
    settled_at: datetime | None = column(ReadContracts, "When it was taken back or carried out.")
    refund: Money | None = embed(
        ReadContracts,
        "What is given back of a period that was paid for, VAT included: nothing where the end is that of a period.",
        minor_units="refund_minor",
        currency="currency",
    )
    content: str | None = column(
        ReadContracts, "The declaration as it is stored: JSON with sorted names and no spaces, in UTF-8."
    )
    content_sha256: str | None = column(
        ReadContracts, "The SHA-256 checksum of `content`, in hexadecimal: the one that stands on the receipt."
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package that was cancelled, or that the domain or the add-on belongs to."
    )
    contract: Annotated["Contract", strawberry.lazy("gateway.schema.contract")] | None = one(
        ReadContracts, "The contract over that package."
    )
    domain: Annotated["Domain", strawberry.lazy("gateway.schema.domain")] | None = one(
        ReadDomains, "The domain that was cancelled for itself; null for anything else."
    )
    add_on: Annotated["AddOn", strawberry.lazy("gateway.schema.contract")] | None = one(
        ReadContracts, "The add-on that was cancelled for itself; null for anything else."
    )
    domains: list[CancelledDomain] | None = many(
        ReadContracts, "What was chosen for the domains that end with it.", "domains", "of_domain_id"
    )
    receipt: CancellationReceipt | None = one(ReadContracts, "The receipt as a file.")
    download_path: str | None = computed(
        ReadContracts,
        "Where the receipt (PDF) is, with a bearer token. Browsers get a one-time address from `cancellationTicketCreate`.",
        resolve.download_path,
        needs=("id", "number"),
    )


@strawberry.enum(description="What cancellations can be ordered by.")
class CancellationOrderField(Enum):
    DECLARED = strawberry.enum_value(SortKey("declared_at"), description="By the time they were declared.")
    ENDS_ON = strawberry.enum_value(SortKey("ends_on"), description="By the last day.")


@strawberry.input(description="One entry of an order of cancellations.")
class CancellationOrder:
    field: CancellationOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which cancellations to list; every condition given must be met.")
class CancellationFilter:
    state: list[CancellationState] | None = where("In one of these states.", "state", "in")
    subject: list[CancellationSubject] | None = where("Of one of these kinds of things.", "subject", "in")
    package: list[strawberry.ID] | None = where(
        "Of one of these packages, or of what is theirs (needs PACKAGE_READ).", "package_id", "in", Scope.PACKAGE_READ
    )


def cancellation_connection() -> Any:
    """`Query.cancellations`."""
    return connection(
        ReadContracts,
        "All cancellations that were declared in the customer account, also those that were taken back, latest first.",
        models.Cancellation,
        entry=CancellationOrder,
        order=CancellationOrderField,
        default=((CancellationOrderField.DECLARED, True),),
        filter=CancellationFilter,
    )


@strawberry.input(description="What is to become of a domain that ends with what is cancelled.")
class DomainFateInput:
    domain_id: strawberry.ID = strawberry.field(description="The id of the domain.")
    fate: DomainFate = strawberry.field(description="What is to become of it.")
    keep_in: strawberry.ID | None = strawberry.field(
        default=None, description="With `KEEP`: the id of the customer's package it is to move to."
    )


@strawberry.type(description="Things of one kind that end with a package.")
class CancellationEnding:
    kind: EndingKind = column(ReadContracts, "What they are.")
    count: int | None = column(ReadContracts, "How many; null where they are not counted.")
    names: list[str] = computed(
        ReadContracts,
        "Their names, 100 at most; none for a session that lacks MAIL_READ, or DOMAIN_READ, for what they are of.",
        resolve.names_of,
        needs=("kind", "names"),
    )


@strawberry.type(description="Something that can become of a domain.")
class DomainFateChoice:
    fate: DomainFate = column(ReadContracts, "What becomes of it.")
    allowed: bool = column(ReadContracts, "Whether that can be chosen.")
    reason: RefusalReason | None = column(ReadContracts, "Why not; null when it can.")
    message: str | None = computed(
        ReadContracts,
        "The reason in the language of the request; null when it can.",
        resolve.why_not,
        needs=("reason",),
    )
    packages: list[Annotated["Package", strawberry.lazy("gateway.schema.package")]] | None = column(
        ReadPackages,
        "With `KEEP`: packages it can move to, 50 at most; another one that has room can be named as well.",
    )


@strawberry.type(description="A domain that ends with what is cancelled.")
class CancellationPreviewDomain:
    domain: Annotated["Domain", strawberry.lazy("gateway.schema.domain")] | None = column(ReadDomains, "The domain.")
    choices: list[DomainFateChoice] = column(ReadContracts, "What can become of it.")
    fate: DomainFate | None = column(ReadContracts, "What was chosen; null where nothing was.")
    keep_in: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = column(
        ReadPackages, "The package it is to move to; null unless it is to be kept."
    )
    reason: RefusalReason | None = column(ReadContracts, "Why that cannot be; null when it can.")


@strawberry.type(description="What a cancellation would mean if it were declared now.")
class CancellationPreview:
    subject: CancellationSubject = computed(
        ReadContracts, "What kind of thing is cancelled.", resolve.kind_of, needs=("subject",)
    )
    name: str = computed(ReadContracts, "What it is called.", resolve.name_of, needs=("subject",))
    allowed: bool = column(ReadContracts, "Whether it can be declared as it is shown here.")
    reason: RefusalReason | None = column(ReadContracts, "Why not; null when it can.")
    message: str | None = computed(
        ReadContracts,
        "The reason in the language of the request; null when it can.",
        resolve.why_not,
        needs=("reason",),
    )
    ends_on: date | None = column(ReadContracts, "The last day, in Germany; null when it cannot be cancelled at all.")
    undo_until: datetime | None = column(ReadContracts, "Until when it could be taken back.")
    endings: list[CancellationEnding] = column(ReadContracts, "What ends with a package, backups included.")
    add_ons: list[Annotated["AddOn", strawberry.lazy("gateway.schema.contract")]] = column(
        ReadContracts, "The add-ons that end with a contract."
    )
    domains: list[CancellationPreviewDomain] = column(
        ReadContracts, "The domains that end, each with what can become of it: every one needs a choice."
    )
    revoked_tariff: str | None = computed(
        ReadContracts,
        "The tariff that a change is scheduled to, which is revoked with the cancellation (and scheduled again should that be "
        "taken back in time); null when there is none.",
        resolve.revoked_tariff,
        needs=("tariff_change",),
    )
    refund: Money | None = embed(
        ReadContracts,
        "What is given back, VAT included: the days after the end of a billing period that is paid for, in proportion to all "
        "its days, half a unit rounded up.",
        minor_units="refund_minor",
        currency="currency",
    )
    token: str | None = column(
        ReadContracts,
        "Stands for everything shown: `cancellationDeclare` asks for it. Null when it cannot be declared.",
    )


async def cancellation_preview(
    info: strawberry.Info,
    subject_id: Annotated[
        strawberry.ID, strawberry.argument(description="The id of a package or its contract, a domain, or an add-on.")
    ],
    domains: Annotated[
        list[DomainFateInput] | None,
        strawberry.argument(description="What is to become of each domain; without it the preview shows what can."),
    ] = None,
) -> Any:
    """What `Query.cancellationPreview` asks."""
    return await resolve.cancellation_preview(info.context, str(subject_id), domains)


@strawberry.input(description="What to cancel, as it was previewed.")
class CancellationDeclareInput:
    subject_id: strawberry.ID = strawberry.field(
        description="The id of a package or its contract, a domain, or an add-on."
    )
    preview_token: str = strawberry.field(description="The `token` of `cancellationPreview` with the same domains.")
    idempotency_key: str = strawberry.field(
        description="1 to 255 visible ASCII characters, new for each intention: the same request again gives the same "
        "cancellation, for 24 hours."
    )
    domains: list[DomainFateInput] | None = strawberry.field(
        default=None, description="What is to become of each domain that ends."
    )


@strawberry.type(description="What declaring a cancellation gives.")
class CancellationDeclarePayload:
    cancellation: Cancellation | None = column(WriteContracts, "The cancellation.")
    errors: list[UserError] = column(WriteContracts, "Why there is none.")


@strawberry.input(description="Which cancellation to take back.")
class CancellationUndoInput:
    id: strawberry.ID = strawberry.field(description="The id of the cancellation.")


@strawberry.type(description="What taking a cancellation back gives.")
class CancellationUndoPayload:
    cancellation: Cancellation | None = column(WriteContracts, "The cancellation, undone.")
    errors: list[UserError] = column(WriteContracts, "Why it was not taken back.")


@strawberry.input(description="Whose AuthInfo to tell.")
class DomainAuthInfoRevealInput:
    domain_id: strawberry.ID = strawberry.field(description="The id of the domain.")


@strawberry.type(description="What asking for an AuthInfo gives.")
class DomainAuthInfoRevealPayload:
    domain: Annotated["Domain", strawberry.lazy("gateway.schema.domain")] | None = column(WriteContracts, "The domain.")
    auth_info: str | None = column(
        WriteContracts, "Its AuthInfo (RFC 5731): the password the new provider asks for. Treat it as one."
    )
    errors: list[UserError] = column(WriteContracts, "Why it is not told.")


@strawberry.type(description="Cancelling, and taking it back.")
class CancellationMutation:
    cancellation_declare: CancellationDeclarePayload | None = mutation(
        WriteContracts,
        "Cancel a package with its contract, a domain, or an add-on, exactly as `cancellationPreview` showed it: where "
        "anything "
        "it showed is different by now, nothing happens and the code is `CONFLICT`. The receipt (PDF) comes by mail and can be "
        "downloaded; the AuthInfo of domains that go elsewhere is told by `domainAuthInfoReveal`.",
        cancellation_declare,
        CancellationDeclareInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        step_up=True,
    )
    cancellation_undo: CancellationUndoPayload | None = mutation(
        WriteContracts,
        "Take a cancellation back, once, until its last day is over: everything is again what it was before. `actions` of what "
        "was cancelled says beforehand whether it can be (`CANCELLATION_UNDO`).",
        resolve.cancellation_undo,
        CancellationUndoInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        step_up=True,
    )
    domain_auth_info_reveal: DomainAuthInfoRevealPayload | None = mutation(
        WriteContracts,
        "Tell the AuthInfo of a domain that goes to another provider (`AUTH_INFO_REVEAL` of its `actions`). It is noted, and a "
        "mail tells of it.",
        resolve.domain_auth_info_reveal,
        DomainAuthInfoRevealInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        step_up=True,
    )
