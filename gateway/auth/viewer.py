"""Who is asking: made once per request from the token, frozen, passed on, never looked up again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum

from models import SessionKind


class Scope(StrEnum):
    """What a session may be allowed to do. A field names the one it needs."""

    ACCOUNT_READ = "ACCOUNT_READ"
    ACCOUNT_WRITE = "ACCOUNT_WRITE"
    CONTRACT_READ = "CONTRACT_READ"
    CONTRACT_WRITE = "CONTRACT_WRITE"
    INVOICE_READ = "INVOICE_READ"
    INVOICE_PAY = "INVOICE_PAY"
    PACKAGE_READ = "PACKAGE_READ"
    PACKAGE_WRITE = "PACKAGE_WRITE"
    PACKAGE_ACCESS = "PACKAGE_ACCESS"
    MAIL_READ = "MAIL_READ"
    MAIL_WRITE = "MAIL_WRITE"
    DOMAIN_READ = "DOMAIN_READ"
    DOMAIN_WRITE = "DOMAIN_WRITE"
    DOMAIN_ACME = "DOMAIN_ACME"
    DATABASE_READ = "DATABASE_READ"
    DATABASE_WRITE = "DATABASE_WRITE"
    WEBSPACE_READ = "WEBSPACE_READ"
    WEBSPACE_WRITE = "WEBSPACE_WRITE"
    APP_READ = "APP_READ"
    APP_WRITE = "APP_WRITE"
    BACKUP_READ = "BACKUP_READ"
    BACKUP_WRITE = "BACKUP_WRITE"


TECHNICAL_SCOPES: frozenset[Scope] = frozenset(
    {
        Scope.PACKAGE_READ,
        Scope.PACKAGE_WRITE,
        Scope.MAIL_READ,
        Scope.MAIL_WRITE,
        Scope.DOMAIN_READ,
        Scope.DOMAIN_WRITE,
        Scope.DOMAIN_ACME,
        Scope.DATABASE_READ,
        Scope.DATABASE_WRITE,
        Scope.WEBSPACE_READ,
        Scope.WEBSPACE_WRITE,
        Scope.APP_READ,
        Scope.APP_WRITE,
        Scope.BACKUP_READ,
        Scope.BACKUP_WRITE,
    }
)
"""What a package login has, on its one package. Everything else is the customer's alone."""

READING_SCOPES: frozenset[Scope] = frozenset(scope for scope in Scope if scope.value.endswith("_READ"))
"""What an API token without a package can have at most: it reads."""

DOMAIN_SCOPES: frozenset[Scope] = frozenset(
    {Scope.PACKAGE_READ, Scope.DOMAIN_READ, Scope.DOMAIN_WRITE, Scope.DOMAIN_ACME}
)
"""What a token can have that is limited to some domains: nothing that would reach beside them."""

SCOPES_OF: dict[SessionKind, frozenset[Scope]] = {
    SessionKind.CUSTOMER: frozenset(Scope),
    SessionKind.PACKAGE: TECHNICAL_SCOPES,
}


class Reach(Enum):
    """The shapes that the rules of `visible` take: everything under the customer number, one package, some of its domains."""

    CUSTOMER = 1
    PACKAGE = 2
    DOMAINS = 3


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in caller. `package_id` set means: this one package and nothing else of the customer.

    `elevated_until`: until then the session is raised (SECURITY SE7). Only mutations ask for it, plans never do.
    `token_hash`: of the token the session has; who gives it a new one says which it takes the place of.
    `api_token_id`: it is a program with an API token, and there is no session (`session_id` is empty). `domain_ids`: of the
    package's domains only these are there for it. `only_looking`: the customer sees what a package login would.
    """

    kind: SessionKind
    customer_id: str
    package_id: str | None
    scopes: frozenset[Scope]
    session_id: str
    elevated_until: datetime | None = None
    token_hash: str = field(default="", repr=False, compare=False)
    api_token_id: str | None = None
    domain_ids: tuple[str, ...] | None = None
    only_looking: bool = False

    @property
    def reach(self) -> Reach:
        """The shape of what is there for this viewer."""
        if self.package_id is None:
            return Reach.CUSTOMER
        return Reach.PACKAGE if self.domain_ids is None else Reach.DOMAINS


STRANGER = Viewer(SessionKind.PACKAGE, customer_id="", package_id="", scopes=frozenset(), session_id="")
"""Whose rows are read for a caller without a session: no row belongs to it, so only what is everybody's is there.

What nobody may ask at all is decided before, by permissions, which see that there is no viewer.
"""
