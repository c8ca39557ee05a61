"""DNS records for the domains of the demo: what a host sets up for a new domain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from models import DnsRecord, Domain, DomainState
from models.database import in_unit_of_work

TTL = 3_600

AT_ONCE = 1_000


async def make_zones(now: datetime) -> int:
    """Give each active domain without records those it begins with; how many they were. Addresses are of RFC 5737, 3849."""
    domains = await Domain.filter(state=DomainState.ACTIVE, dns_records=None).order_by("id")
    rows = [row for domain in domains for row in _first_records(domain, now)]

    async def write() -> None:
        await DnsRecord.bulk_create(rows, batch_size=AT_ONCE)

    await in_unit_of_work(write)
    return len(rows)


def _first_records(domain: Domain, now: datetime) -> Iterator[DnsRecord]:
    host = 1 + sum(domain.ascii_name.encode()) % 250
    for name, kind, value in (
        ("@", "A", f"192.0.2.{host}"),
        ("@", "AAAA", f"2001:db8::{host:x}"),
        ("@", "MX", "10 mx.hosting.example."),
        ("@", "TXT", '"v=spf1 mx include:spf.hosting.example -all"'),
        ("www", "CNAME", f"{domain.ascii_name}."),
        ("_dmarc", "TXT", '"v=DMARC1; p=quarantine"'),
    ):
        yield DnsRecord(
            customer_id=domain.customer_id,
            package_id=domain.package_id,
            domain_id=domain.id,
            name=name,
            type=kind,
            ttl=TTL,
            value=value,
            created_at=domain.created_at or now,
        )
