"""Everything that can be asked."""

import strawberry

import models
from gateway.auth import visible
from gateway.auth.permissions import ReadAccount, ReadContracts, ReadInvoices, ReadPackages, SignedIn, WriteAccount
from gateway.auth.viewer import Scope
from gateway.schema.contract import Contract, ContractFilter, ContractOrder, ContractOrderField
from gateway.schema.customer import Customer
from gateway.schema.field import connection, lookup, namespace, node_lookup, nodes_lookup, resolver, single
from gateway.schema.invoice import Invoice, InvoiceFilter, InvoiceOrder, InvoiceOrderField
from gateway.schema.node import Node
from gateway.schema.package import Package, PackageFilter, PackageOrder, PackageOrderField
from gateway.schema.page import Connection
from gateway.schema.session import Session, SessionOrder, SessionOrderField, Viewer
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
    invoices: Connection[Invoice] | None = connection(
        ReadInvoices,
        "All invoices under the customer number, latest first.",
        models.Invoice,
        entry=InvoiceOrder,
        order=InvoiceOrderField,
        default=((InvoiceOrderField.ISSUED_ON, True),),
        filter=InvoiceFilter,
        search=(Sought("number", folded=False),),
    )
    invoice: Invoice | None = lookup(ReadInvoices, "The invoice with this id.", visible.invoices)
    sessions: Connection[Session] | None = connection(
        ReadAccount,
        "All sign-ins under the customer number that have not ended, package logins included, latest first.",
        models.Session,
        entry=SessionOrder,
        order=SessionOrderField,
        default=((SessionOrderField.CREATED, True),),
    )
    username_policy: UsernamePolicy | None = namespace(SignedIn, "Which usernames there can be.")
    username_available: UsernameAvailability | None = resolver(
        WriteAccount,
        "Whether a username can be had. So many questions a minute are answered, then the code is `RATE_LIMITED`.",
        username_available,
    )
    node: Node | None = node_lookup(SignedIn, "The object with this id, of whichever kind; null when there is none.")
    nodes: list[Node | None] | None = nodes_lookup(
        SignedIn, "The objects with these ids (at most 50), null in the place of each that is not there."
    )
