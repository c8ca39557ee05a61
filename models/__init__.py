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
from models.audit import ActorKind, AuditChain, AuditEvent
from models.contract import AddOn, Contract, ContractState, Tariff
from models.customer import BankAccount, Customer, CustomerKind, PhoneKind, PhoneNumber
from models.data_report import DataReport, DataReportFile, DataReportState
from models.domain import Domain, DomainState
from models.help import ArticleKind, ContactOption, Feedback, HelpArticle
from models.invoice import (
    Invoice,
    InvoiceFile,
    InvoiceLine,
    InvoiceState,
    InvoiceTax,
    Payment,
    PaymentMethod,
)
from models.link import LinkCode, LinkPurpose
from models.mailbox import Mailbox
from models.outbox import OutboxMessage
from models.package import Package, PackageFunction, PackageState, PackageType
from models.session import DownloadTicket, Session, SessionKind, TrustedDevice
from models.throttle import Throttle
from models.two_factor import Authenticator, RecoveryCode, SignInChallenge, TwoFactorKind

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
    "ArticleKind",
    "AuditChain",
    "AuditEvent",
    "Authenticator",
    "BankAccount",
    "ContactOption",
    "Contract",
    "ContractState",
    "Customer",
    "CustomerKind",
    "DataReport",
    "DataReportFile",
    "DataReportState",
    "Domain",
    "DomainState",
    "DownloadTicket",
    "Feedback",
    "HelpArticle",
    "Invoice",
    "InvoiceFile",
    "InvoiceLine",
    "InvoiceState",
    "InvoiceTax",
    "LinkCode",
    "LinkPurpose",
    "Mailbox",
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
    "SignInChallenge",
    "SubProcessor",
    "Tariff",
    "Throttle",
    "TrustedDevice",
    "TwoFactorKind",
    "term_of",
]

MODEL_OF_PREFIX: dict[str, type[Model]] = {
    "add": AddOn,
    "agr": Agreement,
    "agv": AgreementVersion,
    "aud": AuditEvent,
    "ctr": Contract,
    "cus": Customer,
    "dev": TrustedDevice,
    "dom": Domain,
    "inv": Invoice,
    "mbx": Mailbox,
    "pkg": Package,
    "rep": DataReport,
    "ses": Session,
    "sub": SubProcessor,
    "trf": Tariff,
}
"""The kinds of rows that can be asked for by id alone."""
