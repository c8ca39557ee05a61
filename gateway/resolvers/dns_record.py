"""DNS records, zone files and what a zone file would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.auth.dns_records import (
    Typed,
    change_records,
    find_zone,
    import_zone,
    preview_import,
    values_of,
    words_of,
)
from gateway.context import Context
from gateway.documents import zone_file, zone_record
from gateway.errors import GatewayError
from gateway.messages import message
from gateway.resolvers.outcome import Outcome, done
from models import DnsRecordType
from models.rules.zone import APEX, Entry


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """A record of a preview, which is no row."""

    name: str
    type: DnsRecordType
    ttl: int
    value: str


@dataclass(frozen=True, slots=True)
class ZoneProblem:
    """A line of a zone file that cannot be taken."""

    line: int
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a zone file would change."""

    zone_version: int
    added: list[ZoneLine]
    removed: list[ZoneLine]
    unchanged: int
    passed_over: int
    problems: list[ZoneProblem]


def absolute_name(context: Context, name: str, domain: str) -> str:
    """The name with its domain, as the DNS has it."""
    return domain if name == APEX else f"{name}.{domain}"


def plain_text(context: Context, kind: str, value: str) -> str | None:
    """The text of a TXT record in one piece; `None` for other types."""
    return zone_record.plain_text(value) if kind == DnsRecordType.TXT else None


async def dns_records_change(context: Context, input: Any) -> Outcome:
    """Change some."""
    add = [Typed(one.name, one.type.value, one.ttl, one.value) for one in input.add]
    domain, operation = await change_records(
        context.signed_in, input.domain_id, input.version, add, input.remove, context.client, context.now
    )
    return done(domain=domain, operation=operation)


async def dns_zone_import(context: Context, input: Any) -> Outcome:
    """Take a zone file."""
    domain, operation = await import_zone(
        context.signed_in, input.domain_id, input.version, input.zone_file, input.replace, context.client, context.now
    )
    return done(domain=domain, operation=operation)


async def zone_file_of(context: Context, domain_id: str) -> str | None:
    """The zone file of a domain; `None` where there is no such domain."""
    try:
        zone = await find_zone(context.signed_in, domain_id, changing=False)
    except GatewayError:
        return None
    return zone_file.written(zone.domain.ascii_name, zone.rows)


async def zone_import_preview(context: Context, domain_id: str, text: str, replace: bool) -> ImportPreview | None:
    """What a zone file would change; `None` where there is no such domain."""
    found = await preview_import(context.signed_in, domain_id, text, replace=replace)
    if found is None:
        return None
    language, change = context.language, found.difference
    return ImportPreview(
        found.version,
        [_line(one) for one in change.added],
        [_line(one) for one in change.removed],
        len(change.unchanged),
        found.passed_over,
        [
            ZoneProblem(bad.line, bad.reason, message(words_of(bad.reason), language, **values_of(bad.reason)))
            for bad in found.bad
        ],
    )


def _line(one: Entry) -> ZoneLine:
    return ZoneLine(one.name, DnsRecordType(one.type), one.ttl, one.value)
