"""Making, changing and deleting mailboxes."""

from datetime import date

import strawberry

from gateway.auth.permissions import WriteMail
from gateway.errors import ErrorCode
from gateway.resolvers import mailbox as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation
from gateway.schema.mailbox import Mailbox
from gateway.schema.operation import Operation, requested
from models import SpamFilter

ONCE = "The password that was made here, shown this once; null when it was given."


@strawberry.input(description="A mailbox to make.")
class MailboxCreateInput:
    package_id: strawberry.ID = strawberry.field(description="The id of the package.")
    domain_id: strawberry.ID = strawberry.field(description="The id of a domain of the package.")
    local_part: str = strawberry.field(
        description="What stands before the `@`: letters, digits, `.`, `_`, `-` (not first), `+`; at most 64 (RFC 5321 §4.1.2)."
    )
    quota_mb: int = strawberry.field(
        description="How much it can hold, in MiB: at least 10, at most the web space of the package's kind (100000 without)."
    )
    display_name: str | None = strawberry.field(description="The name shown as sender.", default=None)
    password: str | None = strawberry.field(
        description="Its password, `passwordPolicy` holds for it; null: one is made here.", default=None
    )
    spam_filter: SpamFilter | None = strawberry.field(
        description="What is done with spam; null: into the folder of spam.", default=None
    )
    virus_filter: bool | None = strawberry.field(
        description="Whether mail with viruses is held back; null: it is.", default=None
    )


@strawberry.input(description="What to change about a mailbox; null leaves what is there.")
class MailboxChangeInput:
    mailbox_id: strawberry.ID = strawberry.field(description="The id of the mailbox.")
    version: int = strawberry.field(description="Its `version` as it was read.")
    quota_mb: int | None = strawberry.field(
        description="How much it can hold, in MiB: no less than is in it.", default=None
    )
    display_name: str | None = strawberry.field(
        description="The name shown as sender; an empty text takes it away.", default=None
    )
    spam_filter: SpamFilter | None = strawberry.field(description="What is done with spam.", default=None)
    virus_filter: bool | None = strawberry.field(description="Whether mail with viruses is held back.", default=None)


@strawberry.input(description="The new password of a mailbox.")
class MailboxPasswordChangeInput:
    mailbox_id: strawberry.ID = strawberry.field(description="The id of the mailbox.")
    password: str | None = strawberry.field(
        description="The new password, `passwordPolicy` holds for it; null: one is made here.", default=None
    )


@strawberry.input(description="An automatic reply.")
class MailboxAutoReplySetInput:
    mailbox_id: strawberry.ID = strawberry.field(description="The id of the mailbox.")
    version: int = strawberry.field(description="Its `version` as it was read.")
    subject: str = strawberry.field(description="The subject, one line of at most 160 characters.")
    text: str = strawberry.field(description="The text, at most 4000 characters.")
    first: date | None = strawberry.field(
        name="from", description="The first day it is sent (Europe/Berlin); null: at once.", default=None
    )
    last: date | None = strawberry.field(
        name="to", description="The last day it is sent (Europe/Berlin); null: until it is cleared.", default=None
    )


@strawberry.input(description="Whose automatic reply to end.")
class MailboxAutoReplyClearInput:
    mailbox_id: strawberry.ID = strawberry.field(description="The id of the mailbox.")
    version: int = strawberry.field(description="Its `version` as it was read.")


@strawberry.input(description="Which mailbox to delete.")
class MailboxDeleteInput:
    mailbox_id: strawberry.ID = strawberry.field(description="The id of the mailbox.")


@strawberry.type(description="What making a mailbox gives.")
class MailboxCreatePayload:
    mailbox: Mailbox | None = column(WriteMail, "What was made.")
    password: str | None = column(WriteMail, ONCE)
    operation: Operation | None = requested(WriteMail)
    errors: list[UserError] = column(WriteMail, "Why nothing was made.")


@strawberry.type(description="What changing a mailbox gives.")
class MailboxChangePayload:
    mailbox: Mailbox | None = column(WriteMail, "The mailbox as it is now.")
    operation: Operation | None = requested(WriteMail)
    errors: list[UserError] = column(WriteMail, "Why nothing was changed.")


@strawberry.type(description="What setting the password of a mailbox gives.")
class MailboxPasswordChangePayload:
    mailbox: Mailbox | None = column(WriteMail, "The mailbox.")
    password: str | None = column(WriteMail, ONCE)
    operation: Operation | None = requested(WriteMail)
    errors: list[UserError] = column(WriteMail, "Why it was not set.")


@strawberry.type(description="What setting an automatic reply gives.")
class MailboxAutoReplySetPayload:
    mailbox: Mailbox | None = column(WriteMail, "The mailbox as it is now.")
    operation: Operation | None = requested(WriteMail)
    errors: list[UserError] = column(WriteMail, "Why it was not set.")


@strawberry.type(description="What ending an automatic reply gives.")
class MailboxAutoReplyClearPayload:
    mailbox: Mailbox | None = column(WriteMail, "The mailbox as it is now.")
    operation: Operation | None = requested(WriteMail)
    errors: list[UserError] = column(WriteMail, "Why it was not ended.")


@strawberry.type(description="What deleting a mailbox gives.")
class MailboxDeletePayload:
    mailbox_id: strawberry.ID | None = column(WriteMail, "The id of the mailbox that is gone.")
    deleted_addresses: list[str] | None = column(
        WriteMail, "The mail addresses that led nowhere else and went with it."
    )
    changed_addresses: list[str] | None = column(WriteMail, "The mail addresses that do not lead to it any more.")
    operation: Operation | None = requested(WriteMail)
    errors: list[UserError] = column(WriteMail, "Why it is still there.")


@strawberry.type(description="Changing mailboxes.")
class MailboxMutation:
    mailbox_create: MailboxCreatePayload | None = mutation(
        WriteMail,
        "Make a mailbox under a domain of the package. `resources` of the package says beforehand whether there is room "
        "(`MAILBOX`).",
        resolve.mailbox_create,
        MailboxCreateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    mailbox_change: MailboxChangePayload | None = mutation(
        WriteMail,
        "Change size, name and filters of a mailbox. Its `actions` say beforehand whether it can be done (`CHANGE`).",
        resolve.mailbox_change,
        MailboxChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    mailbox_password_change: MailboxPasswordChangePayload | None = mutation(
        WriteMail,
        "Set another password for a mailbox. Its `actions` say beforehand whether it can be done (`PASSWORD_CHANGE`).",
        resolve.mailbox_password_change,
        MailboxPasswordChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    mailbox_auto_reply_set: MailboxAutoReplySetPayload | None = mutation(
        WriteMail,
        "Have mail to a mailbox answered by itself, between two days or from now on. Its `actions` say beforehand whether it "
        "can be done (`AUTO_REPLY_SET`).",
        resolve.mailbox_auto_reply_set,
        MailboxAutoReplySetInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    mailbox_auto_reply_clear: MailboxAutoReplyClearPayload | None = mutation(
        WriteMail,
        "End the automatic reply of a mailbox. Its `actions` say beforehand whether it can be done (`AUTO_REPLY_CLEAR`).",
        resolve.mailbox_auto_reply_clear,
        MailboxAutoReplyClearInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    mailbox_delete: MailboxDeletePayload | None = mutation(
        WriteMail,
        "Delete a mailbox with the mail in it. Mail addresses that led nowhere else go with it, others lose it as a target; "
        "both are named. Its `actions` say beforehand whether it can be done (`DELETE`).",
        resolve.mailbox_delete,
        MailboxDeleteInput,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
