"""One record: what people type, as it is compared."""

from __future__ import annotations

import pytest

from gateway.documents.zone_record import RecordError, entry, plain_text
from models.rules.zone import LONGEST_VALUE

ZONE = "example.com"


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        (("www", "A", "192.0.2.1"), "www", "192.0.2.1"),
        (("WWW.Example.COM.", "A", "192.0.2.1"), "www", "192.0.2.1"),
        (("example.com.", "A", "192.0.2.1"), "@", "192.0.2.1"),
        (("", "AAAA", "2001:DB8:0::1"), "@", "2001:db8::1"),
        (("*", "A", "192.0.2.1"), "*", "192.0.2.1"),
        (("*.sub", "A", "192.0.2.1"), "*.sub", "192.0.2.1"),
        (("büro", "CNAME", "Bücher.example"), "xn--bro-hoa", "xn--bcher-kva.example."),
        (("@", "MX", "10 mail.example.com."), "@", "10 mail.example.com."),
        (("@", "MX", "0 ."), "@", "0 ."),
        (("_sip._tcp", "SRV", "10 5 5060 sip.example.com"), "_sip._tcp", "10 5 5060 sip.example.com."),
        (("_sip._tcp", "SRV", "0 0 0 ."), "_sip._tcp", "0 0 0 ."),
        (("@", "CAA", '0 issue "ca.example"'), "@", '0 issue "ca.example"'),
        (("_dmarc", "TXT", "v=DMARC1; p=none"), "_dmarc", '"v=DMARC1; p=none"'),
        (("@", "TXT", '"a" "b"'), "@", '"a" "b"'),
        (("@", "TXT", 'say "hi" \\'), "@", '"say \\"hi\\" \\\\"'),
        (("shop", "NS", "ns1.elsewhere.example"), "shop", "ns1.elsewhere.example."),
    ],
)
def test_a_record_is_written_in_one_way(typed: tuple[str, str, str], name: str, value: str) -> None:
    kind = typed[1]
    found = entry(ZONE, typed[0], kind, 300, typed[2])
    assert (found.name, found.type, found.ttl, found.value) == (name, kind, 300, value)
    assert entry(ZONE, found.name, kind, 300, found.value) == found


@pytest.mark.parametrize(
    ("name", "kind", "value", "reason"),
    [
        ("www.other.com.", "A", "192.0.2.1", "OUT_OF_ZONE"),
        ("badexample.com.", "A", "192.0.2.1", "OUT_OF_ZONE"),
        ("a..b", "A", "192.0.2.1", "BAD_NAME"),
        ("a.*", "A", "192.0.2.1", "BAD_NAME"),
        ("-a", "A", "192.0.2.1", "BAD_NAME"),
        ("a b", "A", "192.0.2.1", "BAD_NAME"),
        ("a\\.b", "A", "192.0.2.1", "BAD_NAME"),
        ("x" * 64, "A", "192.0.2.1", "BAD_NAME"),
        (".".join(["x" * 60] * 4), "A", "192.0.2.1", "BAD_NAME"),
        ("a\u202eb", "A", "192.0.2.1", "BAD_NAME"),
        ("pаypаl", "A", "192.0.2.1", "BAD_NAME"),
        ("xn--pypl-53dc", "A", "192.0.2.1", "BAD_NAME"),
        ("*.pаypаl.shop", "A", "192.0.2.1", "BAD_NAME"),
        ("_dmarc.pаypаl.example.com.", "TXT", "x", "BAD_NAME"),
        ("xn--zzzzzz", "A", "192.0.2.1", "BAD_NAME"),
        ("xn--a", "A", "192.0.2.1", "BAD_NAME"),
        ("www", "A", "300.0.2.1", "BAD_VALUE"),
        ("www", "A", "2001:db8::1", "BAD_VALUE"),
        ("www", "A", "192.0.2.1 evil", "BAD_VALUE"),
        ("www", "A", "", "BAD_VALUE"),
        ("www", "A", "192.0.2.1\n@ A 192.0.2.2", "BAD_VALUE"),
        ("www", "AAAA", "192.0.2.1", "BAD_VALUE"),
        ("@", "MX", "mail.example.com", "BAD_VALUE"),
        ("@", "MX", "70000 mail.example.com", "BAD_VALUE"),
        ("@", "MX", "10 192.0.2.1", "BAD_TARGET"),
        ("@", "MX", "10 mail", "BAD_TARGET"),
        ("www", "CNAME", ".", "BAD_TARGET"),
        ("www", "CNAME", "a b.example", "BAD_VALUE"),
        ("sip", "SRV", "10 5 5060 sip.example.com", "BAD_SERVICE_NAME"),
        ("_sip._tcp", "SRV", "10 5 sip.example.com", "BAD_VALUE"),
        ("@", "CAA", '0 foo "x"', "UNKNOWN_CAA_TAG"),
        ("@", "CAA", '7 issue "x"', "BAD_VALUE"),
        ("@", "TXT", "x" * 2_049, "TEXT_TOO_LONG"),
        ("@", "TXT", '"x" ' * 2_049, "TEXT_TOO_LONG"),
        ("@", "TXT", '"" ' * 5_460 + '"aé"', "TEXT_TOO_LONG"),
        ("@", "CAA", f'0 issue "{"é" * 2_048}"', "BAD_VALUE"),
        ("@", "TXT", "a\tb", "BAD_VALUE"),
        ("@", "TXT", '"never closed', "BAD_VALUE"),
        ("@", "PTR", "a.example", "UNSUPPORTED_TYPE"),
    ],
)
def test_what_can_be_no_record_is_refused_for_a_reason(name: str, kind: str, value: str, reason: str) -> None:
    with pytest.raises(RecordError) as refused:
        entry(ZONE, name, kind, 300, value)
    assert refused.value.reason == reason


def test_a_zone_of_whatever_name_has_records() -> None:
    zone = "xn--80ak6aa92e.com"  # all of it looks like Latin
    assert entry(zone, f"www.{zone}.", "A", 300, "192.0.2.1").name == "www"
    with pytest.raises(RecordError):
        entry(zone, zone, "A", 300, "192.0.2.1")


@pytest.mark.parametrize(
    "typed", ["é" * 1_024, "\\" * 2_048, " ".join(['"\\195"'] * 2_048), " ".join(['"' + "\\195\\169" * 120 + '"'] * 7)]
)
def test_a_text_is_as_long_as_its_octets_whatever_they_are_written_as(typed: str) -> None:
    found = entry(ZONE, "t", "TXT", 300, typed)
    assert len(found.value) <= LONGEST_VALUE
    assert entry(ZONE, "t", "TXT", 300, found.value) == found


def test_a_long_text_is_split_and_comes_back_in_one_piece() -> None:
    text = "v=DKIM1; p=" + "äöü9" * 200
    value = entry(ZONE, "k._domainkey", "TXT", 300, text).value
    assert value.count('" "') == len(text.encode()) // 255
    assert plain_text(value) == text
