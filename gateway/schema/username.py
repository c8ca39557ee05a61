"""The username: a name of the customer's own choice to sign in with."""

from typing import Annotated, Any

import strawberry

from gateway.auth.permissions import SignedIn, WriteAccount
from gateway.errors import ErrorCode
from gateway.resolvers import username as resolve
from gateway.schema.customer import Customer
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, mutation


@strawberry.type(description="Which usernames there can be.")
class UsernamePolicy:
    text: str = computed(SignedIn, "The rule in a few sentences, in the language of the request.", resolve.policy_text)
    allowed_characters: str = computed(
        SignedIn, "The characters a username is made of, for people.", resolve.allowed_characters
    )
    pattern: str = computed(
        SignedIn,
        "A regular expression for the whole name in lower case; what fits may still be refused.",
        resolve.pattern,
    )
    min_length: int = computed(SignedIn, "Characters of the shortest username.", resolve.shortest)
    max_length: int = computed(SignedIn, "Characters of the longest username.", resolve.longest)
    examples: list[str] = computed(SignedIn, "Names that fit.", resolve.examples)


@strawberry.type(description="Whether a username can be had.")
class UsernameAvailability:
    available: bool = column(WriteAccount, "Whether `usernameChange` would take it now.")
    username: str | None = column(WriteAccount, "The name as it would be stored; null for what is no username.")
    code: ErrorCode | None = column(WriteAccount, "Why not, with the code `usernameChange` would give.")
    message: str | None = column(WriteAccount, "Why not, in the language of the request.")


@strawberry.input(description="The new username.")
class UsernameChangeInput:
    username: str = strawberry.field(
        description="The name; upper and lower case do not matter. `usernamePolicy` says which there can be."
    )
    version: int = strawberry.field(description="`customer.version` as it was last read.")


@strawberry.type(description="What changing the username gives.")
class UsernameChangePayload:
    customer: Customer | None = column(WriteAccount, "The customer as changed.")
    errors: list[UserError] = column(WriteAccount, "Why it was not changed.")


@strawberry.input(description="Taking the username away.")
class UsernameRemoveInput:
    version: int = strawberry.field(description="`customer.version` as it was last read.")


@strawberry.type(description="What taking the username away gives.")
class UsernameRemovePayload:
    customer: Customer | None = column(WriteAccount, "The customer as changed.")
    errors: list[UserError] = column(WriteAccount, "Why it was not taken away.")


async def username_available(
    info: strawberry.Info, username: Annotated[str, strawberry.argument(description="The name that is thought of.")]
) -> Any:
    """What `Query.usernameAvailable` asks."""
    return await resolve.username_available(info.context, username)


@strawberry.type(description="The username.")
class UsernameMutation:
    username_change: UsernameChangePayload | None = mutation(
        WriteAccount,
        "Set the username, or change it. It can be used to sign in at once, the customer number still works, and a mail "
        "confirms it.",
        resolve.username_change,
        UsernameChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.CONFLICT,
        ErrorCode.RATE_LIMITED,
        step_up=True,
    )
    username_remove: UsernameRemovePayload | None = mutation(
        WriteAccount,
        "Take the username away; the customer number still works, and a mail confirms it.",
        resolve.username_remove,
        UsernameRemoveInput,
        ErrorCode.CONFLICT,
        step_up=True,
    )
