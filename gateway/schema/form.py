"""Forms on paper: what cannot be finished online, or need not be."""

import strawberry

from gateway.auth.permissions import ReadAccount, ReadContracts
from gateway.errors import ErrorCode
from gateway.resolvers import form_ticket as resolve
from gateway.resolvers.package import RefusalReason
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation
from gateway.schema.money import Language
from gateway.schema.ticket import DownloadTicket
from models.rules.form import FormKind

FORMS = (
    "The forms for it, filled in as far as is known, each with whether it can be used now; the same rules decide about what "
    "can be done online."
)


@strawberry.type(description="A form, to be signed and sent by post or mail.")
class Form:
    kind: FormKind = column(ReadContracts, "What it is for.")
    title: str = column(ReadContracts, "What it is called, in the language of the request.")
    allowed: bool = column(ReadContracts, "Whether it can be used now.")
    reason: RefusalReason | None = column(ReadContracts, "Why not; null when it is allowed.")
    message: str | None = column(ReadContracts, "The reason in the language of the request; null when it is allowed.")
    online: bool = column(ReadContracts, "Whether the same can be finished without paper.")
    mutation: str | None = column(ReadContracts, "The mutation that does so; null where it takes paper.")
    download_path: str | None = column(
        ReadContracts,
        "Where the form (PDF) is, with a bearer token, in the language of letters or as `?language=de|en` says; null when it "
        "cannot be used. Browsers get a one-time address from `formTicketCreate`.",
    )


@strawberry.input(description="Which form to download.")
class FormTicketCreateInput:
    contract_id: strawberry.ID = strawberry.field(description="The id of the contract.")
    kind: FormKind = strawberry.field(description="Which of its forms.")
    language: Language | None = strawberry.field(
        default=None, description="The language of the form; by default that of letters."
    )


@strawberry.type(description="What asking for a ticket for a form gives.")
class FormTicketCreatePayload:
    ticket: DownloadTicket | None = column(ReadContracts, "The ticket.")
    errors: list[UserError] = column(ReadContracts, "Why there is none.")


@strawberry.type(description="What asking for a ticket for the form for another contract holder gives.")
class HolderChangeTicketCreatePayload:
    ticket: DownloadTicket | None = column(ReadAccount, "The ticket.")
    errors: list[UserError] = column(ReadAccount, "Why there is none.")


@strawberry.type(description="Asking for forms.")
class FormMutation:
    form_ticket_create: FormTicketCreatePayload | None = mutation(
        ReadContracts,
        "A one-time address for a form of a contract (PDF), for browsers: good for one download within a minute.",
        resolve.form_ticket_create,
        FormTicketCreateInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        session=True,
    )
    holder_change_ticket_create: HolderChangeTicketCreatePayload | None = mutation(
        ReadAccount,
        "A one-time address for the form by which somebody else becomes the contract holder (`customer.holderChange`), for "
        "browsers: good for one download within a minute.",
        resolve.holder_change_ticket_create,
        None,
        session=True,
    )
