"""Names that IDNA trips over: wherever people type one, it is taken or refused, and never a fault of the server."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gateway.auth.contact_email import read_email
from gateway.auth.host_name import ascii_host, shown_host
from gateway.auth.logins import read_login
from gateway.auth.mail_route import read_target
from gateway.auth.password_reset import mailbox
from gateway.documents import zone_file, zone_record
from gateway.errors import GatewayError
from gateway.jobs.importing import values
from gateway.ports.mail import ascii_domain
from models.rules import redirect_url
from tests.api.service import Service
from tests.world import Caller

NASTY = (
    "ab--cd.example.com", "r3---sn-4g5e.example.com", "xn--zzzzzz.example.com", "xn--.example.com", "xn--a.example.com",
    "XN--BCHER-KVA.example.com", "xn--bcher-kva.ab--cd.example", "ä--b.example.com", "ab--ä.example.com", "xn--ä.example.com",
    "\u0301a.example.com", "a\u200db.example.com", "\u200d.example.com", "\u0378\u200d.example.com", "a\u30fbb.example.com",
    "l\u00b7l.example.com", "\u0660\u06f0.example.com", "א1a.example.com", "1א.example.com", "a。b.example.com",
    "\u00ad.example.com", "ß.example.com", "ſ.example.com", "a..example.com", "-a.example.com", "a-.example.com", ".", "a.",
    "ü" * 64 + ".example.com", "😀.example.com", "a_b.example.com", "*.example.com", "\\.example.com", "\ufffe.example.com",
    "Ⅷ.example.com",
)  # fmt: skip


def _owner(name: str) -> object:
    return zone_record.entry("example.com", name, "A", 300, "192.0.2.1")


def _target(name: str) -> object:
    return zone_record.entry("example.com", "www", "CNAME", 300, name)


def _text(name: str) -> object:
    return zone_record.entry("example.com", "www", "TXT", 300, name)


def _address(name: str) -> object:
    return read_target(f"a@{name}", ())


def _contact(name: str) -> object:
    return read_email(f"a@{name}")


def _compared(name: str) -> object:
    return mailbox(f"a@{name}")


def _host(name: str) -> object:
    host = ascii_host(name)
    return host and shown_host(host)


def _url(name: str) -> object:
    return redirect_url.read(f"https://{name}/", ascii_host)


def _file(name: str) -> object:
    return zone_file.read("example.com", f"{name} A 192.0.2.1\nwww CNAME {name}\n$ORIGIN {name}\n")


def _challenge(name: str) -> object:
    return zone_record.ascii_name(name)


def _import(name: str) -> object:
    return values.ascii_domain(values._domain_name(name))


def _import_mail(name: str) -> object:
    return values._mailbox_address(f"a@{name}")


def _recipient(name: str) -> object:
    return ascii_domain(f"a@{name}")


READERS = (
    _owner, _target, _text, _address, _contact, _compared, _host, _url, _file, _challenge, _import, _import_mail, _recipient,
    read_login,
)  # fmt: skip
REFUSALS = (GatewayError, zone_record.RecordError)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__.strip("_"))
@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_is_taken_or_refused(name: str, read: Callable[[str], object]) -> None:
    refusals = (*REFUSALS, ValueError) if read in (_import, _import_mail, _recipient) else REFUSALS
    with contextlib.suppress(*refusals):
        read(name)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__.strip("_"))
@given(st.text(max_size=12), st.sampled_from(["", "xn--", "ab--"]))
@example("\ud800", "")
def test_whatever_is_typed_is_taken_or_refused(read: Callable[[str], object], label: str, front: str) -> None:
    test_a_nasty_name_is_taken_or_refused(f"{front}{label}.example.com", read)


async def test_no_mutation_answers_a_nasty_name_with_a_fault(service: Service) -> None:
    house = service.world.owner
    package, domain = house.packages["shop"], house.domains["laden.example"]
    for name in NASTY:
        for mutation, kind, given_ in (
            ("mailAddressCreate", "MailAddressCreateInput", {"domainId": domain, "localPart": "x", "targets": [f"y@{name}"]}),
            ("webHostCreate", "WebHostCreateInput", {"domainId": domain, "name": name, "target": "REDIRECT",
             "redirectUrl": f"https://{name}/", "redirectCode": 301}),
            ("cronJobCreate", "CronJobCreateInput", {"packageId": package, "schedule": "0 4 * * *", "kind": "URL",
             "target": f"https://{name}/"}),
            ("dnsRecordsChange", "DnsRecordsChangeInput", {"domainId": domain, "version": 1, "add": [
             {"name": name, "type": "CNAME", "ttl": 300, "value": name}]}),
            ("dnsZoneImport", "DnsZoneImportInput", {"domainId": domain, "version": 1, "replace": False,
             "zoneFile": f"{name} A 192.0.2.1\nwww CNAME {name}"}),
            ("customerEmailChange", "CustomerEmailChangeInput", {"email": f"y@{name}", "version": 1}),
            ("acmeChallengeSet", "AcmeChallengeSetInput", {"fqdn": f"_acme-challenge.{name}", "value": "x" * 43}),
            ("passwordResetRequest", "PasswordResetRequestInput", {"customerNumber": "K-1", "email": f"y@{name}"}),
        ):  # fmt: skip
            text = f"mutation($input: {kind}!) {{ done: {mutation}(input: $input) {{ errors {{ code }} }} }}"
            reply = await service.ask(text, {"input": given_}, by=Caller.OWNER)
            assert "INTERNAL" not in reply.body.decode(), (mutation, name)
            assert "done" in reply.json["data"], (mutation, name, reply.json)
