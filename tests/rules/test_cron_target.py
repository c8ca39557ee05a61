"""What jobs do: hosts they can ask, scripts they can run."""

from __future__ import annotations

import pytest

from models.rules import cron_target as rule
from models.rules.decision import Allowed, Refused

OWN = ("imap.host.example", "gateway.host.example")


@pytest.mark.parametrize(
    "host", ["shop.example", "xn--bro-hoa.example", "8.8.8.8", "2a00:1450:4001::1", "host.example", "a.b"]
)
def test_jobs_ask_hosts_on_the_internet(host: str) -> None:
    for port in (80, 443, 1_024, 8_443, 65_535):
        assert rule.askable(host, port, OWN) == Allowed()


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "intranet", "x.localhost", "nas.local", "db.internal", "metadata.google.internal", "a.home.arpa", "x.lan",
        "imap.host.example", "x.gateway.host.example", "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
        "fd00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1",
        "::7f00:1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "127.0x0.0.1", "a.1", "1.2.3.0x4", "",
        "fec0::1", "192.88.99.1", "2002:c058:6301::", "a.test", "a.invalid", "a.alt",
    ],
)  # fmt: skip
def test_jobs_ask_no_other_hosts(host: str) -> None:
    assert rule.askable(host, 443, OWN) == Refused(rule.NOT_PUBLIC)


@pytest.mark.parametrize("port", [1, 22, 25, 110, 444, 1_023])
def test_jobs_ask_no_ports_of_other_services(port: int) -> None:
    assert rule.askable("shop.example", port, OWN) == Refused(rule.BAD_PORT)


@pytest.mark.parametrize(
    ("typed", "stored"), [("cron.php", "cron.php"), ("./a//b/größe.php", "a/b/größe.php"), ("a b/c.php", "a b/c.php")]
)
def test_scripts_are_php_files_of_the_web_space(typed: str, stored: str) -> None:
    assert rule.script(typed) == stored


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "NOT_PHP"), ("cron.sh", "NOT_PHP"), (".php", "NOT_PHP"), ("a/.php", "NOT_PHP"), ("a.php/", "NOT_PHP"),
        ("-r.php", "NOT_PHP"), ("a.php -x", "NOT_PHP"), ("a.php\x00.txt", "ROOT_CHARACTERS"), ("a\\b.php", "ROOT_CHARACTERS"),
        ("a\n.php", "ROOT_CHARACTERS"), ("/etc/a.php", "ROOT_ABSOLUTE"), ("a/../../b.php", "ROOT_PARENT"),
        ("a" * 252 + ".php", "ROOT_TOO_LONG"),
    ],
)  # fmt: skip
def test_other_files_are_refused_with_their_reason(typed: str, reason: str) -> None:
    assert rule.script(typed) == Refused(reason)
