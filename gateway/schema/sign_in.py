"""Signing in and out."""

from datetime import datetime

import strawberry

from gateway.auth.permissions import Public, SignedIn, WriteAccount
from gateway.auth.viewer import Scope
from gateway.errors import ErrorCode
from gateway.resolvers import sign_in as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation
from models import SessionKind


@strawberry.input(description="The sign-in form.")
class SignInInput:
    login: str = strawberry.field(description="The customer number, the username, or a domain of a package.")
    password: str = strawberry.field(description="The customer password, or with a domain the package password.")
    device_name: str | None = strawberry.field(
        default=None, description="What to call this device in the list of sessions; at most 80 characters are kept."
    )
    remember: bool = strawberry.field(
        default=False, description="Whether the session lasts for months on this device instead of hours."
    )
    device_token: str | None = strawberry.field(
        default=None,
        description="The `deviceToken` of an earlier sign-in on this device: keeps it from being slowed down.",
    )


@strawberry.type(description="A session that was just opened. Send its token as `Authorization: Bearer …`.")
class NewSession:
    id: strawberry.ID = column(Public, "The id of the session, as in the list of sessions.")
    token: str = column(Public, "The secret of the session; shown this once.")
    kind: SessionKind = column(Public, "Whether it is the customer's or a package login.")
    scopes: list[Scope] = column(Public, "What it may do.")
    expires_at: datetime = column(Public, "When it ends in any case.")
    idle_seconds: int = column(Public, "After how many seconds of rest it ends.")


@strawberry.type(description="A second step that is still missing to be signed in.")
class TwoFactorChallenge:
    token: str = column(Public, "Names the sign-in to be finished.")
    expires_at: datetime = column(Public, "Until when it can be finished.")


@strawberry.type(description="What signing in gives.")
class SignInPayload:
    session: NewSession | None = column(Public, "The session; null when nobody was signed in.")
    two_factor_challenge: TwoFactorChallenge | None = column(
        Public, "The second step, for accounts with two-factor authentication; null: none is needed."
    )
    device_token: str | None = column(
        Public, "Keep it on this device and send it with the next sign-in; null when the one that was sent stays good."
    )
    errors: list[UserError] = column(Public, "Why nobody was signed in.")


@strawberry.type(description="What signing out gives.")
class SignOutPayload:
    errors: list[UserError] = column(SignedIn, "Why it did not work.")


@strawberry.input(description="Which session to end.")
class SessionEndInput:
    id: strawberry.ID = strawberry.field(description="The id of the session.")


@strawberry.type(description="What ending a session gives.")
class SessionEndPayload:
    session_id: strawberry.ID | None = column(WriteAccount, "The id of the session that was ended.")
    errors: list[UserError] = column(WriteAccount, "Why it was not ended.")


@strawberry.type(description="What ending all other sessions gives.")
class SessionEndOthersPayload:
    ended: int | None = column(WriteAccount, "How many sessions were ended.")
    errors: list[UserError] = column(WriteAccount, "Why they were not ended.")


@strawberry.type(description="Signing in and out.")
class SignInMutation:
    sign_in: SignInPayload = mutation(
        Public,
        "Sign in as the customer (customer number or username) or to one package (one of its domains).",
        resolve.sign_in,
        SignInInput,
        ErrorCode.INVALID_CREDENTIALS,
        ErrorCode.RATE_LIMITED,
        ErrorCode.BAD_USER_INPUT,
    )
    sign_out: SignOutPayload | None = mutation(
        SignedIn, "End the session of this request.", resolve.sign_out, None, session=True
    )
    session_end: SessionEndPayload | None = mutation(
        WriteAccount,
        "End a session under the customer number, also that of a package login, at its next request.",
        resolve.session_end,
        SessionEndInput,
        ErrorCode.NOT_FOUND,
    )
    session_end_others: SessionEndOthersPayload | None = mutation(
        WriteAccount,
        "End every other session under the customer number, package logins included.",
        resolve.session_end_others,
        None,
    )
