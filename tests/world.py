"""A small world for tests through the front door: two customers with everything a customer can have, and their sessions.

It is made once for a run; every module or test works on a copy. What it holds is told by plain values (`World`), so that
the same world stands for all copies. Ids are those of its rows, tokens those of its sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from tortoise import Tortoise
from tortoise.models import Model

from gateway.auth.audit import Actor, record
from gateway.auth.client import Client
from gateway.auth.passwords import Passwords
from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.auth.viewer import SCOPES_OF, Scope
from gateway.keys import AUTHENTICATOR_SEAL, Keyring
from models import (
    ActorKind,
    AddOn,
    Agreement,
    AgreementEvent,
    AgreementFile,
    AgreementVersion,
    ApiToken,
    ApiTokenDomain,
    AuditEvent,
    Authenticator,
    Backup,
    BankAccount,
    CalendarFeed,
    Cancellation,
    CancellationReceipt,
    CancelledDomain,
    ContactOption,
    Contract,
    ContractEvent,
    CronJob,
    Customer,
    DataReport,
    DataReportFile,
    Debit,
    Declaration,
    DeclarationReceipt,
    DnsRecord,
    Domain,
    DomainHolder,
    HelpArticle,
    HostedDatabase,
    Invoice,
    InvoiceDiscount,
    InvoiceExport,
    InvoiceExportFile,
    InvoiceFile,
    InvoiceLine,
    InvoiceReminder,
    InvoiceTax,
    InvoiceXml,
    LinkCode,
    MailAddress,
    Mailbox,
    Operation,
    Package,
    PackageFunction,
    PackageState,
    PackageType,
    Payment,
    PhoneNumber,
    RecoveryCode,
    Session,
    SessionKind,
    SftpAccount,
    SignInChallenge,
    SshKey,
    SubProcessor,
    Tariff,
    TariffChange,
    TrustedDevice,
    WebHost,
    WebsiteApp,
    WebSpaceUsage,
)
from models.database import fetch, in_unit_of_work
from models.ids import new_id
from models.text import folded

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KEYS = {1: b"k" * 32}
BCRYPT_COST = 4
PASSWORD = "Klabautermann-Kombüse-7"
PACKAGE_PASSWORD = "Wartungsfenster-Dienstag-3"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What Bernd's authenticator app holds; Anna has two-factor authentication off, and a device that waits for its code."""


class Caller(StrEnum):
    """Each kind of viewer there is."""

    ANONYMOUS = "anonymous"
    OWNER = "owner"
    OTHER = "other customer"
    PACKAGE = "package login"
    SIBLING = "sibling's package login"
    NARROW_TECHNICAL = "narrow technical token"
    NARROW_CONTRACTUAL = "narrow contractual token"
    DOMAIN_TOKEN = "token for a domain"
    EXPIRED = "expired"
    REVOKED = "revoked"


NARROW: Mapping[Caller, frozenset[Scope]] = {
    Caller.NARROW_TECHNICAL: frozenset({Scope.PACKAGE_READ, Scope.MAIL_READ}),
    Caller.NARROW_CONTRACTUAL: frozenset({Scope.CONTRACT_READ, Scope.INVOICE_READ}),
    Caller.DOMAIN_TOKEN: frozenset({Scope.PACKAGE_READ, Scope.DOMAIN_READ, Scope.DOMAIN_WRITE}),
}
"""The owner's API tokens, which have no session. The last is for one domain of the package `shop`."""

DOMAIN_OF_TOKEN = "laden.example"

PUBLIC = {"help_article", "contact_option"}
"""Tables whose rows are there for everybody, signed in or not."""

ALIVE = tuple(caller for caller in Caller if caller not in (Caller.ANONYMOUS, Caller.EXPIRED, Caller.REVOKED))


@dataclass(frozen=True)
class Row:
    """Whose a row is; `customer` is empty for what all share, "nobody" for what is nobody's yet."""

    table: str
    customer: str = ""
    package: str | None = None
    domain: str | None = None


@dataclass(frozen=True)
class Household:
    """The ids of a customer and of what is under the customer number, by the names used below."""

    customer: str
    packages: dict[str, str] = field(default_factory=dict)
    contracts: dict[str, str] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)
    mailboxes: dict[str, str] = field(default_factory=dict)
    mail_addresses: dict[str, str] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    web_hosts: dict[str, str] = field(default_factory=dict)
    sftp_accounts: dict[str, str] = field(default_factory=dict)
    ssh_keys: dict[str, str] = field(default_factory=dict)
    cron_jobs: dict[str, str] = field(default_factory=dict)
    databases: dict[str, str] = field(default_factory=dict)
    website_apps: dict[str, str] = field(default_factory=dict)
    backups: dict[str, str] = field(default_factory=dict)
    operations: dict[str, str] = field(default_factory=dict)
    tariff_changes: dict[str, str] = field(default_factory=dict)
    add_ons: dict[str, str] = field(default_factory=dict)
    invoices: dict[str, str] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    exports: dict[str, str] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)
    agreements: dict[str, str] = field(default_factory=dict)
    cancellations: dict[str, str] = field(default_factory=dict)
    declarations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """Everything there is."""

    owner: Household
    other: Household
    tariff: str
    package_type: str
    sessions: dict[Caller, str]
    tokens: dict[Caller, str]
    spare_session: str
    """A session of the owner that nobody uses."""
    rows: dict[str, Row]
    """Every row with an id of its own."""

    def scopes(self, caller: Caller) -> frozenset[Scope]:
        """What a caller may do."""
        if caller in NARROW:
            return NARROW[caller]
        kind = SessionKind.PACKAGE if self.package(caller) else SessionKind.CUSTOMER
        return SCOPES_OF[kind] if caller in ALIVE else frozenset()

    def customer(self, caller: Caller) -> str:
        """The customer a caller belongs to."""
        return self.house(caller).customer

    def house(self, caller: Caller) -> Household:
        """What belongs to a caller's customer."""
        return self.other if caller is Caller.OTHER else self.owner

    @staticmethod
    def package_name(caller: Caller) -> str:
        """The package a caller tries mutations on: every household has one of this name."""
        return "club" if caller is Caller.SIBLING else "shop"

    def package(self, caller: Caller) -> str | None:
        """The package a caller is limited to."""
        names = {Caller.PACKAGE: "shop", Caller.SIBLING: "club", Caller.DOMAIN_TOKEN: "shop"}
        return self.owner.packages[names[caller]] if caller in names else None

    def visible(self, caller: Caller) -> set[str]:
        """The ids of all rows that exist for a caller: written down here anew, not taken from the gateway."""
        public = {id for id, row in self.rows.items() if row.table in PUBLIC}
        if caller not in ALIVE:
            return public
        limited = self.package(caller)
        if limited is None:
            mine = {"", self.customer(caller)}
            return {id for id, row in self.rows.items() if row.customer in mine}
        technical = {
            "domain", "dns_record", "mailbox", "mail_address", "web_host", "sftp_account", "ssh_key", "cron_job",
            "hosted_database", "web_space_usage", "website_app", "backup", "operation",
        }  # fmt: skip
        domains = {self.owner.domains[DOMAIN_OF_TOKEN]} if caller is Caller.DOMAIN_TOKEN else None
        return {
            id
            for id, row in self.rows.items()
            if id in (limited, self.sessions.get(caller), *public)
            or row.table == "package_type"
            or (
                row.table in technical
                and row.package == limited
                and (domains is None or row.domain is None or row.domain in domains)
            )
        }


class Seed:
    """Makes rows with values that differ from each other."""

    def __init__(self, type_id: str, tariff_id: str, password_hash: str, package_hash: str) -> None:
        self.type_id = type_id
        self.tariff_id = tariff_id
        self.password_hash = password_hash
        self.package_hash = package_hash
        self._number = 0

    def number(self) -> int:
        """A number nobody had."""
        self._number += 1
        return self._number

    async def customer(self, number: str, name: str, **more: Any) -> Household:
        """A customer with phone numbers and a bank account."""
        row = await Customer.create(
            number=number, kind="COMPANY", first_name=name, last_name="Ärmel", company_name=f"{name} & Töchter",
            vat_id=f"DE{number}0000", street="Große Straße 1", address_extra="Hinterhaus", postcode="20095",
            city="Hamburg", country="DE", email=f"{name.lower()}@example.com",
            invoice_email=f"rechnung-{name.lower()}@example.com", username=name.lower(),
            password_hash=self.password_hash, password_changed_at=NOW - timedelta(days=30),
            created_at=NOW - timedelta(days=900), **more,
        )  # fmt: skip
        for kind, phone in (("MOBILE", f"+49170{number}"), ("FAX", f"+4940{number}")):
            await PhoneNumber.create(customer_id=row.id, kind=kind, number=phone)
        await BankAccount.create(
            customer_id=row.id, holder=name, iban_sealed=f"sealed-{number}", iban_last4="3000", bank_name="Sparkasse",
            mandate_reference=f"M-{number}", mandate_signed_on=date(2024, 1, 2), created_at=NOW - timedelta(days=800),
        )  # fmt: skip
        return Household(row.id)

    async def package(self, house: Household, name: str, state: PackageState, *, password: bool = False) -> None:
        """A package and nothing with it."""
        number = self.number()
        row = await Package.create(
            customer_id=house.customer, type_id=self.type_id, name=f"{name.title()} Nº {number}",
            identification=f"web{number:05}", order_number=f"A-{number:05}", state=state,
            created_at=NOW - timedelta(days=400 - number), password_hash=self.package_hash if password else None,
            password_changed_at=NOW - timedelta(days=20) if password else None,
        )  # fmt: skip
        house.packages[name] = row.id

    async def domain(self, house: Household, package: str, name: str, ascii_name: str, *, main: bool = False) -> None:
        """A domain of a package."""
        row = await Domain.create(
            customer_id=house.customer, package_id=house.packages[package], name=name, ascii_name=ascii_name,
            main=main, state="ACTIVE", registered_on=date(2024, 5, 6), created_at=NOW - timedelta(days=200 - self.number()),
            paid_until=date(2026, 5, 5), dkim_selector="mail", dkim_public_key="QkVJU1BJRUw=",
        )  # fmt: skip
        house.domains[name] = row.id

    async def holder(self, house: Household, domain: str) -> None:
        """Somebody else whom a domain is registered for."""
        await DomainHolder.create(
            customer_id=house.customer, domain_id=house.domains[domain], name="Ida Inhaberin", organisation="Inhaber e. V.",
            street="Halterweg 3", postcode="24937", city="Flensburg", country="DE", email="halter@verein.example",
            phone="+4946112345",
        )  # fmt: skip

    async def cancellation(
        self, house: Household, package: str, domain: str, state: str, subject: str = "PACKAGE", keep_in: str = ""
    ) -> None:
        """A cancellation of a package, or of the domain or the add-on of it: what was done to them is up to the caller."""
        number, declared = self.number(), NOW - timedelta(days=5)
        contract, standing = house.contracts[package], state != "UNDONE"
        named: dict[str, Any] = {
            "PACKAGE": {},
            "DOMAIN": {"domain_id": house.domains[domain]},
            "ADD_ON": {"add_on_id": house.add_ons[package]},
        }[subject]
        of = named or {"contract_id": contract}
        current: dict[str, Any] = {f"current_{name}": id for name, id in of.items()} if standing else {}
        row = await Cancellation.create(
            customer_id=house.customer, package_id=house.packages[package], contract_id=contract, subject=subject,
            **named, **current, state=state, number=f"K-2026-{number:08}", declared_at=declared, ends_on=date(2026, 7, 30),
            undo_until=datetime(2026, 7, 30, 22, tzinfo=UTC), settled_at=None if state == "DECLARED" else declared,
            refund_minor=number, currency="EUR", before={}, content='{"subject":{"name":"Altes"}}',
            content_sha256=f"{number:064}",
        )  # fmt: skip
        house.cancellations[package if subject == "PACKAGE" else subject.lower()] = row.id
        own = {"customer_id": house.customer, "cancellation_id": row.id}
        await CancelledDomain.create(
            **own, of_domain_id=house.domains[domain], fate="KEEP" if keep_in else "DELETE",
            keep_in_id=house.packages[keep_in] if keep_in else None,
        )  # fmt: skip
        await CancellationReceipt.create(**own, language="de", sha256="b" * 64, content=b"%PDF-", created_at=declared)

    async def record(self, house: Household, domain: str, name: str, kind: str, value: str) -> None:
        """A DNS record of a domain."""
        of = await Domain.get(id=house.domains[domain])
        row = await DnsRecord.create(
            customer_id=house.customer, package_id=of.package_id, domain_id=of.id, name=name, type=kind, ttl=3_600,
            value=value, created_at=NOW - timedelta(days=90),
        )  # fmt: skip
        house.records[f"{name} {kind} {domain}"] = row.id

    async def database(self, house: Household, package: str) -> None:
        """A database of a package."""
        number = self.number()
        row = await HostedDatabase.create(
            customer_id=house.customer, package_id=house.packages[package], name=f"db{number:08}", label="Größen",
            engine="MARIADB", engine_version="11.4", host="mariadb.host.example", port=3306,
            allowed_hosts=["203.0.113.0/24"], used_mb=120, password_changed_at=NOW - timedelta(days=50),
            dump_requested_at=NOW - timedelta(days=2), created_at=NOW - timedelta(days=70),
        )  # fmt: skip
        house.databases[package] = row.id
        for days in (1, 2):
            await WebSpaceUsage.create(
                customer_id=house.customer, package_id=house.packages[package], day=NOW.date() - timedelta(days=days),
                used_mb=100 + number,
            )  # fmt: skip
        await Package.filter(id=house.packages[package]).update(web_space_used_mb=49_000)

    async def web_access(self, house: Household, package: str) -> None:
        """An account for the web space with a key, and a job."""
        own, number = {"customer_id": house.customer, "package_id": house.packages[package]}, self.number()
        account = await SftpAccount.create(
            **own, username=f"web-{number}-h7kq", label="Müller", directory=f"ordner-{number}", access="SFTP",
            password_changed_at=NOW - timedelta(days=9), last_used_at=NOW - timedelta(days=1),
            created_at=NOW - timedelta(days=70),
        )  # fmt: skip
        ssh_key = await SshKey.create(
            **own, account_id=account.id, type="ssh-ed25519", public_key=f"ssh-ed25519 AAAA{number}",
            fingerprint=f"SHA256:{number:043}", label="anna@büro", created_at=NOW - timedelta(days=60),
        )  # fmt: skip
        job = await CronJob.create(
            **own, label="Aufräumen", schedule="30 4 * * 1-5", kind="SCRIPT", target=f"ordner-{number}/cron.php",
            php_version="8.4", last_run_at=NOW - timedelta(hours=8), last_succeeded=True, created_at=NOW - timedelta(days=50),
        )  # fmt: skip
        house.sftp_accounts[package], house.ssh_keys[package] = account.id, ssh_key.id
        house.cron_jobs[package] = job.id

    async def website_app(self, house: Household, package: str, host: str) -> None:
        """A website app on a host name."""
        row = await WebsiteApp.create(
            customer_id=house.customer, package_id=house.packages[package], web_host_id=house.web_hosts[host],
            database_id=house.databases[package], app="wordpress", app_version="6.8", path="/blog", state="INSTALLED",
            username="redaktion", created_at=NOW - timedelta(days=60), updated_at=NOW - timedelta(days=30),
        )  # fmt: skip
        house.website_apps[package] = row.id

    async def backup(self, house: Household, package: str, mailbox: str) -> None:
        """Backups of a package: of its database, of a mailbox, of the web space."""
        database = house.databases[package]
        for days, (content, more) in enumerate(
            (
                ("DATABASE", {"database_id": database}), ("MAILBOX", {"mailbox_id": house.mailboxes[mailbox]}),
                ("WEB_SPACE", {"automatic": True}),
            ), 5,
        ):  # fmt: skip
            row = await Backup.create(
                customer_id=house.customer, package_id=house.packages[package], content=content, state="READY",
                subject_name=f"Alt {content}", size_mb=17, restored_at=NOW - timedelta(days=1),
                expires_at=NOW + timedelta(days=9), created_at=NOW - timedelta(days=days), **more,
            )  # fmt: skip
            house.backups[package] = row.id

    async def web_host(self, house: Household, domain: str, name: str, **more: Any) -> None:
        """A host name of a domain, with a folder behind it or what is said."""
        of = await Domain.get(id=house.domains[domain])
        row = await WebHost.create(
            **{
                "customer_id": house.customer, "package_id": of.package_id, "domain_id": of.id, "name": name,
                "target": "WEB_ROOT", "web_root": f"web-{self.number()}", "php_version": "8.4", "tls_state": "ACTIVE",
                "tls_issuer": "Zertifikate & Söhne", "tls_expires_at": NOW + timedelta(days=60),
                "created_at": NOW - timedelta(days=80), **more,
            }
        )  # fmt: skip
        house.web_hosts[f"{name} {domain}"] = row.id

    async def operation(
        self, house: Household, package: str, kind: str, subject: str, state: str = "SUCCEEDED", **more: Any
    ) -> None:
        """A change of a package that has ended, about a row."""
        number = 1 + await Operation.filter(package_id=house.packages[package]).count()
        row = await Operation.create(
            **{
                "customer_id": house.customer, "package_id": house.packages[package], "number": number, "kind": kind,
                "subject_id": subject, "state": state, "progress": 100 if state == "SUCCEEDED" else 40,
                "desired": {"name": "gewünscht"}, "attempts": 1, "requested_at": NOW - timedelta(days=7),
                "available_at": NOW - timedelta(days=7), "started_at": NOW - timedelta(days=6),
                "finished_at": NOW - timedelta(days=5), **more,
            }
        )  # fmt: skip
        house.operations.setdefault(kind, row.id)

    async def history(self, house: Household, package: str, domain: str) -> None:
        """What happened to a contract and to what belongs to it."""
        contract, own = house.contracts[package], {"customer_id": house.customer}
        await ContractEvent.create(
            **own, contract_id=contract, kind="CONCLUDED", occurred_at=NOW - timedelta(days=400), tariff_id=self.tariff_id,
        )  # fmt: skip
        await ContractEvent.create(
            **own, contract_id=contract, kind="CANCELLED", occurred_at=NOW - timedelta(days=3), effective_on=date(2026, 5, 1),
            add_on_id=house.add_ons[package], domain_id=house.domains[domain],
        )  # fmt: skip
        for changed, state, pending in (("shop", "CARRIED_OUT", None), ("club", "SCHEDULED", house.contracts["club"])):
            row = await TariffChange.create(
                **own, package_id=house.packages[changed], contract_id=house.contracts[changed], state=state,
                from_tariff_id=self.tariff_id, to_tariff_id=self.tariff_id, pending_for_id=pending, direction="DOWNGRADE",
                effective_on=date(2026, 5, 1), net_minor=900, gross_minor=1_071, credit_minor=5, charge_minor=7,
                currency="EUR", requested_at=NOW - timedelta(days=4), settled_at=None if pending else NOW,
            )  # fmt: skip
            house.tariff_changes[changed] = row.id
        await CalendarFeed.create(
            **own,
            name="Büro",
            token_hash=f"{self.number():064}",
            created_at=NOW - timedelta(days=9),
            last_read_on=NOW.date(),
        )

    async def mailbox(self, house: Household, package: str, address: str) -> None:
        """A mailbox of a package."""
        row = await Mailbox.create(
            customer_id=house.customer, package_id=house.packages[package], address=address,
            display_name="Büro", quota_mb=1_000, used_mb=17, created_at=NOW - timedelta(days=100),
            auto_reply_subject="Im Urlaub", auto_reply_text="Ich bin bald zurück.", auto_reply_from=date(2026, 2, 1),
            auto_reply_to=date(2026, 12, 24), password_changed_at=NOW - timedelta(days=99),
        )  # fmt: skip
        house.mailboxes[address] = row.id

    async def mail_address(self, house: Household, mailbox: str, address: str) -> None:
        """A mail address that goes into a mailbox and on to somewhere else."""
        domain = await Domain.get(id=house.domains[address.partition("@")[2]])
        row = await MailAddress.create(
            customer_id=house.customer, package_id=domain.package_id, domain_id=domain.id, address=address,
            mailbox_id=house.mailboxes[mailbox], targets=[f"{address.partition('@')[0]}@example.com"],
            created_at=NOW - timedelta(days=95),
        )  # fmt: skip
        house.mail_addresses[address] = row.id

    async def contract(self, house: Household, package: str, state: str = "ACTIVE") -> None:
        """A contract over a package, with an add-on."""
        number = self.number()
        row = await Contract.create(
            customer_id=house.customer, package_id=house.packages[package], tariff_id=self.tariff_id,
            number=f"V-{number:05}", state=state, starts_on=date(2025, 1, 31),
            ends_on=None if state == "ACTIVE" else date(2026, 7, 30), minimum_term_months=12, renewal_months=0,
            notice_months=1, billing_months=1, net_minor=1_000, gross_minor=1_190, vat_basis_points=1_900,
            currency="EUR", created_at=NOW - timedelta(days=390),
        )  # fmt: skip
        house.contracts[package] = row.id
        booked = await AddOn.create(
            customer_id=house.customer, contract_id=row.id, name="Mehr Speicher", quantity=2, state="ACTIVE",
            starts_on=date(2025, 2, 1), ends_on=date(2027, 1, 31) if package == "shop" else None,
            net_minor=100, gross_minor=119, currency="EUR",
        )  # fmt: skip
        house.add_ons[package] = booked.id

    async def invoice(
        self,
        house: Household,
        name: str,
        state: str,
        packages: Iterable[str | None],
        *,
        left: int = 0,
        corrects: str = "",
    ) -> None:
        """An invoice with a line for each package (`None`: a line for none), its tax, a file, and a payment.

        `left` is what is still to be paid; one that `corrects` another is a credit note.
        """
        number = self.number()
        lines = list(packages)
        net, vat = 1_000 * len(lines), 190 * len(lines)
        row = await Invoice.create(
            customer_id=house.customer, number=f"R-{number:05}", state=state, issued_on=date(2026, 1, 1 + number % 27),
            due_on=date(2026, 2, 14), period_from=date(2026, 1, 1), period_to=date(2026, 1, 31), currency="EUR",
            net_minor=net, vat_minor=vat, gross_minor=net + vat, created_at=NOW - timedelta(days=60),
            kind="CREDIT_NOTE" if corrects else "INVOICE", corrects_id=house.invoices.get(corrects),
            buyer={"name": f"SENTINEL-buyer-{number}", "street": "Hauptstraße 1", "postcode": "10115", "city": "Berlin",
                   "country": "DE", "vatId": "DE129273398", "extra": "Zimmer 3"},
        )  # fmt: skip
        house.invoices[name] = row.id
        own = {"customer_id": house.customer, "invoice_id": row.id, "currency": "EUR"}
        for position, package in enumerate(lines, 1):
            await InvoiceLine.create(
                **own, package_id=house.packages[package] if package else None, position=position,
                description=f"Hosting {package or 'allgemein'}", quantity_thousandths=1_000, unit="Monat",
                unit_net_minor=1_000, net_minor=1_000, vat_basis_points=1_900, discount_reason="Treue",
            )  # fmt: skip
        await InvoiceTax.create(
            **own, vat_basis_points=1_900, net_minor=net, vat_minor=vat, exemption_reason="§ 13b UStG"
        )
        await Payment.create(
            **own, method="TRANSFER", paid_on=date(2026, 2, 3), amount_minor=net + vat - left, reference=f"Re {number}"
        )
        await InvoiceDiscount.create(
            **own,
            position=1,
            reason=f"SENTINEL-discount-{number}",
            net_minor=5,
            vat_category="S",
            vat_basis_points=1_900,
        )
        await InvoiceReminder.create(
            **own, level=1, sent_on=date(2026, 2, 21), due_on=date(2026, 3, 3), fee_minor=40_471_101
        )
        await InvoiceFile.create(
            customer_id=house.customer, invoice_id=row.id, language="de", sha256="0" * 64, content=b"%PDF-",
            created_at=NOW - timedelta(days=60),
        )  # fmt: skip
        await InvoiceXml.create(
            customer_id=house.customer, invoice_id=row.id, sha256="0" * 64, content=b"<SENTINEL-xml/>",
            created_at=NOW - timedelta(days=60),
        )  # fmt: skip

    async def debit(self, house: Household, invoice: str) -> None:
        """A debit of an invoice that came back."""
        await Debit.create(
            customer_id=house.customer, invoice_id=house.invoices[invoice], attempt=1, state="RETURNED", amount_minor=1_190,
            currency="EUR", holder="Karla Kontoinhaberin", iban_sealed="sealed-4711", iban_last4="4711",
            mandate_reference="M-DEBIT-4711", mandate_signed_on=date(2024, 1, 2), sequence="RCUR",
            end_to_end_id="E-4711", collect_on=date(2026, 2, 16), requested_at=NOW - timedelta(days=18),
            submitted_at=NOW - timedelta(days=17), settled_on=date(2026, 2, 18), return_code="MS03",
        )  # fmt: skip
        await Invoice.filter(id=house.invoices[invoice]).update(debits=1)

    async def activity(
        self,
        house: Household,
        kind: ActorKind,
        action: str,
        package: str | None,
        detail: dict[str, Any],
        *,
        result: str = "OK",
        session: str | None = None,
    ) -> None:
        """An entry of the audit log, sealed; `package` is the name of the one it belongs to."""
        package_id = house.packages[package] if package else None
        by = package_id if kind is ActorKind.PACKAGE_LOGIN else None
        actor = Actor(kind, by, house.customer, package_id, session)
        client = Client("203.0.113.7", "Firefox", f"req-{self.number()}")
        at, about = NOW - timedelta(days=9), package_id or house.customer

        async def write() -> None:
            await record(actor, client, at, action, object_id=about, result=result, detail=detail)

        await in_unit_of_work(write)
        written = AuditEvent.filter(customer_id=house.customer).order_by("number")
        house.entries[:] = [entry.id async for entry in written]

    async def device(self, house: Household, name: str, package: str | None = None) -> None:
        """A trusted device of the customer's login or of a package's."""
        number = self.number()
        row = await TrustedDevice.create(
            customer_id=house.customer, package_id=house.packages[package] if package else None,
            token_hash=f"{number:064}", name=name, created_at=NOW - timedelta(days=number),
            last_used_at=NOW - timedelta(hours=number), expires_at=NOW + timedelta(days=90),
        )  # fmt: skip
        house.devices[name] = row.id

    async def report(self, house: Household, name: str, state: str, days: int) -> None:
        """A data report asked for so many days ago, with its file where it has one."""
        requested = NOW - timedelta(days=days)
        row = await DataReport.create(
            customer_id=house.customer, state=state, progress=100, attempts=1, requested_at=requested,
            due_on=requested.date() + timedelta(days=28), started_at=requested, finished_at=requested,
            expires_at=requested + timedelta(days=7), size_bytes=2, sha256="e" * 64,
        )  # fmt: skip
        house.reports[name] = row.id
        if state == "READY":
            await DataReportFile.create(
                customer_id=house.customer, report_id=row.id, content=b"PK", created_at=requested
            )

    async def invoice_export(self, house: Household) -> None:
        """A file with a year's invoices, ready."""
        at = NOW - timedelta(days=1)
        row = await InvoiceExport.create(
            customer_id=house.customer, year=2025, language="de", state="READY", progress=100, invoices=2, attempts=1,
            requested_at=at, started_at=at, finished_at=at, expires_at=at + timedelta(days=7), size_bytes=2, sha256="d" * 64,
        )  # fmt: skip
        house.exports["ready"] = row.id
        await InvoiceExportFile.create(customer_id=house.customer, export_id=row.id, content=b"PK", created_at=at)

    async def agreement(self, house: Household, version: AgreementVersion, name: str, state: str, days: int) -> None:
        """An agreement asked for so many days ago, concluded an hour later where it is, with its file and its log."""
        at = NOW - timedelta(days=days)
        requested = state == "REQUESTED"
        row = await Agreement.create(
            customer_id=house.customer, version_id=version.id, state=state, requested_at=at,
            signatory=None if requested else "Jürgen Ärmel", language=None if requested else "de",
            concluded_at=None if requested else at + timedelta(hours=1),
            superseded_at=at + timedelta(days=9) if state == "SUPERSEDED" else None,
        )  # fmt: skip
        house.agreements[name] = row.id
        own = {"customer_id": house.customer, "agreement_id": row.id}
        await AgreementEvent.create(**own, kind="REQUESTED", occurred_at=at)
        if not requested:
            await AgreementEvent.create(**own, kind="CONCLUDED", occurred_at=at + timedelta(hours=1))
            await AgreementFile.create(**own, sha256="a" * 64, content=b"%PDF-", created_at=at)

    async def declaration(self, house: Household | None, name: str, state: str, contract: str | None = None) -> None:
        """A declaration with its receipt: of a customer, or of nobody yet, which is nobody's to see."""
        number, customer = self.number(), house.customer if house else None
        settled = state in ("DONE", "REJECTED")
        row = await Declaration.create(
            customer_id=customer, contract_id=house.contracts[contract] if house and contract else None,
            kind="EXTRAORDINARY_CANCELLATION", state=state, number=f"K-{number:04}-0000-0000", name=f"Zoë {name}",
            identification=f"Kundennummer {number}", email=f"zoe-{number}@example.com", contract_text=f"V-{number:05}",
            reason="Der Server\nsteht still.", requested_on=date(2026, 4, 1), language="de",
            received_at=NOW - timedelta(days=number), sha256=f"{number:064x}", confirm_hash=f"{number:063x}d",
            confirmed_at=NOW - timedelta(days=1), settled_at=NOW if settled else None, note="Erledigt" if settled else None,
        )  # fmt: skip
        await DeclarationReceipt.create(
            customer_id=customer, declaration_id=row.id, sha256="d" * 64, content=b"%PDF-",
            created_at=row.received_at, ticket_hash=f"{number:063x}e", ticket_expires_at=NOW + timedelta(minutes=1),
        )  # fmt: skip
        if house:
            house.declarations[name] = row.id


async def make_agreement_versions() -> tuple[AgreementVersion, AgreementVersion]:
    """Two versions, and sub-processors: one that left, one that changed, one to come."""
    old, new = [
        await AgreementVersion.create(
            number=number, valid_from=day, text_de=f"# Vertrag {number}\n\nFür Süßes.",
            text_en=f"# Agreement {number}\n\nFor sweets.", created_at=NOW - timedelta(days=700),
        )
        for number, day in (("2024-1", date(2024, 2, 1)), ("2026-1", date(2026, 1, 1)))
    ]  # fmt: skip
    for name, country, announced, since, until, told in (
        ("Alpenschild AG", "CH", date(2023, 12, 1), date(2024, 1, 1), date(2025, 1, 1), date(2024, 11, 1)),
        ("Alpenschild AG", "CH", date(2024, 11, 1), date(2025, 1, 1), None, None),
        ("Elbe Rechenzentrum GmbH", "DE", date(2023, 12, 1), date(2024, 1, 1), date(2026, 2, 1), date(2026, 1, 2)),
        ("Nordlys AS", "NO", date(2026, 2, 20), date(2026, 4, 1), None, None),
    ):
        await SubProcessor.create(
            name=name, address="Kai 1", country=country, purpose_de="Betrieb", purpose_en="Operation",
            safeguard="Art. 45" if country == "CH" else None, announced_on=announced, since=since, until=until,
            end_announced_on=told,
        )  # fmt: skip
    return old, new


async def open_session(
    customer: str, package: str | None = None, *, ended: str = "", at: datetime = NOW, raised: bool = False
) -> tuple[str, str]:
    """A session straight in its table: its id and token. `ended` is "expired", "revoked" or nothing.

    A `raised` one may do for five minutes what asks for the password again.
    """
    token = new_token(TokenKind.SESSION)
    row = await Session.create(
        customer_id=customer, package_id=package, kind=SessionKind.PACKAGE if package else SessionKind.CUSTOMER,
        token_hash=token_hash(TokenKind.SESSION, token), device_name="Laptop", user_agent="Firefox",
        address="203.0.113.0", idle_seconds=1_800, created_at=at, last_used_at=at,
        expires_at=at + timedelta(hours=-1 if ended == "expired" else 12),
        revoked_at=at if ended == "revoked" else None,
        elevated_until=at + timedelta(minutes=5) if raised else None,
    )  # fmt: skip
    return row.id, token


async def open_api_token(house: Household, caller: Caller, at: datetime = NOW) -> str:
    """An API token for one of `NARROW`, straight in its tables."""
    token, limited = new_token(TokenKind.API), caller is Caller.DOMAIN_TOKEN
    row = await ApiToken.create(
        customer_id=house.customer, package_id=house.packages["shop"] if limited else None, name="Skript",
        token_hash=token_hash(TokenKind.API, token), scopes=sorted(scope.value for scope in NARROW[caller]),
        all_domains=not limited, created_at=at, expires_at=at + timedelta(days=90), last_used_at=at,
    )  # fmt: skip
    if limited:
        domain = house.domains[DOMAIN_OF_TOKEN]
        await ApiTokenDomain.create(customer_id=house.customer, token_id=row.id, domain_id=domain)
    return token


async def make_world() -> World:
    """Seed the database that is connected."""
    passwords = Passwords(Keyring(KEYS), cost=BCRYPT_COST, workers=1, queue=5)
    try:
        hashes = await passwords.hash(PASSWORD), await passwords.hash(PACKAGE_PASSWORD)
    finally:
        await passwords.close()
    kind = await PackageType.create(
        code="web-l", name="Web L", family="web", functions=[f.value for f in PackageFunction], mailbox_limit=50,
        domain_limit=10, database_limit=5, web_space_mb=50_000, web_host_limit=20, sftp_account_limit=20, cron_job_limit=20,
    )  # fmt: skip
    tariff = await Tariff.create(
        type_id=kind.id, code="web-l-1", name="Web L monatlich", net_minor=1_000, gross_minor=1_190,
        vat_basis_points=1_900, currency="EUR", billing_months=1, minimum_term_months=12, renewal_months=0,
        notice_months=1,
    )  # fmt: skip
    await _larger_tariff()
    seed = Seed(kind.id, tariff.id, *hashes)
    owner, other = await _anna(seed), await _bernd(seed)
    await _help()
    await _agreements(seed, owner, other)
    await _declarations(seed, owner, other)
    shop, club = owner.packages["shop"], owner.packages["club"]
    opened = {
        Caller.OWNER: await open_session(owner.customer),
        Caller.OTHER: await open_session(other.customer),
        Caller.PACKAGE: await open_session(owner.customer, shop),
        Caller.SIBLING: await open_session(owner.customer, club),
        Caller.EXPIRED: await open_session(owner.customer, ended="expired"),
        Caller.REVOKED: await open_session(owner.customer, ended="revoked"),
    }
    tokens = {caller: await open_api_token(owner, caller) for caller in NARROW}
    spare, _ = await open_session(owner.customer, raised=True)
    by, told = opened[Caller.PACKAGE][0], {"before": "10", "after": "20"}
    await seed.activity(owner, ActorKind.PACKAGE_LOGIN, "mailbox.import", "shop", told, session=by)
    return World(
        owner, other, tariff.id, kind.id,
        {caller: id for caller, (id, _) in opened.items()},
        {caller: token for caller, (_, token) in opened.items()} | tokens,
        spare, await _rows(),
    )  # fmt: skip


async def _larger_tariff() -> None:
    """Another tariff of the family, which has more of everything and costs more."""
    kind = await PackageType.create(
        code="web-xxl", name="Web XXL", family="web", functions=[f.value for f in PackageFunction], mailbox_limit=500,
        domain_limit=100, database_limit=50, web_space_mb=500_000,
    )  # fmt: skip
    await Tariff.create(
        type_id=kind.id, code="web-xxl-1", name="Web XXL monatlich", net_minor=9_000, gross_minor=10_710,
        vat_basis_points=1_900, currency="EUR", billing_months=1, minimum_term_months=12, renewal_months=0, notice_months=1,
    )  # fmt: skip


async def _anna(seed: Seed) -> Household:
    house = await seed.customer("10001", "Anna")
    for state in PackageState:
        await seed.package(house, state.value.lower(), state)
    await seed.package(house, "bare", PackageState.ACTIVE)
    await seed.package(house, "shop", PackageState.ACTIVE, password=True)
    await seed.package(house, "club", PackageState.ACTIVE, password=True)
    await seed.domain(house, "shop", "bücher-müller.example", "xn--bcher-mller-thbg.example", main=True)
    await seed.domain(house, "shop", "laden.example", "laden.example")
    await seed.domain(house, "club", "verein.example", "verein.example", main=True)
    await seed.domain(house, "suspended", "pause.example", "pause.example")
    for domain in ("bücher-müller.example", "laden.example", "verein.example"):
        await seed.record(house, domain, "@", "A", "192.0.2.17")
        await seed.record(house, domain, "@", "TXT", '"v=spf1 mx -all"')
        await seed.web_host(house, domain, "@")
        await seed.web_host(
            house, domain, "www", target="REDIRECT", web_root=None, php_version=None, redirect_code=301,
            redirect_url=f"https://example.com/{domain}",
        )  # fmt: skip
    await seed.web_host(house, "pause.example", "@")
    for package, address in (
        ("shop", "info@laden.example"),
        ("shop", "büro@laden.example"),
        ("club", "chor@verein.example"),
    ):
        await seed.mailbox(house, package, address)
    await seed.mail_address(house, "info@laden.example", "verkauf@laden.example")
    await seed.mail_address(house, "chor@verein.example", "bass@verein.example")
    for package in ("shop", "club"):
        await seed.database(house, package)
    await seed.web_access(house, "shop")
    await seed.web_access(house, "club")
    await seed.web_access(house, "suspended")
    for package, domain in (("shop", "bücher-müller.example"), ("club", "verein.example")):
        await seed.web_host(house, domain, "blog", php_version=None if package == "shop" else "8.4")
        await seed.website_app(house, package, f"blog {domain}")
    await seed.mailbox(house, "suspended", "post@pause.example")
    await seed.mail_address(house, "post@pause.example", "alle@pause.example")
    await seed.database(house, "suspended")
    await seed.backup(house, "suspended", "post@pause.example")
    await seed.backup(house, "shop", "info@laden.example")
    await seed.backup(house, "club", "chor@verein.example")
    await seed.operation(house, "shop", "web_host.change", house.web_hosts["www laden.example"])
    await seed.operation(house, "shop", "web_host.change", house.web_hosts["www bücher-müller.example"])
    await seed.operation(house, "shop", "dns.change", house.domains["bücher-müller.example"])
    await seed.operation(
        house, "shop", "mailbox.change", house.mailboxes["info@laden.example"], "FAILED", error="QUOTA_TOO_LARGE"
    )
    await seed.operation(
        house,
        "club",
        "mailbox.create",
        house.mailboxes["chor@verein.example"],
        "FAILED",
        error="UNREACHABLE",
        dead_at=NOW,
    )
    for package in ("shop", "club", "suspended", "provisioning", "ended"):
        await seed.contract(house, package)
    await seed.contract(house, "cancelled", "CANCELLED")
    await seed.domain(house, "cancelled", "alt.example", "alt.example")
    leaving = Domain.filter(id=house.domains["alt.example"])
    await leaving.update(state="CANCELLED", ends_on=date(2026, 7, 30))
    await seed.cancellation(house, "cancelled", "alt.example", "DECLARED", keep_in="club")
    await seed.holder(house, "verein.example")
    await seed.holder(house, "laden.example")
    await seed.history(house, "shop", "laden.example")
    await seed.invoice(house, "both", "OPEN", ("shop", "club", None))
    await seed.invoice(house, "shop", "PAID", ("shop", "shop"))
    await seed.invoice(house, "club", "OVERDUE", ("club",))
    await seed.invoice(house, "rest", "OVERDUE", ("club",), left=500)
    await seed.invoice(house, "credit", "PAID", ("shop",), corrects="both")
    await seed.debit(house, "club")
    await seed.report(house, "old", "DELETED", 60)
    await seed.invoice_export(house)
    await seed.report(house, "ready", "READY", 2)
    await seed.activity(house, ActorKind.OPERATOR, "contract.import", "shop", {"changed": ["net_minor"]})
    await seed.activity(house, ActorKind.OPERATOR, "customer.import", None, {"changed": ["city"]})
    await seed.activity(house, ActorKind.SYSTEM, "data_report.fail", None, {}, result="INTERNAL")
    await seed.device(house, "Laptop")
    await seed.device(house, "Werkstatt", "shop")
    await _authenticator(house, "Neues Handy", confirmed=False)
    await SignInChallenge.create(
        customer_id=house.customer, token_hash="c" * 64, password_hash=seed.password_hash, device_name="Kiosk",
        failures=5, created_at=NOW, expires_at=NOW + timedelta(minutes=5),
    )  # fmt: skip
    await LinkCode.create(
        customer_id=house.customer, purpose="PASSWORD_RESET", code_hash="e" * 64, email="anna@example.com",
        created_at=NOW, expires_at=NOW + timedelta(minutes=30),
    )  # fmt: skip
    await LinkCode.create(
        customer_id=house.customer, purpose="EMAIL_CHANGE", code_hash="f" * 64, email="anna@example.org",
        created_at=NOW, expires_at=NOW + timedelta(hours=24),
    )  # fmt: skip
    return house


async def _agreements(seed: Seed, owner: Household, other: Household) -> None:
    old, new = await make_agreement_versions()
    await seed.agreement(owner, old, "old", "CONCLUDED", 300)
    await seed.agreement(other, old, "old", "SUPERSEDED", 300)
    await seed.agreement(other, new, "new", "CONCLUDED", 20)


async def _declarations(seed: Seed, owner: Household, other: Household) -> None:
    await seed.declaration(owner, "waiting", "MATCHED", "shop")
    await seed.declaration(owner, "refused", "REJECTED", "club")
    await seed.declaration(other, "waiting", "MATCHED", "shop")
    await seed.declaration(None, "nobody", "RECEIVED")


ARTICLES = (
    ("mailbox-full", "FAQ", "mail", "Mein Postfach ist voll", "My mailbox is full"),
    ("certificate", "FAQ", "domains", "Brauche ich ein Zertifikat?", "Do I need a certificate?"),
    ("set-up-mail", "GUIDE", "mail", "Postfach einrichten in Größe L", "Set up a mailbox"),
)
"""Slug, kind, topic, German and English title."""


async def _help() -> None:
    for position, (slug, kind, topic, *titles) in enumerate(ARTICLES):
        for language, title in zip(("de", "en"), titles, strict=True):
            body = f"**{title}**: so geht es." if language == "de" else f"**{title}**: this is how."
            await HelpArticle.create(
                slug=slug, language=language, kind=kind, topic=topic, title=title, body=body,
                search_key=folded(f"{title} {body}"), position=position, updated_at=NOW - timedelta(days=position),
            )  # fmt: skip
    for language, title in (("de", "Technik"), ("en", "Technology")):
        await ContactOption.create(
            language=language, topic="mail", title=title, phone="+493023125200", hours="24/7",
            email="technik@host.example", position=1,
        )  # fmt: skip


async def _bernd(seed: Seed) -> Household:
    house = await seed.customer("10002", "Bernd")
    await seed.package(house, "shop", PackageState.ACTIVE, password=True)
    await seed.domain(house, "shop", "konkurrenz.example", "konkurrenz.example", main=True)
    await seed.web_access(house, "shop")
    await seed.mailbox(house, "shop", "post@konkurrenz.example")
    await seed.mail_address(house, "post@konkurrenz.example", "fax@konkurrenz.example")
    await seed.record(house, "konkurrenz.example", "@", "MX", "10 mail.konkurrenz.example.")
    await seed.web_host(house, "konkurrenz.example", "@")
    await seed.operation(house, "shop", "mailbox.create", house.mailboxes["post@konkurrenz.example"])
    await seed.contract(house, "shop")
    await seed.database(house, "shop")
    await seed.backup(house, "shop", "post@konkurrenz.example")
    await seed.cancellation(house, "shop", "konkurrenz.example", "UNDONE", keep_in="shop")
    await seed.cancellation(house, "shop", "konkurrenz.example", "CARRIED_OUT", "DOMAIN")
    await seed.cancellation(house, "shop", "konkurrenz.example", "CARRIED_OUT", "ADD_ON")
    await seed.invoice(house, "shop", "OPEN", ("shop",))
    await seed.report(house, "ready", "READY", 2)
    await seed.invoice_export(house)
    await seed.activity(house, ActorKind.OPERATOR, "invoice.import", None, {"changed": ["state"]})
    await seed.device(house, "Handy")
    await _authenticator(house, "Handy", confirmed=True)
    for character, used_at in (("a", None), ("b", NOW - timedelta(days=3))):
        await RecoveryCode.create(
            customer_id=house.customer, code_hash=character * 64, created_at=NOW - timedelta(days=9), used_at=used_at
        )
    return house


async def _authenticator(house: Household, name: str, *, confirmed: bool) -> None:
    before = NOW - timedelta(minutes=2)
    await Authenticator.create(
        customer_id=house.customer, name=name, secret_sealed=Keyring(KEYS).seal(AUTHENTICATOR_SEAL, TOTP_SECRET),
        created_at=before, pending_until=before + timedelta(minutes=10), confirmed_at=before if confirmed else None,
        last_used_at=before if confirmed else None,
    )  # fmt: skip


def tables() -> dict[str, type[Model]]:
    """All models by table."""
    return {model._meta.db_table: model for model in Tortoise.apps["models"].values()}


async def _rows() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for table, model in tables().items():
        names = model._meta.fields_map
        wanted = [name for name in ("customer_id", "package_id", "domain_id") if name in names]
        key = model._meta.db_pk_column
        for id, *rest in await fetch(f'SELECT {", ".join([key, *wanted])} FROM "{table}"'):
            values = dict(zip(wanted, rest, strict=True))
            owner = values.get("customer_id") or ("nobody" if "customer_id" in wanted else "")
            customer = id if table == "customer" else owner
            domain = id if table == "domain" else values.get("domain_id")
            rows[id] = Row(table, customer, id if table == "package" else values.get("package_id"), domain)
    for id, subject in await fetch(
        'SELECT id, subject_id FROM "operation"'
    ):  # of the domain of what it is about, or of none
        about = rows.get(subject)
        rows[id] = replace(rows[id], domain=(about and about.domain) or "no domain")
    return rows


def nobodys(prefix: str) -> str:
    """A well-formed id of no row."""
    return new_id(prefix)
