"""What is made of a client's IP address: the network a throttle counts by, and the shortened form that may be kept."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """The address; an IPv4 address inside IPv6 (RFC 4291 §2.5.5.2) is IPv4. `None` for what is no IP address."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped
    return parsed


def _network(parsed: IPv4Address | IPv6Address, four: int, six: int) -> str:
    bits = four if parsed.version == 4 else six
    return str(ip_network((parsed, bits), strict=False).network_address)


def throttle_network(address: str) -> str:
    """Who counts as one client: an IPv4 address, an IPv6 /64 (one subscriber has the whole of it).

    What is no IP address (a Unix socket's peer) counts as itself.
    """
    parsed = _parsed(address)
    return address if parsed is None else _network(parsed, 32, 64)


def shortened(address: str) -> str | None:
    """The address as it may be stored and shown: IPv4 /24, IPv6 /48. `None` for what is no IP address."""
    parsed = _parsed(address)
    return None if parsed is None else _network(parsed, 24, 48)
