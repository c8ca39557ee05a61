"""Cancellations: their previews, their receipts as files, and what can be done with one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.auth import visible
from gateway.auth.auth_info import reveal_auth_info
from gateway.auth.cancellation import undo_cancellation
from gateway.auth.cancellation_domains import Chosen
from gateway.auth.cancellation_preview import CancellationPreview, preview_cancellation
from gateway.auth.cancellation_subject import Subject
from gateway.auth.viewer import Scope
from gateway.context import Context
from gateway.messages import message
from gateway.resolvers.download import Kind
from gateway.resolvers.outcome import Outcome, done
from models import CancellationSubject, TariffChange
from models.rules.cancellation import EndingKind

CANCELLATIONS = Kind(
    noun="cancellation",
    prefix="can",
    folder="cancellations",
    suffix="pdf",
    media_type="application/pdf",
    scope=Scope.CONTRACT_READ,
    rows=visible.cancellations,
    named_by="number",
)
"""The receipts of cancellations, each as it was given."""


def chosen(given: Sequence[Any] | None) -> list[Chosen]:
    """What an input says about domains."""
    return [
        Chosen(str(choice.domain_id), choice.fate, choice.keep_in and str(choice.keep_in)) for choice in given or ()
    ]


async def cancellation_preview(
    context: Context, subject_id: str, domains: Sequence[Any] | None
) -> CancellationPreview | None:
    """What a cancellation would mean; `None` for an id of nothing the viewer has."""
    notice = context.parts.settings.domain_notice_months
    return await preview_cancellation(context.signed_in, subject_id, chosen(domains), notice, context.now)


def why_not(context: Context, reason: str | None) -> str | None:
    """The words of a reason."""
    return None if reason is None else message(f"refused.{reason}", context.language)


def kind_of(context: Context, subject: Subject) -> CancellationSubject:
    """What kind of thing it is."""
    return subject.kind


def name_of(context: Context, subject: Subject) -> str:
    """What it is called."""
    return subject.name


_SCOPES = {EndingKind.MAILBOXES: Scope.MAIL_READ, EndingKind.DOMAINS: Scope.DOMAIN_READ}


def names_of(context: Context, kind: EndingKind, names: Sequence[str]) -> Sequence[str]:
    """The names of what ends, for those who may see such things where they are."""
    return names if _SCOPES.get(kind, Scope.CONTRACT_READ) in context.signed_in.scopes else ()


def revoked_tariff(context: Context, change: TariffChange | None) -> str | None:
    """The tariff that a change is scheduled to."""
    return None if change is None else change.to_tariff.name


def download_path(context: Context, id: str, number: str) -> str:
    """Where the receipt is."""
    return CANCELLATIONS.path(id, number)


async def cancellation_undo(context: Context, input: Any) -> Outcome:
    """Take one back."""
    undone = await undo_cancellation(context.signed_in, str(input.id), context.client, context.now)
    return done(cancellation=undone)


async def domain_auth_info_reveal(context: Context, input: Any) -> Outcome:
    """Tell the AuthInfo of a domain."""
    keyring = context.parts.keyring
    domain, auth_info = await reveal_auth_info(
        context.signed_in, str(input.domain_id), keyring, context.client, context.now
    )
    return done(domain=domain, auth_info=auth_info)
