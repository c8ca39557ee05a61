"""Certificates by the real certbot with the hooks of docs/acme, from an authority that reads the gateway's zones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dns.rdatatype
import dns.zone
import pytest
from cryptography import x509

from gateway.documents.zone_record import plain_text
from tests.clients.acme_authority import Authority, authority
from tests.proofs import proved
from tests.running_demo import PATIENCE, PERSON, ROOT, Demo, Serve

HOOKS = ROOT / "docs" / "acme"
CERTBOT = Path(sys.executable).with_name("certbot")

RAISE = "mutation ($p: String!) { it: reauthenticate(input: {password: $p}) { session { token } errors { code } } }"
CREATE = "mutation ($input: ApiTokenCreateInput!) { it: apiTokenCreate(input: $input) { token errors { code } } }"
DOMAINS = "{ packages { nodes { id domains { nodes { id asciiName } } } } }"


class House:
    """The demo's customer, one of whose domains gets certificates."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self._token = demo.token(PERSON)
        raised = demo.ask(RAISE, self._token, p=demo.passwords[PERSON])["it"]
        self._token = raised["session"]["token"]
        packages = demo.ask(DOMAINS, self._token)["packages"]["nodes"]
        self.packages = {
            domain["asciiName"]: (package["id"], domain["id"])
            for package in packages
            for domain in package["domains"]["nodes"]
        }
        self.domain = next(name for name in self.packages if name.startswith("xn--"))
        self.another = next(name for name in self.packages if self.packages[name][0] != self.packages[self.domain][0])

    def token(self, domain: str) -> str:
        """An API token that can prove this domain and nothing else."""
        package, id = self.packages[domain]
        wanted = {"name": "certbot", "packageId": package, "scopes": ["DOMAIN_ACME"], "domainIds": [id]}
        payload = self.demo.ask(CREATE, self._token, input=wanted)["it"]
        assert payload["errors"] == []
        return str(payload["token"])

    def texts(self, name: str) -> set[str]:
        """The texts at a full name, as a name server has them that was given the zone."""
        return {
            plain_text(rdata.to_text())
            for domain in self.packages
            if name.endswith(f".{domain}")
            for owner, _, rdata in self._zone(domain).iterate_rdatas(dns.rdatatype.TXT)
            if owner.derelativize(dns.name.from_text(domain)).to_text(omit_final_dot=True) == name
        }

    def _zone(self, domain: str) -> dns.zone.Zone:
        text = self.demo.ask(f'{{ zoneFile(domainId: "{self.packages[domain][1]}") }}', self._token)["zoneFile"]
        return dns.zone.from_text(text, origin=f"{domain}.", relativize=False, check_origin=False)


@pytest.fixture(scope="module")
def house(serve_demo: Serve) -> House:
    """On a demo of its own."""
    return House(serve_demo(GATEWAY_API_TOKEN_REQUESTS="500"))


@pytest.fixture
def issuing(house: House) -> Iterator[Authority]:
    with authority(house.texts) as running:
        yield running


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def certbot(issuing: Authority, tmp_path: Path) -> Run:
    """Runs certbot with folders of its own and the environment given, and nothing of the gateway in it but that."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        folders = [part for name in ("config", "work", "logs") for part in (f"--{name}-dir", str(tmp_path / name))]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ACME_")}
        return subprocess.run(
            [str(CERTBOT), *arguments, *folders, "--non-interactive", "--server", f"{issuing.url}/directory"],
            env=kept | environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip

    return run


def ordering(*names: str) -> list[str]:
    """The arguments of docs/acme.md."""
    return [
        "certonly", "--manual", "--preferred-challenges", "dns", "--agree-tos", "--register-unsafely-without-email",
        "--manual-auth-hook", str(HOOKS / "certbot-auth.sh"), "--manual-cleanup-hook", str(HOOKS / "certbot-cleanup.sh"),
        *(part for name in names for part in ("-d", name)),
    ]  # fmt: skip


def names_of(certificate: x509.Certificate) -> set[str]:
    alternative = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(alternative.get_values_for_type(x509.DNSName))


def test_certbot_gets_and_renews_a_certificate_for_a_domain_its_wildcard_and_a_sub_domain(
    house: House, issuing: Authority, certbot: Run, tmp_path: Path
) -> None:
    names = (house.domain, f"*.{house.domain}", f"a.b.{house.domain}")
    token, file = house.token(house.domain), tmp_path / "acme-gateway.conf"
    done = certbot(*ordering(*names), ACME_GATEWAY_URL=house.demo.url, ACME_GATEWAY_TOKEN=token, ACME_GATEWAY_WAIT="0")
    assert done.returncode == 0, done.stdout + done.stderr
    (chain,) = (tmp_path / "config" / "live").glob("*/fullchain.pem")
    leaf, root = x509.load_pem_x509_certificates(chain.read_bytes())
    leaf.verify_directly_issued_by(root)
    assert names_of(leaf) == set(names)
    at_apex = [there for name, there in issuing.looked_up if name == f"_acme-challenge.{house.domain}"]
    assert [len(there) for there in at_apex] == [2, 2], "both values at once at one name"
    assert {name for name, _ in issuing.looked_up if house.texts(name)} == set(), "and none when it is over"
    # A timer renews without an environment: what is needed is in a file.
    file.write_text(f"url={house.demo.url}\ntoken={token}\nwait=0\n", "utf-8")
    renewed = certbot("renew", "--force-renewal", "--no-random-sleep-on-renew", ACME_GATEWAY_FILE=str(file))
    assert renewed.returncode == 0, renewed.stdout + renewed.stderr
    assert [names_of(certificate) for certificate in issuing.issued] == [set(names)] * 2
    assert token not in "".join(path.read_text("utf-8") for path in tmp_path.glob("logs/*"))
    assert token not in "".join(path.read_text("utf-8") for path in tmp_path.glob("config/renewal/*"))
    proved(f"certbot: {len(issuing.issued)} certificates by DNS challenges, wildcard and domain at once")


def test_certbot_gets_no_certificate_for_a_domain_the_token_does_not_name(
    house: House, issuing: Authority, certbot: Run
) -> None:
    token = house.token(house.domain)
    for name in (house.another, "nobody.example"):
        done = certbot(
            *ordering(name), ACME_GATEWAY_URL=house.demo.url, ACME_GATEWAY_TOKEN=token, ACME_GATEWAY_WAIT="0"
        )
        assert done.returncode != 0
        assert f"ACME challenge of {name}" in done.stdout + done.stderr
        assert "NOT_FOUND" in done.stdout + done.stderr
        assert token not in done.stdout + done.stderr
    assert (issuing.issued, [there for _, there in issuing.looked_up if there]) == ([], [])


def hook(house: House, name: str, **environment: Any) -> subprocess.CompletedProcess[str]:
    """One of certbot's hooks by itself."""
    given = {
        "PATH": os.environ["PATH"], "ACME_GATEWAY_URL": house.demo.url, "CERTBOT_DOMAIN": house.domain,
        "CERTBOT_VALIDATION": "0" * 43, "ACME_GATEWAY_WAIT": "0", "ACME_GATEWAY_FILE": "/dev/null",
    }  # fmt: skip
    return subprocess.run(
        ["/bin/sh", str(HOOKS / name)],
        env=given | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize("name", ["certbot-auth.sh", "certbot-cleanup.sh"])
@pytest.mark.parametrize(
    "environment",
    [
        {"ACME_GATEWAY_TOKEN": ""},
        {"ACME_GATEWAY_TOKEN": "gwa_0"},
        {"ACME_GATEWAY_TOKEN": 'gwa_0"\nurl = "http://192.0.2.1'},
        {"ACME_GATEWAY_URL": "http://login.host.example"},
        {"ACME_GATEWAY_URL": "http://127.0.0.1:1"},
        {"ACME_GATEWAY_URL": ""},
        {"CERTBOT_DOMAIN": ""},
        {"CERTBOT_DOMAIN": 'x.example", "value": "'},
        {"CERTBOT_VALIDATION": '"}'},
    ],
)
def test_a_hook_that_cannot_do_its_work_says_so(name: str, environment: dict[str, str], house: House) -> None:
    token = "gwa_" + "0" * 72
    done = hook(house, name, **{"ACME_GATEWAY_TOKEN": token, **environment})
    assert done.returncode != 0
    assert "ACME challenge of " in done.stderr
    assert token not in done.stderr
    assert house.texts(f"_acme-challenge.{house.domain}") == set()


def test_the_hook_waits_once_in_a_run(house: House) -> None:
    token = house.token(house.domain)
    slow = {"ACME_GATEWAY_TOKEN": token, "ACME_GATEWAY_WAIT": "no number of seconds"}
    assert hook(house, "certbot-auth.sh", **slow, CERTBOT_REMAINING_CHALLENGES="1").returncode == 0
    assert "sleep" in hook(house, "certbot-auth.sh", **slow, CERTBOT_REMAINING_CHALLENGES="0").stderr
    assert hook(house, "certbot-cleanup.sh", **slow).returncode == 0


@contextmanager
def _conf(folder: Path) -> Iterator[dict[str, str]]:
    """What acme.sh gives a file of its dnsapi: two functions that keep settings, and two that talk."""
    library = folder / "acme.sh"
    library.write_text(
        """
_readaccountconf_mutable() { [ -e "$KEPT/$1" ] && cat "$KEPT/$1"; }
_saveaccountconf_mutable() { printf '%s' "$2" > "$KEPT/$1"; }
_err() { echo "$@" >&2; }
_info() { echo "$@"; }
""",
        "utf-8",
    )
    (folder / "kept").mkdir()
    yield {"PATH": os.environ["PATH"], "KEPT": str(folder / "kept"), "LIBRARY": str(library)}


@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize("by_file", [False, True], ids=["token", "file"])
def test_acme_sh_sets_and_clears_and_keeps_what_a_renewal_needs(
    shell: str, by_file: bool, house: House, tmp_path: Path
) -> None:
    token, file = house.token(house.domain), tmp_path / "token"
    file.write_text(f"{token}\n", "utf-8")
    given = {"ACME_GATEWAY_TOKEN_FILE": str(file)} if by_file else {"ACME_GATEWAY_TOKEN": token}
    name = f"_acme-challenge.www.{house.domain}"

    def call(function: str, value: str, **environment: str) -> subprocess.CompletedProcess[str]:
        script = f'. "$LIBRARY"; . "{HOOKS}/dns_gateway.sh"; {function} "$@"'
        return subprocess.run(
            [shell, "-c", script, shell, name, value],
            env={**conf, **environment}, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip

    with _conf(tmp_path) as conf:
        assert call("dns_gateway_add", "1" * 43).returncode == 1, "nothing is set up"
        done = call("dns_gateway_add", "1" * 43, ACME_GATEWAY_URL=house.demo.url, **given)
        assert (done.returncode, done.stderr) == (0, "")
        assert call("dns_gateway_add", "2" * 43).returncode == 0, "what was given is kept"
        assert house.texts(name) == {"1" * 43, "2" * 43}
        assert call("dns_gateway_rm", "1" * 43).returncode == 0
        assert call("dns_gateway_rm", "1" * 43).returncode == 0
        assert house.texts(name) == {"2" * 43}
        refused = call("dns_gateway_add", "no digest")
        assert (refused.returncode, house.texts(name)) == (1, {"2" * 43})
        assert call("dns_gateway_rm", "2" * 43).returncode == 0
        kept = {path.name: path.read_text("utf-8") for path in (tmp_path / "kept").iterdir()}
        assert (token in kept.values()) is not by_file
        assert house.texts(name) == set()
