"""Changing the records of a domain's zone: as a set, all or nothing, against the version that was read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.package_function import find_package
from gateway.auth.viewer import Viewer
from gateway.documents import zone_file
from gateway.documents.zone_file import BadLine
from gateway.documents.zone_record import RecordError, entry
from gateway.errors import ErrorCode, GatewayError, bad_input
from models import DnsRecord, Domain, DomainState, Operation
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import zone as rule
from models.rules.zone import Difference, Entry

FUNCTION = "DOMAINS"
"""The entry of a package's menu that its zones belong to."""

MOST_AT_ONCE = 200
"""Records added or removed by one `dnsRecordsChange`; more come as a zone file."""

TOLD = 20
"""Records that an audit entry names, and how many more there were."""

WHICH, VERSION, ADD, REMOVE, FILE = (("input", name) for name in ("domainId", "version", "add", "remove", "zoneFile"))


@dataclass(frozen=True, slots=True)
class Typed:
    """A record as somebody typed it."""

    name: str
    type: str
    ttl: int
    value: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A domain with the records that are there."""

    domain: Domain
    rows: dict[Entry, DnsRecord]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a zone file would change, and every line that stands against it."""

    version: int
    difference: Difference
    bad: list[BadLine]
    passed_over: int


def as_entry(row: DnsRecord) -> Entry:
    """A stored record as it is compared."""
    return Entry(row.name, row.type.value, row.ttl, row.value)


async def find_zone(viewer: Viewer, domain_id: str, *, changing: bool, path: tuple[str, ...] = WHICH) -> Zone:
    """A domain the viewer can see, with its records.

    Raises `NOT_FOUND` for any other; when it is to be changed also `CONFLICT`, for a domain that is not active and in the
    words of the package's menu.
    """
    domain = await visible.domains(viewer).get_or_none(id=domain_id) if prefix_of(domain_id) == "dom" else None
    if domain is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=path)
    if changing:
        await find_package(viewer, domain.package_id, FUNCTION, path)
        if domain.state is not DomainState.ACTIVE:
            raise GatewayError(ErrorCode.CONFLICT, "zone.domain_not_active", path=path)
    rows = await visible.dns_records(viewer).filter(domain_id=domain.id).order_by("name", "type", "id")
    return Zone(domain, {as_entry(row): row for row in rows})


async def change_records(
    viewer: Viewer,
    domain_id: str,
    version: int,
    add: Sequence[Typed],
    remove: Sequence[str],
    client: Client,
    now: datetime,
) -> tuple[Domain, Operation | None]:
    """Remove and add records of one domain: the domain as it is then.

    Raises `BAD_USER_INPUT` with the path of the record that cannot be, `NOT_FOUND` for the domain and for a record that is none
    of its, `CONFLICT` when the zone was changed meanwhile or cannot be changed.
    """
    if not 1 <= len(add) + len(remove) <= MOST_AT_ONCE:
        raise bad_input("zone.how_many", path=("input",), most=MOST_AT_ONCE)

    def decided(zone: Zone) -> Difference:
        added = [_read(zone.domain, typed, (*ADD, str(number))) for number, typed in enumerate(add)]
        by_id = {row.id: one for one, row in zone.rows.items()}
        for number, id in enumerate(remove):
            if id not in by_id:
                raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=(*REMOVE, str(number)))
        removed = [by_id[id] for id in dict.fromkeys(remove)]
        kept = [one for one in zone.rows if one not in set(removed)]
        for problem in rule.problems(kept, added):
            raise bad_input(_WORDS[problem.reason], path=(*ADD, str(problem.added)), **values_of(problem.reason))
        return Difference(added, removed, kept)

    return await _written(viewer, domain_id, version, decided, "change", client, now)


async def preview_import(viewer: Viewer, domain_id: str, text: str, *, replace: bool) -> Preview | None:
    """What a zone file would change; `None` for a domain that is not there."""
    try:
        zone = await find_zone(viewer, domain_id, changing=False)
    except GatewayError:
        return None
    return await asyncio.to_thread(_compared, zone, text, replace)


async def import_zone(
    viewer: Viewer, domain_id: str, version: int, text: str, replace: bool, client: Client, now: datetime
) -> tuple[Domain, Operation | None]:
    """Take the records of a zone file, all or none; with `replace` those that it does not hold go.

    Raises as `change_records`; `BAD_USER_INPUT` names the lines that stand against it.
    """
    before = await find_zone(viewer, domain_id, changing=True)
    read = await asyncio.to_thread(_compared, before, text, replace)
    if read.bad:
        lines = ", ".join(str(bad.line) for bad in read.bad[:TOLD])
        raise bad_input("zone.bad_lines", path=FILE, count=len(read.bad), lines=lines)

    def decided(zone: Zone) -> Difference:
        if zone.rows.keys() != before.rows.keys():
            raise GatewayError(ErrorCode.CONFLICT, "zone.changed_meanwhile", path=VERSION)
        return read.difference

    return await _written(viewer, domain_id, version, decided, "import", client, now)


async def _written(
    viewer: Viewer,
    domain_id: str,
    version: int,
    decide: Callable[[Zone], Difference],
    verb: str,
    client: Client,
    now: datetime,
) -> tuple[Domain, Operation | None]:
    async def write() -> tuple[Domain, Operation | None]:
        zone = await find_zone(viewer, domain_id, changing=True)
        domain = zone.domain
        unchanged = visible.domains(viewer).filter(id=domain.id, zone_version=version, state=DomainState.ACTIVE)
        if not await unchanged.update(zone_version=F("zone_version") + 1):
            raise GatewayError(ErrorCode.CONFLICT, "zone.changed_meanwhile", path=VERSION)
        change, operation = decide(zone), None
        if change.added or change.removed:  # before a record is written: it locks the package, which records point to
            desired = {"domain": domain.ascii_name, "added": _all(change.added), "removed": _all(change.removed)}
            operation = await operations.request(viewer, domain.package_id, f"dns.{verb}", domain.id, desired, now)
        if change.removed:
            ids = [zone.rows[one].id for one in change.removed]
            await visible.dns_records(viewer).filter(id__in=ids).delete()
        await DnsRecord.bulk_create([_row(domain, one, now) for one in change.added], batch_size=100)
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            f"dns.{verb}",
            object_id=domain.id,
            package_id=domain.package_id,
            detail={"name": domain.name, "added": _told(change.added), "removed": _told(change.removed)},
        )
        return await visible.domains(viewer).get(id=domain.id), operation

    return await in_unit_of_work(write)


def _row(domain: Domain, one: Entry, now: datetime) -> DnsRecord:
    return DnsRecord(
        customer_id=domain.customer_id,
        package_id=domain.package_id,
        domain_id=domain.id,
        name=one.name,
        type=one.type,
        ttl=one.ttl,
        value=one.value,
        created_at=now,
    )


def _read(domain: Domain, typed: Typed, path: tuple[str, ...]) -> Entry:
    try:
        return entry(domain.ascii_name, typed.name, typed.type, typed.ttl, typed.value)
    except RecordError as error:
        raise bad_input(_WORDS[error.reason], path=path, **values_of(error.reason)) from None


def _compared(zone: Zone, text: str, replace: bool) -> Preview:
    """Read a file and hold it to the zone; the work of a thread, since a long file takes a tenth of a second."""
    found = zone_file.read(zone.domain.ascii_name, text)
    lines: dict[Entry, int] = {}
    for number, one in found.entries:
        lines.setdefault(one, number)
    change = rule.difference(zone.rows, lines, replace=replace)
    bad = [
        *found.bad,
        *(BadLine(lines[change.added[p.added]], p.reason) for p in rule.problems(change.unchanged, change.added)),
    ]
    return Preview(zone.domain.zone_version, change, sorted(bad, key=lambda one: one.line), found.passed_over)


def _all(entries: Iterable[Entry]) -> list[dict[str, str | int]]:
    return [{"name": one.name, "type": one.type, "ttl": one.ttl, "value": one.value} for one in entries]


def _told(entries: Iterable[Entry]) -> list[str]:
    told = [f"{one.name} {one.ttl} {one.type} {one.value}"[:200] for one in entries]
    return told if len(told) <= TOLD else [*told[:TOLD], f"… +{len(told) - TOLD}"]


def values_of(reason: str) -> dict[str, int]:
    """What the message about a problem is filled with."""
    if reason == rule.TTL_OUT_OF_RANGE:
        return {"shortest": rule.SHORTEST_TTL, "longest": rule.LONGEST_TTL}
    return {"most": rule.MOST_RECORDS} if reason == rule.TOO_MANY else {}


_WORDS = {
    "TTL_OUT_OF_RANGE": "zone.ttl_out_of_range",
    "TTL_DIFFERS": "zone.ttl_differs",
    "DUPLICATE": "zone.duplicate",
    "CNAME_AT_APEX": "zone.cname_at_apex",
    "CNAME_BESIDE_OTHERS": "zone.cname_beside_others",
    "NS_AT_APEX": "zone.ns_at_apex",
    "BELOW_DELEGATION": "zone.below_delegation",
    "TOO_MANY_RECORDS": "zone.too_many",
    "BAD_NAME": "zone.bad_name",
    "OUT_OF_ZONE": "zone.out_of_zone",
    "BAD_VALUE": "zone.bad_value",
    "BAD_TARGET": "zone.bad_target",
    "TEXT_TOO_LONG": "zone.text_too_long",
    "BAD_SERVICE_NAME": "zone.bad_service_name",
    "UNKNOWN_CAA_TAG": "zone.unknown_caa_tag",
    "UNSUPPORTED_TYPE": "zone.unsupported_type",
    "BAD_DIRECTIVE": "zone.bad_directive",
    "FILE_TOO_LONG": "zone.file_too_long",
    "UNFINISHED_RECORD": "zone.unfinished_record",
}


def words_of(reason: str) -> str:
    """The key of the message about a problem."""
    return _WORDS[reason]
