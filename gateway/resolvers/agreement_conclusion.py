"""Concluding a data processing agreement: read in one version, drawn once, and stored with its document or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from gateway.auth import audit, visible
from gateway.auth.notices import notify
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.context import Context
from gateway.documents.drawing import draw_agreement
from gateway.documents.render import Overloaded
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.agreement import agreement_of, current_version, log_event, pending, sub_processors
from gateway.resolvers.agreement_document import agreement_document
from gateway.resolvers.outcome import Outcome, done
from models import Agreement, AgreementEventKind, AgreementFile, AgreementState, AgreementVersion, Customer
from models.database import in_unit_of_work
from models.rules import signatory as rule
from models.rules.decision import Refused

LANGUAGES = ("de", "en")

_NUMBER = re.compile(r"[A-Za-z0-9.-]{1,20}", re.ASCII)
_MESSAGES = {
    rule.TOO_SHORT: "agreement.signatory_short",
    rule.TOO_LONG: "agreement.signatory_long",
    rule.CHARACTERS: "agreement.signatory_characters",
    rule.MIXED: "agreement.signatory_mixed",
}


@dataclass(frozen=True, slots=True)
class _Will:
    """What the caller wants: this version, concluded by this person, in this language."""

    version: AgreementVersion
    signatory: str
    language: str

    def met_by(self, agreement: Agreement) -> bool:
        """Whether an agreement that is concluded already says the same. Raises `CONFLICT` when it says something else."""
        if agreement.state == AgreementState.REQUESTED:
            return False
        if (agreement.signatory, agreement.language) != (self.signatory, self.language):
            raise GatewayError(ErrorCode.CONFLICT, "agreement.concluded")
        return True


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A document, and the master data that stand in it: as of this version of the customer."""

    content: bytes
    customer_version: int


async def agreement_conclude(context: Context, input: Any) -> Outcome:
    """Conclude it. The same again changes nothing, an agreement in an older version is superseded and kept."""
    viewer = context.signed_in
    signatory = _signatory(input.signatory)
    async with context.parts.renderer.turn(("agreement", viewer.customer_id)):
        version = await _offered(viewer, input.version, context)
        customer = await visible.customers(viewer).get()
        will = _Will(version, signatory, _language(input.language, customer))
        existing = await agreement_of(viewer, version)
        if existing is not None and will.met_by(existing):
            return done(agreement=existing)
        drawn = await _draw(context, will, customer)
        return done(agreement=await in_unit_of_work(lambda: _conclude(context, will, drawn)))


def _signatory(given: str) -> str:
    name = rule.normal(given)
    decision = rule.acceptable(name)
    if isinstance(decision, Refused):
        raise GatewayError(
            ErrorCode.BAD_USER_INPUT,
            _MESSAGES[decision.reason],
            path=("input", "signatory"),
            shortest=rule.SHORTEST,
            longest=rule.LONGEST,
        )
    return name


def _language(asked: Any, customer: Customer) -> str:
    """The language the agreement was read in; by default that of letters to the customer."""
    if asked is not None:
        return str(asked.value)
    return customer.language if customer.language in LANGUAGES else "en"


async def _offered(viewer: Viewer, number: str, context: Context) -> AgreementVersion:
    """The version with this number, if it is the one of today. Raises `NOT_FOUND`, or `CONFLICT` for any other."""
    known = _NUMBER.fullmatch(number) and await visible.agreement_versions(viewer).get_or_none(number=number)
    if not known:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=("input", "version"))
    current = await current_version(viewer, context.now.date())
    if current is None or current.id != known.id:
        raise GatewayError(ErrorCode.CONFLICT, "agreement.stale", path=("input", "version"))
    return current


async def _draw(context: Context, will: _Will, customer: Customer) -> _Drawn:
    listed = await sub_processors(context, None)
    document = agreement_document(
        will.version, customer, context.parts.company, listed,
        signatory=will.signatory, language=will.language, concluded_at=context.now,
    )  # fmt: skip
    try:
        return _Drawn(await context.parts.renderer.render(draw_agreement, document), customer.version)
    except Overloaded:
        raise GatewayError(ErrorCode.UNAVAILABLE, "unavailable") from None


async def _conclude(context: Context, will: _Will, drawn: _Drawn) -> Agreement:
    """The unit of work. What was read before it is looked at again: the document must say what is so now."""
    viewer, now = context.signed_in, context.now
    customer = await hold_customer(viewer.customer_id)  # of conclusions at once each sees those before it
    version = await _offered(viewer, will.version.number, context)
    existing = await agreement_of(viewer, version)
    if existing is not None and will.met_by(existing):
        return existing
    if customer.version != drawn.customer_version:
        raise GatewayError(ErrorCode.CONFLICT, "agreement.customer_changed")
    superseded = await _supersede(context)
    agreement = existing or await pending(viewer) or Agreement(customer_id=viewer.customer_id, requested_at=now)
    agreement.version_id, agreement.state, agreement.concluded_at = version.id, AgreementState.CONCLUDED, now
    agreement.signatory, agreement.language = will.signatory, will.language
    await agreement.save()
    checksum = sha256(drawn.content).hexdigest()
    await AgreementFile.create(
        customer_id=viewer.customer_id,
        agreement_id=agreement.id,
        sha256=checksum,
        content=drawn.content,
        created_at=now,
    )
    await log_event(viewer, agreement.id, AgreementEventKind.CONCLUDED, now)
    await audit.record(
        audit.actor_of(viewer), context.client, now, "agreement.conclude", object_id=agreement.id,
        detail={"version": version.number, "language": will.language, "sha256": checksum, "superseded": list(superseded)},
    )  # fmt: skip
    await notify(customer, "agreement_concluded", now, version=version.number, signatory=will.signatory)
    return agreement


async def _supersede(context: Context) -> Sequence[str]:
    """End what was concluded before; the ids of it."""
    viewer, now = context.signed_in, context.now
    former = await visible.agreements(viewer).filter(state=AgreementState.CONCLUDED).order_by("id")
    for agreement in former:
        agreement.state, agreement.superseded_at = AgreementState.SUPERSEDED, now
        await agreement.save(update_fields=["state", "superseded_at"])
        await log_event(viewer, agreement.id, AgreementEventKind.SUPERSEDED, now)
    return [agreement.id for agreement in former]
