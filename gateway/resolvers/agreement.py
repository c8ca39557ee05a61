"""Data processing agreements (Art. 28 GDPR): their versions, what is on offer, and asking for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gateway.auth import audit, visible
from gateway.auth.notices import notify
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Scope, Viewer
from gateway.context import Context
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.download import Kind
from gateway.resolvers.outcome import Outcome, done
from models import (
    Agreement,
    AgreementEvent,
    AgreementEventKind,
    AgreementState,
    AgreementVersion,
    SubProcessor,
    term_of,
)
from models.database import in_unit_of_work
from models.rules.sub_processors import Change, at_work, changes


async def log_event(viewer: Viewer, agreement_id: str, kind: AgreementEventKind, now: datetime) -> None:
    """Append to an agreement's log: inside the caller's unit of work."""
    await AgreementEvent.create(customer_id=viewer.customer_id, agreement_id=agreement_id, kind=kind, occurred_at=now)


async def _note_download(viewer: Viewer, agreement_id: str, now: datetime) -> None:
    await log_event(viewer, agreement_id, AgreementEventKind.DOWNLOADED, now)


def _has_file(agreement: Agreement, now: datetime) -> bool:
    return agreement.state != AgreementState.REQUESTED


AGREEMENTS = Kind(
    noun="agreement",
    prefix="agr",
    folder="agreements",
    suffix="pdf",
    media_type="application/pdf",
    scope=Scope.ACCOUNT_READ,
    rows=visible.agreements,
    available=_has_file,
    note=_note_download,
)
"""The files of agreements: as concluded, in one language."""


@dataclass(frozen=True, slots=True)
class OnOffer:
    """What a customer can conclude now, with the sub-processors of today; `agreement` is the customer's own, if any."""

    version: AgreementVersion
    sub_processors: Sequence[SubProcessor]
    agreement: Agreement | None


def text(context: Context, german: str, english: str, language: Any = None) -> str:
    """A text in the language asked for, or else that of the request."""
    return german if (context.language if language is None else language.value) == "de" else english


def download_path(context: Context, agreement_id: str, state: AgreementState) -> str | None:
    """Where the file of an agreement is; one that is only requested has none."""
    return None if state == AgreementState.REQUESTED else AGREEMENTS.path(agreement_id)


async def current_version(viewer: Viewer, today: date) -> AgreementVersion | None:
    """The version that is valid today."""
    return await visible.agreement_versions(viewer).filter(valid_from__lte=today).order_by("-valid_from", "-id").first()


async def agreement_of(viewer: Viewer, version: AgreementVersion) -> Agreement | None:
    """The viewer's agreement in this version."""
    return await visible.agreements(viewer).get_or_none(version_id=version.id)


async def agreement_offer(context: Context) -> OnOffer | None:
    """What can be read, and concluded unless it is already."""
    viewer, today = context.signed_in, context.now.date()
    version = await current_version(viewer, today)
    if version is None:
        return None
    return OnOffer(version, await sub_processors(context, today), await agreement_of(viewer, version))


async def sub_processors(context: Context, at: date | None) -> list[SubProcessor]:
    """Who processes data on the provider's behalf on a day, by default today."""
    rows = await visible.sub_processors(context.signed_in)
    return at_work(map(term_of, rows), at or context.now.date())


async def sub_processor_changes(context: Context) -> list[Change[SubProcessor]]:
    """How the list came about and what is announced, the latest first."""
    rows = await visible.sub_processors(context.signed_in).order_by("since", "id")
    return changes([term_of(row) for row in rows])


async def agreement_request(context: Context) -> Outcome:
    """Ask for the agreement in today's version. Asking again changes nothing; an older request becomes one for it."""
    viewer, now = context.signed_in, context.now
    version = await current_version(viewer, now.date())
    if version is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "agreement.none")

    async def request() -> Agreement:
        customer = await hold_customer(viewer.customer_id)  # of requests at once each sees those before it
        existing = await agreement_of(viewer, version)
        if existing is not None:
            return existing
        agreement = await pending(viewer)
        if agreement is None:
            agreement = Agreement(customer_id=viewer.customer_id, state=AgreementState.REQUESTED)
        agreement.version_id, agreement.requested_at = version.id, now
        await agreement.save()
        await log_event(viewer, agreement.id, AgreementEventKind.REQUESTED, now)
        await audit.record(
            audit.actor_of(viewer), context.client, now, "agreement.request", object_id=agreement.id,
            detail={"version": version.number},
        )  # fmt: skip
        await notify(customer, "agreement_requested", now, version=version.number)
        return agreement

    return done(agreement=await in_unit_of_work(request))


async def pending(viewer: Viewer) -> Agreement | None:
    """The request that was not followed by a conclusion; there is one at most."""
    return await visible.agreements(viewer).get_or_none(state=AgreementState.REQUESTED)
