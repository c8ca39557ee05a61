"""Declaring a cancellation, and taking it back: what is written, in one unit of work each (SECURITY MO4).

Both hold the customer and the contract first, so that of several at a time each sees what those before it made.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from gateway.auth import audit, visible
from gateway.auth.auth_info import sealed_auth_info
from gateway.auth.cancellation_changes import Changes, restore
from gateway.auth.cancellation_domains import EndingDomain
from gateway.auth.cancellation_preview import CancellationPreview
from gateway.auth.client import Client
from gateway.auth.notices import notify
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from gateway.keys import Keyring
from models import (
    Cancellation,
    CancellationReceipt,
    CancellationState,
    CancellationSubject,
    CancelledDomain,
    Contract,
    ContractEvent,
    ContractEventKind,
    ContractState,
    Customer,
    DomainFate,
    DomainState,
    PackageState,
    TariffChangeState,
)
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import cancellation as rule
from models.rules.berlin import berlin_day
from models.rules.decision import Refused

ID_PATH = ("input", "id")
_NUMBER = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the customer is given: the number, the declaration in canonical form, and the PDF with both."""

    number: str
    language: str
    content: str
    pdf: bytes
    declared_at: datetime

    @property
    def content_sha256(self) -> str:
        """The checksum of the declaration, which stands on the PDF as well."""
        return sha256(self.content.encode()).hexdigest()


def new_number(now: datetime) -> str:
    """The number of a cancellation: `K-2026-7QX3M2PA`. It tells nothing about how many there are."""
    return f"K-{now.year}-{''.join(secrets.choice(_NUMBER) for _ in range(8))}"


def canonical(preview: CancellationPreview, number: str, customer: Customer, now: datetime) -> str:
    """The declaration as JSON with sorted names and without spaces: what its checksum is over."""
    subject, contract = preview.subject, preview.subject.contract
    assert contract is not None
    assert preview.ends_on is not None
    assert preview.undo_until is not None
    content: dict[str, Any] = {
        "addOns": [add_on.name for add_on in preview.add_ons],
        "contract": contract.number,
        "customer": customer.number,
        "declaredAt": now.isoformat(),
        "domains": [
            {
                "fate": entry.fate,
                "keepIn": None if entry.keep_in is None else entry.keep_in.order_number,
                "name": entry.domain.ascii_name,
            }
            for entry in preview.domains
        ],
        "endsOn": preview.ends_on.isoformat(),
        "number": number,
        "refund": {"currency": preview.currency, "minorUnits": preview.refund_minor},
        "subject": {"id": subject.id, "kind": subject.kind, "name": subject.name},
        "undoUntil": preview.undo_until.isoformat(),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


async def hold(viewer: Viewer, contract_id: str) -> Customer:
    """Lock the customer and the contract until the unit of work ends."""
    customer = await hold_customer(viewer.customer_id)
    await visible.contracts(viewer).filter(id=contract_id).select_for_update(no_key=True).get()
    return customer


async def write_declaration(
    viewer: Viewer,
    customer: Customer,
    preview: CancellationPreview,
    receipt: Receipt,
    keyring: Keyring,
    client: Client,
) -> Cancellation:
    """Write a cancellation with everything it means: inside a unit of work that `hold`s, with a preview made in it.

    Raises `CONFLICT` when a row is not as the preview has it.
    """
    subject, now = preview.subject, receipt.declared_at
    contract = subject.contract
    assert contract is not None
    assert preview.ends_on is not None
    assert preview.undo_until is not None
    changes = Changes(viewer)
    await _change(changes, preview, keyring, now)
    current: dict[str, Any] = {f"current_{_PART[subject.kind]}_id": _current(subject.kind, contract, subject.id)}
    await (
        visible.cancellations(viewer)
        .filter(**current, state=CancellationState.CARRIED_OUT)
        .update(**dict.fromkeys(current))
    )
    cancellation = await Cancellation.create(
        customer_id=viewer.customer_id,
        package_id=subject.package.id,
        contract_id=contract.id,
        domain_id=None if subject.domain is None else subject.domain.id,
        add_on_id=None if subject.add_on is None else subject.add_on.id,
        subject=subject.kind,
        state=CancellationState.DECLARED,
        number=receipt.number,
        declared_at=now,
        ends_on=preview.ends_on,
        undo_until=preview.undo_until,
        refund_minor=preview.refund_minor,
        currency=preview.currency,
        before=changes.noted,
        content=receipt.content,
        content_sha256=receipt.content_sha256,
        **current,
    )
    for entry in preview.domains:
        await CancelledDomain.create(
            customer_id=viewer.customer_id, cancellation_id=cancellation.id, of_domain_id=entry.domain.id,
            fate=entry.fate, keep_in_id=None if entry.keep_in is None else entry.keep_in.id,
        )  # fmt: skip
    stored = await CancellationReceipt.create(
        customer_id=viewer.customer_id, cancellation_id=cancellation.id, language=receipt.language,
        sha256=sha256(receipt.pdf).hexdigest(), content=receipt.pdf, created_at=now,
    )  # fmt: skip
    kind = ContractEventKind.CANCELLED
    await _tell(viewer, customer, cancellation, kind, subject.name, client, now, attached=[stored.id])
    if preview.tariff_change is not None:
        await _log(cancellation, ContractEventKind.TARIFF_CHANGE_REVOKED, now, preview.tariff_change.to_tariff_id)
    return cancellation


_PART = {
    CancellationSubject.PACKAGE: "contract",
    CancellationSubject.DOMAIN: "domain",
    CancellationSubject.ADD_ON: "add_on",
}


def _current(kind: CancellationSubject, contract: Contract, id: str) -> str:
    return contract.id if kind is CancellationSubject.PACKAGE else id


async def _change(changes: Changes, preview: CancellationPreview, keyring: Keyring, now: datetime) -> None:
    """The state of everything that is affected."""
    subject, end = preview.subject, preview.ends_on
    assert end is not None
    if subject.add_on is not None:
        await changes.make(subject.add_on, state=ContractState.CANCELLED, ends_on=end)
        return
    if subject.domain is None:
        assert subject.contract is not None
        await changes.make(subject.contract, state=ContractState.CANCELLED, ends_on=end)
        await changes.make(subject.package, state=PackageState.CANCELLED)
        for add_on in preview.add_ons:
            last = min(end, add_on.ends_on or end)
            if add_on.state is ContractState.ACTIVE or add_on.ends_on != last:
                await changes.make(add_on, state=ContractState.CANCELLED, ends_on=last)
        for domain in preview.shortened:
            await changes.make(domain, ends_on=end)
        if preview.tariff_change is not None:
            await changes.make(
                preview.tariff_change, state=TariffChangeState.REVOKED, pending_for_id=None, settled_at=now
            )
    for entry in preview.domains:
        await _change_domain(changes, entry, preview, keyring)


async def _change_domain(changes: Changes, entry: EndingDomain, preview: CancellationPreview, keyring: Keyring) -> None:
    if entry.fate is DomainFate.KEEP:
        return  # it stays what it is, and moves when the package ends
    fresh = entry.fate is DomainFate.TRANSFER and entry.domain.auth_info_sealed is None
    secret = {"auth_info_sealed": sealed_auth_info(keyring)} if fresh else None
    await changes.make(entry.domain, secret, state=DomainState.CANCELLED, ends_on=preview.ends_on)


async def undo_cancellation(viewer: Viewer, id: str, client: Client, now: datetime) -> Cancellation:
    """Take a cancellation back: everything is again what it was before. A unit of work.

    What somebody else changed since stays as they made it, and the whole is refused when that is what was cancelled itself.
    Raises `NOT_FOUND`, and `CONFLICT` with the words of the menu's reason.
    """

    async def take_back() -> Cancellation:
        found = await _find(viewer, id)
        customer = await hold(viewer, found.contract_id)
        cancellation = await _find(viewer, id)
        await _demand_undoable(viewer, cancellation, now)
        still = visible.cancellations(viewer).filter(id=id, state=CancellationState.DECLARED, undo_until__gt=now)
        gone = {f"current_{part}_id": None for part in _PART.values()}
        if not await still.update(state=CancellationState.UNDONE, settled_at=now, **gone):
            raise GatewayError(ErrorCode.CONFLICT, f"refused.{rule.CHANGED_SINCE}", path=ID_PATH)
        revived = await _restore(viewer, cancellation, berlin_day(now).isoformat())
        name = json.loads(cancellation.content)["subject"]["name"]
        await _tell(viewer, customer, cancellation, ContractEventKind.CANCELLATION_UNDONE, name, client, now)
        if revived is not None:
            await _log(cancellation, ContractEventKind.TARIFF_CHANGE_SCHEDULED, now, revived)
        return await visible.cancellations(viewer).get(id=id)

    return await in_unit_of_work(take_back)


async def _find(viewer: Viewer, id: str) -> Cancellation:
    found = await visible.cancellations(viewer).get_or_none(id=id) if prefix_of(id) == "can" else None
    if found is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=ID_PATH)
    return found


async def _demand_undoable(viewer: Viewer, cancellation: Cancellation, now: datetime) -> None:
    contract = await visible.contracts(viewer).get(id=cancellation.contract_id)
    found: Any = contract
    if cancellation.domain_id is not None:
        found = await visible.domains(viewer).get(id=cancellation.domain_id)
    elif cancellation.add_on_id is not None:
        found = await visible.add_ons(viewer).get(id=cancellation.add_on_id)
    standing = cancellation.state is not CancellationState.UNDONE
    decision = rule.undoable(
        cancellation.state.value if standing else None,
        cancellation.undo_until,
        cancellation.ends_on,
        found.state.value,
        found.ends_on,
        now,
        contract_state="ACTIVE" if found is contract else contract.state.value,
    )
    if isinstance(decision, Refused):
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=ID_PATH)


async def _restore(viewer: Viewer, cancellation: Cancellation, today: str) -> str | None:
    """Put everything back; the id of the tariff that a change is scheduled to again, if there was one.

    A change whose day is over stays revoked: it could not have been carried out on it.
    """
    main = cancellation.domain_id or cancellation.add_on_id or cancellation.contract_id
    revived = None
    for changed, noted in cancellation.before.items():
        if prefix_of(changed) == "tch":
            change = await visible.tariff_changes(viewer).get(id=changed)
            if change.effective_on.isoformat() > today and await restore(viewer, changed, noted):
                revived = change.to_tariff_id
        elif not await restore(viewer, changed, noted) and changed == main:
            raise GatewayError(ErrorCode.CONFLICT, f"refused.{rule.CHANGED_SINCE}", path=ID_PATH)
    return revived


async def _log(
    cancellation: Cancellation, kind: ContractEventKind, now: datetime, tariff_id: str | None = None
) -> None:
    """An entry of the contract's history."""
    about: dict[str, Any] = (
        {"tariff_id": tariff_id}
        if tariff_id is not None
        else {
            "add_on_id": cancellation.add_on_id,
            "domain_id": cancellation.domain_id,
            "effective_on": cancellation.ends_on,
        }
    )
    await ContractEvent.create(
        customer_id=cancellation.customer_id, contract_id=cancellation.contract_id, kind=kind, occurred_at=now, **about
    )


async def _tell(
    viewer: Viewer,
    customer: Customer,
    cancellation: Cancellation,
    kind: ContractEventKind,
    name: str,
    client: Client,
    now: datetime,
    attached: Sequence[str] = (),
) -> None:
    """The history, the audit log and a mail, with the files of these ids."""
    declared = kind is ContractEventKind.CANCELLED
    await _log(cancellation, kind, now)
    await audit.record(
        audit.actor_of(viewer), client, now, "cancellation.declare" if declared else "cancellation.undo",
        object_id=cancellation.id, package_id=cancellation.package_id,
        detail={"name": name, "ends_on": cancellation.ends_on.isoformat(), "sha256": cancellation.content_sha256},
    )  # fmt: skip
    await notify(
        customer, "cancellation_declared" if declared else "cancellation_undone", now, attached=attached,
        number=cancellation.number, subject=name, ends_on=cancellation.ends_on.isoformat(),
        undo_until_at=cancellation.undo_until.isoformat(), sha256=cancellation.content_sha256,
    )  # fmt: skip
