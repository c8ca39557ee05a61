"""From the rows of an agreement to the document that shows it. Pure: rows in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import models
from gateway.documents.agreement import AgreementDocument, ListedSubProcessor
from gateway.documents.company import Company
from gateway.documents.markdown import blocks
from gateway.resolvers.invoice_document import recipient


def agreement_document(
    version: models.AgreementVersion,
    customer: models.Customer,
    company: Company,
    sub_processors: Sequence[models.SubProcessor],
    *,
    signatory: str,
    language: str,
    concluded_at: datetime,
) -> AgreementDocument:
    """The document in `language` ("de" or "en"), with the parties and the sub-processors as they are now."""
    german = language == "de"
    return AgreementDocument(
        language=language,
        issuer=company,
        customer=recipient(customer),
        version=version.number,
        signatory=signatory,
        concluded_at=concluded_at,
        text=blocks(version.text_de if german else version.text_en),
        sub_processors=tuple(
            ListedSubProcessor(
                row.name, row.address, row.country, row.purpose_de if german else row.purpose_en, row.safeguard
            )
            for row in sub_processors
        ),
        data_protection_contact=company.data_protection_contact,
    )
