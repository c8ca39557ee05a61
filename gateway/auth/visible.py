"""The one door to rows: which rows exist for a viewer. Every query of every engine starts here.

A row outside these sets does not exist for the viewer: not by id, not in a total, not through a relation. Customer-owned
rows are always filtered by `customer_id`; a viewer limited to a package sees its technical rows and no contract data.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from tortoise.expressions import Q, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from gateway.auth.viewer import Viewer
from models import (
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
    IdempotencyKey,
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
    LinkPurpose,
    MailAddress,
    Mailbox,
    Operation,
    Package,
    PackageType,
    Payment,
    PhoneNumber,
    RecoveryCode,
    Session,
    SftpAccount,
    SshKey,
    SubProcessor,
    Tariff,
    TariffChange,
    TrustedDevice,
    WebHost,
    WebsiteApp,
    WebSpaceUsage,
)

M = TypeVar("M", bound=Model)


def _technical(model: type[M], viewer: Viewer) -> QuerySet[M]:
    """Rows of a package: all of the customer's, or those of the one package the viewer is limited to."""
    query = model.filter(customer_id=viewer.customer_id)
    return query if viewer.package_id is None else query.filter(package_id=viewer.package_id)


def _contractual(model: type[M], viewer: Viewer) -> QuerySet[M]:
    """Contract data and master data: the customer's own, and nothing for a viewer limited to a package."""
    if viewer.package_id is not None:
        return model.filter(pk="")
    return model.filter(customer_id=viewer.customer_id)


def packages(viewer: Viewer) -> QuerySet[Package]:
    query = Package.filter(customer_id=viewer.customer_id)
    return query if viewer.package_id is None else query.filter(id=viewer.package_id)


def package_types(viewer: Viewer) -> QuerySet[PackageType]:
    return PackageType.all()


def domains(viewer: Viewer) -> QuerySet[Domain]:
    query = _technical(Domain, viewer)
    return query if viewer.domain_ids is None else query.filter(id__in=viewer.domain_ids or ("",))


def dns_records(viewer: Viewer) -> QuerySet[DnsRecord]:
    query = _technical(DnsRecord, viewer)
    return query if viewer.domain_ids is None else query.filter(domain_id__in=viewer.domain_ids or ("",))


def api_tokens(viewer: Viewer) -> QuerySet[ApiToken]:
    """The customer's alone: those that nobody revoked."""
    return _contractual(ApiToken, viewer).filter(revoked_at=None)


def api_token_domains(viewer: Viewer) -> QuerySet[ApiTokenDomain]:
    return _contractual(ApiTokenDomain, viewer)


def mailboxes(viewer: Viewer) -> QuerySet[Mailbox]:
    return _technical(Mailbox, viewer)


def mail_addresses(viewer: Viewer) -> QuerySet[MailAddress]:
    return _technical(MailAddress, viewer)


def web_hosts(viewer: Viewer) -> QuerySet[WebHost]:
    query = _technical(WebHost, viewer)
    return query if viewer.domain_ids is None else query.filter(domain_id__in=viewer.domain_ids or ("",))


def hosted_databases(viewer: Viewer) -> QuerySet[HostedDatabase]:
    return _technical(HostedDatabase, viewer)


def sftp_accounts(viewer: Viewer) -> QuerySet[SftpAccount]:
    return _technical(SftpAccount, viewer)


def ssh_keys(viewer: Viewer) -> QuerySet[SshKey]:
    return _technical(SshKey, viewer)


def cron_jobs(viewer: Viewer) -> QuerySet[CronJob]:
    return _technical(CronJob, viewer)


def web_space_usage(viewer: Viewer) -> QuerySet[WebSpaceUsage]:
    return _technical(WebSpaceUsage, viewer)


def website_apps(viewer: Viewer) -> QuerySet[WebsiteApp]:
    return _technical(WebsiteApp, viewer)


def backups(viewer: Viewer) -> QuerySet[Backup]:
    return _technical(Backup, viewer)


def customers(viewer: Viewer) -> QuerySet[Customer]:
    return Customer.filter(id=viewer.customer_id if viewer.package_id is None else "")


def pending_emails(viewer: Viewer) -> QuerySet[LinkCode]:
    """The contact address that waits to be confirmed: at most one, since a newer code takes the place of an older."""
    return _contractual(LinkCode, viewer).filter(purpose=LinkPurpose.EMAIL_CHANGE, used_at=None)


def phone_numbers(viewer: Viewer) -> QuerySet[PhoneNumber]:
    return _contractual(PhoneNumber, viewer)


def bank_accounts(viewer: Viewer) -> QuerySet[BankAccount]:
    return _contractual(BankAccount, viewer)


def contracts(viewer: Viewer) -> QuerySet[Contract]:
    return _contractual(Contract, viewer)


def tariffs(viewer: Viewer) -> QuerySet[Tariff]:
    return Tariff.all() if viewer.package_id is None else Tariff.filter(pk="")


def add_ons(viewer: Viewer) -> QuerySet[AddOn]:
    return _contractual(AddOn, viewer)


def invoices(viewer: Viewer) -> QuerySet[Invoice]:
    return _contractual(Invoice, viewer)


def invoice_lines(viewer: Viewer) -> QuerySet[InvoiceLine]:
    return _contractual(InvoiceLine, viewer)


def invoice_taxes(viewer: Viewer) -> QuerySet[InvoiceTax]:
    return _contractual(InvoiceTax, viewer)


def invoice_files(viewer: Viewer) -> QuerySet[InvoiceFile]:
    return _contractual(InvoiceFile, viewer)


def payments(viewer: Viewer) -> QuerySet[Payment]:
    return _contractual(Payment, viewer)


def invoice_xmls(viewer: Viewer) -> QuerySet[InvoiceXml]:
    return _contractual(InvoiceXml, viewer)


def invoice_discounts(viewer: Viewer) -> QuerySet[InvoiceDiscount]:
    return _contractual(InvoiceDiscount, viewer)


def invoice_reminders(viewer: Viewer) -> QuerySet[InvoiceReminder]:
    return _contractual(InvoiceReminder, viewer)


def invoice_exports(viewer: Viewer) -> QuerySet[InvoiceExport]:
    return _contractual(InvoiceExport, viewer)


def invoice_export_files(viewer: Viewer) -> QuerySet[InvoiceExportFile]:
    return _contractual(InvoiceExportFile, viewer)


def debits(viewer: Viewer) -> QuerySet[Debit]:
    return _contractual(Debit, viewer)


def contract_events(viewer: Viewer) -> QuerySet[ContractEvent]:
    return _contractual(ContractEvent, viewer)


def tariff_changes(viewer: Viewer) -> QuerySet[TariffChange]:
    return _contractual(TariffChange, viewer)


def cancellations(viewer: Viewer) -> QuerySet[Cancellation]:
    return _contractual(Cancellation, viewer)


def cancelled_domains(viewer: Viewer) -> QuerySet[CancelledDomain]:
    return _contractual(CancelledDomain, viewer)


def cancellation_receipts(viewer: Viewer) -> QuerySet[CancellationReceipt]:
    return _contractual(CancellationReceipt, viewer)


def declarations(viewer: Viewer) -> QuerySet[Declaration]:
    """Those that are known to be the customer's: their own forms, and what was matched to them."""
    return _contractual(Declaration, viewer)


def declaration_receipts(viewer: Viewer) -> QuerySet[DeclarationReceipt]:
    return _contractual(DeclarationReceipt, viewer)


def domain_holders(viewer: Viewer) -> QuerySet[DomainHolder]:
    return _contractual(DomainHolder, viewer)


def calendar_feeds(viewer: Viewer) -> QuerySet[CalendarFeed]:
    """Those nobody revoked."""
    return _contractual(CalendarFeed, viewer).filter(revoked_at=None)


def idempotency_keys(viewer: Viewer) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.filter(customer_id=viewer.customer_id)


def operations(viewer: Viewer) -> QuerySet[Operation]:
    """Those of a package. A viewer limited to domains sees those about these domains and their host names, and no others."""
    query = _technical(Operation, viewer)
    if viewer.domain_ids is None:
        return query
    hosts = Subquery(web_hosts(viewer).values("id"))
    return query.filter(Q(subject_id__in=viewer.domain_ids or ("",)) | Q(subject_id__in=hosts))


def sessions(viewer: Viewer) -> QuerySet[Session]:
    """Sessions nobody ended: a customer sees all under the number, package logins' included, a package login its own."""
    query = Session.filter(customer_id=viewer.customer_id, revoked_at=None)
    return query if viewer.package_id is None else query.filter(id=viewer.session_id)


def audit_events(viewer: Viewer) -> QuerySet[AuditEvent]:
    """The customer's alone to read: what was done to a package tells about contracts, and who else looks after it."""
    return _contractual(AuditEvent, viewer)


def trusted_devices(viewer: Viewer) -> QuerySet[TrustedDevice]:
    return _contractual(TrustedDevice, viewer)


def authenticators(viewer: Viewer) -> QuerySet[Authenticator]:
    """Devices that count at sign-in."""
    return _contractual(Authenticator, viewer).filter(confirmed_at__isnull=False)


def pending_authenticators(viewer: Viewer) -> QuerySet[Authenticator]:
    """Devices that wait for their first code, also those that waited too long."""
    return _contractual(Authenticator, viewer).filter(confirmed_at=None)


def recovery_codes(viewer: Viewer) -> QuerySet[RecoveryCode]:
    """Recovery codes that can still be used."""
    return _contractual(RecoveryCode, viewer).filter(used_at=None)


def data_reports(viewer: Viewer) -> QuerySet[DataReport]:
    return _contractual(DataReport, viewer)


def data_report_files(viewer: Viewer) -> QuerySet[DataReportFile]:
    return _contractual(DataReportFile, viewer)


def agreement_versions(viewer: Viewer) -> QuerySet[AgreementVersion]:
    return AgreementVersion.all() if viewer.package_id is None else AgreementVersion.filter(pk="")


def sub_processors(viewer: Viewer) -> QuerySet[SubProcessor]:
    """All there are, were, and will be."""
    return SubProcessor.all() if viewer.package_id is None else SubProcessor.filter(pk="")


def agreements(viewer: Viewer) -> QuerySet[Agreement]:
    return _contractual(Agreement, viewer)


def agreement_files(viewer: Viewer) -> QuerySet[AgreementFile]:
    return _contractual(AgreementFile, viewer)


def agreement_events(viewer: Viewer) -> QuerySet[AgreementEvent]:
    return _contractual(AgreementEvent, viewer)


def current_session(viewer: Viewer) -> QuerySet[Session]:
    return sessions(viewer).filter(id=viewer.session_id)


def current_package(viewer: Viewer) -> QuerySet[Package]:
    """The package a package login is for; nothing for a customer."""
    return packages(viewer).filter(id=viewer.package_id or "")


def help_articles(viewer: Viewer) -> QuerySet[HelpArticle]:
    """The help is everybody's, also of those who are not signed in."""
    return HelpArticle.all()


def contact_options(viewer: Viewer) -> QuerySet[ContactOption]:
    """Whom to ask is told to everybody, too."""
    return ContactOption.all()


BY_MODEL: dict[type[Model], Callable[[Viewer], QuerySet[Any]]] = {
    Package: packages,
    PackageType: package_types,
    Domain: domains,
    DnsRecord: dns_records,
    Mailbox: mailboxes,
    Operation: operations,
    Backup: backups,
    WebsiteApp: website_apps,
    WebSpaceUsage: web_space_usage,
    CronJob: cron_jobs,
    SshKey: ssh_keys,
    SftpAccount: sftp_accounts,
    HostedDatabase: hosted_databases,
    WebHost: web_hosts,
    MailAddress: mail_addresses,
    Customer: customers,
    PhoneNumber: phone_numbers,
    LinkCode: pending_emails,
    BankAccount: bank_accounts,
    Cancellation: cancellations,
    TariffChange: tariff_changes,
    CancelledDomain: cancelled_domains,
    CancellationReceipt: cancellation_receipts,
    DomainHolder: domain_holders,
    Contract: contracts,
    Declaration: declarations,
    Tariff: tariffs,
    AddOn: add_ons,
    Invoice: invoices,
    InvoiceFile: invoice_files,
    InvoiceExport: invoice_exports,
    InvoiceExportFile: invoice_export_files,
    InvoiceLine: invoice_lines,
    InvoiceTax: invoice_taxes,
    InvoiceDiscount: invoice_discounts,
    InvoiceReminder: invoice_reminders,
    Payment: payments,
    Session: sessions,
    TrustedDevice: trusted_devices,
    ApiToken: api_tokens,
    CalendarFeed: calendar_feeds,
    ContractEvent: contract_events,
    ApiTokenDomain: api_token_domains,
    AuditEvent: audit_events,
    DataReport: data_reports,
    Debit: debits,
    DataReportFile: data_report_files,
    Agreement: agreements,
    AgreementVersion: agreement_versions,
    AgreementFile: agreement_files,
    AgreementEvent: agreement_events,
    SubProcessor: sub_processors,
    Authenticator: authenticators,
    RecoveryCode: recovery_codes,
    HelpArticle: help_articles,
    ContactOption: contact_options,
}
"""The rule of each table, for those who come to a row through a relation. A table without a rule cannot be reached."""


def rows_of(viewer: Viewer, model: type[M]) -> QuerySet[M]:
    """The rows of a table by its rule. Raises `KeyError` for a table without one."""
    return BY_MODEL[model](viewer)
