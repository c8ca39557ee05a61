"""Accounts, keys and jobs for the differential test: some of everything, and columns empty by turns."""

from __future__ import annotations

from datetime import timedelta

from models import CronJob, Customer, Package, SftpAccount, SshKey
from tests.world import NOW

SCHEDULES = ("*/5 * * * *", "30 2 * * *", "0 0 29 2 *", "0 7 1,15 * 1-5")


async def make_web_access(customer: Customer, package: Package, n: int) -> list[str]:
    """Those of a package, and their ids."""
    ids = []
    for a in range([2, 0, 3][n % 3]):
        account = await SftpAccount.create(
            customer=customer, package=package, username=f"{package.identification}-{'zab'[a]}", label=[None, "Größe"][a % 2],
            directory=["", "größe/öffentlich"][a % 2], access=["SFTP", "SSH"][a % 2], created_at=NOW - timedelta(days=a // 2),
            password_changed_at=NOW if a != 1 else None, last_used_at=NOW if n % 2 else None,
        )  # fmt: skip
        ids.append(account.id)
        for k in range([0, 3, 1][a]):
            row = await SshKey.create(
                customer=customer, package=package, account=account, type=["ssh-ed25519", "ssh-rsa"][k % 2],
                public_key="ssh-ed25519 AAAA", fingerprint=f"SHA256:{k}{account.id}", label=[None, "Büro"][k % 2],
                created_at=NOW - timedelta(days=k // 2),
            )  # fmt: skip
            ids.append(row.id)
    for c in range([0, 4, 1][n % 3]):
        script = c % 2 == 1
        job = await CronJob.create(
            customer=customer, package=package, label=["Nächtlich", None][c % 2], schedule=SCHEDULES[c],
            kind="SCRIPT" if script else "URL", target="größe/cron.php" if script else "https://example.com/%C3%A4?x=1",
            php_version="8.4" if script else None, enabled=c != 2, last_run_at=NOW if c else None,
            last_succeeded=[None, True, False][c % 3], created_at=NOW - timedelta(days=c // 2),
        )  # fmt: skip
        ids.append(job.id)
    return ids
