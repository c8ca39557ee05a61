"""Making the demo: keys, database, records, and a file that says how to sign in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from gateway.auth.audit_chain import seal_with
from gateway.auth.passwords import Passwords
from gateway.documents.company import load_company
from gateway.hosting import load_hosting
from gateway.jobs.demo.activity import make_activity
from gateway.jobs.demo.agreement import make_agreements
from gateway.jobs.demo.backups import make_backups
from gateway.jobs.demo.cancellation import make_cancellation
from gateway.jobs.demo.data_report import make_data_report
from gateway.jobs.demo.databases import make_databases
from gateway.jobs.demo.debit import make_debits
from gateway.jobs.demo.declaration import make_declarations
from gateway.jobs.demo.mail_addresses import make_mail_addresses
from gateway.jobs.demo.operations import make_operations
from gateway.jobs.demo.people import CAST, EXTRAS, LOGINS, extra_number
from gateway.jobs.demo.records import demo_records
from gateway.jobs.demo.tariff_change import make_tariff_change
from gateway.jobs.demo.two_factor import set_up_devices
from gateway.jobs.demo.web_access import make_web_access
from gateway.jobs.demo.web_hosts import make_web_hosts
from gateway.jobs.demo.web_space_usage import make_web_space_usage
from gateway.jobs.demo.website_apps import make_website_apps
from gateway.jobs.demo.zones import make_zones
from gateway.jobs.importing.help_folder import FileRefusal, import_help
from gateway.jobs.importing.importer import Importer
from gateway.jobs.importing.record import Refusal
from gateway.keys import IBAN_SEAL, load_keyring, new_key_file
from gateway.settings import Settings
from models import BankAccount, Customer
from models.database import close, connect
from models.database.migrate import migrate
from models.database.target import parse

DEMO_FILE = Path("var/demo.json")

HELP = Path(__file__).parent / "help"
"""The articles and contacts of the demo, as `gateway import help` takes them."""

NUMBERS = frozenset({role.number for role in CAST} | {extra_number(index) for index in range(EXTRAS)})
"""Customer numbers of the demo: a database with any other is somebody's own."""


class Standing(Enum):
    """How much of a demo a database holds."""

    NOTHING = "nothing"
    PART = "part"
    WHOLE = "whole"
    FOREIGN = "foreign"


class DemoError(Exception):
    """The demo cannot be made here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that stands. `records` is how many were stored just now; 0 when it stood before."""

    url: str
    records: int


async def make_demo(settings: Settings, *, fresh: bool, file: Path = DEMO_FILE) -> Demo:
    """Make the demo, or keep the one that stands. Writes `file` in either case: the address may have changed.

    Raises `DemoError` when the database holds something that is not the demo: nobody's data is mixed with made-up ones.
    """
    if not settings.keys:
        new_key_file(settings.key_file)
    await migrate(settings.database_url)
    standing = await _standing(settings, file)
    if standing is Standing.FOREIGN:
        raise DemoError(
            "This database holds data that is not the demo's: GATEWAY_DATABASE_URL should name another one."
        )
    if standing is Standing.PART or (fresh and standing is Standing.WHOLE):
        _empty(settings.database_url, file)
        await migrate(settings.database_url)
        standing = Standing.NOTHING
    records = await _fill(settings) if standing is Standing.NOTHING else 0
    await _help(settings)
    _write(file, settings.url)
    return Demo(settings.url, records)


def _empty(url: str, file: Path) -> None:
    target = parse(url)
    if not target.path:
        raise DemoError("A demo in PostgreSQL is made in an empty database only: drop and create it first.")
    path = Path(target.path)
    file.unlink(missing_ok=True)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


async def _standing(settings: Settings, file: Path) -> Standing:
    """What is in the database. `file` is written last: without it a demo was interrupted."""
    await connect(settings.database_url, settings.database_pool)
    try:
        found = {customer.number for customer in await Customer.all().only("id", "number").limit(len(NUMBERS) + 1)}
        account = await BankAccount.first()
    finally:
        await close()
    if not found:
        return Standing.NOTHING
    if not found <= NUMBERS:
        return Standing.FOREIGN
    whole = found == NUMBERS and _is_file(file) and account is not None and _opens(settings, account)
    return Standing.WHOLE if whole else Standing.PART


def _opens(settings: Settings, account: BankAccount) -> bool:
    """Whether the keys are those the demo was made with: with others its passwords are worth nothing."""
    try:
        load_keyring(settings.keys, settings.key_file).unseal(IBAN_SEAL, account.iban_sealed)
    except ValueError:
        return False
    return True


def _is_file(file: Path) -> bool:
    return file.is_file()


async def _fill(settings: Settings) -> int:
    keyring = load_keyring(settings.keys, settings.key_file)
    seal_with(keyring)
    passwords = Passwords(keyring, cost=settings.bcrypt_cost, workers=settings.password_workers, queue=len(LOGINS))
    refused: list[Refusal] = []
    importer = Importer(
        keyring, passwords, hashes_at_once=len(LOGINS), clock=lambda: datetime.now(UTC), report=refused.append
    )
    await connect(settings.database_url, settings.database_pool)
    try:
        outcome = await importer.take_all(demo_records(today=datetime.now(UTC).date()))
        await make_zones(load_hosting(settings.hosting_file), datetime.now(UTC))
        await make_web_hosts(datetime.now(UTC))
        await make_web_access(datetime.now(UTC))
        await make_mail_addresses(datetime.now(UTC))
        await make_databases(load_hosting(settings.hosting_file), datetime.now(UTC))
        await make_web_space_usage(datetime.now(UTC))
        await make_website_apps(load_hosting(settings.hosting_file), datetime.now(UTC))
        await make_backups(datetime.now(UTC))
        await make_operations(datetime.now(UTC))
        await set_up_devices(keyring, datetime.now(UTC))
        await make_activity(datetime.now(UTC))
    finally:
        await close()
        await passwords.close()
    if refused:
        raise DemoError(f"The demo does not keep the rules of an import: {refused[0]}")
    return outcome.stored


async def _help(settings: Settings) -> None:
    """Also for a demo that stands: its articles, and its agreements, are those of this version. It has a data report."""
    refused: list[FileRefusal] = []
    seal_with(load_keyring(settings.keys, settings.key_file))
    await connect(settings.database_url, settings.database_pool)
    try:
        await import_help(HELP, datetime.now(UTC), refused.append, prune=True)
        company, kept = load_company(settings.company_file), timedelta(seconds=settings.data_report_lifetime)
        refused += await make_agreements(company, datetime.now(UTC))
        await make_data_report(company, kept, datetime.now(UTC))
        await make_declarations(company, datetime.now(UTC))
        await make_debits(datetime.now(UTC))
        await make_cancellation(load_keyring(settings.keys, settings.key_file), company, datetime.now(UTC))
        await make_tariff_change(load_keyring(settings.keys, settings.key_file), datetime.now(UTC))
    finally:
        await close()
    if refused:
        raise DemoError(f"The demo does not keep the rules of an import: {refused[0]}")


def _write(file: Path, url: str) -> None:
    logins = [
        {"kind": login.kind, "login": login.login, "password": login.password}
        | ({"totpSecret": login.totp_secret} if login.totp_secret else {})
        for login in LOGINS
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}")
    unfinished.write_text(json.dumps({"url": url, "logins": logins}, ensure_ascii=False, indent=2) + "\n", "utf-8")
    unfinished.replace(file)
