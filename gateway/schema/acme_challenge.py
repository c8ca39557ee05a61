"""Challenges of certification authorities (RFC 8555 §8.4): all that a token with DOMAIN_ACME can do."""

import strawberry

from gateway.auth.permissions import AcmeDomains
from gateway.errors import ErrorCode
from gateway.resolvers import acme_challenge as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation

FQDN = (
    "The full name of the record: `_acme-challenge.` and the domain or sub-domain that is to be proven, without `*.`, in "
    "Unicode or A-labels; a dot behind or none."
)
VALUE = "The base64url of the SHA-256 of the key authorization: 43 characters."


@strawberry.input(description="A challenge to set.")
class AcmeChallengeSetInput:
    fqdn: str = strawberry.field(description=FQDN)
    value: str = strawberry.field(description=VALUE)


@strawberry.input(description="A challenge to clear.")
class AcmeChallengeClearInput:
    fqdn: str = strawberry.field(description=FQDN)
    value: str = strawberry.field(description=VALUE)


@strawberry.type(description="What setting a challenge gives.")
class AcmeChallengeSetPayload:
    fqdn: str | None = column(AcmeDomains, "The full name at which it stands, in A-labels with a dot behind.")
    errors: list[UserError] = column(AcmeDomains, "Why it was not set.")


@strawberry.type(description="What clearing a challenge gives.")
class AcmeChallengeClearPayload:
    fqdn: str | None = column(AcmeDomains, "The full name at which it stands no more, in A-labels with a dot behind.")
    errors: list[UserError] = column(AcmeDomains, "Why it was not cleared.")


@strawberry.type(description="Proving domains to certification authorities.")
class AcmeChallengeMutation:
    acme_challenge_set: AcmeChallengeSetPayload | None = mutation(
        AcmeDomains,
        "Have a TXT record stand at `_acme-challenge` of a domain or sub-domain, beside others that do: a wildcard and its "
        "domain are proven at the same name. One that stands there already is as good as set. A domain has at most 20; what "
        "nobody clears goes after 7 days.",
        resolve.acme_challenge_set,
        AcmeChallengeSetInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
    acme_challenge_clear: AcmeChallengeClearPayload | None = mutation(
        AcmeDomains,
        "Have that TXT record stand there no more; where there is none it is as good as cleared.",
        resolve.acme_challenge_clear,
        AcmeChallengeClearInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    )
