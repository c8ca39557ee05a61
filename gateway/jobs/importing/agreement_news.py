"""Changes of the list of sub-processors that lie ahead, told by mail to whoever has an agreement (Art. 28 (2) GDPR)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gateway.jobs.importing.batch import AT_ONCE
from models import Agreement, AgreementState, Customer, OutboxMessage

NOTICE = "mail.sub_processors_announced"


@dataclass(frozen=True, slots=True)
class News:
    """From `effective_on` on a company is on the list, for a purpose; or it is not any more (`ends`)."""

    effective_on: date
    name: str
    purpose_de: str
    purpose_en: str
    ends: bool = False

    def line(self, language: str) -> str:
        """The line of the mail."""
        if language == "de":
            what = "nicht mehr" if self.ends else f"neu: {self.purpose_de}"
            return f"{self.effective_on:%d.%m.%Y}: {self.name}, {what}"
        what = "no longer" if self.ends else f"new: {self.purpose_en}"
        return f"{self.effective_on}: {self.name}, {what}"


async def announce(news: Sequence[News], now: datetime) -> int:
    """Write a mail to each customer whose agreement is in force: inside the caller's unit of work. How many there are."""
    if not news:
        return 0
    ordered = sorted(news, key=lambda entry: (entry.effective_on, entry.name, not entry.ends))
    lines = {language: [entry.line(language) for entry in ordered] for language in ("de", "en")}
    concluded = await Agreement.filter(state=AgreementState.CONCLUDED).values_list("customer_id", flat=True)
    ids = sorted({str(id) for id in concluded})
    for start in range(0, len(ids), AT_ONCE):
        customers = await Customer.filter(id__in=ids[start : start + AT_ONCE]).order_by("id")
        await OutboxMessage.bulk_create([_mail(customer, lines, now) for customer in customers])
    return len(ids)


def _mail(customer: Customer, lines: dict[str, list[str]], now: datetime) -> OutboxMessage:
    language = customer.language if customer.language in lines else "en"
    payload = {"to": [customer.email], "language": language, "at": now.isoformat(), "changes": lines[language]}
    return OutboxMessage(customer_id=customer.id, kind=NOTICE, payload=payload, created_at=now, available_at=now)
