"""The business: tables, relations, state changes and rules. Knows nothing of GraphQL or HTTP."""

from tortoise.models import Model

from models.audit import ActorKind, AuditEvent
from models.contract import AddOn, Contract, ContractState, Tariff
from models.customer import BankAccount, Customer, CustomerKind, PhoneKind, PhoneNumber
from models.domain import Domain, DomainState
from models.invoice import (
    Invoice,
    InvoiceFile,
    InvoiceLine,
    InvoiceState,
    InvoiceTax,
    Payment,
    PaymentMethod,
)
from models.mailbox import Mailbox
from models.outbox import OutboxMessage
from models.package import Package, PackageFunction, PackageState, PackageType
from models.session import DownloadTicket, Session, SessionKind, TrustedDevice
from models.throttle import Throttle

__all__ = [
    "MODEL_OF_PREFIX",
    "ActorKind",
    "AddOn",
    "AuditEvent",
    "BankAccount",
    "Contract",
    "ContractState",
    "Customer",
    "CustomerKind",
    "Domain",
    "DomainState",
    "DownloadTicket",
    "Invoice",
    "InvoiceFile",
    "InvoiceLine",
    "InvoiceState",
    "InvoiceTax",
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
    "Session",
    "SessionKind",
    "Tariff",
    "Throttle",
    "TrustedDevice",
]

MODEL_OF_PREFIX: dict[str, type[Model]] = {
    "add": AddOn,
    "ctr": Contract,
    "cus": Customer,
    "dom": Domain,
    "inv": Invoice,
    "mbx": Mailbox,
    "pkg": Package,
    "ses": Session,
    "trf": Tariff,
}
"""The kinds of rows that can be asked for by id alone."""
