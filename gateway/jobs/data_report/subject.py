"""Whom a report is for and what it says before any entry: everything but the rows themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gateway.documents.company import Company
from gateway.documents.party import Party
from gateway.jobs.data_report.declaration import Section
from gateway.jobs.data_report.register import SECTIONS
from gateway.jobs.data_report.rows import count_rows
from models import Customer, DataReport, SubProcessor

LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A company that processes data for the host."""

    name: str
    address: str
    country: str
    purpose: str
    safeguard: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A report in the making. `counts` are the rows of each section, in the order of the report."""

    report_id: str
    customer_id: str
    customer_number: str
    name: str
    recipient: Party
    language: str
    requested_at: datetime
    due_on: date
    made_at: datetime
    company: Company
    recipients: tuple[Recipient, ...]
    counts: Mapping[str, int]

    def sections(self) -> Sequence[Section]:
        """The tables of the report."""
        return SECTIONS


async def subject_of(report: DataReport, company: Company, now: datetime) -> Subject:
    """What is known at `now` about whom a report is for."""
    customer = await Customer.get(id=report.customer_id)
    language = customer.language if customer.language in LANGUAGES else "en"
    current = SubProcessor.filter(since__lte=now.date()).order_by("name", "id")
    processors = [p for p in await current if p.until is None or p.until > now.date()]
    return Subject(
        report_id=report.id,
        customer_id=customer.id,
        customer_number=customer.number,
        name=customer.display_name,
        recipient=Party(
            name=customer.display_name.strip() or customer.number,
            extra=customer.address_extra,
            street=customer.street,
            postcode=customer.postcode,
            city=customer.city,
            country=customer.country,
            number=customer.number,
        ),
        language=language,
        requested_at=report.requested_at,
        due_on=report.due_on,
        made_at=now,
        company=company,
        recipients=tuple(
            Recipient(p.name, p.address, p.country, p.purpose_de if language == "de" else p.purpose_en, p.safeguard)
            for p in processors
        ),
        counts={section.name: await count_rows(section, customer.id) for section in SECTIONS},
    )
