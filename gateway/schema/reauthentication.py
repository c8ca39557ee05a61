"""Giving the password again before what changes an account's safety or its contracts."""

from datetime import datetime

import strawberry

from gateway.auth.permissions import WriteAccount
from gateway.errors import ErrorCode
from gateway.resolvers import reauthentication as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation
from gateway.schema.sign_in import NewSession


@strawberry.input(description="The proof that the customer is at the keyboard.")
class ReauthenticateInput:
    password: str = strawberry.field(description="The customer password.")
    code: str | None = strawberry.field(
        default=None, description="With two-factor authentication: the six digits the authenticator app shows."
    )
    recovery_code: str | None = strawberry.field(default=None, description="One of the recovery codes instead.")


@strawberry.type(description="What giving the password again gives.")
class ReauthenticatePayload:
    session: NewSession | None = column(
        WriteAccount, "The same session with a new token; the one that was sent with this request is dead."
    )
    elevated_until: datetime | None = column(
        WriteAccount, "Until when this session may do what carries `@requiresReauthentication`."
    )
    errors: list[UserError] = column(WriteAccount, "Why the session was not raised.")


@strawberry.type(description="Giving the password again.")
class ReauthenticationMutation:
    reauthenticate: ReauthenticatePayload | None = mutation(
        WriteAccount,
        "Give the customer password again, and a code where two-factor authentication is on: raises this session for a few "
        "minutes to do what carries `@requiresReauthentication`, and gives it a new token. What asks for this is the "
        "customer's, so package logins have no part in it.",
        resolve.reauthenticate,
        ReauthenticateInput,
        ErrorCode.INVALID_CREDENTIALS,
        ErrorCode.TWO_FACTOR_REQUIRED,
        ErrorCode.TWO_FACTOR_INVALID,
        ErrorCode.RATE_LIMITED,
        ErrorCode.BAD_USER_INPUT,
    )
