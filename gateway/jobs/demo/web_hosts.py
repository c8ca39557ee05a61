"""Host names for the domains of the demo: each with a folder of the web space, and `www` before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from models import Domain, DomainState, PackageFunction, PackageState, TlsState, WebHost, WebTarget
from models.database import in_unit_of_work

AT_ONCE = 500

ISSUERS = ("Let's Encrypt R12", "Let's Encrypt R13")

PHP = ("8.4", "8.3", "8.4", "8.5", "8.2")
"""Most have one of the newer versions, some one that ends soon."""


async def make_web_hosts(now: datetime) -> int:
    """Give each active domain of packages with web space its host names where it has none; how many they were."""
    active = Domain.filter(state=DomainState.ACTIVE, web_hosts=None, package__state=PackageState.ACTIVE)
    domains = await active.select_related("package__type").order_by("id")
    served = [domain for domain in domains if PackageFunction.WEB_SPACE.value in domain.package.type.functions]
    rows = [row for number, domain in enumerate(served) for row in _hosts(domain, number, now)]

    async def write() -> None:
        await WebHost.bulk_create(rows, batch_size=AT_ONCE)

    await in_unit_of_work(write)
    return len(rows)


def _hosts(domain: Domain, number: int, now: datetime) -> Iterator[WebHost]:
    made = domain.created_at
    for name in ("@", "www"):
        sent = name == "www"
        yield WebHost(
            customer_id=domain.customer_id,
            package_id=domain.package_id,
            domain_id=domain.id,
            name=name,
            target=WebTarget.REDIRECT if sent else WebTarget.WEB_ROOT,
            web_root=None if sent else domain.ascii_name,
            redirect_url=f"https://{domain.ascii_name}/" if sent else None,
            redirect_code=301 if sent else None,
            php_version=None if sent else PHP[number % len(PHP)],
            tls_state=TlsState.ACTIVE,
            tls_issuer=ISSUERS[number % len(ISSUERS)],
            tls_expires_at=now.replace(microsecond=0) + timedelta(days=20 + number % 60),
            created_at=made,
        )
