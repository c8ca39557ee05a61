"""Whether mail of a domain arrives and is believed: its MX, SPF, DKIM and DMARC records, and what would mend them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules import dkim, dmarc, spf
from models.rules.mail_zone import DIFFERENT, ELSEWHERE, INVALID, MISSING, NO_KEY, OK, Check, Held, MailZone
from models.rules.zone import APEX

NO_MAIL, NO_MAIL_BESIDE_OTHERS, OTHER_SERVERS = "NO_MAIL", "NO_MAIL_BESIDE_OTHERS", "OTHER_SERVERS"

_UNDERSTOOD = frozenset(
    {
        NO_MAIL, OTHER_SERVERS, spf.HOST_NOT_INCLUDED, spf.EVERYBODY_ALLOWED, dkim.REVOKED, dkim.OTHER_KEY,
        dkim.NOT_FOR_MAIL, ELSEWHERE,
    }
)  # fmt: skip
"""Reasons with which the records are something else than expected, and not wrong in themselves."""


@dataclass(frozen=True, slots=True)
class MailSecurity:
    """The four checks."""

    mx: Check
    spf: Check
    dkim: Check
    dmarc: Check


def mail_security(
    zone: MailZone, exchangers: Sequence[str], spf_include: str, selector: str | None, key: str | None
) -> MailSecurity:
    """The checks of a zone. `exchangers` are the host's mail servers, the first one to be asked first.

    `selector` and `key` (Base64) are those the host signs the domain's mail with.
    """
    return MailSecurity(
        check_mx(zone, exchangers), check_spf(zone, spf_include), check_dkim(zone, selector, key), check_dmarc(zone)
    )


def check_mx(zone: MailZone, exchangers: Sequence[str]) -> Check:
    """Whether mail goes to the host's servers and to no others (RFC 5321 §5.1, RFC 7505)."""
    wanted = {name.lower(): f"{10 * place} {name.lower()}." for place, name in enumerate(exchangers, 1)}
    held = zone.at(APEX, "MX")
    servers = {record.id: _server(record) for record in held}
    missing = [(APEX, "MX", value) for name, value in wanted.items() if name not in servers.values()]
    others = [record for record in held if servers[record.id] not in wanted]
    reason = None
    if "" in servers.values():
        reason = NO_MAIL if set(servers.values()) == {""} else NO_MAIL_BESIDE_OTHERS
    elif others or missing:
        reason = OTHER_SERVERS
    return _check(zone, held, reason, tuple(wanted.values()), missing, others)


def check_spf(zone: MailZone, include: str) -> Check:
    """Whether there is one SPF policy that admits the host's servers."""
    host = include.lower()
    held = [record for record in zone.at(APEX, "TXT") if spf.is_policy(zone.text(record))]
    policies = [zone.text(record) for record in held]
    reason = spf.fault(policies, host, zone.texts)
    expected = policies[0] if reason is None else spf.mended(policies, host, zone.texts)
    return _check(zone, held, reason, (expected,), [(APEX, "TXT", expected)], held)


def check_dkim(zone: MailZone, selector: str | None, key: str | None) -> Check:
    """Whether the public half of the host's key is where receivers look for it."""
    if selector is None or key is None:
        return Check(NO_KEY)
    name, expected = f"{selector.lower()}._domainkey", dkim.record(key)
    hiding, held = zone.hiding(name), zone.at(name, "TXT")
    reason = ELSEWHERE if hiding else dkim.fault([zone.text(record) for record in held], key)
    return _check(zone, [*hiding, *held], reason, (expected,), [(name, "TXT", expected)], held)


def check_dmarc(zone: MailZone) -> Check:
    """Whether there is one DMARC policy that receivers understand; which one is the owner's to decide."""
    hiding = zone.hiding(dmarc.NAME)
    held = [record for record in zone.at(dmarc.NAME, "TXT") if dmarc.is_policy(zone.text(record))]
    policies = [zone.text(record) for record in held]
    reason = ELSEWHERE if hiding else dmarc.fault(policies)
    expected = policies[0] if reason is None else dmarc.mended(policies)
    return _check(zone, [*hiding, *held], reason, (expected,), [(dmarc.NAME, "TXT", expected)], held)


def _check(
    zone: MailZone,
    held: Sequence[Held],
    reason: str | None,
    expected: tuple[str, ...],
    wanted: Sequence[tuple[str, str, str]],
    removed: Sequence[Held],
) -> Check:
    found = tuple(zone.text(record) for record in held)
    if reason is None:
        return Check(OK, None, found, expected)
    add, remove = zone.change(wanted, removed)
    if not held:
        return Check(MISSING, None, found, expected, add, remove)
    return Check(DIFFERENT if reason in _UNDERSTOOD else INVALID, reason, found, expected, add, remove)


def _server(record: Held) -> str:
    """The name of the server an MX record gives, empty for that which takes no mail."""
    return record.value.split()[-1].lower().removesuffix(".") if record.value.strip() else " "
