"""What host names can be called, and what can be behind them."""

from __future__ import annotations

from datetime import date

import pytest

from gateway.auth.host_name import ascii_host, to_a_labels
from gateway.documents.host_label import HostNameError
from models.rules import redirect_url, web_root
from models.rules import web_host as rule
from models.rules.decision import Allowed, Refused
from models.rules.host_name import is_deceptive, is_host_name

DOMAIN = "laden.example"


@pytest.mark.parametrize("name", ["@", "www", "en.shop", "a" * 63, "1", "xn--bro-hoa", "a--b", "x.autoconfig"])
def test_a_host_can_be_called_by_labels_of_the_dns(name: str) -> None:
    assert rule.acceptable(name, DOMAIN) == Allowed()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a_b", "BAD_NAME"), ("-a", "BAD_NAME"), ("a-", "BAD_NAME"), ("a" * 64, "BAD_NAME"), ("a..b", "BAD_NAME"),
        (".a", "BAD_NAME"), ("a.", "BAD_NAME"), ("", "BAD_NAME"), ("*", "BAD_NAME"), ("A", "BAD_NAME"),
        ("a b", "BAD_NAME"), ("ab--c", "BAD_NAME"), ("a\x00", "BAD_NAME"), ("a\n", "BAD_NAME"), ("ä", "BAD_NAME"),
        ("_acme-challenge", "BAD_NAME"),
        ("autoconfig", "NAME_RESERVED"), ("mta-sts.www", "NAME_RESERVED"), ("imap", "NAME_RESERVED"),
        (".".join(["a" * 60] * 4), "NAME_TOO_LONG"),
    ],
)  # fmt: skip
def test_other_names_are_refused_with_their_reason(name: str, reason: str) -> None:
    assert rule.acceptable(name, DOMAIN, [f"imap.{DOMAIN}"]) == Refused(reason)


def test_a_whole_name_has_at_most_253_characters() -> None:
    fitting = ".".join(["a" * 59] * 4)[: 253 - len(DOMAIN) - 1]
    assert rule.acceptable(fitting, DOMAIN) == Allowed()
    assert rule.acceptable(f"{fitting}a", DOMAIN) == Refused("NAME_TOO_LONG")


@pytest.mark.parametrize(
    ("typed", "ascii_name"),
    [("Büro", "xn--bro-hoa"), ("XN--BRO-HOA", "xn--bro-hoa"), ("ｗｗｗ", "www"), ("WWW", "www"),
     ("straße", "xn--strae-oqa"), ("日本語", "xn--wgv71a119e"), ("пример", "xn--e1afmkfd")],
)  # fmt: skip
def test_unicode_becomes_a_labels(typed: str, ascii_name: str) -> None:
    assert to_a_labels(typed) == ascii_name


@pytest.mark.parametrize("typed", ["раypal", "аре", "xn--80ak6aa92e", "gооgle", "αικν", "tеst"])
def test_names_that_look_like_others_are_deceptive(typed: str) -> None:
    with pytest.raises(HostNameError) as told:
        to_a_labels(typed)
    assert told.value.deceptive


@pytest.mark.parametrize("typed", ["xn--a", "xn--", "www。a", "\u200dä", "ä" * 64, "ä\x00", "\ud800"])
def test_labels_that_no_name_has_are_malformed(typed: str) -> None:
    with pytest.raises(HostNameError) as told:
        to_a_labels(typed)
    assert not told.value.deceptive


@pytest.mark.parametrize("label", ["büro", "日本語カナ", "日本語テスト", "한국어abc", "пример", "々人"])
def test_labels_of_one_script_or_of_scripts_that_go_together_deceive_nobody(label: str) -> None:
    assert not is_deceptive(label)


@pytest.mark.parametrize("name", ["localhost", "192.0.2.1", "a..b", "", "a.example.", "-.example", f"{'a.' * 127}a"])
def test_what_is_no_whole_host_name(name: str) -> None:
    assert not is_host_name(name)


@pytest.mark.parametrize(
    ("typed", "folder"),
    [("", ""), ("a", "a"), ("a/b/", "a/b"), ("./a//b/.", "a/b"), ("Gro\u0308ße", "Größe"), ("...", "..."), ("a b", "a b"),
     ("x" * 255, "x" * 255)],
)  # fmt: skip
def test_a_folder_is_normalised(typed: str, folder: str) -> None:
    assert web_root.normalised(typed) == folder


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("/a", "ROOT_ABSOLUTE"), ("..", "ROOT_PARENT"), ("a/../b", "ROOT_PARENT"), ("a/..", "ROOT_PARENT"),
        ("a\\b", "ROOT_CHARACTERS"), ("a\x00", "ROOT_CHARACTERS"), ("a\n", "ROOT_CHARACTERS"), ("a\u202eb", "ROOT_CHARACTERS"),
        ("a/ b", "ROOT_CHARACTERS"), ("\ud800", "ROOT_CHARACTERS"), ("x" * 256, "ROOT_TOO_LONG"),
        ("ä" * 128, "ROOT_TOO_LONG"), ("a/" * 128 + "a", "ROOT_TOO_LONG"),
    ],
)  # fmt: skip
def test_folders_outside_or_with_other_characters_are_refused(typed: str, reason: str) -> None:
    assert web_root.normalised(typed) == Refused(reason)


@pytest.mark.parametrize(
    ("typed", "url", "port"),
    [
        ("https://www.example.com", "https://www.example.com/", 443),
        ("HTTP://BÜCHER.example:80/ü?q=ö#ä", "http://xn--bcher-kva.example/%C3%BC?q=%C3%B6#%C3%A4", 80),
        ("https://a.example:8443/%C3%BC", "https://a.example:8443/%C3%BC", 8443),
        ("http://[2001:DB8::1]/", "http://[2001:db8::1]/", 80),
        ("https://192.0.2.1/a", "https://192.0.2.1/a", 443),
        ("https://a.example?x=1", "https://a.example/?x=1", 443),
        ("https://a.example//b", "https://a.example//b", 443),
    ],
)
def test_an_address_is_stored_in_ascii(typed: str, url: str, port: int) -> None:
    read = redirect_url.read(typed, ascii_host)
    assert isinstance(read, redirect_url.Redirect)
    assert (read.url, read.port) == (url, port)
    assert redirect_url.read(url, ascii_host) == read, "reading it again changes nothing"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("javascript:alert(1)", "URL_SCHEME"), ("//a.example", "URL_SCHEME"), ("ftp://a.example", "URL_SCHEME"),
        ("www.example.com", "URL_SCHEME"), ("data:text/html,x", "URL_SCHEME"),
        ("https://user@a.example", "URL_CREDENTIALS"), ("https://u:p@a.example", "URL_CREDENTIALS"),
        ("https://@a.example", "URL_CREDENTIALS"), ("https://a.example%40b.example@c.example/", "URL_CREDENTIALS"),
        ("", "URL_INVALID"), ("https://a.example/\r\nSet-Cookie: x", "URL_INVALID"), ("https://a.example/\tx", "URL_INVALID"),
        ("https://a.example/ x", "URL_INVALID"), ("https://a.example\\@b.example", "URL_INVALID"),
        ("https://a.example/%zz", "URL_INVALID"), ("https://a.example:99999/", "URL_INVALID"),
        ("https://a.example:0/", "URL_INVALID"), ("https://a.example:/", "URL_INVALID"), ("https://[::1/", "URL_INVALID"),
        ("https://a.example/\u202e", "URL_INVALID"), ("https://a.example/\ud800", "URL_INVALID"),
        ("https:a.example", "URL_HOST"), ("https:///x", "URL_HOST"), ("https://localhost/", "URL_HOST"),
        ("https://a_b.example/", "URL_HOST"), ("https://127.1/", "URL_HOST"), ("https://0x7f.0.0.1/", "URL_HOST"),
        ("https://раypal.example/", "URL_HOST"), ("https://[fe80::1%25eth0]/", "URL_HOST"),
        (f"https://a.example/{'x' * 2_048}", "URL_TOO_LONG"), (f"https://a.example/{'ü' * 1_000}", "URL_TOO_LONG"),
    ],
)  # fmt: skip
def test_addresses_that_nobody_should_be_sent_to_are_refused(typed: str, reason: str) -> None:
    assert redirect_url.read(typed, ascii_host) == Refused(reason)


def test_a_version_of_php_can_be_chosen_to_its_last_day_and_kept_beyond() -> None:
    end = date(2026, 12, 31)
    assert rule.php_choosable("8.2", end, None, end) == Allowed()
    assert rule.php_choosable("8.2", end, "8.4", date(2027, 1, 1)) == Refused("PHP_ENDED")
    assert rule.php_choosable("8.2", end, "8.2", date(2027, 1, 1)) == Allowed()
    assert rule.php_choosable("9.9", None, None, end) == Refused("PHP_UNKNOWN")
    assert rule.php_choosable(None, None, "8.2", end) == Allowed()


def test_a_redirect_must_not_lead_back() -> None:
    redirects = {"b": "c", "c": "a", "x": "y", "y": "x"}
    assert rule.leads_back("a", "a", {})
    assert rule.leads_back("a", "b", redirects)
    assert not rule.leads_back("a", "x", redirects), "a circle of others is theirs"
    assert not rule.leads_back("a", "elsewhere", redirects)
