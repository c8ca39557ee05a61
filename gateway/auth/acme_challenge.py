"""Challenges of certification authorities: set and cleared by programs, a value at a time, without a version of the zone.

Whoever may do this can do nothing else to a zone: a TXT record whose name begins with `_acme-challenge`, whose value has the
form of a challenge, in a domain that is there for them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from tortoise.expressions import F

from gateway.auth import audit, operations, visible
from gateway.auth.client import Client
from gateway.auth.dns_records import FUNCTION, as_entry, words_of
from gateway.auth.drivers import queue_patiently
from gateway.auth.nearest_zone import nearest_zone
from gateway.auth.package_function import find_package
from gateway.auth.viewer import Viewer
from gateway.documents.zone_record import RecordError, ascii_name, entry
from gateway.errors import ErrorCode, GatewayError, bad_input
from models import ActorKind, DnsRecord, Domain, DomainState
from models.database import Contended, in_unit_of_work
from models.rules import acme_challenge as rule
from models.rules import zone
from models.rules.decision import Refused
from models.rules.zone import Entry

T = TypeVar("T")

WHICH, VALUE = ("input", "fqdn"), ("input", "value")

PATIENCE_MS = 4_000
"""Milliseconds a change waits for the domain: a program sets many names at once, one after the other."""

TRIES = 3
"""How often a change begins that somebody else was in the way of."""

LONGEST_NAME = 255
"""Characters of a name, with a dot behind."""


async def set_challenge(viewer: Viewer, fqdn: str, value: str, client: Client, now: datetime) -> str:
    """Have `value` stand at `fqdn`, beside others that do: the name in A-labels with a dot behind.

    What stands there already is as good as set, and counts as young again. Raises `BAD_USER_INPUT`, `NOT_FOUND` for a name in
    no domain of the viewer's, `CONFLICT` when the record cannot be in its zone or the zone cannot be changed.
    """
    name = _name(fqdn)
    _demand_value(value)

    async def write() -> str:
        domain = await _held(viewer, name)
        rows = {as_entry(row): row for row in await _records(viewer, domain)}
        wanted = _entry(domain, name, value, rows)
        there = [row.id for one, row in rows.items() if one.content == wanted.content]
        if there:
            await visible.dns_records(viewer).filter(id__in=there).update(created_at=now)
            return f"{name}."
        for problem in zone.problems(rows, [wanted]):
            raise GatewayError(ErrorCode.CONFLICT, _words(problem.reason), path=WHICH, most=zone.MOST_RECORDS)
        if isinstance(rule.room(rows), Refused):
            raise GatewayError(ErrorCode.CONFLICT, "acme.too_many", path=WHICH, most=rule.MOST)
        await _follow(viewer, audit.actor_of(viewer), domain, wanted, client, now, added=True)
        await DnsRecord.create(
            customer_id=domain.customer_id,
            package_id=domain.package_id,
            domain_id=domain.id,
            name=wanted.name,
            type=wanted.type,
            ttl=wanted.ttl,
            value=wanted.value,
            created_at=now,
        )
        return f"{name}."

    return await _repeated(write)


async def clear_challenge(viewer: Viewer, fqdn: str, value: str, client: Client, now: datetime) -> str:
    """Have `value` stand at `fqdn` no more, whether it did or not: the name in A-labels with a dot behind.

    Raises as `set_challenge`.
    """
    name = _name(fqdn)
    _demand_value(value)

    async def write() -> str:
        domain = await _held(viewer, name)
        rows = {as_entry(row): row for row in await _records(viewer, domain)}
        wanted = _entry(domain, name, value, rows)
        for one, row in rows.items():
            if one.content == wanted.content:
                await _follow(viewer, audit.actor_of(viewer), domain, one, client, now, added=False)
                await visible.dns_records(viewer).filter(id=row.id).delete()
        return f"{name}."

    return await _repeated(write)


async def clear_stale(viewer: Viewer, domain_id: str, now: datetime) -> int:
    """Clear the challenges of a domain that nobody has cleared for a week, for the house: how many it were.

    A domain that somebody is changing just now is passed over.
    """

    async def write() -> int:
        domain = (
            await visible.domains(viewer)
            .filter(id=domain_id)
            .select_for_update(skip_locked=True, no_key=True)
            .get_or_none()
        )
        if domain is None:
            return 0
        old = [row for row in await _records(viewer, domain) if row.created_at <= now - rule.KEPT]
        stale = [row for row in old if rule.is_challenge(as_entry(row))]
        actor = audit.Actor(ActorKind.SYSTEM, "gateway", domain.customer_id)
        for row in stale:
            await _follow(viewer, actor, domain, as_entry(row), Client("", None, row.id), now, added=False)
            await visible.dns_records(viewer).filter(id=row.id).delete()
        return len(stale)

    return await in_unit_of_work(write)


async def _repeated(write: Callable[[], Awaitable[T]]) -> T:
    """One unit of work, begun anew when another one was in its way."""

    async def patient() -> T:
        await queue_patiently(PATIENCE_MS)
        return await write()

    for _ in range(TRIES - 1):
        try:
            return await in_unit_of_work(patient)
        except Contended:
            continue
    return await in_unit_of_work(patient)


def _name(fqdn: str) -> str:
    """The name in A-labels, without the dot behind. Raises `BAD_USER_INPUT` for one at which no challenge stands."""
    try:
        name = ascii_name(fqdn) if len(fqdn) <= LONGEST_NAME else ""
    except RecordError:
        name = ""
    if rule.proven_name(name) is None:
        raise bad_input("acme.bad_name", path=WHICH)
    return name


def _demand_value(value: str) -> None:
    if isinstance(rule.acceptable(value), Refused):
        raise bad_input("acme.bad_value", path=VALUE)


async def _held(viewer: Viewer, name: str) -> Domain:
    """The domain in whose zone `name` stands, locked until the unit ends.

    That is the longest one that `name` ends in: a sub-domain that is a domain of its own has a zone of its own, whosever it
    is. One that is not there for the viewer is answered like one that nobody has.
    """
    nearest = await nearest_zone(rule.proven_name(name) or "")
    found = visible.domains(viewer).filter(ascii_name=nearest)
    # The weaker lock, since rows that point to the domain may be written meanwhile by whoever holds its package.
    domain = await found.select_for_update(no_key=True).get_or_none()
    if domain is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "acme.no_domain", path=WHICH)
    await find_package(viewer, domain.package_id, FUNCTION, WHICH)
    if domain.state is not DomainState.ACTIVE:
        raise GatewayError(ErrorCode.CONFLICT, "zone.domain_not_active", path=WHICH)
    return domain


async def _records(viewer: Viewer, domain: Domain) -> list[DnsRecord]:
    return await visible.dns_records(viewer).filter(domain_id=domain.id).order_by("name", "type", "id")


def _entry(domain: Domain, name: str, value: str, rows: dict[Entry, DnsRecord]) -> Entry:
    try:
        made = entry(domain.ascii_name, f"{name}.", "TXT", rule.TTL, value)
    except RecordError:
        raise bad_input("acme.bad_name", path=WHICH) from None
    return Entry(made.name, made.type, rule.ttl_at(rows, made.name), made.value)


def _words(reason: str) -> str:
    return {zone.CNAME_BESIDE_OTHERS: "acme.cname", zone.BELOW_DELEGATION: "acme.delegated"}.get(
        reason, words_of(reason)
    )


async def _follow(
    viewer: Viewer, actor: audit.Actor, domain: Domain, one: Entry, client: Client, now: datetime, *, added: bool
) -> None:
    """What follows from a record that comes or goes: the next version of the zone, an operation, an entry in the audit log.

    Called before the record is written: the operation locks the package, and a row that points to it holds it already, so
    that two who wrote first would wait for each other.
    """
    await visible.domains(viewer).filter(id=domain.id).update(zone_version=F("zone_version") + 1)
    kind = "dns.acme_set" if added else "dns.acme_clear"
    desired = {"domain": domain.ascii_name, "name": one.name, "type": one.type, "ttl": one.ttl, "value": one.value}
    await operations.request(viewer, domain.package_id, kind, domain.id, desired, now)
    record = {"absoluteName": f"{one.name}.{domain.ascii_name}", "value": one.value}
    await audit.record(
        actor,
        client,
        now,
        "dns.acme_set" if added else "dns.acme_clear",
        object_id=domain.id,
        package_id=domain.package_id,
        detail={"name": domain.name, "before": {} if added else record, "after": record if added else {}},
    )
