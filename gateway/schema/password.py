"""The customer password: its rule, changing it, and setting a forgotten one anew."""

from typing import Annotated, Any

import strawberry

from gateway.auth.permissions import Public, WriteAccount
from gateway.errors import ErrorCode
from gateway.resolvers import password as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, mutation


@strawberry.type(description="What a customer password must be like.")
class PasswordPolicy:
    text: str = computed(Public, "The rule in a few sentences, in the language of the request.", resolve.policy_text)
    min_length: int = computed(Public, "Characters (Unicode code points) of the shortest password.", resolve.shortest)
    min_length_with_two_factor: int = computed(
        Public, "The same while two-factor authentication is on.", resolve.shortest_with_two_factor
    )
    max_length: int = computed(Public, "Characters of the longest password.", resolve.longest)
    min_score: int = computed(Public, "The least `passwordStrength.score`.", resolve.least_score)


@strawberry.type(description="How hard a password would be to guess for somebody who knows the customer.")
class PasswordStrength:
    score: int = column(WriteAccount, "From 0 (guessed at once) to 4 (withstands for long).")
    acceptable: bool = column(WriteAccount, "Whether `passwordChange` would take it as the customer's new password.")
    suggestions: list[str] = column(
        WriteAccount, "What would make it stronger, in the language of the request; empty when it is strong enough."
    )


@strawberry.input(description="The new password.")
class PasswordChangeInput:
    current_password: str = strawberry.field(description="The password as it is.")
    new_password: str = strawberry.field(description="The new one; `passwordPolicy` says what it must be like.")


@strawberry.type(description="What changing the password gives.")
class PasswordChangePayload:
    sessions_ended: int | None = column(WriteAccount, "How many other sessions of the customer were ended.")
    errors: list[UserError] = column(WriteAccount, "Why it was not changed.")


@strawberry.input(description="Whose password was forgotten.")
class PasswordResetRequestInput:
    customer_number: str = strawberry.field(description="The customer number.")
    email: str = strawberry.field(description="The contact e-mail address that is stored for it.")


@strawberry.type(description="What asking for a link gives: the same whether or not there is such an account.")
class PasswordResetRequestPayload:
    errors: list[UserError] = column(Public, "Why nothing was asked for.")


@strawberry.input(description="The new password in place of a forgotten one.")
class PasswordResetInput:
    code: str = strawberry.field(description="The code from the link in the mail.")
    new_password: str = strawberry.field(description="The new password; `passwordPolicy` says what it must be like.")


@strawberry.type(description="What setting a forgotten password anew gives. Sign in with it then.")
class PasswordResetPayload:
    errors: list[UserError] = column(Public, "Why it was not set.")


async def password_strength(
    info: strawberry.Info, password: Annotated[str, strawberry.argument(description="The password that is thought of.")]
) -> Any:
    """What `Query.passwordStrength` asks."""
    return await resolve.password_strength(info.context, password)


@strawberry.type(description="The customer password.")
class PasswordMutation:
    password_change: PasswordChangePayload | None = mutation(
        WriteAccount,
        "Change the customer password. The customer's other sessions end, no device is trusted any more, and a mail tells "
        "of it; package logins have passwords of their own and stay.",
        resolve.password_change,
        PasswordChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.INVALID_CREDENTIALS,
        ErrorCode.RATE_LIMITED,
        step_up=True,
    )
    password_reset_request: PasswordResetRequestPayload = mutation(
        Public,
        "Ask for a link to set a forgotten password anew. If there is a customer of this number with this e-mail address, a "
        "mail brings it; it works once and not for long. The answer never tells.",
        resolve.password_reset_request,
        PasswordResetRequestInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.RATE_LIMITED,
    )
    password_reset: PasswordResetPayload = mutation(
        Public,
        "Set the customer password anew with the code of such a link. All sessions of the customer end; two-factor "
        "authentication stays as it is.",
        resolve.password_reset,
        PasswordResetInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.RATE_LIMITED,
    )
