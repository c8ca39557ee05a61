"""Agreements of every state, their log and their files, and what all customers share of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from models import Agreement, AgreementEvent, AgreementFile, AgreementVersion, Customer, SubProcessor


async def make_agreement_versions(ids: list[str], now: datetime) -> list[AgreementVersion]:
    """Three versions and two sub-processors; two versions are of the same day."""
    versions = [
        await AgreementVersion.create(
            number=f"v-{n}", valid_from=date(2025, 1, 1 + n // 2), text_de=f"# Süß {n}", text_en=f"# Sweet {n}",
            created_at=now,
        )
        for n in range(3)
    ]  # fmt: skip
    for n, country in enumerate(("DE", "CH")):
        entry = await SubProcessor.create(
            name=f"Firma {n}", address="Kai 1", country=country, purpose_de="Größe", purpose_en="size",
            safeguard="Art. 45" if n else None, announced_on=date(2025, 1, 1), since=date(2025, 2, 1),
            until=date(2026, 1, 1) if n else None, end_announced_on=date(2025, 12, 1) if n else None,
        )  # fmt: skip
        ids.append(entry.id)
    ids += [version.id for version in versions]
    return versions


async def make_agreements(customer: Customer, versions: list[AgreementVersion], ids: list[str], now: datetime) -> None:
    """One in each state, for a customer; two were asked for at the same moment."""
    for n, (version, state) in enumerate(zip(versions, ("SUPERSEDED", "CONCLUDED", "REQUESTED"), strict=True)):
        concluded = None if state == "REQUESTED" else now - timedelta(days=n)
        row = await Agreement.create(
            customer=customer, version=version, state=state, requested_at=now - timedelta(days=9 - n // 2),
            signatory="Ärzte" if concluded else None, language="de" if concluded else None,
            concluded_at=concluded, superseded_at=None if n else now,
        )  # fmt: skip
        ids.append(row.id)
        for kind in ("REQUESTED", "CONCLUDED", "DOWNLOADED")[: 3 - n]:
            await AgreementEvent.create(customer=customer, agreement=row, kind=kind, occurred_at=now)
        if n == 1:
            await AgreementFile.create(
                customer=customer, agreement=row, sha256="0" * 64, content=b"%PDF-", created_at=now
            )
