"""Cancellations in every state and of everything, with what became of domains, receipts, and holders of domains."""

from __future__ import annotations

from datetime import date, timedelta
from datetime import datetime as DateTime

from models import (
    AddOn,
    Cancellation,
    CancellationReceipt,
    CancelledDomain,
    Contract,
    Customer,
    Domain,
    DomainHolder,
    Package,
)

STATES = ("DECLARED", "UNDONE", "CARRIED_OUT")


async def make_cancellations(customer: Customer, ids: list[str], now: DateTime) -> None:
    """Of contracts, domains and add-ons of a customer, in turns; some were declared at the same moment."""
    contracts = await Contract.filter(customer_id=customer.id).order_by("number")
    for n, contract in enumerate(contracts):
        domains = await Domain.filter(package_id=contract.package_id).order_by("ascii_name").limit(3)
        add_on = await AddOn.filter(contract_id=contract.id).order_by("id").first()
        for k, subject in enumerate((contract, domains[0] if domains else None, add_on)):
            if subject is None:
                continue
            state = STATES[(n + k) % 3]
            kind = ("PACKAGE", "DOMAIN", "ADD_ON")[k]
            named = {"domain_id": subject.id} if k == 1 else {"add_on_id": subject.id} if k else {}
            current = ("current_contract_id", "current_domain_id", "current_add_on_id")[k]
            row = await Cancellation.create(
                customer_id=customer.id, package_id=contract.package_id, contract_id=contract.id, subject=kind, state=state,
                number=f"K-{contract.number}-{k}", declared_at=now - timedelta(days=n // 2), ends_on=date(2027, 1, 30 - k),
                undo_until=now + timedelta(days=k - 1), settled_at=None if state == "DECLARED" else now,
                refund_minor=5_000_000_000 if n == 4 else n, currency="EUR", before={}, content='{"größe": 1}',
                content_sha256=f"{n:064}", **named, **({} if state == "UNDONE" else {current: subject.id}),
            )  # fmt: skip
            ids.append(row.id)
            own = {"customer_id": customer.id, "cancellation_id": row.id}
            await CancellationReceipt.create(**own, language="de", sha256="0" * 64, content=b"%PDF-", created_at=now)
            other = await Package.filter(customer_id=customer.id).exclude(id=contract.package_id).first()
            for d, domain in enumerate(domains):
                kept = other if d == 2 else None
                await CancelledDomain.create(
                    **own, of_domain_id=domain.id, fate="KEEP" if kept else ("DELETE", "TRANSFER")[d % 2],
                    keep_in_id=kept.id if kept else None,
                )  # fmt: skip
        for domain in domains[:1]:
            await DomainHolder.create(
                customer_id=customer.id, domain_id=domain.id, name="Ida", organisation=None if n % 2 else "Ärzte e. V.",
                street="Weg 2", postcode="10115", city="Köln", country="DE", email="ida@example.org", phone=None,
            )  # fmt: skip
            await Domain.filter(id=domain.id).update(
                paid_until=date(2026, 5, 5), state=("CANCELLED", "TRANSFERRING", "ACTIVE")[n % 3],
                ends_on=None if n % 3 == 2 else date(2026, 1, 30), auth_info_sealed="sealed" if n % 2 else None,
            )  # fmt: skip
