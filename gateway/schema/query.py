"""Everything that can be asked."""

import strawberry

import models
from gateway.auth import visible
from gateway.auth.permissions import (
    ManagePackageAccess,
    Public,
    ReadAccount,
    ReadBackups,
    ReadContracts,
    ReadDomains,
    ReadInvoices,
    ReadPackages,
    SignedIn,
    WriteAccount,
)
from gateway.auth.viewer import Scope
from gateway.schema.access_preview import AccessPreview, access_preview
from gateway.schema.activity import Activity, activity_connection
from gateway.schema.agreement import (
    Agreement,
    AgreementEvent,
    AgreementOffer,
    AgreementVersion,
    SubProcessor,
    SubProcessorChange,
    agreement_connection,
    agreement_event_connection,
    agreement_offer,
    agreement_version_connection,
    sub_processor_changes,
    sub_processors,
)
from gateway.schema.api_token import ApiToken, api_token_connection
from gateway.schema.backup import BackupRestorePreview, backup_restore_preview
from gateway.schema.calendar_feed import CalendarFeed, calendar_feed_connection
from gateway.schema.cancellation import Cancellation, CancellationPreview, cancellation_connection, cancellation_preview
from gateway.schema.contract import Contract, ContractFilter, ContractOrder, ContractOrderField
from gateway.schema.customer import Customer
from gateway.schema.data_report import DataReport, DataReportOrder, DataReportOrderField
from gateway.schema.deadline import Deadline, deadlines
from gateway.schema.declaration import Declaration, declaration_connection
from gateway.schema.dns_record import ZoneImportPreview, zone_file, zone_import_preview
from gateway.schema.field import connection, localized, lookup, namespace, node_lookup, nodes_lookup, resolver, single
from gateway.schema.help import (
    ContactOption,
    ContactOptionFilter,
    ContactOptionOrder,
    ContactOptionOrderField,
    HelpArticle,
    HelpArticleFilter,
    HelpArticleOrder,
    HelpArticleOrderField,
)
from gateway.schema.hosting import Hosting, hosting
from gateway.schema.invoice import (
    Invoice,
    InvoiceFilter,
    InvoiceOrder,
    InvoiceOrderField,
    InvoiceTotals,
    invoice_totals,
)
from gateway.schema.invoice_export import InvoiceExport, InvoiceExportOrder, InvoiceExportOrderField
from gateway.schema.money import Language
from gateway.schema.node import Node
from gateway.schema.operation import Operation
from gateway.schema.package import Package, PackageFilter, PackageOrder, PackageOrderField
from gateway.schema.page import Connection
from gateway.schema.password import PasswordPolicy, PasswordStrength, password_strength
from gateway.schema.session import Session, SessionOrder, SessionOrderField, Viewer
from gateway.schema.tariff_change import TariffOption, tariff_change_preview
from gateway.schema.trusted_device import TrustedDevice, trusted_device_connection
from gateway.schema.username import UsernameAvailability, UsernamePolicy, username_available
from gateway.source.declaration import Sought


@strawberry.type(description="Everything that can be asked.")
class Query:
    viewer: Viewer | None = namespace(SignedIn, "Who is asking, and what they may do.")
    customer: Customer | None = single(
        ReadAccount, "The customer: master data that applies to every package.", visible.customers
    )
    packages: Connection[Package] | None = connection(
        ReadPackages,
        "All packages under the customer number; with a package login that one package.",
        models.Package,
        entry=PackageOrder,
        order=PackageOrderField,
        default=((PackageOrderField.NAME, False),),
        filter=PackageFilter,
        search=(
            Sought("search_key"),
            Sought("domains.search_key", Scope.DOMAIN_READ),
            Sought("order_number", Scope.CONTRACT_READ, folded=False),
        ),
    )
    package: Package | None = lookup(ReadPackages, "The package with this id.", visible.packages)
    operation: Operation | None = lookup(
        ReadPackages,
        "The change on its way to the host's systems with this id, also when it has ended.",
        visible.operations,
    )
    contracts: Connection[Contract] | None = connection(
        ReadContracts,
        "All contracts under the customer number.",
        models.Contract,
        entry=ContractOrder,
        order=ContractOrderField,
        default=((ContractOrderField.NUMBER, False),),
        filter=ContractFilter,
        search=(Sought("number", folded=False), Sought("package.search_key", Scope.PACKAGE_READ)),
    )
    contract: Contract | None = lookup(ReadContracts, "The contract with this id.", visible.contracts)
    cancellations: Connection[Cancellation] | None = cancellation_connection()
    cancellation: Cancellation | None = lookup(ReadContracts, "The cancellation with this id.", visible.cancellations)
    cancellation_preview: CancellationPreview | None = resolver(
        ReadContracts,
        "What cancelling a package (with its contract), a domain or an add-on would mean now; null when there is none with "
        "this id. Nothing is changed by it.",
        cancellation_preview,
    )
    invoices: Connection[Invoice] | None = connection(
        ReadInvoices,
        "All invoices under the customer number, latest first.",
        models.Invoice,
        entry=InvoiceOrder,
        order=InvoiceOrderField,
        default=((InvoiceOrderField.ISSUED_ON, True),),
        filter=InvoiceFilter,
        search=(Sought("number", folded=False), Sought("lines.search_key")),
    )
    invoice_totals: list[InvoiceTotals] | None = resolver(
        ReadInvoices,
        "What is owed and what of it is overdue, by currency; empty where nothing is.",
        invoice_totals,
    )
    invoice: Invoice | None = lookup(ReadInvoices, "The invoice with this id.", visible.invoices)
    invoice_exports: Connection[InvoiceExport] | None = connection(
        ReadInvoices,
        "All files with a year's invoices that were asked for, latest first.",
        models.InvoiceExport,
        entry=InvoiceExportOrder,
        order=InvoiceExportOrderField,
        default=((InvoiceExportOrderField.REQUESTED, True),),
    )
    invoice_export: InvoiceExport | None = lookup(
        ReadInvoices, "The file with a year's invoices with this id.", visible.invoice_exports
    )
    sessions: Connection[Session] | None = connection(
        ReadAccount,
        "All sign-ins under the customer number that have not ended, package logins included, latest first.",
        models.Session,
        entry=SessionOrder,
        order=SessionOrderField,
        default=((SessionOrderField.CREATED, True),),
    )
    trusted_devices: Connection[TrustedDevice] | None = trusted_device_connection()
    api_tokens: Connection[ApiToken] | None = api_token_connection(
        "All API tokens under the customer number that nobody revoked, latest first."
    )
    activity: Connection[Activity] | None = activity_connection(
        "What was done under the customer number, by whomever: the audit log, latest first."
    )
    data_reports: Connection[DataReport] | None = connection(
        ReadAccount,
        "All data reports that were asked for (Art. 15 GDPR), latest first.",
        models.DataReport,
        entry=DataReportOrder,
        order=DataReportOrderField,
        default=((DataReportOrderField.REQUESTED, True),),
    )
    data_report: DataReport | None = lookup(ReadAccount, "The data report with this id.", visible.data_reports)
    declarations: Connection[Declaration] | None = declaration_connection()
    declaration: Declaration | None = lookup(ReadContracts, "The declaration with this id.", visible.declarations)
    agreements: Connection[Agreement] | None = agreement_connection()
    agreement: Agreement | None = lookup(ReadAccount, "The agreement with this id.", visible.agreements)
    agreement_events: Connection[AgreementEvent] | None = agreement_event_connection()
    agreement_versions: Connection[AgreementVersion] | None = agreement_version_connection()
    agreement_offer: AgreementOffer | None = resolver(
        ReadAccount,
        "The data processing agreement that can be concluded today; null when there is none.",
        agreement_offer,
    )
    sub_processors: list[SubProcessor] | None = resolver(
        ReadAccount, "Who processes data on the provider's behalf on a day, by name.", sub_processors
    )
    sub_processor_changes: list[SubProcessorChange] | None = resolver(
        ReadAccount,
        "How the list of sub-processors came about and what is announced, latest first.",
        sub_processor_changes,
    )
    access_preview: AccessPreview | None = resolver(
        ManagePackageAccess,
        "What the login of a package, or an API token for it, could reach: every field and mutation, granted or refused. The "
        "header `X-View-As` with the id of a package shows the answer of a query instead. Null for any other package.",
        access_preview,
    )
    zone_file: str | None = resolver(
        ReadDomains,
        "The records of a domain as a zone file (RFC 1035 §5); null where there is no such domain.",
        zone_file,
    )
    zone_import_preview: ZoneImportPreview | None = resolver(
        ReadDomains,
        "What a zone file would change, and every line that stands against it; null where there is no such domain.",
        zone_import_preview,
    )
    tariff_change_preview: TariffOption | None = resolver(
        ReadContracts,
        "What the change of a package to a tariff would be, with prices to the cent; null where there is no such package, "
        "contract or tariff. `Package.tariffOptions` has all of them.",
        tariff_change_preview,
    )
    deadlines: list[Deadline] | None = resolver(
        ReadContracts,
        "What happens to the contracts by itself, and by when something has to be done: from today on, the earliest first.",
        deadlines,
    )
    calendar_feeds: Connection[CalendarFeed] | None = calendar_feed_connection()
    username_policy: UsernamePolicy | None = namespace(SignedIn, "Which usernames there can be.")
    username_available: UsernameAvailability | None = resolver(
        WriteAccount,
        "Whether a username can be had. So many questions a minute are answered, then the code is `RATE_LIMITED`.",
        username_available,
    )
    help_articles: Connection[HelpArticle] | None = connection(
        Public,
        "Questions and guides of the help, in the language of the request unless the filter names one.",
        models.HelpArticle,
        entry=HelpArticleOrder,
        order=HelpArticleOrderField,
        default=((HelpArticleOrderField.POSITION, False),),
        filter=HelpArticleFilter,
        search=(Sought("search_key"),),
    )
    help_article: HelpArticle | None = localized(
        Public,
        "The article with this slug; null when there is none in the language.",
        visible.help_articles,
        "slug",
        Language,
    )
    contact_options: Connection[ContactOption] | None = connection(
        Public,
        "Whom to ask, in the language of the request unless the filter names one.",
        models.ContactOption,
        entry=ContactOptionOrder,
        order=ContactOptionOrderField,
        default=((ContactOptionOrderField.POSITION, False),),
        filter=ContactOptionFilter,
    )
    backup_restore_preview: BackupRestorePreview | None = resolver(
        ReadBackups,
        "What restoring a backup would overwrite; null when there is none with this id. Nothing is changed by it.",
        backup_restore_preview,
    )
    hosting: Hosting | None = resolver(
        SignedIn, "What this host offers: its servers, and the versions of PHP and database systems.", hosting
    )
    password_policy: PasswordPolicy | None = namespace(Public, "What a customer password must be like.")
    password_strength: PasswordStrength | None = resolver(
        WriteAccount,
        "How hard a new password would be to guess. So many questions a minute are answered, then the code is `RATE_LIMITED`.",
        password_strength,
    )
    node: Node | None = node_lookup(SignedIn, "The object with this id, of whichever kind; null when there is none.")
    nodes: list[Node | None] | None = nodes_lookup(
        SignedIn, "The objects with these ids (at most 50), null in the place of each that is not there."
    )
