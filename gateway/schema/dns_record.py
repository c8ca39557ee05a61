"""DNS records of a domain: listed, changed as a set, written and read as a zone file."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.permissions import ReadDomains, WriteDomains
from gateway.errors import ErrorCode
from gateway.resolvers import dns_record as resolve
from gateway.schema.enums import describe
from gateway.schema.error import UserError
from gateway.schema.field import column, computed, connection, entity, mutation, one, where
from gateway.schema.node import Node
from gateway.schema.operation import Operation, requested
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey, Sought
from models import DnsRecordType

if TYPE_CHECKING:
    from gateway.schema.domain import Domain

describe(
    DnsRecordType,
    "The type of a DNS record.",
    A="An IPv4 address (RFC 1035).",
    AAAA="An IPv6 address (RFC 3596).",
    CNAME="Another name that stands for this one (RFC 1035).",
    MX="A mail server with its preference (RFC 1035); `0 .` takes no mail (RFC 7505).",
    TXT="A text (RFC 1035), such as an SPF policy or a DKIM key.",
    SRV="Where a service is: priority, weight, port, host (RFC 2782).",
    CAA="Which certification authority may issue (RFC 8659).",
    NS="A name server that a sub-domain is handed to (RFC 1035).",
)

DomainType = Annotated["Domain", strawberry.lazy("gateway.schema.domain")]


@entity(models.DnsRecord, description="A record of the zone of a domain.")
class DnsRecord(Node):
    name: str | None = column(ReadDomains, "The name relative to the domain, in A-labels; `@` is the domain itself.")
    absolute_name: str | None = computed(
        ReadDomains, "The name with its domain, in A-labels.", resolve.absolute_name, ("name", "domain.ascii_name")
    )
    type: DnsRecordType | None = column(ReadDomains, "The type.")
    ttl: int | None = column(ReadDomains, "How long it may be kept by others, in seconds.")
    value: str | None = column(ReadDomains, "The data in presentation format with absolute names: `10 mail.example.`")
    text: str | None = computed(
        ReadDomains,
        "The text of a TXT record in one piece; null for other types.",
        resolve.plain_text,
        ("type", "value"),
    )
    created_at: datetime | None = column(ReadDomains, "When it was added.")
    domain: DomainType | None = one(ReadDomains, "The domain it belongs to.")


@strawberry.enum(description="What DNS records can be ordered by.")
class DnsRecordOrderField(Enum):
    NAME = strawberry.enum_value(SortKey("name"), description="By name.")
    TYPE = strawberry.enum_value(SortKey("type"), description="By type.")
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were added.")


@strawberry.input(description="One entry of an order of DNS records.")
class DnsRecordOrder:
    field: DnsRecordOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which DNS records to list; every condition given must be met.")
class DnsRecordFilter:
    type: list[DnsRecordType] | None = where("Of one of these types.", "type", "in")
    name: list[str] | None = where("Of one of these names, relative to the domain.", "name", "in")


def dns_record_connection() -> Any:
    """Those of a domain."""
    return connection(
        ReadDomains,
        "The records of its zone, by name.",
        models.DnsRecord,
        relation="dns_records",
        entry=DnsRecordOrder,
        order=DnsRecordOrderField,
        default=((DnsRecordOrderField.NAME, False), (DnsRecordOrderField.TYPE, False)),
        filter=DnsRecordFilter,
        search=(Sought("name", folded=False), Sought("value", folded=False)),
    )


@strawberry.input(description="A DNS record to add.")
class DnsRecordInput:
    name: str = strawberry.field(
        description="The name relative to the domain, in Unicode or A-labels; `@`: the domain itself."
    )
    type: DnsRecordType = strawberry.field(description="The type.")
    ttl: int = strawberry.field(description="How long it may be kept by others, in seconds: 60–86400.", default=3_600)
    value: str = strawberry.field(
        description=(
            "The data in presentation format. Names in it are absolute. A text for TXT is taken as it is and split where it "
            "must be, unless it is written in strings."
        )
    )


@strawberry.input(description="A change of the records of a domain.")
class DnsRecordsChangeInput:
    domain_id: strawberry.ID = strawberry.field(description="The id of the domain.")
    version: int = strawberry.field(description="The `zoneVersion` of the domain as it was read.")
    add: list[DnsRecordInput] = strawberry.field(description="The records to add.", default_factory=list)
    remove: list[strawberry.ID] = strawberry.field(
        description="The ids of the records to remove.", default_factory=list
    )


@strawberry.input(description="A zone file to take the records of.")
class DnsZoneImportInput:
    domain_id: strawberry.ID = strawberry.field(description="The id of the domain.")
    version: int = strawberry.field(description="The `zoneVersion` of the domain as it was read.")
    zone_file: str = strawberry.field(description="The zone file (RFC 1035 §5).")
    replace: bool = strawberry.field(description="Whether records go that the file does not hold.", default=False)


@strawberry.type(description="What changing the records of a domain gives.")
class DnsRecordsChangePayload:
    domain: DomainType | None = column(WriteDomains, "The domain as it is now.")
    operation: Operation | None = requested(WriteDomains)
    errors: list[UserError] = column(WriteDomains, "Why nothing was changed.")


@strawberry.type(description="What taking a zone file gives.")
class DnsZoneImportPayload:
    domain: DomainType | None = column(WriteDomains, "The domain as it is now.")
    operation: Operation | None = requested(WriteDomains)
    errors: list[UserError] = column(WriteDomains, "Why nothing was changed.")


@strawberry.type(description="A record in a preview.")
class ZoneLine:
    name: str = column(ReadDomains, "The name relative to the domain.")
    type: DnsRecordType = column(ReadDomains, "The type.")
    ttl: int = column(ReadDomains, "In seconds.")
    value: str = column(ReadDomains, "The data in presentation format.")


@strawberry.type(description="A line of a zone file that cannot be taken.")
class ZoneProblem:
    line: int = column(ReadDomains, "The line, counted from 1.")
    reason: str = column(ReadDomains, "Why, for programs.")
    message: str = column(ReadDomains, "Why, in the language of the request.")


@strawberry.type(description="What a zone file would change.")
class ZoneImportPreview:
    zone_version: int = column(ReadDomains, "The version of the zone it was compared with.")
    added: list[ZoneLine] = column(ReadDomains, "The records that would be added.")
    removed: list[ZoneLine] = column(ReadDomains, "The records that would go.")
    unchanged: int = column(ReadDomains, "How many records would stay.")
    passed_over: int = column(ReadDomains, "How many records of the file are the host's own, such as SOA.")
    problems: list[ZoneProblem] = column(ReadDomains, "Every line that stands against it; with any, nothing is taken.")


async def zone_file(
    info: strawberry.Info,
    domain_id: Annotated[strawberry.ID, strawberry.argument(description="The id of the domain.")],
) -> str | None:
    """For `Query.zoneFile`."""
    return await resolve.zone_file_of(info.context, domain_id)


async def zone_import_preview(
    info: strawberry.Info,
    domain_id: Annotated[strawberry.ID, strawberry.argument(description="The id of the domain.")],
    zone_file: Annotated[str, strawberry.argument(description="The zone file (RFC 1035 §5).")],
    replace: Annotated[
        bool, strawberry.argument(description="Whether records go that the file does not hold.")
    ] = False,
) -> ZoneImportPreview | None:
    """For `Query.zoneImportPreview`."""
    return await resolve.zone_import_preview(info.context, domain_id, zone_file, replace)  # type: ignore[return-value]  # has the same attributes


@strawberry.type(description="Changing DNS records.")
class DnsRecordMutation:
    dns_records_change: DnsRecordsChangePayload | None = mutation(
        WriteDomains,
        "Remove and add records of a domain: all of it or nothing. `actions` of the package says beforehand whether it can be "
        "(`DOMAINS`).",
        resolve.dns_records_change,
        DnsRecordsChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    dns_zone_import: DnsZoneImportPayload | None = mutation(
        WriteDomains,
        "Take the records of a zone file: all of it or nothing. `zoneImportPreview` tells before what would change.",
        resolve.dns_zone_import,
        DnsZoneImportInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
