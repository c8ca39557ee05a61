"""Domain names."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

import models
from gateway.auth.permissions import ReadContracts, ReadDomains, ReadPackages
from gateway.resolvers import cancellation_action
from gateway.resolvers.cancellation_action import DomainActionName
from gateway.resolvers.package import RefusalReason
from gateway.schema.dns_record import DnsRecord, dns_record_connection
from gateway.schema.field import column, computed, entity, one, resolver, where
from gateway.schema.mail_security import MailSecurity, mail_security
from gateway.schema.node import Node
from gateway.schema.page import Connection, Direction
from gateway.schema.web_host import WebHost, web_host_connection
from gateway.source.declaration import SortKey
from models import DomainState

if TYPE_CHECKING:
    from gateway.schema.cancellation import Cancellation
    from gateway.schema.package import Package


@strawberry.type(description="Something that can be done with a domain by contract.")
class DomainAction:
    name: DomainActionName = column(ReadDomains, "What can be done.")
    allowed: bool = column(ReadDomains, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadDomains, "Why not; null when it is allowed.")
    message: str | None = column(ReadDomains, "The reason in the language of the request; null when it is allowed.")


@entity(models.DomainHolder, description="Whom a domain is registered for (the registrant of RFC 5733).")
class DomainHolder:
    name: str | None = column(ReadContracts, "The person.")
    organisation: str | None = column(ReadContracts, "The organisation; null for a person.")
    street: str | None = column(ReadContracts, "Street and number.")
    postcode: str | None = column(ReadContracts, "The postcode.")
    city: str | None = column(ReadContracts, "The town.")
    country: str | None = column(ReadContracts, "The country (ISO 3166-1 alpha-2).")
    email: str | None = column(ReadContracts, "The e-mail address.")
    phone: str | None = column(ReadContracts, "The phone number (E.164).")


@entity(models.Domain, description="A domain name of a package.")
class Domain(Node):
    name: str | None = column(ReadDomains, "The name as people write it (U-labels of RFC 5890): `bücher.example`.")
    ascii_name: str | None = column(ReadDomains, "The name as the DNS has it (A-labels): `xn--bcher-kva.example`.")
    main: bool | None = column(ReadDomains, "Whether it is the main domain of its package.")
    state: DomainState | None = column(ReadDomains, "Where it is on its way in or out.")
    registered_on: date | None = column(ReadDomains, "When it was registered; null while it is not.")
    created_at: datetime | None = column(ReadDomains, "When it was added to the package.")
    paid_until: date | None = column(
        ReadContracts, "The last day of the registration period that is paid for; null while that is not known."
    )
    ends_on: date | None = column(
        ReadContracts, "The last day with us, once it was cancelled, for itself or with its package; null otherwise."
    )
    version: int | None = column(ReadContracts, "Counts the changes.")
    holder: DomainHolder | None = one(ReadContracts, "Whom it is registered for; null: the customer.")
    cancellation: Annotated["Cancellation", strawberry.lazy("gateway.schema.cancellation")] | None = one(
        ReadContracts,
        "The cancellation of this very domain; null while there is none, and where it ends with its package.",
    )
    actions: list[DomainAction] | None = computed(
        ReadDomains,
        "What can be done with it by contract, each with whether it can be done now; empty for a session that may not change "
        "contracts.",
        cancellation_action.domain_actions,
        needs=cancellation_action.DOMAIN_NEEDS,
    )
    zone_version: int | None = column(
        ReadDomains, "Counts the changes of its DNS records; mutations of them ask for it."
    )
    dns_records: Connection[DnsRecord] | None = dns_record_connection()
    mail_security: MailSecurity | None = resolver(
        ReadDomains,
        "Whether its mail arrives and is believed, as its DNS records say, and the records that would mend it.",
        mail_security,
    )
    web_hosts: Connection[WebHost] | None = web_host_connection("The host names of it that the web servers answer for.")
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it belongs to."
    )


@strawberry.enum(description="What domains can be ordered by.")
class DomainOrderField(Enum):
    NAME = strawberry.enum_value(SortKey("ascii_name"), description="By name (A-labels).")
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were added.")


@strawberry.input(description="One entry of an order of domains.")
class DomainOrder:
    field: DomainOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which domains to list; every condition given must be met.")
class DomainFilter:
    state: list[DomainState] | None = where("In one of these states.", "state", "in")
