"""One form, three kinds of logins: what a typed login may stand for, and the account it stands for.

A login is a customer number, a username, or the domain name of a package. Which of them it was is decided by one
statement of one shape, so that nothing about the answer or its time tells.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import idna

from gateway.auth.drivers import placed
from models import SessionKind
from models.database import fetch

LOGIN_LENGTH = 320
"""Characters of the longest login that is looked at; no number, username or domain name is nearly as long."""

_FIND = """
SELECT kind, customer_id, package_id, password_hash, disabled, rank FROM (
SELECT 'CUSTOMER' AS kind, c.id AS customer_id, CAST(NULL AS VARCHAR(30)) AS package_id, c.password_hash,
 c.disabled_at IS NOT NULL AS disabled, 1 AS rank FROM customer c WHERE c.number = $1
UNION ALL
SELECT 'CUSTOMER', c.id, NULL, c.password_hash, c.disabled_at IS NOT NULL, 2 FROM customer c WHERE c.username = $2
UNION ALL
SELECT 'PACKAGE', p.customer_id, p.id, p.password_hash, (c.disabled_at IS NOT NULL OR p.state = 'ENDED'), 3
 FROM "domain" d JOIN package p ON p.id = d.package_id JOIN customer c ON c.id = p.customer_id WHERE d.ascii_name = $3
) AS accounts ORDER BY rank LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Login:
    """The three readings of a typed login, each `""` when the text cannot be one. `text` tells unknown logins apart."""

    number: str
    username: str
    domain: str
    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """Who can sign in: a customer, or a package (`package_id` set). `password_hash` is `None` when nobody can."""

    kind: SessionKind
    customer_id: str
    package_id: str | None
    password_hash: str | None

    @property
    def id(self) -> str:
        """The id of the customer or of the package."""
        return self.package_id or self.customer_id


def read_login(typed: str) -> Login:
    """What a typed text may stand for. Surrounding whitespace and ASCII case do not matter, nor a domain's last dot.

    A text with control characters or lone surrogates stands for nothing: no stored login has them, and PostgreSQL would
    refuse to compare them. A domain name is the one that is listed at the package; `www.` before it is another name.
    """
    text = typed.strip()
    if len(text) > LOGIN_LENGTH or any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        return Login("", "", "", text)
    folded = text.lower() if text.isascii() else ""
    domain = _a_labels(text) or folded.removesuffix(".")
    return Login(text if text.isascii() else "", folded, domain, domain or text)


def _a_labels(text: str) -> str:
    """A domain name in lower-case A-labels (RFC 5891, mapped by UTS 46); `""` when it is none."""
    try:
        return idna.encode(text.removesuffix("."), uts46=True, std3_rules=True).decode()
    except (idna.IDNAError, UnicodeError):
        return ""


async def find_account(login: Login) -> Account | None:
    """The account a login stands for, or `None`. Customer numbers go before usernames, and those before domains.

    A disabled customer and an ended package are found without their password, as is a package that has none.
    """
    rows = await fetch(placed(_FIND), [login.number, login.username, login.domain])
    if not rows:
        return None
    kind, customer_id, package_id, password_hash, disabled, _ = rows[0]
    return Account(SessionKind(kind), customer_id, package_id, None if disabled else password_hash)
