"""Records that prove a domain to a certification authority by the DNS (RFC 8555 §8.4, "DNS Challenge")."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from models.rules.decision import Allowed, Decision, Refused
from models.rules.zone import Entry

LABEL = "_acme-challenge"
"""The label in front of the name that is to be proven."""

TTL = 60
"""Seconds: a challenge is read within minutes, and the next one may stand at the same name soon after."""

MOST = 20
"""Challenges of one domain at the same time: several names, each with and without a wildcard."""

KEPT = timedelta(days=7)
"""How long a challenge stays that nobody clears: longer than any authorization waits for it."""

BAD_NAME, BAD_VALUE, TOO_MANY = "BAD_CHALLENGE_NAME", "BAD_CHALLENGE_VALUE", "TOO_MANY_CHALLENGES"

_DIGEST = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_RECORD = re.compile(r'"[A-Za-z0-9_-]{43}"', re.ASCII)


def acceptable(value: str) -> Decision:
    """Whether this is the base64url of a SHA-256 without padding: 43 characters."""
    return Allowed() if _DIGEST.fullmatch(value) else Refused(BAD_VALUE)


def value_of(key_authorization: str) -> str:
    """The value that proves a key authorization (RFC 8555 §8.1): the base64url of its SHA-256."""
    digest = sha256(key_authorization.encode("utf-8", "surrogatepass")).digest()
    return urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def proven_name(name: str) -> str | None:
    """The name that a challenge at `name` (A-labels, lower case, no dot behind) is about; `None` for any other record."""
    label, dot, proven = name.partition(".")
    return proven if label == LABEL and dot and proven else None


def is_challenge(entry: Entry) -> bool:
    """Whether a record is a challenge, whoever made it."""
    named = entry.name == LABEL or entry.name.startswith(f"{LABEL}.")
    return named and entry.type == "TXT" and _RECORD.fullmatch(entry.value) is not None


def room(zone: Iterable[Entry]) -> Decision:
    """Whether one more challenge can stand beside these records."""
    return Allowed() if sum(is_challenge(entry) for entry in zone) < MOST else Refused(TOO_MANY)


def ttl_at(zone: Iterable[Entry], name: str) -> int:
    """The TTL of a challenge at `name`: that of the texts which are there already (RFC 2181 §5.2: one for a set)."""
    return next((entry.ttl for entry in zone if entry.name == name and entry.type == "TXT"), TTL)
