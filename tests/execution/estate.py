"""Rows of every kind, with nulls, empty lists, ties and letters from everywhere, for comparing the engines."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

from gateway.auth.viewer import SCOPES_OF, Scope, Viewer
from models import (
    ActorKind,
    AddOn,
    AuditEvent,
    Authenticator,
    Backup,
    BankAccount,
    ContactOption,
    Contract,
    Customer,
    Debit,
    DnsRecord,
    Domain,
    HelpArticle,
    HostedDatabase,
    Invoice,
    InvoiceDiscount,
    InvoiceLine,
    InvoiceReminder,
    InvoiceTax,
    MailAddress,
    Mailbox,
    Operation,
    Package,
    PackageState,
    PackageType,
    Payment,
    PhoneNumber,
    RecoveryCode,
    Session,
    SessionKind,
    Tariff,
    TrustedDevice,
    WebHost,
    WebsiteApp,
    WebSpaceUsage,
)
from models.text import folded
from tests.execution.estate_agreements import make_agreement_versions, make_agreements
from tests.execution.estate_cancellations import make_cancellations
from tests.execution.estate_declarations import make_declarations
from tests.execution.estate_web_access import make_web_access

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
NAMES = [
    "Ärzte",
    "apfel",
    "Äpfel",
    "ZEBRA",
    "zebra",
    "Straße",
    "日本語",
    "a",
    "İstanbul",
    "Ωmega",
    "👩‍💻 shop",
    "%_\\'\"",
]


SLUGS = ("mail", "domains", "äpfel-und-birnen")
"""Names of articles; not all of them could be imported."""


@dataclass(frozen=True)
class Estate:
    """What was made: ids to ask for, and viewers to ask as; `None` is somebody without a session."""

    ids: list[str]
    viewers: list[Viewer | None]


async def make_estate() -> Estate:
    """Three customers with 9, 2 and 0 packages. The same on every call but for the ids."""
    randomly = random.Random(11)
    types = [
        await PackageType.create(
            code=f"kind-{n}",
            name=f"Kind {n // 2}",
            family="web" if n < 3 else "mail",
            functions=["SELECT", "RENAME", "UPGRADE", "EMAILS", "SECURITY", "CANCEL"][: n * 2],
            mailbox_limit=n * 5,
        )
        for n in range(4)
    ]
    tariffs = [
        await Tariff.create(
            type=kind, code=f"tariff-{n}", name=f"Tarif {n}", net_minor=999 * n, gross_minor=1_189 * n,
            vat_basis_points=1_900, currency="EUR" if n else "CHF", billing_months=1, minimum_term_months=12 * n,
            renewal_months=0, notice_months=1, available=bool(n % 2),
        )
        for n, kind in enumerate(types)
    ]  # fmt: skip
    ids: list[str] = [tariffs[0].id]
    viewers: list[Viewer] = []
    for number, count in enumerate((9, 2, 0)):
        await _customer(randomly, number, count, types, tariffs, ids, viewers)
    versions = await make_agreement_versions(ids, NOW)
    for customer in await Customer.all().order_by("number").limit(2):
        await make_agreements(customer, versions, ids, NOW)
        await make_declarations(customer, ids, NOW)
        await make_cancellations(customer, ids, NOW)
    for position, (slug, language) in enumerate(product(SLUGS, ("de", "en"))):
        await HelpArticle.create(
            slug=slug, language=language, kind="FAQ" if position % 3 else "GUIDE", topic="mail", title=f"{slug} {language}",
            body="Text", search_key=folded(f"{slug} text"), position=position // 3, updated_at=NOW,
        )  # fmt: skip
        await ContactOption.create(language=language, topic=slug, title=slug, phone="+493023125000", position=position)
    return Estate(ids, [*viewers, None, None])


async def _customer(
    randomly: random.Random,
    number: int,
    count: int,
    types: list[PackageType],
    tariffs: list[Tariff],
    ids: list[str],
    viewers: list[Viewer],
) -> None:
    customer = await Customer.create(
        number=f"{2000 + number}", kind="COMPANY" if number else "PERSON", first_name="Jörg" if number < 2 else None,
        last_name="Müller" if number < 1 else None, company_name=f"Müller & Söhne {number}" if number else None,
        street="Weg 1", address_extra=None if number else "Hof", postcode="10115", city="Köln", country="DE",
        email="a@example.org", invoice_email=None, username=None if number else "joerg", password_hash="x",
        password_changed_at=NOW, created_at=NOW,
    )  # fmt: skip
    ids.append(customer.id)
    for n in range(number):
        await PhoneNumber.create(customer=customer, kind=["MOBILE", "FAX"][n], number=f"+4930{n}")
    if number == 0:
        await BankAccount.create(
            customer=customer, holder="J. Müller", iban_sealed="sealed", iban_last4="1234", bank_name=None,
            mandate_reference="M-1", mandate_signed_on=date(2024, 2, 29), created_at=NOW,
        )  # fmt: skip
        for n, confirmed in enumerate((NOW, None, NOW)):
            await Authenticator.create(
                customer=customer, name=NAMES[n], secret_sealed="sealed", created_at=NOW - timedelta(days=n),
                pending_until=NOW, confirmed_at=confirmed, last_used_at=confirmed if n else None,
            )  # fmt: skip
            await RecoveryCode.create(customer=customer, code_hash=f"{n}", created_at=NOW, used_at=confirmed)
    packages = []
    for n in range(count):
        package = await Package.create(
            customer=customer, type=types[n % 4], name=NAMES[(n * 5 + number) % len(NAMES)],
            identification=f"web-{number}-{n}", order_number=f"B{number}{9 - n}", state=list(PackageState)[n % 5],
            password_changed_at=NOW if n % 2 else None, created_at=NOW - timedelta(days=n // 2, microseconds=n % 3),
        )  # fmt: skip
        packages.append(package)
        await _inside(randomly, customer, package, n, tariffs, ids)
    ids += [package.id for package in packages]
    await _invoices(customer, number, packages, ids)
    await _activity(customer, packages, ids)
    await _devices(customer, packages, ids)
    await _viewers(customer, packages, ids, viewers)


async def _inside(
    randomly: random.Random, customer: Customer, package: Package, n: int, tariffs: list[Tariff], ids: list[str]
) -> None:
    for d in range([0, 1, 4, 25][n % 4]):
        domain = await Domain.create(
            customer=customer, package=package, name=f"bücher{d}.{package.identification}.example",
            ascii_name=f"xn--bcher{d}.{package.identification}.example", main=d == 2,
            state=["ACTIVE", "PENDING"][d % 2], registered_on=date(2025, 1, 1 + d) if d % 3 else None,
            created_at=NOW - timedelta(days=randomly.randrange(3)),
        )  # fmt: skip
        ids.append(domain.id)
        for r in range(d % 3):
            record = await DnsRecord.create(
                customer=customer, package=package, domain=domain, name=["@", "www"][r], type=["TXT", "A"][r], ttl=300 + r,
                value=['"v=spf1 -all" "\\195\\164"', "192.0.2.1"][r], created_at=NOW,
            )  # fmt: skip
            ids.append(record.id)
        for h in range(d % 4):
            sent = h == 2
            host = await WebHost.create(
                customer=customer, package=package, domain=domain, name=["@", "xn--4ca", "www"][h],
                target="REDIRECT" if sent else "WEB_ROOT", web_root=None if sent else ["", "größe/öffentlich"][h],
                redirect_url="https://example.com/%C3%A4" if sent else None, redirect_code=308 if sent else None,
                php_version=[None, "8.4", "5.6"][(d + h) % 3], tls_state=["ACTIVE", "PENDING", "NONE"][h],
                tls_issuer=None if h else "Müller CA", tls_expires_at=None if h else NOW, created_at=NOW,
            )  # fmt: skip
            ids.append(host.id)
    for m in range([3, 0, 1][n % 3]):
        mailbox = await Mailbox.create(
            customer=customer, package=package, address=f"m{m}@{package.identification}.example",
            display_name=None if m else "Größe", quota_mb=2**31 - 1 if m else 10, created_at=NOW,
            spam_filter=["FOLDER", "OFF", "REJECT"][m], virus_filter=m != 1, auto_reply_text="Grüße" if m else None,
            auto_reply_subject="Weg" if m else None, auto_reply_from=date(2026, 1, 1) if m == 1 else None,
            auto_reply_to=date(2020, 1, 1) if m == 2 else None, password_changed_at=NOW if m else None,
        )  # fmt: skip
        ids.append(mailbox.id)
        under = await Domain.filter(package=package).order_by("id").first()
        for a in range(m if under else 0):
            alias = await MailAddress.create(
                customer=customer, package=package, domain=under, mailbox=mailbox if a else None, created_at=NOW,
                address=f"{'*' if a else f'a{m}'}@{m}.{package.identification}.example",
                targets=["größe@example.com", "b@example.com"][a:],
            )  # fmt: skip
            ids.append(alias.id)
    for u in range([0, 2, 40][n % 3]):
        await WebSpaceUsage.create(
            customer=customer, package=package, day=NOW.date() - timedelta(days=u), used_mb=7 * u % 11
        )
    for b in range([0, 1, 3][n % 3]):
        database = await HostedDatabase.create(
            customer=customer, package=package, name=f"db{b}{package.identification}", label=[None, "Größe", "Shop"][b],
            engine=["MARIADB", "POSTGRESQL"][b % 2], engine_version=["11.4", "17", "5.5"][(n + b) % 3], host="größe.example",
            port=3306, allowed_hosts=[[], ["203.0.113.0/24"]][b % 2], used_mb=b, password_changed_at=NOW,
            dump_requested_at=NOW - timedelta(minutes=30) if b == 1 else None, created_at=NOW - timedelta(days=b // 2),
        )  # fmt: skip
        ids.append(database.id)
        backup = await Backup.create(
            customer=customer, package=package, content="DATABASE", subject_name="Größe", database=database if b else None,
            state=["READY", "RESTORING", "FAILED"][b], automatic=b == 1, size_mb=None if b == 2 else 5,
            expires_at=NOW + timedelta(days=b - 1), created_at=NOW - timedelta(days=b // 2),
        )  # fmt: skip
        ids.append(backup.id)
    host = await WebHost.filter(package_id=package.id).order_by("id").first()
    for a in range([0, 1, 2][n % 3] if host else 0):
        app = await WebsiteApp.create(
            customer=customer, package=package, web_host=host, app=["wordpress", "größe"][a], app_version=["6.8", "1"][a],
            path=["/", "/größe"][a], state=["INSTALLED", "UPDATING"][a], username="ä", created_at=NOW,
        )  # fmt: skip
        ids.append(app.id)
    for o in range([0, 1, 5][n % 3]):
        state = ["QUEUED", "RUNNING", "SUCCEEDED", "FAILED"][o % 4]
        ended = state in ("SUCCEEDED", "FAILED")
        operation = await Operation.create(
            customer=customer, package=package, number=o + 1, kind=["web_host.change", "größe.ändern"][o % 2],
            subject_id=ids[-1], state=state, progress=[0, 40, 100, 40][o % 4], desired={"name": "Größe"},
            secrets_sealed="sealed" if o == 1 else None, error=["UNREACHABLE", "NO_ROOM"][n % 2] if state == "FAILED" else None,
            requested_at=NOW - timedelta(days=o // 2), available_at=NOW, started_at=NOW if o % 4 else None,
            finished_at=NOW if ended else None,
        )  # fmt: skip
        ids.append(operation.id)
    ids += await make_web_access(customer, package, n)
    if n % 4 == 3:
        return
    contract = await Contract.create(
        customer=customer, package=package, tariff=tariffs[n % 4], number=f"C-{package.identification}",
        state=["ACTIVE", "CANCELLED"][n % 2], starts_on=date(2024, 1, 31), ends_on=date(2027, 1, 30) if n % 2 else None,
        minimum_term_months=n, renewal_months=0, notice_months=1, billing_months=12,
        net_minor=5_000_000_000 if n == 5 else 1_000, gross_minor=6_000_000_000 if n == 5 else 1_190,
        vat_basis_points=1_900, currency="EUR", created_at=NOW,
    )  # fmt: skip
    ids.append(contract.id)
    for a in range(n % 3):
        add_on = await AddOn.create(
            customer=customer, contract=contract, name=f"Extra {a % 2}", state="ACTIVE", starts_on=date(2024, 1, 1),
            net_minor=100, gross_minor=119, currency="EUR",
        )  # fmt: skip
        ids.append(add_on.id)


async def _invoices(customer: Customer, number: int, packages: list[Package], ids: list[str]) -> None:
    for n in range(6 if packages else 0):
        invoice = await Invoice.create(
            customer=customer, number=f"R{number}-{n}", state=["OPEN", "PAID", "OVERDUE"][n % 3],
            issued_on=date(2026, 1, 1 + n // 2), due_on=date(2026, 2, 1 + n), currency="EUR", net_minor=100,
            period_from=None if n else date(2026, 1, 1), vat_minor=19, gross_minor=119, created_at=NOW,
        )  # fmt: skip
        ids.append(invoice.id)
        for line in range(n % 4):
            package = packages[(n + line) % len(packages)] if line else None
            await InvoiceLine.create(
                customer=customer, invoice=invoice, package=package, position=line + 1, description="Hosting",
                quantity_thousandths=500 * line, unit="month", unit_net_minor=100, net_minor=50,
                vat_basis_points=700, currency="EUR",
            )  # fmt: skip
        await InvoiceTax.create(
            customer=customer, invoice=invoice, vat_basis_points=1_900, net_minor=100, vat_minor=19, currency="EUR",
            vat_category=["S", "AE"][n % 2], exemption_reason="§ 13b UStG" if n % 2 else None,
        )  # fmt: skip
        await _owed(customer, invoice, n, ids)
        if n % 3 == 1:
            await Payment.create(
                customer=customer, invoice=invoice, method="TRANSFER", paid_on=date(2026, 2, 1), amount_minor=119,
                currency="EUR", reference=None,
            )  # fmt: skip
        for attempt in range(1, n % 3 + 1):
            await Debit.create(
                customer=customer, invoice=invoice, attempt=attempt, state=["RETURNED", "COLLECTED"][n % 2],
                amount_minor=119, currency="EUR", holder="J. Müller", iban_sealed="sealed", iban_last4="1234",
                mandate_reference=f"M-{attempt}", mandate_signed_on=date(2024, 2, 29), sequence="FRST",
                end_to_end_id=f"E-{number}-{n}-{attempt}", collect_on=date(2026, 2, 3), requested_at=NOW,
                return_code=None if n % 2 else ["AC04", "MS03"][attempt % 2],
            )  # fmt: skip


async def _owed(customer: Customer, invoice: Invoice, n: int, ids: list[str]) -> None:
    """A credit note, discounts and reminders, as many as it comes to."""
    own: dict[str, Any] = {"customer": customer, "invoice": invoice, "currency": "EUR"}
    if n == 2:
        note = await Invoice.create(
            customer=customer, number=f"{invoice.number}-G", kind="CREDIT_NOTE", corrects=invoice, state="PAID",
            payment_method="DIRECT_DEBIT", buyer={"name": "Größe & Söhne", "country": "AT", "vatId": None},
            issued_on=date(2026, 2, 9), due_on=date(2026, 2, 9), currency="EUR", net_minor=10, vat_minor=2, gross_minor=12,
            created_at=NOW,
        )  # fmt: skip
        ids.append(note.id)
    for position in range(1, n % 3 + 1):
        await InvoiceDiscount.create(
            **own, position=position, reason="Treue", net_minor=position, vat_category="S", vat_basis_points=1_900
        )
    for level in range(1, n % 4 + 1):
        await InvoiceReminder.create(
            **own, level=level, sent_on=date(2026, 3, level), due_on=date(2026, 3, 10 + level), fee_minor=100 * level
        )


ENTRIES: tuple[tuple[str, str, Any], ...] = (
    ("session.sign_in", "OK", {"new_device": True, "remembered": False}),
    ("session.sign_in", "INVALID_CREDENTIALS", {"failures": 3, "secret": "x"}),
    ("session.sign_in", "TWO_FACTOR_REQUIRED", None),
    ("package.rename", "OK", {"before": "Alt", "after": "Neu"}),
    ("contract.import", "OK", {"changed": ["net_minor", "state"]}),
    ("customer.import", "NOT_FOUND", {"before": {"city": "Köln"}, "after": {"city": "Kiel", "street": None}}),
    ("gone.away", "no code", ["nothing"]),
)
"""Action, result and detail of activity."""


async def _devices(customer: Customer, packages: list[Package], ids: list[str]) -> None:
    for n, package in enumerate([None, *packages[:2]]):
        device = await TrustedDevice.create(
            customer=customer, package=package, token_hash=f"{customer.number}-{n}", name=NAMES[n],
            created_at=NOW - timedelta(days=n // 2), last_used_at=NOW, expires_at=NOW + timedelta(days=1 - n),
        )  # fmt: skip
        ids.append(device.id)


async def _activity(customer: Customer, packages: list[Package], ids: list[str]) -> None:
    for n, kind in enumerate(list(ActorKind) * 3):
        action, result, detail = ENTRIES[n % len(ENTRIES)]
        package = packages[n % len(packages)] if packages and n % 4 else None
        entry = await AuditEvent.create(
            customer=customer, package=package, occurred_at=NOW - timedelta(hours=n // 3), actor_kind=kind,
            actor_id=customer.id, session_id=None, address="203.0.113.0" if n % 2 else None, action=action,
            object_id=[None, customer.id, "x", package.id if package else None][n % 4], result=result, detail=detail,
        )  # fmt: skip
        ids.append(entry.id)


async def _viewers(customer: Customer, packages: list[Package], ids: list[str], viewers: list[Viewer]) -> None:
    logins: list[Package | None] = [None, *packages[:2]]
    for package in logins:
        kind = SessionKind.PACKAGE if package else SessionKind.CUSTOMER
        session = await Session.create(
            customer=customer, package=package, kind=kind, token_hash=f"{customer.number}-{package and package.id}",
            device_name=None if package else "Küche", idle_seconds=1_800, created_at=NOW, last_used_at=NOW,
            expires_at=NOW + timedelta(hours=12),
        )  # fmt: skip
        ids.append(session.id)
        package_id = package.id if package else None
        viewers.append(Viewer(kind, customer.id, package_id, SCOPES_OF[kind], session.id))
        narrow = frozenset({Scope.MAIL_READ}) if package else frozenset({Scope.PACKAGE_READ, Scope.INVOICE_READ})
        viewers.append(Viewer(kind, customer.id, package_id, narrow, session.id))
