"""DNS records for the domains of the demo: what a host sets up for a new domain, and what owners have made of it since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gateway.documents.zone_record import entry
from gateway.hosting import Hosting
from models import DnsRecord, Domain, DomainState
from models.database import in_unit_of_work
from models.rules import dkim

TTL = 3_600

AT_ONCE = 1_000

SELECTOR = "mail"

DKIM_KEY = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwlvRiLgXhc2q/7FT7OuSpog8PS/tkyOanXIUgp/j8NksmC+OPudK8RWYQ0ZLkCABlq0l"
    "l9Ds9936rnQM18TSLlb6rzv2faarjqb9N5Dr00vVT9BoGbCZXSA6P9FDK7IoQkrINSZP1fb+wWrK/xmObuL3OkJGzQN1+DXqA9QpLl4AIyczqL1U"
    "VoralVO/GcMPIocqLw+ATkJMVhZ3caF3Q8ezGrB3YueJg+ErOpzbLB34hl8KMkLA4zhOVnuQomvszLz0TUEKYC1UcPd2+Dsf65KgG3fxYzFmxvgT"
    "8f8i2L9KmzRxJbYFznZoVG+M71bFuCzFzg2d4wRhSCLwd18zDQIDAQAB"
)
"""The public half of a key whose private half nobody has kept: the demo signs nothing."""


async def make_zones(hosting: Hosting, now: datetime) -> int:
    """Give each active domain without records a key and those it begins with; how many records. Addresses: RFC 5737, 3849."""
    domains = await Domain.filter(state=DomainState.ACTIVE, dns_records=None).order_by("id")
    rows = [row for domain in domains for row in _first_records(domain, hosting, now)]

    async def write() -> None:
        signed = Domain.filter(id__in=[domain.id for domain in domains if _is_signed(domain)])
        await signed.update(dkim_selector=SELECTOR, dkim_public_key=DKIM_KEY)
        await DnsRecord.bulk_create(rows, batch_size=AT_ONCE)

    await in_unit_of_work(write)
    return len(rows)


def _first_records(domain: Domain, hosting: Hosting, now: datetime) -> Iterator[DnsRecord]:
    host = 1 + _chance(domain, 250)
    sent = f"v=spf1 include:{hosting.spf_include} ~all" if _chance(domain, 3) else "v=spf1 mx a -all"
    for name, kind, value in (
        ("@", "A", f"192.0.2.{host}"),
        ("@", "AAAA", f"2001:db8::{host:x}"),
        *(("@", "MX", f"{10 * place} {server}") for place, server in enumerate(hosting.mail_exchangers, 1)),
        ("@", "TXT", sent),
        ("www", "CNAME", domain.ascii_name),
        *((("_dmarc", "TXT", "v=DMARC1; p=quarantine"),) if _chance(domain, 4) else ()),
        *(
            ((f"{SELECTOR}._domainkey", "TXT", dkim.record(DKIM_KEY)),)
            if _is_signed(domain) and _chance(domain, 5)
            else ()
        ),
    ):
        read = entry(domain.ascii_name, name, kind, TTL, value)
        yield DnsRecord(
            customer_id=domain.customer_id,
            package_id=domain.package_id,
            domain_id=domain.id,
            name=read.name,
            type=read.type,
            ttl=read.ttl,
            value=read.value,
            created_at=domain.created_at or now,
        )


def _is_signed(domain: Domain) -> bool:
    """Whether the host signs its mail: it does for most."""
    return _chance(domain, 8) != 2


def _chance(domain: Domain, sides: int) -> int:
    """A number below `sides` that is always the same for a domain."""
    return sum(domain.ascii_name.encode()) % sides
