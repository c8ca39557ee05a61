"""What follows a domain into another package: records, mail addresses, host names, and the website apps that stand on those."""

from __future__ import annotations

from models import DnsRecord, MailAddress, WebHost, WebsiteApp


async def take_along(domain_id: str, package_id: str | None) -> None:
    """Put all of it into the package of the domain, inside the caller's unit of work.

    Left behind, it would still be there for the login of the old package, and the names would be taken in the new one.
    """
    await DnsRecord.filter(domain_id=domain_id).update(package_id=package_id)
    await MailAddress.filter(domain_id=domain_id).update(package_id=package_id)
    hosts = await WebHost.filter(domain_id=domain_id).values_list("id", flat=True)
    await WebHost.filter(domain_id=domain_id).update(package_id=package_id)
    if hosts:
        await WebsiteApp.filter(web_host_id__in=list(hosts)).update(package_id=package_id)
