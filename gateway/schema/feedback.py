"""Feedback: what somebody says about a page."""

import strawberry

from gateway.auth.permissions import Public
from gateway.errors import ErrorCode
from gateway.resolvers import feedback as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation


@strawberry.input(description="What somebody says about a page. Please no passwords: people read it.")
class FeedbackCreateInput:
    rating: int = strawberry.field(description="From 1 (bad) to 5 (good).")
    text: str | None = strawberry.field(default=None, description="What they say, up to 4,000 characters.")
    page: str | None = strawberry.field(
        default=None,
        description="The address or path of the page, up to 200 characters; what follows `?` or `#` is not kept.",
    )


@strawberry.type(description="What giving feedback gives.")
class FeedbackCreatePayload:
    errors: list[UserError] = column(Public, "Why it was not taken; empty when it was.")


@strawberry.type(description="Feedback.")
class FeedbackMutation:
    feedback_create: FeedbackCreatePayload = mutation(
        Public,
        "Say how a page was, with or without a session. Several a hour are taken from one session and one address.",
        resolve.feedback_create,
        FeedbackCreateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.RATE_LIMITED,
    )
