"""Mail addresses: what stands before the `@`, where mail is sent on to, and that it arrives instead of going round.

Local parts are dot-atoms (RFC 5321 §4.1.2) of ASCII: internationalised ones (RFC 6531) are refused by many servers, and letters
of other scripts can be made to look like these. Quoted strings are refused, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from models.rules.decision import Allowed, Decision, Refused

LONGEST_LOCAL_PART, LONGEST = 64, 254
"""Octets (RFC 5321 §4.5.3.1.1, and §4.5.3.1.3 less the angle brackets)."""

MOST_TARGETS = 20

ANY = "*"
"""The local part, as stored, of the address that catches all others of its domain. No local part can be written so."""

ROLES = ("abuse", "hostmaster", "noc", "postmaster", "security", "webmaster")
"""Addresses a domain must or should have (RFC 2142 §3–5, RFC 5321 §4.5.1). They can be made like any other, since they are the
domain's own; what catches all others never takes them, so that a report is not lost in what nobody reads."""

RESERVED = frozenset({"mailer-daemon", "double-bounce"})
"""Senders of what the host's own servers report: nobody else may be taken for them."""

LOCAL_PART_EMPTY, LOCAL_PART_TOO_LONG, LOCAL_PART_NOT_ASCII, LOCAL_PART_DOTS, LOCAL_PART_BAD, LOCAL_PART_RESERVED = (
    "LOCAL_PART_EMPTY",
    "LOCAL_PART_TOO_LONG",
    "LOCAL_PART_NOT_ASCII",
    "LOCAL_PART_DOTS",
    "LOCAL_PART_BAD",
    "LOCAL_PART_RESERVED",
)

ADDRESS_TOO_LONG = "ADDRESS_TOO_LONG"

_OWN = re.compile(r"(?!-)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*", re.ASCII)
"""What is offered here: neither signs that other servers route by (`%`, `!`), nor such as name folders and programs. What
begins with a hyphen would be an option of the programs that it is handed to."""

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)


def acceptable(local_part: str, ascii_domain: str) -> Decision:
    """Whether an address under `ascii_domain` (A-labels) can be made with a folded local part.

    Refuses with `LOCAL_PART_…` or `ADDRESS_TOO_LONG`.
    """
    decision = _readable(local_part, ascii_domain)
    if isinstance(decision, Refused):
        return decision
    if _OWN.fullmatch(local_part) is None:
        return Refused(LOCAL_PART_BAD)
    return Refused(LOCAL_PART_RESERVED) if local_part in RESERVED else Allowed()


def target_acceptable(local_part: str, ascii_domain: str) -> Decision:
    """Whether mail can be sent on to an address elsewhere: any dot-atom will do. Refuses as `acceptable`."""
    decision = _readable(local_part, ascii_domain)
    if isinstance(decision, Refused):
        return decision
    return Allowed() if _ATOM.fullmatch(local_part) and local_part != ANY else Refused(LOCAL_PART_BAD)


def folded_local_part(typed: str) -> str:
    """The one spelling of a local part of the host's: mail for `Info` arrives at `info`."""
    return typed.lower() if typed.isascii() else typed


def leads_back(start: str, targets: Iterable[str], forwards: Mapping[str, Iterable[str]]) -> bool:
    """Whether mail to `start`, sent on to `targets`, comes back to it by `forwards` (address to addresses, all folded).

    `forwards` has every address that is there, those of mailboxes with nothing: what it has not goes to the address that
    catches all others.
    """
    seen: set[str] = set()
    ahead = list(targets)
    while ahead:
        address = ahead.pop()
        local_part, _, domain = address.rpartition("@")
        if address not in forwards and address != start and local_part not in ROLES:
            address = f"{ANY}@{domain}"
        if address == start:
            return True
        if address not in seen:
            seen.add(address)
            ahead.extend(forwards.get(address, ()))
    return False


def is_any(address: str) -> bool:
    """Whether an address catches all others of its domain."""
    return address.startswith(f"{ANY}@")


def _readable(local_part: str, ascii_domain: str) -> Decision:
    if not local_part:
        return Refused(LOCAL_PART_EMPTY)
    if not local_part.isascii():
        return Refused(LOCAL_PART_NOT_ASCII)
    if len(local_part) > LONGEST_LOCAL_PART:
        return Refused(LOCAL_PART_TOO_LONG)
    if local_part.startswith(".") or local_part.endswith(".") or ".." in local_part:
        return Refused(LOCAL_PART_DOTS)
    return Allowed() if len(local_part) + 1 + len(ascii_domain) <= LONGEST else Refused(ADDRESS_TOO_LONG)
