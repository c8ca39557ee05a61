"""An import comes to what the file says: once, twice, or cut off in between; a bad line leaves out itself alone."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tortoise.connection import get_connection

from gateway.auth.passwords import Passwords
from gateway.jobs.importing.importer import Importer, Outcome, import_lines
from gateway.jobs.importing.record import Refusal
from gateway.keys import IBAN_SEAL, Keyring
from models import (
    AddOn,
    AuditEvent,
    BankAccount,
    Contract,
    Customer,
    CustomerKind,
    Domain,
    Invoice,
    InvoiceLine,
    InvoiceState,
    InvoiceTax,
    MailAddress,
    Mailbox,
    Package,
    PackageState,
    PackageType,
    Payment,
    PhoneNumber,
    Tariff,
)
from tests.importing.samples import (
    ADD_ON,
    ALL,
    CONTRACT,
    CUSTOMER,
    DOMAIN,
    INVOICE,
    MAILBOX,
    PACKAGE,
    PACKAGE_TYPE,
    TARIFF,
    changed,
    line,
    ndjson,
)

pytestmark = pytest.mark.usefixtures("database")

KEYRING = Keyring({1: b"1" * 32})
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TABLES = (
    PackageType, Tariff, Customer, PhoneNumber, BankAccount, Package, Contract, AddOn, Domain, Mailbox, Invoice,
    InvoiceLine, InvoiceTax, Payment, AuditEvent,
)  # fmt: skip


class Host:
    """Somebody who imports."""

    def __init__(self, passwords: Passwords) -> None:
        self.passwords = passwords
        self.refused: list[Refusal] = []

    async def bring(self, content: bytes) -> Outcome:
        """Import a file and keep what was refused."""
        self.refused = []
        importer = Importer(KEYRING, self.passwords, hashes_at_once=4, clock=lambda: NOW, report=self.refused.append)
        return await import_lines(io.BytesIO(content), importer, lambda size: None)

    async def bring_whole(self, *records: dict[str, Any]) -> None:
        """Import records none of which may be refused."""
        outcome = await self.bring(ndjson(*records))
        assert self.refused == []
        assert outcome == Outcome(stored=len(records), refused=0)

    @property
    def fields(self) -> list[tuple[int, str | None]]:
        """Lines and fields of what was refused."""
        return [(refusal.line, refusal.field) for refusal in self.refused]


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    passwords = Passwords(KEYRING, cost=4, workers=1, queue=4)
    yield Host(passwords)
    await passwords.close()


async def everything() -> list[dict[str, Any]]:
    """All rows of all tables an import writes."""
    return [row for table in TABLES for row in await table.all().order_by("id").values()]


OTHER = changed(
    changed(changed(CUSTOMER, "number", "10000002"), "username", "other"), "bank_account.mandate_reference", "M-2"
)
OTHER_PACKAGE = changed(
    changed(changed(PACKAGE, "customer", "10000002"), "identification", "hosting-2"), "order_number", "B-2"
)


async def test_a_mail_address_is_not_imported_as_a_mailbox_and_follows_its_domain(host: Host) -> None:
    await host.bring_whole(PACKAGE_TYPE, CUSTOMER, PACKAGE, DOMAIN)
    domain = await Domain.get()
    local, _, _ = MAILBOX["address"].partition("@")
    alias = await MailAddress.create(
        customer_id=domain.customer_id, package_id=domain.package_id, domain_id=domain.id, created_at=NOW,
        address=f"{local}@{domain.name}".lower(), targets=["a@example.com"],
    )  # fmt: skip
    outcome = await host.bring(ndjson(changed(MAILBOX, "address", alias.address)))
    assert (outcome, host.fields) == (Outcome(stored=0, refused=1), [(1, "address")])
    second = changed(changed(PACKAGE, "identification", "hosting-9"), "order_number", "B-9")
    await host.bring_whole(second, changed(DOMAIN, "package", "hosting-9"))
    assert (await MailAddress.get()).package_id == (await Package.get(identification="hosting-9")).id


async def test_every_kind_of_record_is_stored(host: Host) -> None:
    await host.bring_whole(*ALL)

    customer = await Customer.get(number="10000001")
    assert (customer.kind, customer.display_name, customer.username) == (CustomerKind.PERSON, "Jürgen Größl", "juergen")
    assert (await host.passwords.verify("Apfelbaum-Regen-73", customer.password_hash)).matches
    assert [phone.number for phone in await PhoneNumber.filter(customer_id=customer.id)] == ["+492214710123"]
    account = await BankAccount.get(customer_id=customer.id)
    assert KEYRING.unseal(IBAN_SEAL, account.iban_sealed) == "DE89370400440532013000"
    assert (account.iban_last4, account.bank_name) == ("3000", "Commerzbank")
    package = await Package.get(identification="hosting-1").prefetch_related("type")
    assert (package.customer_id, package.type.code, package.name_key) == (customer.id, "plus", "familienseite")
    assert (await host.passwords.verify("Kirsche-Wolke-18", package.password_hash)).matches
    contract = await Contract.get(number="V-1")
    assert (contract.package_id, contract.gross_minor, contract.minimum_term_months) == (package.id, 600, 3)
    assert (await AddOn.get(contract_id=contract.id)).name == "Tägliches Backup"
    domain = await Domain.get(ascii_name="xn--familie-grl-46a21a.example")
    assert (domain.name, domain.main, domain.package_id) == ("familie-größl.example", True, package.id)
    assert (await Mailbox.get(package_id=package.id)).address == "info@familie-größl.example"
    invoice = await Invoice.get(number="R-1")
    assert (invoice.state, invoice.gross_minor) == (InvoiceState.PAID, 600)
    invoice_line = await InvoiceLine.get(invoice_id=invoice.id)
    assert (invoice_line.position, invoice_line.package_id) == (1, package.id)


async def test_the_same_file_twice_changes_nothing(host: Host) -> None:
    await host.bring_whole(*ALL)
    before = await everything()
    await host.bring_whole(*ALL)
    assert await everything() == before


@pytest.mark.parametrize("cut", range(1, len(ALL)))
async def test_a_file_cut_off_anywhere_and_imported_again_comes_to_the_same_end(host: Host, cut: int) -> None:
    await host.bring_whole(*ALL[:cut])
    await host.bring_whole(*ALL)
    counts = [await table.all().count() for table in TABLES]
    assert counts == [1] * (len(TABLES) - 1) + [0]


@pytest.mark.parametrize("bad", range(len(ALL)))
async def test_a_bad_line_leaves_out_itself_and_what_refers_to_it(host: Host, bad: int) -> None:
    lines = [line(record) for record in ALL]
    lines[bad] = b'{"kind": "%s", broken\n' % str(ALL[bad]["kind"]).encode()
    outcome = await host.bring(b"".join(lines))
    assert host.fields[0] == (bad + 1, None)
    assert all(refusal.line > bad and "no such" in refusal.reason for refusal in host.refused[1:])
    assert outcome == Outcome(stored=len(ALL) - len(host.refused), refused=len(host.refused))


async def test_a_record_that_is_refused_takes_no_other_of_its_batch_along(host: Host) -> None:
    domains = [changed(DOMAIN, "name", f"d{number}.example") | {"main": False} for number in range(20)]
    domains[7]["package"] = "nowhere"
    await host.bring_whole(*ALL[:4])
    outcome = await host.bring(ndjson(*domains))
    assert (outcome.stored, host.fields) == (19, [(8, "package")])
    assert await Domain.all().count() == 19


async def test_a_constraint_nobody_foresaw_refuses_the_record_it_speaks_against_alone(host: Host) -> None:
    await get_connection("default").execute_script("CREATE UNIQUE INDEX one_customer_a_street ON customer (street)")
    third = changed(changed(changed(OTHER, "number", "10000003"), "username", "third"), "street", "Ahornweg 1")
    third["bank_account"]["mandate_reference"] = "M-3"
    outcome = await host.bring(ndjson(CUSTOMER, OTHER, third))
    assert outcome == Outcome(stored=2, refused=1)
    assert host.refused == [Refusal(2, "customer", None, "contradicts what is stored")]
    assert [customer.number for customer in await Customer.all().order_by("number")] == ["10000001", "10000003"]


async def test_two_imports_of_the_same_at_the_same_time_store_it_once(host: Host) -> None:
    domains = [changed(DOMAIN, "name", f"d{number}.example") | {"main": False} for number in range(300)]
    content = ndjson(*ALL, *domains)
    other = Host(host.passwords)
    outcomes = await asyncio.gather(host.bring(content), other.bring(content))
    assert [*host.refused, *other.refused] == []
    assert outcomes == [Outcome(309, 0)] * 2
    assert [await table.all().count() for table in TABLES if table is not Domain] == [1] * (len(TABLES) - 2) + [0]
    assert await Domain.all().count() == 301


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (changed(TARIFF, "package_type", "none"), "package_type"),
        (changed(PACKAGE, "customer", "99999999"), "customer"),
        (changed(PACKAGE, "package_type", "none"), "package_type"),
        (changed(CONTRACT, "package", "none"), "package"),
        (changed(CONTRACT, "tariff", "none"), "tariff"),
        (changed(ADD_ON, "contract", "none"), "contract"),
        (changed(DOMAIN, "package", "none"), "package"),
        (changed(MAILBOX, "package", "none"), "package"),
        (changed(INVOICE, "customer", "99999999"), "customer"),
        (changed(INVOICE, "lines.0.package", "none"), "lines.0.package"),
    ],
)
async def test_what_a_record_refers_to_must_exist(host: Host, record: dict[str, Any], field: str) -> None:
    await host.bring_whole(*ALL)
    before = await everything()
    await host.bring(ndjson(record))
    assert host.fields == [(1, field)]
    assert await everything() == before


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (changed(PACKAGE, "customer", "10000002"), "customer"),
        (changed(DOMAIN, "package", "hosting-2"), "package"),
        (changed(MAILBOX, "package", "hosting-2"), "package"),
        (changed(changed(MAILBOX, "package", "hosting-2"), "address", "new@familie-größl.example"), "address"),
        (changed(INVOICE, "customer", "10000002"), "lines.0.package"),
        (changed(CONTRACT, "package", "hosting-2"), "package"),
        (changed(changed(CONTRACT, "number", "V-2"), "package", "hosting-1"), "package"),
        (changed(OTHER, "username", "juergen"), "username"),
        (changed(OTHER, "bank_account.mandate_reference", "M-10000001"), "bank_account.mandate_reference"),
        (changed(OTHER_PACKAGE, "order_number", "B-1"), "order_number"),
    ],
)
async def test_nothing_moves_to_another_customer_nor_is_taken_from_one(
    host: Host, record: dict[str, Any], field: str
) -> None:
    await host.bring_whole(*ALL, OTHER, OTHER_PACKAGE)
    before = await everything()
    await host.bring(ndjson(record))
    assert host.fields == [(1, field)]
    assert await everything() == before


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("issued_on", "2026-02-04", "issued_on"),
        ("due_on", "2026-03-06", "due_on"),
        ("currency", "CHF", "currency"),
        ("period_from", "2026-02-01", "period_from"),
        ("lines.0.description", "Something else", "lines"),
        ("lines.0.package", None, "lines"),
    ],
)
async def test_an_issued_invoice_does_not_change(host: Host, path: str, value: object, field: str) -> None:
    await host.bring_whole(*ALL)
    before = await everything()
    await host.bring(ndjson(changed(INVOICE, path, value)))
    assert host.fields == [(1, field)]
    assert await everything() == before


async def test_the_payment_state_of_an_invoice_changes(host: Host) -> None:
    await host.bring_whole(*ALL)
    kept = (await Payment.get()).id
    returned = changed(INVOICE, "state", "DEBIT_RETURNED")
    returned["payments"] += [{"method": "DIRECT_DEBIT", "paid_on": "2026-03-09", "amount_minor": -600}]
    await host.bring_whole(returned)
    assert (await Invoice.get()).state is InvoiceState.DEBIT_RETURNED
    assert [payment.amount_minor for payment in await Payment.all().order_by("paid_on")] == [600, -600]
    assert await Payment.filter(id=kept).exists()


async def test_two_payments_alike_are_two(host: Host) -> None:
    half = {"method": "TRANSFER", "paid_on": "2026-03-05", "amount_minor": 300}
    invoice = changed(INVOICE, "payments", [half, half])
    await host.bring_whole(*ALL[:-1], invoice)
    await host.bring_whole(invoice)
    assert await Payment.all().count() == 2


async def test_an_absent_field_leaves_what_is_stored_and_null_removes_it(host: Host) -> None:
    await host.bring_whole(*ALL)
    bare = {
        name: value
        for name, value in CUSTOMER.items()
        if name not in ("username", "phones", "bank_account", "first_name")
    }
    await host.bring_whole(bare)
    customer = await Customer.get()
    assert (customer.username, customer.first_name, await PhoneNumber.all().count()) == ("juergen", "Jürgen", 1)
    await host.bring_whole(bare | {"username": None, "phones": [], "bank_account": None})
    customer = await Customer.get()
    assert (customer.username, await PhoneNumber.all().count(), await BankAccount.all().count()) == (None, 0, 0)


async def test_a_password_counts_only_when_the_account_is_new(host: Host) -> None:
    await host.bring_whole(*ALL)
    first = (await Customer.get()).password_hash, (await Package.get()).password_hash
    await host.bring_whole(
        changed(CUSTOMER, "password", "Another-one-99"), changed(PACKAGE, "password", "Another-one-99")
    )
    assert ((await Customer.get()).password_hash, (await Package.get()).password_hash) == first


async def test_a_new_customer_without_a_password_has_one_that_nobody_knows(host: Host) -> None:
    await host.bring_whole({name: value for name, value in CUSTOMER.items() if name != "password"})
    stored = (await Customer.get()).password_hash
    assert stored.startswith("v1$2b$")
    assert not (await host.passwords.verify("", stored)).matches


async def test_a_change_is_in_the_audit_log_and_raises_the_version(host: Host) -> None:
    await host.bring_whole(*ALL)
    await host.bring_whole(changed(changed(CUSTOMER, "city", "Bonn"), "bank_account.iban", "DE02120300000000202051"))
    await host.bring_whole(changed(PACKAGE, "state", "SUSPENDED"))
    entries = await AuditEvent.all().order_by("action")
    assert [(entry.action, entry.detail) for entry in entries] == [
        ("customer.import", {"changed": ["bank_account", "city"]}),
        ("package.import", {"changed": ["state"]}),
    ]
    package = await Package.get()
    assert (package.state, package.version, entries[1].package_id) == (PackageState.SUSPENDED, 2, package.id)
    assert (await Customer.get()).version == 2
    assert "DE02" not in repr(await everything())


async def test_a_renamed_package_is_found_by_its_new_name(host: Host) -> None:
    await host.bring_whole(*ALL)
    await host.bring_whole(changed(PACKAGE, "name", "Ärzte am Markt"))
    package = await Package.get()
    assert (package.name_key, "arzte" in package.search_key) == ("arzte am markt", True)


async def test_a_package_has_one_main_domain_the_last_that_says_so(host: Host) -> None:
    await host.bring_whole(*ALL)
    second, third = (changed(DOMAIN, "name", f"{name}.example") for name in ("second", "third"))
    silent = {name: value for name, value in DOMAIN.items() if name != "main"}
    await host.bring_whole(second, third, silent)
    assert [domain.name for domain in await Domain.filter(main=True)] == ["third.example"]
    await host.bring_whole(silent, changed(second, "main", False), DOMAIN)
    assert [domain.name for domain in await Domain.filter(main=True)] == ["familie-größl.example"]


async def test_a_record_twice_in_a_file_counts_with_its_last_word(host: Host) -> None:
    await host.bring_whole(*ALL[:4], changed(PACKAGE, "state", "SUSPENDED"), changed(PACKAGE, "state", "CANCELLED"))
    assert (await Package.get()).state is PackageState.CANCELLED


async def test_more_records_than_a_batch_are_all_stored(host: Host) -> None:
    await host.bring_whole(*ALL[:4])
    await host.bring_whole(*(changed(DOMAIN, "name", f"d{n}.example") | {"main": False} for n in range(1_234)))
    assert await Domain.all().count() == 1_234
