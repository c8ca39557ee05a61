"""Errors a mutation expects its callers to handle: data in the payload, with the codes of all other errors."""

import strawberry

from gateway.auth.permissions import Public
from gateway.errors import ErrorCode as _ErrorCode
from gateway.schema.field import column

CODES = {
    _ErrorCode.BAD_USER_INPUT: "A value cannot be used; the message says what to send instead.",
    _ErrorCode.UNAUTHENTICATED: "Nobody is signed in, or the token is not good any more.",
    _ErrorCode.INVALID_CREDENTIALS: "The login or the password is wrong.",
    _ErrorCode.TWO_FACTOR_REQUIRED: "A second factor is needed to go on.",
    _ErrorCode.TWO_FACTOR_INVALID: "The code of the second factor is wrong or was used before.",
    _ErrorCode.REAUTHENTICATION_REQUIRED: "The password has to be given again for this.",
    _ErrorCode.FORBIDDEN: "The session lacks the scope that `requiredScope` names.",
    _ErrorCode.NOT_FOUND: "There is no such object for the caller.",
    _ErrorCode.CONFLICT: "Somebody else was faster, or the state does not allow it any more.",
    _ErrorCode.IDEMPOTENCY_KEY_REUSED: "The idempotency key was used with other input.",
    _ErrorCode.RATE_LIMITED: "Too many attempts; `retryAfter` tells how many seconds to wait.",
    _ErrorCode.QUERY_TOO_COMPLEX: "The operation asks for too much; `limit` names the limit.",
    _ErrorCode.GRAPHQL_PARSE_FAILED: "The text is no GraphQL.",
    _ErrorCode.GRAPHQL_VALIDATION_FAILED: "The operation does not fit the schema.",
    _ErrorCode.INTROSPECTION_DISABLED: "Introspection is switched off here.",
    _ErrorCode.TIMEOUT: "It took too long and was stopped.",
    _ErrorCode.UNAVAILABLE: "The service is busy or under maintenance; try again shortly.",
    _ErrorCode.INTERNAL: "A fault of ours; `errorId` finds it in the logs.",
}

ErrorCode = strawberry.enum(_ErrorCode, name="ErrorCode", description="What went wrong, for programs; never changes.")
for _value in ErrorCode.__strawberry_definition__.values:  # type: ignore[attr-defined]  # set by strawberry.enum
    _value.description = CODES[_ErrorCode(_value.value)]


@strawberry.type(description="Something the caller of a mutation is expected to handle.")
class UserError:
    code: ErrorCode = column(Public, "What went wrong, for programs.")
    message: str = column(Public, "What went wrong and what to do, in the language of the request.")
    path: list[str] | None = column(Public, "Which part of the input it is about: `[\"input\", \"login\"]`.")
    retry_after: int | None = column(Public, "Seconds to wait, with the code `RATE_LIMITED`.")
