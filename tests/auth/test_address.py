"""What is made of client addresses (SECURITY AU6, SE6)."""

from __future__ import annotations

import pytest

from gateway.auth.address import shortened, throttle_network


@pytest.mark.parametrize(
    ("address", "network", "kept"),
    [
        ("203.0.113.77", "203.0.113.77", "203.0.113.0"),
        ("::ffff:203.0.113.77", "203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "2001:db8:1::"),
        ("2001:DB8:1:2::1", "2001:db8:1:2::", "2001:db8:1::"),
        ("fe80::1%eth0", "fe80::", "fe80::"),
        ("", "", None),
        ("unix", "unix", None),
        ("203.0.113.777", "203.0.113.777", None),
    ],
)
def test_an_address_counts_as_its_network_and_is_kept_shortened(address: str, network: str, kept: str | None) -> None:
    assert throttle_network(address) == network
    assert shortened(address) == kept


def test_neighbours_in_one_ipv6_subscriber_network_count_as_one_and_the_next_network_does_not() -> None:
    assert throttle_network("2001:db8::1") == throttle_network("2001:db8::ffff:1")
    assert throttle_network("2001:db8::1") != throttle_network("2001:db8:0:1::1")
