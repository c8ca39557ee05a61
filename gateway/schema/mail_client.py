"""The settings of mailboxes for mail programs."""

import strawberry

from gateway.auth.permissions import ReadMail
from gateway.errors import ErrorCode
from gateway.hosting import TransportSecurity
from gateway.resolvers.ticket import mail_profile_ticket_create
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation
from gateway.schema.ticket import DownloadTicket


@strawberry.type(description="A mail server.")
class MailServer:
    host: str = column(ReadMail, "Its host name.")
    port: int = column(ReadMail, "The port.")
    security: TransportSecurity = column(ReadMail, "How the connection is made safe.")


@strawberry.type(description="What a mail program asks for; the password is the mailbox's.")
class MailClientSettings:
    username: str = column(ReadMail, "The user name, for both servers: the address.")
    imap: MailServer = column(ReadMail, "Where mail is read.")
    smtp: MailServer = column(ReadMail, "Where mail is sent.")
    profile_path: str = column(
        ReadMail,
        "Where a profile for iPhone, iPad and Mac is (`.mobileconfig`, without the password), with a bearer token. Browsers "
        "get a one-time address from `mailProfileTicketCreate`.",
    )


@strawberry.input(description="Which profile to download.")
class MailProfileTicketCreateInput:
    mailbox_id: strawberry.ID = strawberry.field(description="The id of the mailbox.")


@strawberry.type(description="What asking for a ticket for a profile gives.")
class MailProfileTicketCreatePayload:
    ticket: DownloadTicket | None = column(ReadMail, "The ticket.")
    errors: list[UserError] = column(ReadMail, "Why there is none.")


@strawberry.type(description="Asking for the settings of mailboxes.")
class MailClientMutation:
    mail_profile_ticket_create: MailProfileTicketCreatePayload | None = mutation(
        ReadMail,
        "A one-time address for the profile of a mailbox for iPhone, iPad and Mac (`.mobileconfig`), for browsers: good for "
        "one download within a minute.",
        mail_profile_ticket_create,
        MailProfileTicketCreateInput,
        ErrorCode.NOT_FOUND,
        session=True,
    )
