"""The business: tables, relations, state changes and rules. Knows nothing of GraphQL or HTTP."""

from tortoise.models import Model

from models.agreement import (
    Agreement,
    AgreementEvent,
    AgreementEventKind,
    AgreementFile,
    AgreementState,
    AgreementVersion,
    SubProcessor,
    term_of,
)
from models.api_token import ApiToken, ApiTokenDomain
from models.audit import ActorKind, AuditChain, AuditEvent
from models.backup import Backup, BackupContent, BackupState
from models.calendar_feed import CalendarFeed
from models.cancellation import (
    Cancellation,
    CancellationReceipt,
    CancellationState,
    CancellationSubject,
    CancelledDomain,
    DomainFate,
)
from models.contract import AddOn, Contract, ContractState, Tariff
from models.contract_event import ContractEvent, ContractEventKind
from models.cron_job import CronJob, CronKind
from models.customer import BankAccount, Customer, CustomerKind, PhoneKind, PhoneNumber
from models.data_report import DataReport, DataReportFile, DataReportState
from models.debit import BankEntry, Debit, DebitBatch, DebitState, MandateSequence
from models.declaration import (
    Declaration,
    DeclarationKind,
    DeclarationReceipt,
    DeclarationState,
)
from models.dns_record import DnsRecord, DnsRecordType
from models.domain import Domain, DomainHolder, DomainState
from models.help import ArticleKind, ContactOption, Feedback, HelpArticle
from models.hosted_database import DatabaseEngine, HostedDatabase
from models.idempotency import IdempotencyKey
from models.invoice import (
    Invoice,
    InvoiceDiscount,
    InvoiceFile,
    InvoiceKind,
    InvoiceLine,
    InvoiceState,
    InvoiceTax,
    InvoiceXml,
    Payment,
    PaymentMethod,
    VatCategory,
)
from models.invoice_export import InvoiceExport, InvoiceExportFile, InvoiceExportState
from models.invoice_reminder import InvoiceReminder
from models.link import LinkCode, LinkPurpose
from models.mail_address import MailAddress
from models.mailbox import Mailbox, SpamFilter
from models.operation import Operation, OperationState
from models.outbox import OutboxMessage
from models.package import Package, PackageFunction, PackageState, PackageType
from models.session import DownloadTicket, Session, SessionKind, TrustedDevice
from models.sftp_account import SftpAccess, SftpAccount, SshKey
from models.tariff_change import TariffChange, TariffChangeState, TariffDirection
from models.throttle import Throttle
from models.two_factor import Authenticator, RecoveryCode, SignInChallenge, TwoFactorKind
from models.web_host import TlsState, WebHost, WebTarget
from models.web_space_usage import WebSpaceUsage
from models.website_app import WebsiteApp, WebsiteAppState

__all__ = [
    "MODEL_OF_PREFIX",
    "ActorKind",
    "AddOn",
    "Agreement",
    "AgreementEvent",
    "AgreementEventKind",
    "AgreementFile",
    "AgreementState",
    "AgreementVersion",
    "ApiToken",
    "ApiTokenDomain",
    "ArticleKind",
    "AuditChain",
    "AuditEvent",
    "Authenticator",
    "Backup",
    "BackupContent",
    "BackupState",
    "BankAccount",
    "BankEntry",
    "CalendarFeed",
    "Cancellation",
    "CancellationReceipt",
    "CancellationState",
    "CancellationSubject",
    "CancelledDomain",
    "ContactOption",
    "Contract",
    "ContractEvent",
    "ContractEventKind",
    "ContractState",
    "CronJob",
    "CronKind",
    "Customer",
    "CustomerKind",
    "DataReport",
    "DataReportFile",
    "DataReportState",
    "DatabaseEngine",
    "Debit",
    "DebitBatch",
    "DebitState",
    "Declaration",
    "DeclarationKind",
    "DeclarationReceipt",
    "DeclarationState",
    "DnsRecord",
    "DnsRecordType",
    "Domain",
    "DomainFate",
    "DomainHolder",
    "DomainState",
    "DownloadTicket",
    "Feedback",
    "HelpArticle",
    "HostedDatabase",
    "IdempotencyKey",
    "Invoice",
    "InvoiceDiscount",
    "InvoiceExport",
    "InvoiceExportFile",
    "InvoiceExportState",
    "InvoiceFile",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceReminder",
    "InvoiceState",
    "InvoiceTax",
    "InvoiceXml",
    "LinkCode",
    "LinkPurpose",
    "MailAddress",
    "Mailbox",
    "MandateSequence",
    "Operation",
    "OperationState",
    "OutboxMessage",
    "Package",
    "PackageFunction",
    "PackageState",
    "PackageType",
    "Payment",
    "PaymentMethod",
    "PhoneKind",
    "PhoneNumber",
    "RecoveryCode",
    "Session",
    "SessionKind",
    "SftpAccess",
    "SftpAccount",
    "SignInChallenge",
    "SpamFilter",
    "SshKey",
    "SubProcessor",
    "Tariff",
    "TariffChange",
    "TariffChangeState",
    "TariffDirection",
    "Throttle",
    "TlsState",
    "TrustedDevice",
    "TwoFactorKind",
    "VatCategory",
    "WebHost",
    "WebSpaceUsage",
    "WebTarget",
    "WebsiteApp",
    "WebsiteAppState",
    "term_of",
]

MODEL_OF_PREFIX: dict[str, type[Model]] = {
    "add": AddOn,
    "agr": Agreement,
    "agv": AgreementVersion,
    "app": WebsiteApp,
    "aud": AuditEvent,
    "bak": Backup,
    "can": Cancellation,
    "crn": CronJob,
    "ctr": Contract,
    "cus": Customer,
    "dbs": HostedDatabase,
    "dcl": Declaration,
    "dev": TrustedDevice,
    "dns": DnsRecord,
    "dom": Domain,
    "exp": InvoiceExport,
    "inv": Invoice,
    "mad": MailAddress,
    "mbx": Mailbox,
    "ope": Operation,
    "pkg": Package,
    "rep": DataReport,
    "ses": Session,
    "sft": SftpAccount,
    "sky": SshKey,
    "sub": SubProcessor,
    "tch": TariffChange,
    "tok": ApiToken,
    "trf": Tariff,
    "whs": WebHost,
}
"""The kinds of rows that can be asked for by id alone."""
