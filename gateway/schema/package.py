"""Packages: what the customer manages, and what a package login has the technical care of."""

from datetime import datetime
from enum import Enum

import strawberry

import models
from gateway.auth.permissions import (
    ManagePackageAccess,
    ReadApps,
    ReadContracts,
    ReadDomains,
    ReadInvoices,
    ReadMail,
    ReadPackages,
    ReadWebSpace,
)
from gateway.auth.viewer import Scope
from gateway.resolvers import form, package, web_space
from gateway.schema.activity import Activity, activity_connection
from gateway.schema.api_token import ApiToken, api_token_connection
from gateway.schema.backup import Backup, backup_connection
from gateway.schema.contract import Contract
from gateway.schema.cron_job import CronJob, cron_job_connection
from gateway.schema.domain import Domain, DomainFilter, DomainOrder, DomainOrderField
from gateway.schema.field import column, computed, connection, count, entity, first, one, resolver, where
from gateway.schema.form import FORMS, Form
from gateway.schema.hand_back import HandBackItem, hand_back_checklist
from gateway.schema.hosted_database import Database, database_connection
from gateway.schema.invoice import Invoice, InvoiceFilter, InvoiceOrder, InvoiceOrderField
from gateway.schema.mail_address import MailAddress, mail_address_connection
from gateway.schema.mailbox import Mailbox, MailboxOrder, MailboxOrderField
from gateway.schema.node import Node
from gateway.schema.operation import Operation, operation_connection
from gateway.schema.package_resource import PackageResource, package_resources
from gateway.schema.page import Connection, Direction
from gateway.schema.sftp_account import SftpAccount, sftp_account_connection
from gateway.schema.tariff_change import TariffOption, tariff_options
from gateway.schema.web_host import WebHost, web_host_connection
from gateway.schema.web_space import WebSpace, WebSpaceUsage, web_space_usage_connection
from gateway.schema.website_app import CatalogueApp, WebsiteApp, website_app_catalogue, website_app_connection
from gateway.source.declaration import SortKey, Sought, Via
from models import PackageFunction, PackageState


@strawberry.type(description="An entry of a package's menu.")
class PackageAction:
    name: PackageFunction = column(ReadPackages, "What can be done.")
    allowed: bool = column(ReadPackages, "Whether it can be done now.")
    reason: package.RefusalReason | None = column(ReadPackages, "Why not; null when it is allowed.")
    message: str | None = column(ReadPackages, "The reason in the language of the request; null when it is allowed.")


@entity(models.PackageType, description="A kind of package: which functions it has and how much of each.")
class PackageType:
    id: strawberry.ID = column(ReadPackages, "The id of the kind.")
    code: str = column(ReadPackages, "The short code of the kind.")
    name: str = column(ReadPackages, "The name of the kind.")
    family: str = column(ReadPackages, "Kinds of one family can be changed into one another.")
    functions: list[PackageFunction] = computed(
        ReadPackages, "What can be done with packages of this kind.", package.functions, needs=("functions",)
    )
    mailbox_limit: int = column(ReadPackages, "How many mailboxes a package can have.")
    domain_limit: int = column(ReadPackages, "How many domains a package can have.")
    database_limit: int = column(ReadPackages, "How many databases a package can have.")
    web_space_mb: int = column(ReadPackages, "How much web space a package has, in MiB.")
    mail_address_limit: int = column(ReadPackages, "How many mail addresses without a mailbox a package can have.")
    web_host_limit: int = column(ReadPackages, "How many host names a package can have.")
    sftp_account_limit: int = column(ReadPackages, "How many SFTP accounts a package can have.")
    cron_job_limit: int = column(ReadPackages, "How many cron jobs a package can have.")
    website_app_limit: int = column(ReadPackages, "How many website apps a package can have.")
    backup_limit: int = column(ReadPackages, "How many backups a package can have besides those the host makes.")


@entity(models.Package, description="A hosting package.")
class Package(Node):
    name: str | None = column(ReadPackages, "What the customer calls it.")
    identification: str | None = column(ReadPackages, "Its technical name in the host's systems.")
    order_number: str | None = column(ReadContracts, "The number of the order it came from.")
    state: PackageState | None = column(ReadPackages, "Where it is in its life.")
    type: PackageType | None = one(ReadPackages, "Its kind.")
    created_at: datetime | None = column(ReadPackages, "When it was set up.")
    version: int | None = column(ReadPackages, "Counts the changes; mutations ask for it.")
    actions: list[PackageAction] | None = computed(
        ReadPackages,
        "The menu: the functions of its kind that this caller is offered, each with whether it can be used now.",
        package.actions,
        needs=("state", "type.functions", "contract.state", "contract.ends_on", "contract.pending_tariff_change.state"),
    )
    main_domain: str | None = first(
        ReadDomains,
        "The name of its main domain (the oldest where none is marked).",
        "domains",
        "name",
        "-main",
        "created_at",
    )
    domain_count: int | None = count(ReadDomains, "How many domains it has.", "domains")
    domains: Connection[Domain] | None = connection(
        ReadDomains,
        "Its domains.",
        models.Domain,
        relation="domains",
        entry=DomainOrder,
        order=DomainOrderField,
        default=((DomainOrderField.NAME, False),),
        filter=DomainFilter,
        search=(Sought("search_key"),),
    )
    web_hosts: Connection[WebHost] | None = web_host_connection("The host names that show its web space.")
    sftp_accounts: Connection[SftpAccount] | None = sftp_account_connection()
    cron_jobs: Connection[CronJob] | None = cron_job_connection()
    website_app_catalogue: list[CatalogueApp] | None = resolver(
        ReadApps,
        "The website apps there are, and whether each can be installed on each of its host names now.",
        website_app_catalogue,
    )
    website_apps: Connection[WebsiteApp] | None = website_app_connection()
    backups: Connection[Backup] | None = backup_connection()
    databases: Connection[Database] | None = database_connection()
    web_space: WebSpace | None = computed(
        ReadWebSpace,
        "Its web space: how much there is, and how much is in use.",
        web_space.web_space,
        needs=("web_space_used_mb", "type.web_space_mb"),
    )
    web_space_usage: Connection[WebSpaceUsage] | None = web_space_usage_connection()
    mailbox_count: int | None = count(ReadMail, "How many mailboxes it has.", "mailboxes")
    mailboxes: Connection[Mailbox] | None = connection(
        ReadMail,
        "Its mailboxes.",
        models.Mailbox,
        relation="mailboxes",
        entry=MailboxOrder,
        order=MailboxOrderField,
        default=((MailboxOrderField.ADDRESS, False),),
        search=(Sought("search_key"),),
    )
    mail_addresses: Connection[MailAddress] | None = mail_address_connection(
        "Its mail addresses without a mailbox of their own: aliases, forwards, and what catches all others.",
        "mail_addresses",
    )
    contract: Contract | None = one(ReadContracts, "The contract over it.")
    forms: list[Form] | None = computed(ReadContracts, FORMS, form.forms, needs=form.PACKAGE_NEEDS)
    invoices: Connection[Invoice] | None = connection(
        ReadInvoices,
        "The invoices with positions for it, latest first.",
        models.Invoice,
        relation=Via(models.InvoiceLine, "package_id", "invoice_id"),
        entry=InvoiceOrder,
        order=InvoiceOrderField,
        default=((InvoiceOrderField.ISSUED_ON, True),),
        filter=InvoiceFilter,
    )
    activity: Connection[Activity] | None = activity_connection(
        "What was done to it and by its package login, latest first; the customer's alone to read.", "audit_events"
    )
    tariff_options: list[TariffOption] | None = resolver(
        ReadContracts,
        "The tariffs its contract can change to, or cannot for a reason, the cheapest first; none without a contract.",
        tariff_options,
    )
    resources: list[PackageResource] | None = resolver(
        ReadPackages,
        "The things it has a number of that this caller may see, each with its limit and whether one more can be made now.",
        package_resources,
    )
    operations: Connection[Operation] | None = operation_connection()
    hand_back_checklist: list[HandBackItem] | None = resolver(
        ManagePackageAccess,
        "Everything that whoever has the care of the package could come in by or leave behind: what `packageHandBack` deals "
        "with, and what is left to look at. Nothing in it is done.",
        hand_back_checklist,
    )
    api_tokens: Connection[ApiToken] | None = api_token_connection(
        "The API tokens for it that nobody revoked, latest first.", "api_tokens"
    )
    has_package_password: bool | None = computed(
        ManagePackageAccess,
        "Whether somebody can sign in with a domain of the package and its package password.",
        package.has_password,
        needs=("password_changed_at",),
    )


@strawberry.enum(description="What packages can be ordered by.")
class PackageOrderField(Enum):
    NAME = strawberry.enum_value(SortKey("name_key"), description="By name; case and accents do not matter.")
    ORDER_NUMBER = strawberry.enum_value(
        SortKey("order_number", Scope.CONTRACT_READ), description="By order number (needs CONTRACT_READ)."
    )
    IDENTIFICATION = strawberry.enum_value(SortKey("identification"), description="By identification.")
    TYPE = strawberry.enum_value(SortKey("type.name"), description="By the name of the kind.")
    STATE = strawberry.enum_value(SortKey("state"), description="By state.")
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were set up.")


@strawberry.input(description="One entry of an order of packages.")
class PackageOrder:
    field: PackageOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which packages to list; every condition given must be met.")
class PackageFilter:
    state: list[PackageState] | None = where("In one of these states.", "state", "in")
    type: list[str] | None = where("Of a kind with one of these codes.", "type.code", "in")
    family: list[str] | None = where("Of a kind of one of these families.", "type.family", "in")
    created_from: datetime | None = where("Set up at this instant or later.", "created_at", "ge")
    created_to: datetime | None = where("Set up at this instant or earlier.", "created_at", "le")
