"""Declaring a cancellation: as it was previewed, with its receipt drawn beforehand, written once or not at all."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from gateway.auth import visible
from gateway.auth.cancellation import Receipt, canonical, hold, new_number, write_declaration
from gateway.auth.cancellation_preview import CancellationPreview
from gateway.auth.idempotency import Attempt
from gateway.context import Context
from gateway.documents.drawing import draw_cancellation
from gateway.documents.render import Overloaded
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.cancellation import cancellation_preview
from gateway.resolvers.cancellation_document import cancellation_document
from gateway.resolvers.outcome import Outcome, done
from models import Customer

LANGUAGES = ("de", "en")
SUBJECT, TOKEN, DOMAINS = ("input", "subjectId"), ("input", "previewToken"), ("input", "domains")


async def cancellation_declare(context: Context, input: Any) -> Outcome:
    """Declare it. The same request again gives what was made by the first."""
    viewer = context.signed_in
    attempt = Attempt.of(context.parts.keyring, viewer, "cancellationDeclare", input, context.now)
    made = await attempt.before()
    if made is None:
        customer = await visible.customers(viewer).get()
        preview = await _as_shown(context, input)
        receipt = await _drawn(context, preview, customer)

        async def declare() -> str:
            contract = preview.subject.contract
            assert contract is not None  # a preview that has a token has one
            held = await hold(viewer, contract.id)
            now = await _as_shown(context, input)
            if held.version != customer.version:  # the receipt is addressed to the customer as they were
                raise GatewayError(ErrorCode.CONFLICT, "cancellation.stale", path=TOKEN)
            written = await write_declaration(viewer, held, now, receipt, context.parts.keyring, context.client)
            return str(written.id)

        made = await attempt.once(declare)
    return done(cancellation=await visible.cancellations(viewer).get(id=made))


async def _as_shown(context: Context, input: Any) -> CancellationPreview:
    """The preview, computed anew, if it is still the one the caller saw.

    Raises `NOT_FOUND`, `CONFLICT` when it cannot be cancelled (now) or is not what was shown, `BAD_USER_INPUT` for choices
    that are incomplete or cannot be.
    """
    preview = await cancellation_preview(context, str(input.subject_id), input.domains)
    if preview is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=SUBJECT)
    if preview.reason is not None:
        of_choices = preview.ends_on is not None
        code = ErrorCode.BAD_USER_INPUT if of_choices else ErrorCode.CONFLICT
        raise GatewayError(code, f"refused.{preview.reason}", path=DOMAINS if of_choices else SUBJECT)
    if preview.token != input.preview_token:
        raise GatewayError(ErrorCode.CONFLICT, "cancellation.stale", path=TOKEN)
    return preview


async def _drawn(context: Context, preview: CancellationPreview, customer: Customer) -> Receipt:
    """The receipt. Raises `UNAVAILABLE` when it cannot be drawn now."""
    now, number = context.now, new_number(context.now)
    language = customer.language if customer.language in LANGUAGES else "en"
    content = canonical(preview, number, customer, now)
    document = cancellation_document(
        preview, customer, context.parts.company,
        number=number, sha256=sha256(content.encode()).hexdigest(), language=language, declared_at=now,
    )  # fmt: skip
    try:
        pdf = await context.parts.renderer.render(draw_cancellation, document)
    except Overloaded:
        raise GatewayError(ErrorCode.UNAVAILABLE, "unavailable") from None
    return Receipt(number, language, content, pdf, now)
