"""The data processing agreement of the demo: its versions, the sub-processors, and one customer who concluded the first."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from gateway.documents.agreement_pdf import render_agreement
from gateway.documents.company import Company
from gateway.jobs.demo.people import CAST
from gateway.jobs.importing.agreement_folder import import_agreements
from gateway.jobs.importing.help_folder import FileRefusal
from gateway.resolvers.agreement_document import agreement_document
from models import (
    Agreement,
    AgreementEvent,
    AgreementEventKind,
    AgreementFile,
    AgreementState,
    AgreementVersion,
    Customer,
    SubProcessor,
    term_of,
)
from models.database import in_unit_of_work
from models.rules.sub_processors import at_work

FOLDER = Path(__file__).parent / "agreements"
"""The versions and the list, as `gateway import agreements` takes them."""

AGENCY = CAST[2]
"""Who concluded the first version, and can conclude the second."""


async def make_agreements(company: Company, now: datetime) -> list[FileRefusal]:
    """Store versions and sub-processors, and the agency's agreement unless it has one. The database is connected."""
    refused: list[FileRefusal] = []
    await import_agreements(FOLDER, now, refused.append)
    customer = await Customer.get_or_none(number=AGENCY.number)
    if customer is not None and not refused and not await Agreement.filter(customer_id=customer.id).exists():
        await _conclude_first(customer, company, now)
    return refused


async def _conclude_first(customer: Customer, company: Company, now: datetime) -> None:
    version = await AgreementVersion.all().order_by("valid_from").first()
    if version is None:
        return
    day = max(version.valid_from, customer.created_at.date()) + timedelta(days=1)
    at = min(datetime.combine(day, time(9, 40), UTC), now)
    signatory = f"{AGENCY.first_name} {AGENCY.last_name}"
    document = agreement_document(
        version, customer, company, at_work(map(term_of, await SubProcessor.all()), at.date()),
        signatory=signatory, language=customer.language, concluded_at=at,
    )  # fmt: skip
    content = render_agreement(document)

    async def store() -> None:
        agreement = await Agreement.create(
            customer_id=customer.id, version_id=version.id, state=AgreementState.CONCLUDED, signatory=signatory,
            language=document.language, requested_at=at - timedelta(minutes=5), concluded_at=at,
        )  # fmt: skip
        own = {"customer_id": customer.id, "agreement_id": agreement.id}
        await AgreementFile.create(**own, sha256=sha256(content).hexdigest(), content=content, created_at=at)
        for kind, moment in (
            (AgreementEventKind.REQUESTED, agreement.requested_at),
            (AgreementEventKind.CONCLUDED, at),
        ):
            await AgreementEvent.create(**own, kind=kind, occurred_at=moment)

    await in_unit_of_work(store)
