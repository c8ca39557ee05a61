"""Accounts, keys and jobs of the demo's packages: as shops and clubs have them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from gateway.auth.ssh_key_line import read
from models import CronJob, CronKind, Package, PackageFunction, PackageState, SftpAccess, SftpAccount, SshKey
from models.database import in_unit_of_work
from models.rules.sftp_account import username

AT_ONCE = 500

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDgYGJDE1UDLWFwGsNYm5PodFHczlIkmAxRy8KYCsHJS agentur@laptop"
"""A public key whose private one was thrown away."""


async def make_web_access(now: datetime) -> int:
    """Give packages with web space an account and a job where they have none; how many accounts they were."""
    active = Package.filter(state=PackageState.ACTIVE, sftp_accounts=None, cron_jobs=None).select_related("type")
    packages = [one for one in await active.order_by("id") if PackageFunction.WEB_SPACE.value in one.type.functions]
    at = now.replace(microsecond=0)
    accounts = [
        SftpAccount(
            customer_id=one.customer_id,
            package_id=one.id,
            username=username(one.identification, "main"),
            label="Agentur",
            directory="",
            access=SftpAccess.SSH if number % 3 == 0 else SftpAccess.SFTP,
            password_changed_at=None if number % 4 == 0 else at - timedelta(days=30 + number % 200),
            last_used_at=at - timedelta(days=number % 9, minutes=number % 50),
            created_at=one.created_at,
        )
        for number, one in enumerate(packages)
    ]
    key = read(KEY)
    keys = [
        SshKey(
            customer_id=account.customer_id,
            package_id=account.package_id,
            account_id=account.id,
            type=key.type,
            public_key=key.text,
            fingerprint=key.fingerprint,
            label=key.comment,
            created_at=account.created_at,
        )
        for account in accounts[::4]
    ]
    jobs = [job for number, one in enumerate(packages) for job in _jobs(one, number, at)]

    async def write() -> None:
        await SftpAccount.bulk_create(accounts, batch_size=AT_ONCE)
        await SshKey.bulk_create(keys, batch_size=AT_ONCE)
        await CronJob.bulk_create(jobs, batch_size=AT_ONCE)

    await in_unit_of_work(write)
    return len(accounts)


def _jobs(package: Package, number: int, at: datetime) -> Iterator[CronJob]:
    yield CronJob(
        customer_id=package.customer_id,
        package_id=package.id,
        label="Warteschlange abarbeiten",
        schedule="*/15 * * * *",
        kind=CronKind.SCRIPT,
        target="cron/queue.php",
        php_version="8.4",
        last_run_at=at - timedelta(minutes=number % 15),
        last_succeeded=number % 11 != 5,
        created_at=package.created_at,
    )
