"""A small certification authority that speaks ACME (RFC 8555): as much as a client needs, checked as an authority checks.

Names are proven by dns-01 alone. Which texts stand at a name is asked of `texts`, which reads the gateway's zone as its
name servers would get it.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import josepy
from acme import jws
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Texts = Callable[[str], set[str]]
Reply = tuple[int, Any, dict[str, str]]


class Problem(Exception):
    """An error document (RFC 8555 §6.7)."""

    def __init__(self, kind: str, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.document = {"type": f"urn:ietf:params:acme:error:{kind}", "detail": detail, "status": status}
        self.status = status


@dataclass
class Proof:
    """An authorization and its one challenge."""

    name: str
    wildcard: bool
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    state: str = "pending"


@dataclass
class Order:
    """Names for which a certificate is wanted, by the numbers of their proofs."""

    names: list[str]
    proofs: list[int]
    certificate: bytes = b""


class Authority:
    """What the authority knows, and what it answers."""

    def __init__(self, texts: Texts) -> None:
        self.url = ""
        self.issued: list[x509.Certificate] = []
        self.looked_up: list[tuple[str, set[str]]] = []
        """Every name that was looked up, with the texts that stood there then."""
        self._texts = texts
        self._nonces: set[str] = set()
        self._keys: dict[str, Any] = {}
        self._proofs: list[Proof] = []
        self._orders: list[Order] = []
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the tests")])

    def nonce(self) -> str:
        """Good for one request."""
        made = secrets.token_urlsafe(16)
        self._nonces.add(made)
        return made

    def directory(self) -> dict[str, str]:
        """Where things are."""
        paths = {
            "newNonce": "nonce",
            "newAccount": "account",
            "newOrder": "order",
            "revokeCert": "no",
            "keyChange": "no",
        }
        return {name: f"{self.url}/{path}" for name, path in paths.items()}

    def answer(self, path: str, body: bytes) -> Reply:
        """Status, document and headers for a `POST`. Raises `Problem`."""
        signed = jws.JWS.json_loads(body.decode())
        header = signed.signature.combined
        nonce = josepy.encode_b64jose(header.nonce)
        if nonce not in self._nonces:
            raise Problem("badNonce", "the nonce is none, or was used")
        self._nonces.discard(nonce)
        key = header.jwk if path == "/account" else self._keys.get(header.kid)
        if header.url != f"{self.url}{path}" or key is None or not signed.verify(key):
            raise Problem("unauthorized", "nobody who is known signed this for here", 401)
        payload = json.loads(signed.payload) if signed.payload else None
        match path.strip("/").split("/"):
            case ["account"]:
                return self._account(key)
            case ["order"]:
                return self._ordered([one["value"] for one in payload["identifiers"]])
            case ["order", number]:
                return 200, self._order(int(number)), {}
            case ["proof", number]:
                return 200, self._proof(int(number)), {}
            case ["challenge", number]:
                return self._tried(int(number), key)
            case ["finalize", number]:
                return self._finalized(int(number), x509.load_der_x509_csr(josepy.decode_b64jose(payload["csr"])))
            case ["certificate", number]:
                return 200, self._orders[int(number)].certificate, {}
        raise Problem("malformed", "nothing is there", 404)

    def _account(self, key: Any) -> Reply:
        url = f"{self.url}/account/{josepy.encode_b64jose(key.thumbprint())}"
        self._keys[url] = key
        return 201, {"status": "valid", "orders": f"{url}/orders"}, {"Location": url}

    def _ordered(self, names: list[str]) -> Reply:
        first = len(self._proofs)
        self._proofs += [Proof(name.removeprefix("*."), name.startswith("*.")) for name in names]
        self._orders.append(Order(names, list(range(first, len(self._proofs)))))
        number = len(self._orders) - 1
        return 201, self._order(number), {"Location": f"{self.url}/order/{number}"}

    def _order(self, number: int) -> dict[str, Any]:
        order = self._orders[number]
        states = {self._proofs[proof].state for proof in order.proofs}
        state = "valid" if order.certificate else "ready" if states == {"valid"} else "pending"
        document = {
            "status": "invalid" if "invalid" in states else state,
            "identifiers": [{"type": "dns", "value": name} for name in order.names],
            "authorizations": [f"{self.url}/proof/{proof}" for proof in order.proofs],
            "finalize": f"{self.url}/finalize/{number}",
        }
        return document | ({"certificate": f"{self.url}/certificate/{number}"} if order.certificate else {})

    def _proof(self, number: int) -> dict[str, Any]:
        proof = self._proofs[number]
        challenge = {
            "type": "dns-01", "url": f"{self.url}/challenge/{number}", "token": proof.token, "status": proof.state,
        }  # fmt: skip
        if proof.state == "invalid":
            challenge["error"] = Problem("unauthorized", "the text is not at its name", 403).document
        document = {
            "status": proof.state, "identifier": {"type": "dns", "value": proof.name}, "challenges": [challenge],
        }  # fmt: skip
        return document | ({"wildcard": True} if proof.wildcard else {})

    def _tried(self, number: int, key: Any) -> Reply:
        """Look the challenge up (RFC 8555 §8.4)."""
        proof = self._proofs[number]
        name = f"_acme-challenge.{proof.name}"
        there = self._texts(name)
        self.looked_up.append((name, there))
        authorization = f"{proof.token}.{josepy.encode_b64jose(key.thumbprint())}"
        wanted = josepy.encode_b64jose(sha256(authorization.encode()).digest())
        proof.state = "valid" if wanted in there else "invalid"
        (challenge,) = self._proof(number)["challenges"]
        return 200, challenge, {"Link": f'<{self.url}/proof/{number}>;rel="up"'}

    def _finalized(self, number: int, csr: x509.CertificateSigningRequest) -> Reply:
        order = self._orders[number]
        if self._order(number)["status"] != "ready":
            raise Problem("orderNotReady", "not every name is proven", 403)
        alternative = csr.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = alternative.get_values_for_type(x509.DNSName)
        if not csr.is_signature_valid or sorted(names) != sorted(order.names):
            raise Problem("badCSR", "the request is not about the names of the order")
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([]))
            .issuer_name(self._name)
            .public_key(csr.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=1))
            .not_valid_after(now + timedelta(days=90))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.issued.append(made)
        order.certificate = made.public_bytes(serialization.Encoding.PEM) + self._root()
        return 200, self._order(number), {"Location": f"{self.url}/order/{number}"}

    def _root(self) -> bytes:
        now = datetime.now(UTC)
        root = (
            x509.CertificateBuilder()
            .subject_name(self._name)
            .issuer_name(self._name)
            .public_key(self._key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=365))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        return root.public_bytes(serialization.Encoding.PEM)


@contextmanager
def authority(texts: Texts) -> Iterator[Authority]:
    """The authority on a free port of this machine while the block runs."""
    made, one_at_a_time = Authority(texts), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._send(200, b"", {})

        def do_GET(self) -> None:
            self._send(200, made.directory() if self.path == "/directory" else b"", {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                with one_at_a_time:
                    self._send(*made.answer(self.path, body))
            except Problem as problem:
                self._send(problem.status, problem.document, {}, "application/problem+json")

        def _send(self, status: int, document: Any, headers: dict[str, str], kind: str = "application/json") -> None:
            is_chain = isinstance(document, bytes)
            content = document if is_chain else json.dumps(document).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Replay-Nonce", made.nonce())
            self.send_header("Content-Type", "application/pem-certificate-chain" if is_chain else kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, format: str, *values: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        made.url = f"http://127.0.0.1:{server.server_address[1]}"
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        running.start()
        try:
            yield made
        finally:
            server.shutdown()
            running.join()
