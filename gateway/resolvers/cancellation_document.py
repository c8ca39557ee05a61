"""From the preview of a cancellation to the receipt that confirms it. Pure: values in, values out."""

from __future__ import annotations

from datetime import datetime

import models
from gateway.auth.cancellation_preview import CancellationPreview
from gateway.documents.cancellation import CancellationDocument, EndingDomainEntry, EndingEntry
from gateway.documents.company import Company
from gateway.resolvers.invoice_document import recipient
from models.rules.money import format_money


def cancellation_document(
    preview: CancellationPreview,
    customer: models.Customer,
    company: Company,
    *,
    number: str,
    sha256: str,
    language: str,
    declared_at: datetime,
) -> CancellationDocument:
    """The receipt in `language` ("de" or "en") of what the preview shows; `sha256` is that of the declaration."""
    subject = preview.subject
    assert subject.contract is not None
    assert preview.ends_on is not None
    assert preview.undo_until is not None
    return CancellationDocument(
        language=language,
        issuer=company,
        customer=recipient(customer),
        number=number,
        subject=subject.kind.value,
        name=subject.name,
        order_number=subject.package.order_number,
        contract_number=subject.contract.number,
        declared_at=declared_at,
        ends_on=preview.ends_on,
        undo_until=preview.undo_until,
        domains=tuple(
            EndingDomainEntry(
                entry.domain.name,
                "" if entry.fate is None else entry.fate.value,
                None if entry.keep_in is None else entry.keep_in.name,
            )
            for entry in preview.domains
        ),
        endings=tuple(EndingEntry(ending.kind.value, ending.count, ending.names) for ending in preview.endings),
        refund=format_money(preview.refund_minor, preview.currency, language) if preview.refund_minor else None,
        revoked_tariff=None if preview.tariff_change is None else preview.tariff_change.to_tariff.name,
        sha256=sha256,
    )
