"""Whether mail of a domain arrives and is believed, and the DNS records that would mend it."""

from typing import Any

import strawberry

from gateway.auth.permissions import ReadDomains
from gateway.resolvers import mail_security as resolve
from gateway.resolvers.mail_security import MailSecurityReason, MailSecurityState
from gateway.schema.dns_record import ZoneLine
from gateway.schema.enums import describe
from gateway.schema.field import column

describe(
    MailSecurityState,
    "What was found in the zone.",
    OK="It is as it should be.",
    MISSING="There is nothing.",
    DIFFERENT="There is something else than expected.",
    INVALID="There is something that receivers do not accept.",
    NO_KEY="For DKIM: the host has no key for this domain, so there is nothing to compare with.",
)
describe(
    MailSecurityReason,
    "Why something that was found is not as it should be. Expect further values.",
    NO_MAIL="The one MX record says that the domain takes no mail (RFC 7505).",
    NO_MAIL_BESIDE_OTHERS="An MX record that says so stands beside others, which it must not (RFC 7505 §3).",
    OTHER_SERVERS="MX records name other servers than the host's, or not all of the host's.",
    SEVERAL_RECORDS="There are several records where receivers take one (RFC 7208 §4.5, RFC 6376 §3.6.2.2, RFC 7489 §6.6.3).",
    SYNTAX="The record, or a policy it takes in, does not follow the grammar.",
    TOO_MANY_LOOKUPS="The SPF policy asks the DNS more than ten times (RFC 7208 §4.6.4), as far as can be seen.",
    HOST_NOT_INCLUDED="The SPF policy does not admit the host's mail servers.",
    EVERYBODY_ALLOWED="The SPF policy admits everybody: `+all`.",
    KEY_REVOKED="The DKIM record has an empty key (RFC 6376 §3.6.1).",
    OTHER_KEY="The DKIM record has another key than the host's.",
    KEY_RESTRICTED="The DKIM record is not for mail, not for SHA-256, or for trying only (RFC 6376 §3.6.1).",
    ELSEWHERE="The name is an alias or belongs to other name servers, so that what is there cannot be seen.",
)


@strawberry.type(description="Records that would mend it: what `dnsRecordsChange` takes as `add` and `remove`.")
class MailSecurityFixes:
    add: list[ZoneLine] = column(ReadDomains, "The records to add.")
    remove: list[strawberry.ID] = column(ReadDomains, "The ids of the records to remove.")


@strawberry.type(description="One check of the records of a domain.")
class MailSecurityCheck:
    state: MailSecurityState = column(ReadDomains, "What was found.")
    reason: MailSecurityReason | None = column(
        ReadDomains, "Why it is not as it should be; null where it is, and where nothing was found."
    )
    message: str = column(ReadDomains, "The same for people, in the language of the request.")
    found: list[str] = column(ReadDomains, "The records it is about, texts in one piece.")
    expected: list[str] = column(ReadDomains, "What they should say; empty where nobody can tell.")
    fixes: MailSecurityFixes = column(ReadDomains, "What would mend it; empty where nothing has to be, or can be.")


@strawberry.type(description="Whether mail of a domain arrives and is believed, as its zone says.")
class MailSecurity:
    zone_version: int = column(
        ReadDomains, "The version of the zone that was looked at: `dnsRecordsChange` asks for it."
    )
    mx: MailSecurityCheck = column(ReadDomains, "Where mail for the domain goes (RFC 5321 §5.1).")
    spf: MailSecurityCheck = column(ReadDomains, "Which servers may send for it (RFC 7208).")
    dkim: MailSecurityCheck = column(ReadDomains, "The key that its mail is signed with (RFC 6376).")
    dmarc: MailSecurityCheck = column(ReadDomains, "What becomes of mail that is not its own (RFC 7489).")
    fixes: MailSecurityFixes = column(ReadDomains, "What would mend all of it at once.")


async def mail_security(info: strawberry.Info, root: strawberry.Parent[Any]) -> MailSecurity | None:
    """For `Domain.mailSecurity`."""
    return await resolve.mail_security(info.context, root)  # type: ignore[return-value]  # has the same attributes
