"""Errors a mutation expects its callers to handle: data in the payload, with the codes of all other errors."""

import strawberry

from gateway.auth.permissions import Public
from gateway.errors import ErrorCode
from gateway.schema.field import column


@strawberry.type(description="Something the caller of a mutation is expected to handle.")
class UserError:
    code: ErrorCode = column(Public, "What went wrong, for programs.")
    message: str = column(Public, "What went wrong and what to do, in the language of the request.")
    path: list[str] | None = column(Public, 'Which part of the input it is about: `["input", "login"]`.')
    retry_after: int | None = column(Public, "Seconds to wait, with the code `RATE_LIMITED`.")
