"""Who is at the other end: the client's address behind proxies that are listed, and a tidied user agent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network

UNKNOWN = "unknown"
"""The address of a client that has none, such as the peer of a Unix socket."""

_MOST_HOPS = 20
_WITH_PORT = re.compile(r"([0-9.]+):[0-9]{1,5}|\[([0-9A-Fa-f:.]+)\](?::[0-9]{1,5})?")


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address in an `X-Forwarded-For` entry or of a peer; some proxies add a port. An embedded IPv4 is IPv4."""
    text = text.strip()
    if match := _WITH_PORT.fullmatch(text):
        text = match[1] or match[2]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or address
    return address


class Proxies:
    """The proxies whose `X-Forwarded-For` is believed."""

    def __init__(self, trusted: Iterable[Network]) -> None:
        self._trusted = tuple(trusted)
        self.trusts = lru_cache(maxsize=1024)(self._trusts)

    def _trusts(self, peer: str) -> bool:
        """Whether `peer` is one of them."""
        address = _address(peer)
        return address is not None and self._trusted_address(address)

    def _trusted_address(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self._trusted)

    def client_address(self, peer: str | None, forwarded_for: bytes | None) -> str:
        """The address of whoever made the request.

        The peer, unless it is a listed proxy: then the rightmost entry that is none, since everything left of it is the
        client's own say. At an entry that is no address the last listed proxy is the client.
        """
        if peer is None:
            return UNKNOWN
        if forwarded_for is None or not self._trusted or not self.trusts(peer):
            return peer
        client = peer
        for entry in reversed(forwarded_for.decode("latin-1").split(",")[-_MOST_HOPS:]):
            address = _address(entry)
            if address is None:
                break
            client = str(address)
            if not self._trusted_address(address):
                break
        return client


@lru_cache(maxsize=256)
def user_agent(header: bytes | None) -> str | None:
    """The `User-Agent`, at most 200 characters of it and no control characters."""
    if header is None:
        return None
    text = header[:1000].decode("utf-8", "replace")
    return "".join(character for character in text if character.isprintable())[:200]
