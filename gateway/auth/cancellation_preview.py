"""What a cancellation would mean, computed from what is stored now; the same again inside the unit of work that declares it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from gateway.auth import visible
from gateway.auth.cancellation_domains import Chosen, EndingDomain, ending_domains
from gateway.auth.cancellation_subject import Subject, find_subject
from gateway.auth.viewer import Viewer
from models import AddOn, ContractState, CustomerKind, Domain, DomainState, TariffChange, TariffChangeState
from models.rules import cancellation as rule
from models.rules import term
from models.rules.berlin import berlin_day, end_of_day
from models.rules.cancellation import EndingKind
from models.rules.decision import Refused

MOST_NAMES = 100
"""Names that are listed of one kind; the count is of all."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A kind of things that end: how many, and their names. Where nobody counts them, `count` is `None`."""

    kind: EndingKind
    count: int | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CancellationPreview:
    """What would be. Without an end (`ends_on` `None`) it cannot be cancelled; `reason` says why, as it does for the choices.

    `add_ons` are those that end with it, `shortened` the domains that were cancelled before and would have ended later. The
    refund is gross, in minor units. `token` names all of it.
    """

    subject: Subject
    reason: str | None
    domains: tuple[EndingDomain, ...] = ()
    ends_on: date | None = None
    undo_until: datetime | None = None
    add_ons: tuple[AddOn, ...] = ()
    shortened: tuple[Domain, ...] = ()
    endings: tuple[Ending, ...] = ()
    tariff_change: TariffChange | None = None
    refund_minor: int = 0
    currency: str = "EUR"

    @property
    def allowed(self) -> bool:
        """Whether it can be declared as it is shown."""
        return self.reason is None

    @property
    def token(self) -> str | None:
        """The digest of everything that is shown and that it was computed from; `None` when it cannot be declared."""
        return _digest(self) if self.allowed else None


async def preview_cancellation(
    viewer: Viewer, subject_id: str, chosen: Sequence[Chosen], notice_months: int, now: datetime
) -> CancellationPreview | None:
    """The preview for a package (or its contract), a domain or an add-on; `None` when the viewer has none of this id.

    `notice_months` is the notice of domains. Raises as `ending_domains`.
    """
    subject, today = await find_subject(viewer, subject_id), berlin_day(now)
    if subject is None:
        return None
    decision = subject.decision(today)
    if isinstance(decision, Refused):
        return CancellationPreview(subject, decision.reason)
    contract = subject.contract
    assert contract is not None  # the rule refuses a subject without one
    kind = (await visible.customers(viewer).get()).kind
    terms = term.terms_of(contract, kind.value)
    ends_on = _ends_on(subject, terms, kind is CustomerKind.PERSON, notice_months, today)
    add_ons = await _add_ons(viewer, subject)
    domains = await ending_domains(viewer, subject, chosen, today)
    first, last = term.period(terms, ends_on)
    paid = contract.gross_minor if subject.domain is None and subject.add_on is None else 0
    refund = rule.refund(paid, first, last, ends_on, today)
    for add_on in [subject.add_on] if subject.add_on is not None else add_ons:
        if add_on.state is ContractState.ACTIVE and (add_on.ends_on is None or add_on.ends_on > ends_on):
            refund += rule.refund(add_on.gross_minor * add_on.quantity, first, last, ends_on, today)
    pending = visible.tariff_changes(viewer).filter(contract_id=contract.id, state=TariffChangeState.SCHEDULED)
    whole = subject.domain is None and subject.add_on is None
    return CancellationPreview(
        subject,
        next((domain.reason for domain in domains if domain.reason is not None), None),
        domains,
        ends_on,
        end_of_day(ends_on),
        add_ons,
        await _shortened(viewer, subject, ends_on) if whole else (),
        await _endings(viewer, subject, add_ons, domains) if whole else (),
        await pending.select_related("to_tariff").first() if whole else None,
        refund,
        contract.currency,
    )


def _ends_on(subject: Subject, terms: term.Terms, consumer: bool, notice_months: int, today: date) -> date:
    """The last day: by the terms of what is cancelled, and never after an end that was agreed before."""
    contract, add_on, domain = subject.contract, subject.add_on, subject.domain
    assert contract is not None
    ends = [contract.ends_on]
    if domain is not None:
        assert domain.paid_until is not None  # the rule refuses one whose period is unknown
        ends.append(rule.domain_end(domain.paid_until, today, notice_months))
    elif add_on is not None:
        own = term.Terms(
            add_on.starts_on, add_on.minimum_term_months, add_on.renewal_months, add_on.notice_months,
            contract.billing_months, consumer,
        )  # fmt: skip
        ends += [add_on.ends_on, term.next_end(own, today)]
    else:
        ends.append(term.next_end(terms, today))
    begins = contract.starts_on if add_on is None else max(contract.starts_on, add_on.starts_on)
    return max(begins, min(end for end in ends if end is not None))


async def _add_ons(viewer: Viewer, subject: Subject) -> tuple[AddOn, ...]:
    """The add-ons that end with a package: all that have not."""
    if subject.domain is not None or subject.add_on is not None:
        return ()
    assert subject.contract is not None
    booked = visible.add_ons(viewer).filter(contract_id=subject.contract.id).exclude(state=ContractState.ENDED)
    return tuple(await booked.order_by("name", "id"))


async def _shortened(viewer: Viewer, subject: Subject, ends_on: date) -> tuple[Domain, ...]:
    """Domains of a package that were cancelled for themselves, for a day on which there is no package any more."""
    cancelled = visible.domains(viewer).filter(package_id=subject.package.id, state=DomainState.CANCELLED)
    return tuple(await cancelled.filter(ends_on__gt=ends_on).order_by("ascii_name"))


async def _endings(
    viewer: Viewer, subject: Subject, add_ons: Sequence[AddOn], domains: Sequence[EndingDomain]
) -> tuple[Ending, ...]:
    package = subject.package
    mailboxes = visible.mailboxes(viewer).filter(package_id=package.id)
    addresses = await mailboxes.order_by("address").limit(MOST_NAMES).values_list("address", flat=True)
    endings = [
        Ending(EndingKind.MAILBOXES, await mailboxes.count(), tuple(map(str, addresses))),
        Ending(EndingKind.DOMAINS, len(domains), tuple(entry.domain.name for entry in domains[:MOST_NAMES])),
        Ending(EndingKind.ADD_ONS, len(add_ons), tuple(add_on.name for add_on in add_ons[:MOST_NAMES])),
    ]
    uncounted = (EndingKind.WEB_SPACE, EndingKind.DATABASES, EndingKind.BACKUPS)
    return (*endings, *(Ending(kind) for kind in uncounted if kind.value in package.type.functions))


def _digest(preview: CancellationPreview) -> str:
    subject = preview.subject
    contract, change = subject.contract, preview.tariff_change
    assert contract is not None
    rows = (subject.package, contract, subject.domain, subject.add_on)
    computed: list[Any] = [
        [(row.id, row.version) for row in rows if row is not None],
        subject.kind,
        subject.name,
        preview.ends_on,
        preview.undo_until,
        [(add_on.id, add_on.version, add_on.state, add_on.ends_on) for add_on in preview.add_ons],
        [
            (
                entry.domain.id,
                entry.domain.version,
                entry.domain.state,
                entry.fate,
                None if entry.keep_in is None else (entry.keep_in.id, entry.keep_in.name),
            )
            for entry in preview.domains
        ],
        [(domain.id, domain.version) for domain in preview.shortened],
        [(ending.kind, ending.count, ending.names) for ending in preview.endings],
        None if change is None else change.id,
        preview.refund_minor,
        preview.currency,
    ]
    return sha256(json.dumps(computed, default=str).encode()).hexdigest()
