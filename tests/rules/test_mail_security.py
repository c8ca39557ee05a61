"""What the records of a zone say about its mail, and that the fixes mend it."""

from __future__ import annotations

import base64
from itertools import count

import pytest

from gateway.documents.zone_record import entry, plain_text
from models.rules import dkim, dmarc, spf, tag_list, zone
from models.rules.mail_security import MailSecurity, mail_security
from models.rules.mail_zone import Check, Held, MailZone

DOMAIN, INCLUDE, SELECTOR = "laden.example", "spf.host.example", "s1"
EXCHANGERS = ("mx1.host.example", "mx2.host.example")
KEY = base64.b64encode(bytes(range(256)) + b"\x00" * 38).decode()
GOOD_MX = [("@", "MX", 300, "10 mx1.host.example"), ("@", "MX", 300, "20 mx2.host.example")]
GOOD_SPF = ("@", "TXT", 300, "v=spf1 include:spf.host.example ~all")
GOOD_DKIM = ("s1._domainkey", "TXT", 300, f"v=DKIM1; k=rsa; p={KEY}")
GOOD_DMARC = ("_dmarc", "TXT", 300, "v=DMARC1; p=reject; rua=mailto:a@laden.example")

Row = tuple[str, str, int, str]


def held(rows: list[Row]) -> list[Held]:
    """Records as they are stored."""
    numbers = count(1)
    made = [entry(DOMAIN, name, kind, ttl, value) for name, kind, ttl, value in rows]
    return [Held(f"dns_{next(numbers)}", one.name, one.type, one.ttl, one.value) for one in made]


def judged(rows: list[Row], selector: str | None = SELECTOR, key: str | None = KEY) -> MailSecurity:
    return mail_security(MailZone(DOMAIN, held(rows), plain_text), EXCHANGERS, INCLUDE, selector, key)


def mended(rows: list[Row]) -> MailSecurity:
    """The checks after all fixes went through the rules of a change of records."""
    records = held(rows)
    found = mail_security(MailZone(DOMAIN, records, plain_text), EXCHANGERS, INCLUDE, SELECTOR, KEY)
    checks = (found.mx, found.spf, found.dkim, found.dmarc)
    gone = {id for check in checks for id in check.remove}
    assert gone <= {record.id for record in records}
    kept = [record for record in records if record.id not in gone]
    drafts = [draft for check in checks for draft in check.add]
    added = [entry(DOMAIN, one.name, one.type, one.ttl, one.value) for one in drafts]
    before = [zone.Entry(one.name, one.type, one.ttl, one.value) for one in kept]
    assert zone.problems(before, added) == []
    after = [*kept, *(Held(f"new_{n}", one.name, one.type, one.ttl, one.value) for n, one in enumerate(added))]
    return mail_security(MailZone(DOMAIN, after, plain_text), EXCHANGERS, INCLUDE, SELECTOR, KEY)


def told(check: Check) -> tuple[str, str | None]:
    return check.state, check.reason


def all_ok(found: MailSecurity) -> None:
    for check in (found.mx, found.spf, found.dkim, found.dmarc):
        assert (told(check), check.add, check.remove) == (("OK", None), (), ())


def test_a_zone_with_all_of_it_is_as_it_should_be() -> None:
    all_ok(judged([*GOOD_MX, GOOD_SPF, GOOD_DKIM, GOOD_DMARC]))


def test_an_empty_zone_lacks_everything_and_is_mended() -> None:
    found = judged([])
    assert {told(check) for check in (found.mx, found.spf, found.dkim, found.dmarc)} == {("MISSING", None)}
    all_ok(mended([]))


def test_a_domain_without_a_key_says_so() -> None:
    for selector, key in ((None, None), ("s1", None), (None, KEY)):
        assert judged([], selector, key).dkim == Check("NO_KEY")


MX: list[tuple[list[Row], tuple[str, str | None]]] = [
    ([("@", "MX", 60, "0 .")], ("DIFFERENT", "NO_MAIL")),
    ([("@", "MX", 60, "0 ."), ("@", "MX", 60, "10 mx1.host.example")], ("INVALID", "NO_MAIL_BESIDE_OTHERS")),
    ([("@", "MX", 60, "10 mail.other.example")], ("DIFFERENT", "OTHER_SERVERS")),
    ([("@", "MX", 60, "10 mx1.host.example")], ("DIFFERENT", "OTHER_SERVERS")),
    ([*GOOD_MX, ("@", "MX", 300, "30 mail.other.example")], ("DIFFERENT", "OTHER_SERVERS")),
    ([("@", "MX", 60, "5 MX2.host.example"), ("@", "MX", 60, "1 mx1.HOST.example")], ("OK", None)),
    ([("sub", "MX", 60, "10 mail.other.example")], ("MISSING", None)),
]


@pytest.mark.parametrize(("rows", "state"), MX)
def test_mail_goes_to_the_hosts_servers_or_not(rows: list[Row], state: tuple[str, str | None]) -> None:
    assert told(judged(rows).mx) == state
    all_ok(mended(rows))


def spf_of(*texts: str) -> list[Row]:
    return [("@", "TXT", 300, text) for text in texts]


INCLUDES = " ".join(f"include:a{n}.example" for n in range(9))

SPF: list[tuple[list[Row], tuple[str, str | None]]] = [
    (spf_of("v=spf1 mx -all"), ("DIFFERENT", "HOST_NOT_INCLUDED")),
    (spf_of("v=spf1 -include:spf.host.example ~all"), ("DIFFERENT", "HOST_NOT_INCLUDED")),
    (spf_of("v=spf1 -all include:spf.host.example"), ("DIFFERENT", "HOST_NOT_INCLUDED")),
    (spf_of("v=spf1 include:spf.host.example +all"), ("DIFFERENT", "EVERYBODY_ALLOWED")),
    (spf_of("v=spf1 include:spf.host.example all"), ("DIFFERENT", "EVERYBODY_ALLOWED")),
    (spf_of("V=SPF1 INCLUDE:SPF.Host.Example. -ALL"), ("OK", None)),
    (spf_of("v=spf1 redirect=spf.host.example"), ("OK", None)),
    (spf_of("v=spf1 redirect=spf.host.example -all"), ("DIFFERENT", "HOST_NOT_INCLUDED")),
    (spf_of("v=spf1 include:spf.host.example"), ("OK", None)),
    (spf_of("v=spf1"), ("DIFFERENT", "HOST_NOT_INCLUDED")),
    (spf_of("v=spf10 include:spf.host.example"), ("MISSING", None)),
    (spf_of("google-site-verification=1"), ("MISSING", None)),
    (spf_of("v=spf1 include:spf.host.example -all", "v=spf1 mx -all"), ("INVALID", "SEVERAL_RECORDS")),
    (spf_of("v=spf1 ipv4:192.0.2.1 include:spf.host.example"), ("INVALID", "SYNTAX")),
    (spf_of("v=spf1 ip4:192.0.2.1/33 include:spf.host.example"), ("INVALID", "SYNTAX")),
    (spf_of("v=spf1 include: include:spf.host.example"), ("INVALID", "SYNTAX")),
    (spf_of("v=spf1 include:spf.host.example redirect=a.example redirect=b.example"), ("INVALID", "SYNTAX")),
    (spf_of("v=spf1 include:spf.host.example ä"), ("INVALID", "SYNTAX")),
    (spf_of(f"v=spf1 include:spf.host.example {INCLUDES} -all"), ("OK", None)),
    (spf_of(f"v=spf1 include:spf.host.example {INCLUDES} mx -all"), ("INVALID", "TOO_MANY_LOOKUPS")),
    (spf_of(f"v=spf1 {INCLUDES} mx -all"), ("DIFFERENT", "HOST_NOT_INCLUDED")),
    (spf_of(f"v=spf1 {INCLUDES} mx {' '.join(f'ip4:192.0.2.{n}' for n in range(60))} -all"),
     ("DIFFERENT", "HOST_NOT_INCLUDED")),
    ([*spf_of("v=spf1 include:_spf.laden.example -all"), ("_spf", "TXT", 60, "v=spf1 include:spf.host.example -all")],
     ("OK", None)),
    (spf_of("v=spf1 include:spf.host.example include:_gone.laden.example -all"), ("INVALID", "SYNTAX")),
    (spf_of("v=spf1 include:spf.host.example include:laden.example -all"), ("INVALID", "TOO_MANY_LOOKUPS")),
    ([*spf_of("v=spf1 include:_spf.laden.example mx -all"),
      ("_spf", "TXT", 60, f"v=spf1 include:spf.host.example {INCLUDES} -all")],
     ("INVALID", "TOO_MANY_LOOKUPS")),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "state"), SPF)
def test_a_policy_admits_the_hosts_servers_or_not(rows: list[Row], state: tuple[str, str | None]) -> None:
    assert told(judged(rows).spf) == state
    all_ok(mended(rows))


def test_a_mended_policy_keeps_whom_it_admitted() -> None:
    (draft,) = judged(spf_of("v=spf1 mx ip4:192.0.2.0/24 a:b.example/28 redirect=c.example")).spf.add
    assert draft.value == "v=spf1 include:spf.host.example mx ip4:192.0.2.0/24 a:b.example/28 include:c.example ~all"
    (draft,) = judged(spf_of("v=spf1 mx -all include:never.example", "v=spf1 MX bogus: ip6:2001:db8::/32 ?all")).spf.add
    assert draft.value == "v=spf1 include:spf.host.example mx ip6:2001:db8::/32 -all"


def test_many_policies_are_mended_quickly() -> None:
    rows = spf_of(*(f"v=spf1 {' '.join(f'a:h{n}-{m}.example' for m in range(100))} -all" for n in range(300)))
    all_ok(mended(rows))


@pytest.mark.parametrize(
    "word",
    ["all:x", "all!", "ptr!", "a:", "a/33", "a//129", "mx/", "exists:%{i}.x.example%", "exists:%{z}.example", "ip6:192.0.2.1",
     "ip4:::1", "ip4:192.0.2.1/", "ip4:192.0.2.1/024", "include=x.example:", "x", "+redirect=a.example", "=a",
     "include:localhost"],
)  # fmt: skip
def test_terms_that_are_none(word: str) -> None:
    if word == "include=x.example:":
        assert spf.term(word).qualifier == "", "a modifier nobody knows"
        return
    with pytest.raises(spf.PolicyError):
        spf.term(word)


@pytest.mark.parametrize(
    "word",
    ["all", "-ALL", "a", "a/24//64", "a:b.example//64", "mx:b.example", "ptr", "ptr:b.example", "ip4:192.0.2.1",
     "~ip6:2001:db8::/32", "exists:%{ir}.%{v}._spf.%{d2}", "include:_spf.b.example",
     "redirect=%{d}.b.example", "exp=a.b.example", "other=%%x"],
)  # fmt: skip
def test_terms_of_the_grammar(word: str) -> None:
    assert spf.term(word).text == word


def dkim_of(*texts: str) -> list[Row]:
    return [("s1._domainkey", "TXT", 300, text) for text in texts]


OTHER = base64.b64encode(b"other" * 60).decode()

DKIM: list[tuple[list[Row], tuple[str, str | None]]] = [
    (dkim_of(f"p={KEY}"), ("OK", None)),
    (dkim_of(f"v=DKIM1; p={KEY[:100]} {KEY[100:]}; t=s;"), ("OK", None)),
    (dkim_of(f"v=DKIM1; p={KEY}", "v=DKIM1; p="), ("INVALID", "SEVERAL_RECORDS")),
    (dkim_of("v=DKIM1; k=rsa"), ("INVALID", "SYNTAX")),
    (dkim_of("v=DKIM1; p=***"), ("INVALID", "SYNTAX")),
    (dkim_of(f"p={KEY}; v=DKIM1"), ("INVALID", "SYNTAX")),
    (dkim_of(f"v=DKIM2; p={KEY}"), ("INVALID", "SYNTAX")),
    (dkim_of(f"v=DKIM1; p={KEY}; p={KEY}"), ("INVALID", "SYNTAX")),
    (dkim_of("hello"), ("INVALID", "SYNTAX")),
    (dkim_of("v=DKIM1; p="), ("DIFFERENT", "KEY_REVOKED")),
    (dkim_of(f"v=DKIM1; p={OTHER}"), ("DIFFERENT", "OTHER_KEY")),
    (dkim_of(f"v=DKIM1; k=ed25519; p={KEY}"), ("DIFFERENT", "OTHER_KEY")),
    (dkim_of(f"v=DKIM1; t=y; p={KEY}"), ("DIFFERENT", "KEY_RESTRICTED")),
    (dkim_of(f"v=DKIM1; s=other; p={KEY}"), ("DIFFERENT", "KEY_RESTRICTED")),
    (dkim_of(f"v=DKIM1; h=sha1; p={KEY}"), ("DIFFERENT", "KEY_RESTRICTED")),
    ([("s1._domainkey", "CNAME", 300, "s1.other.example")], ("DIFFERENT", "ELSEWHERE")),
    ([("_domainkey", "NS", 300, "ns.other.example")], ("DIFFERENT", "ELSEWHERE")),
    ([("s2._domainkey", "TXT", 300, f"p={KEY}")], ("MISSING", None)),
]


@pytest.mark.parametrize(("rows", "state"), DKIM)
def test_the_key_is_where_receivers_look_or_not(rows: list[Row], state: tuple[str, str | None]) -> None:
    assert told(judged(rows).dkim) == state
    all_ok(mended(rows))


def test_a_short_key_is_one_of_ed25519() -> None:
    assert dkim.record(base64.b64encode(b"k" * 32).decode()).startswith("v=DKIM1; k=ed25519; p=")


def dmarc_of(*texts: str) -> list[Row]:
    return [("_dmarc", "TXT", 300, text) for text in texts]


DMARC: list[tuple[list[Row], tuple[str, str | None]]] = [
    (dmarc_of("v=DMARC1;p=none"), ("OK", None)),
    (dmarc_of("v=DMARC1; p=Reject; sp=none; adkim=s; aspf=r; pct=50; fo=1:d; ri=3600; rf=afrf; x=y;"), ("OK", None)),
    (dmarc_of("v=DMARC1; p=none; rua=mailto:a@b.example!10m,mailto:c@d.example"), ("OK", None)),
    (dmarc_of("v=DMARC1; p=none", "verification=1"), ("OK", None)),
    (dmarc_of("v=DMARC1; p=none", "v=DMARC1; p=reject"), ("INVALID", "SEVERAL_RECORDS")),
    (dmarc_of("v=DMARC1; rua=mailto:a@b.example"), ("INVALID", "SYNTAX")),
    (dmarc_of("v=DMARC1; rua=mailto:a@b.example; p=none"), ("INVALID", "SYNTAX")),
    (dmarc_of("v=DMARC1; p=all"), ("INVALID", "SYNTAX")),
    (dmarc_of("v=DMARC1; p=none; pct=101"), ("INVALID", "SYNTAX")),
    (dmarc_of("v=DMARC1; p=none; rua=a@b.example"), ("INVALID", "SYNTAX")),
    (dmarc_of("v=DMARC1; p=none p=none"), ("INVALID", "SYNTAX")),
    (dmarc_of("v=DMARC1"), ("INVALID", "SYNTAX")),
    (dmarc_of("v=DMARC2; p=none"), ("MISSING", None)),
    (dmarc_of("v=dmarc1; p=none"), ("MISSING", None)),
    ([("_dmarc", "CNAME", 300, "_dmarc.other.example")], ("DIFFERENT", "ELSEWHERE")),
    ([("_dmarc", "NS", 300, "ns.other.example")], ("DIFFERENT", "ELSEWHERE")),
]


@pytest.mark.parametrize(("rows", "state"), DMARC)
def test_receivers_understand_the_policy_or_not(rows: list[Row], state: tuple[str, str | None]) -> None:
    assert told(judged(rows).dmarc) == state
    all_ok(mended(rows))


def test_a_mended_policy_keeps_what_is_understood_of_it() -> None:
    text = "v=DMARC1; rua=mailto:a@b.example; pct=200; P=none; p=Quarantine; sp=nothing"
    assert dmarc.mended([text]) == "v=DMARC1; p=quarantine; rua=mailto:a@b.example"


def test_texts_with_lifetimes_that_cannot_be_joined_are_written_anew() -> None:
    records = [
        Held("dns_1", "@", "TXT", 5, '"one" "two"', ),
        Held("dns_2", "@", "TXT", 600, '"v=spf1 -all"'),
    ]  # fmt: skip
    found = mail_security(MailZone(DOMAIN, records, plain_text), EXCHANGERS, INCLUDE, None, None).spf
    assert found.remove == ("dns_2", "dns_1")
    assert [(draft.value, draft.ttl) for draft in found.add] == [
        ('"one" "two"', 3_600), ("v=spf1 include:spf.host.example -all", 3_600),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a", "=b", "a=b;;c=d", "1=b", "a=b; a=c", "a=\x00", "a=ä", ";"])
def test_lists_of_tags_that_are_none(text: str) -> None:
    assert tag_list.read(text) is None


def test_blanks_around_tags_do_not_matter() -> None:
    assert tag_list.read(" v = DMARC1 ;\tp=  none;") == {"v": "DMARC1", "p": "none"}
    assert tag_list.read("p=;") == {"p": ""}
