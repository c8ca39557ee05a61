"""Databases of a package: which version can be chosen, from where it can be reached, what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from models.rules.cron_target import is_public
from models.rules.decision import Allowed, Decision, Refused
from models.rules.package import decide as decide_function

FUNCTION = "DATABASES"
"""The entry of a package's menu that databases belong to."""

VERSION_UNKNOWN, VERSION_ENDED = "DATABASE_VERSION_UNKNOWN", "DATABASE_VERSION_ENDED"

CHANGE, ROTATE_PASSWORD, DUMP, DELETE = "CHANGE", "ROTATE_PASSWORD", "DUMP", "DELETE"
ACTIONS = (CHANGE, ROTATE_PASSWORD, DUMP, DELETE)

APP_USES_DATABASE, DUMP_A_MOMENT_AGO = "APP_USES_DATABASE", "DUMP_A_MOMENT_AGO"

BETWEEN_DUMPS = timedelta(hours=1)
"""How long after a dump the next one can be asked for."""

MOST_NETWORKS = 20
WIDEST_IPV4, WIDEST_IPV6 = 16, 32
"""The shortest prefixes that may be let in: whoever needs more than a provider's network wants no password either."""

NO_NETWORK, TOO_WIDE, NOT_PUBLIC, TOO_MANY = "NO_NETWORK", "NETWORK_TOO_WIDE", "NETWORK_NOT_PUBLIC", "TOO_MANY_NETWORKS"

DOCUMENTATION = tuple(map(ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")))
"""Networks that stand for any in examples (RFC 5737, RFC 3849): nobody comes from them, and nobody is misled."""

_NAME = re.compile(r"db[0-9]{8}", re.ASCII)

Network = IPv4Network | IPv6Network


def version_choosable(ends_on: date | None, today: date) -> Decision:
    """Whether a new database can have a version; `ends_on` is the last day it is repaired, null for one nobody offers."""
    if ends_on is None:
        return Refused(VERSION_UNKNOWN)
    return Refused(VERSION_ENDED) if ends_on < today else Allowed()


def is_name(text: str) -> bool:
    """Whether it is a name as the host makes them: `db` and eight digits, which both systems take unquoted."""
    return _NAME.fullmatch(text) is not None


def networks(typed: Iterable[str]) -> list[str] | Refused:
    """Networks as they are stored: canonical, each once, in their order; a single address is a network of its own.

    Refuses with `NO_NETWORK`, `NETWORK_TOO_WIDE`, `NETWORK_NOT_PUBLIC` (loopback, private, multicast and reserved ranges, which
    nobody comes from) or `TOO_MANY_NETWORKS`.
    """
    found: dict[str, None] = {}
    for text in typed:
        try:
            network = ip_network(text.strip(), strict=False)
        except ValueError:
            return Refused(NO_NETWORK)
        if "%" in text:  # a zone of RFC 4007 is of one machine, and any text to the parser
            return Refused(NO_NETWORK)
        if network.prefixlen < (WIDEST_IPV4 if network.version == 4 else WIDEST_IPV6):
            return Refused(TOO_WIDE)
        if not _public(network):
            return Refused(NOT_PUBLIC)
        found[str(network)] = None
        if len(found) > MOST_NETWORKS:
            return Refused(TOO_MANY)
    return list(found)


def _public(network: Network) -> bool:
    first: IPv4Address | IPv6Address = network[0]
    last: IPv4Address | IPv6Address = network[-1]
    if any(network.version == known.version and network.subnet_of(known) for known in DOCUMENTATION):  # type: ignore[arg-type]  # of one version
        return True
    embedded = first.ipv4_mapped if isinstance(first, IPv6Address) else None
    return is_public(first) and is_public(last) and embedded is None


def decide(
    action: str,
    functions: Iterable[str],
    package_state: str,
    *,
    has_app: bool,
    dumped_at: datetime | None,
    now: datetime,
) -> Decision:
    """What can be done now: as the package's menu says, no deletion under a website app, one dump an hour."""
    decision = decide_function(FUNCTION, functions, package_state)
    if isinstance(decision, Refused):
        return decision
    if action == DELETE and has_app:
        return Refused(APP_USES_DATABASE)
    if action == DUMP and dumped_at is not None and now - dumped_at < BETWEEN_DUMPS:
        return Refused(DUMP_A_MOMENT_AGO)
    return Allowed()


def dump_path(name: str, requested_at: datetime) -> str:
    """Where the host's system puts a dump in the web space: `dumps/db12345678-20260302T120000Z.sql.gz`."""
    return f"dumps/{name}-{requested_at:%Y%m%dT%H%M%SZ}.sql.gz"
