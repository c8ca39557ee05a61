"""Whether mail of a domain arrives and is believed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gateway.context import Context
from gateway.documents import zone_record
from gateway.messages import message
from gateway.resolvers.dns_record import ZoneLine
from gateway.source.declaration import Many
from models import DnsRecord, DnsRecordType, Domain
from models.rules import dkim, mail_zone, spf
from models.rules import mail_security as rule
from models.rules.mail_zone import Check, Held, MailZone

RECORDS = Many("dns_records", ("name", "type", "id"))


class MailSecurityState(StrEnum):
    """What was found."""

    OK = mail_zone.OK
    MISSING = mail_zone.MISSING
    DIFFERENT = mail_zone.DIFFERENT
    INVALID = mail_zone.INVALID
    NO_KEY = mail_zone.NO_KEY


class MailSecurityReason(StrEnum):
    """Why it is not as it should be."""

    NO_MAIL = rule.NO_MAIL
    NO_MAIL_BESIDE_OTHERS = rule.NO_MAIL_BESIDE_OTHERS
    OTHER_SERVERS = rule.OTHER_SERVERS
    SEVERAL_RECORDS = spf.SEVERAL
    SYNTAX = spf.SYNTAX
    TOO_MANY_LOOKUPS = spf.TOO_MANY_LOOKUPS
    HOST_NOT_INCLUDED = spf.HOST_NOT_INCLUDED
    EVERYBODY_ALLOWED = spf.EVERYBODY_ALLOWED
    KEY_REVOKED = dkim.REVOKED
    OTHER_KEY = dkim.OTHER_KEY
    KEY_RESTRICTED = dkim.NOT_FOR_MAIL
    ELSEWHERE = mail_zone.ELSEWHERE


@dataclass(frozen=True, slots=True)
class Fixes:
    """Records to add and to remove."""

    add: list[ZoneLine]
    remove: list[str]


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check with the words about it."""

    state: MailSecurityState
    reason: MailSecurityReason | None
    message: str
    found: list[str]
    expected: list[str]
    fixes: Fixes


@dataclass(frozen=True, slots=True)
class MailSecurityView:
    """All of them, with all that would mend them."""

    zone_version: int
    mx: CheckView
    spf: CheckView
    dkim: CheckView
    dmarc: CheckView
    fixes: Fixes


async def mail_security(context: Context, domain: Domain) -> MailSecurityView:
    """The checks of a domain; the records of all domains that are asked for come in one statement."""
    records: list[DnsRecord] = await context.loaders.many(domain, RECORDS)
    held = [Held(row.id, row.name, row.type.value, row.ttl, row.value) for row in records]
    hosting = context.parts.hosting
    zone = MailZone(domain.ascii_name, held, zone_record.plain_text)
    found = rule.mail_security(
        zone, hosting.mail_exchangers, hosting.spf_include, domain.dkim_selector, domain.dkim_public_key
    )
    views = [_view(context, name, check) for name, check in _named(found)]
    everything = Fixes(
        [line for one in views for line in one.fixes.add], [id for one in views for id in one.fixes.remove]
    )
    mx, sent, signed, policy = views
    return MailSecurityView(domain.zone_version, mx, sent, signed, policy, everything)


_WORDS = {
    mail_zone.OK: "mail_security.OK",
    mail_zone.MISSING: "mail_security.MISSING",
    mail_zone.NO_KEY: "mail_security.NO_KEY",
    mail_zone.ELSEWHERE: "mail_security.ELSEWHERE",
    rule.NO_MAIL: "mail_security.NO_MAIL",
    rule.NO_MAIL_BESIDE_OTHERS: "mail_security.NO_MAIL_BESIDE_OTHERS",
    rule.OTHER_SERVERS: "mail_security.OTHER_SERVERS",
    spf.SEVERAL: "mail_security.SEVERAL_RECORDS",
    spf.SYNTAX: "mail_security.SYNTAX",
    spf.TOO_MANY_LOOKUPS: "mail_security.TOO_MANY_LOOKUPS",
    spf.HOST_NOT_INCLUDED: "mail_security.HOST_NOT_INCLUDED",
    spf.EVERYBODY_ALLOWED: "mail_security.EVERYBODY_ALLOWED",
    dkim.REVOKED: "mail_security.KEY_REVOKED",
    dkim.OTHER_KEY: "mail_security.OTHER_KEY",
    dkim.NOT_FOR_MAIL: "mail_security.KEY_RESTRICTED",
}
"""By the reason of a check, or its state where there is none."""


def _named(found: rule.MailSecurity) -> list[tuple[str, Check]]:
    return [("mx", found.mx), ("spf", found.spf), ("dkim", found.dkim), ("dmarc", found.dmarc)]


def _view(context: Context, name: str, check: Check) -> CheckView:
    key = check.reason or check.state
    return CheckView(
        MailSecurityState(check.state),
        None if check.reason is None else MailSecurityReason(check.reason),
        message(_WORDS[key], context.language, record=name.upper()),
        list(check.found),
        list(check.expected),
        Fixes(
            [ZoneLine(one.name, DnsRecordType(one.type), one.ttl, one.value) for one in check.add], list(check.remove)
        ),
    )
