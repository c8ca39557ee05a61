"""Who the client is: its address is taken from listed proxies only, its name for itself is tidied."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from gateway.http.peer import UNKNOWN, Proxies, user_agent

PROXIES = Proxies([ip_network("10.0.0.0/8"), ip_network("2001:db8::/32")])


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", b"203.0.113.9", "192.0.2.1"),  # not a listed proxy: what it forwards is its own say
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", b"203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", b"198.51.100.7, 203.0.113.9", "203.0.113.9"),  # the left one may be made up
        ("10.0.0.1", b"198.51.100.7, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", b"10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("::ffff:10.0.0.1", b"203.0.113.9", "203.0.113.9"),
        ("2001:db8::1", b"2a00::1", "2a00::1"),
        ("10.0.0.1", b"203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.1", b"[2a00::1]:4711", "2a00::1"),
        ("10.0.0.1", b"::ffff:203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", b"unknown", "10.0.0.1"),
        ("10.0.0.1", b"203.0.113.9, garbage, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", b"", "10.0.0.1"),
        ("10.0.0.1", b"\xff\x00, 203.0.113.9,", "10.0.0.1"),
        ("10.0.0.1", b"203.0.113.999", "10.0.0.1"),
        (None, b"203.0.113.9", UNKNOWN),
    ],
)
def test_the_address_is_the_rightmost_that_no_listed_proxy_has(
    peer: str | None, forwarded: bytes | None, client: str
) -> None:
    assert PROXIES.client_address(peer, forwarded) == client


def test_no_list_means_nobody_is_believed() -> None:
    assert Proxies([]).client_address("10.0.0.1", b"203.0.113.9") == "10.0.0.1"


def test_a_chain_without_end_is_not_followed() -> None:
    assert PROXIES.client_address("10.0.0.1", b"203.0.113.9, " + b"10.0.0.2, " * 5_000 + b"10.0.0.3") == "10.0.0.2"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (None, None),
        (b"Mozilla/5.0 (X11)", "Mozilla/5.0 (X11)"),
        (b"a\x1b[31mb\x00\r\nc\x7f", "a[31mbc"),
        ("\u202eevil\u009b".encode(), "evil"),
        (b"\xff" * 10, "\ufffd" * 10),
        (b"x" * 5_000, "x" * 200),
    ],
)
def test_a_user_agent_is_short_and_printable(header: bytes | None, name: str | None) -> None:
    assert user_agent(header) == name
