"""What follows a domain into another package: records, mail, host names, and the website apps that stand on those."""

from __future__ import annotations

from models import Backup, DnsRecord, Domain, HostedDatabase, MailAddress, Mailbox, WebHost, WebsiteApp


async def take_along(domain_id: str, package_id: str) -> None:
    """Put all of it into the package of the domain, inside the caller's unit of work.

    Left behind, it would still be there for the login of the old package, and the names would be taken in the new one.
    """
    domain = await Domain.get(id=domain_id)
    await DnsRecord.filter(domain_id=domain_id).update(package_id=package_id)
    await _mail(domain, package_id)
    hosts = list(await WebHost.filter(domain_id=domain_id).values_list("id", flat=True))
    await WebHost.filter(domain_id=domain_id).update(package_id=package_id)
    apps = await WebsiteApp.filter(web_host_id__in=hosts) if hosts else []
    await WebsiteApp.filter(id__in=[app.id for app in apps]).update(package_id=package_id)
    databases = [app.database_id for app in apps if app.database_id is not None]
    await HostedDatabase.filter(id__in=databases).update(package_id=package_id)
    await Backup.filter(database_id__in=databases).update(package_id=package_id)


async def _mail(domain: Domain, package_id: str) -> None:
    """Mailboxes and addresses of a domain; what led into a mailbox that is in another package now is sent on to it."""
    boxes = list(await Mailbox.filter(address__endswith=f"@{domain.name}").values_list("id", flat=True))
    await Mailbox.filter(id__in=boxes).update(package_id=package_id)
    await Backup.filter(mailbox_id__in=boxes).update(package_id=package_id)
    await MailAddress.filter(domain_id=domain.id).update(package_id=package_id)
    own = await MailAddress.filter(domain_id=domain.id, mailbox_id__isnull=False).select_related("mailbox")
    into = await MailAddress.filter(mailbox_id__in=boxes).select_related("mailbox")
    for alias in {alias.id: alias for alias in [*own, *into]}.values():
        if alias.mailbox is not None and alias.mailbox.package_id != alias.package_id:
            targets = list(dict.fromkeys([*alias.targets, alias.mailbox.address]))
            await MailAddress.filter(id=alias.id).update(mailbox_id=None, targets=targets, version=alias.version + 1)
