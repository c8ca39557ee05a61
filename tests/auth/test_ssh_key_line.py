"""Public keys of SSH: read as ssh-keygen reads them, and refused without being told again."""

from __future__ import annotations

import base64
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from gateway.auth.ssh_key_line import SshKeyError, read

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDgYGJDE1UDLWFwGsNYm5PodFHczlIkmAxRy8KYCsHJS"
FINGERPRINT = "SHA256:6YF/4VzAxzjpEPHXcWhhQBVce9P6CkzRolas2Min+Xg"


def _line(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | dsa.DSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def _security_key() -> str:
    raw = ed25519.Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    kind = b"sk-ssh-ed25519@openssh.com"
    blob = b"".join(struct.pack(">I", len(part)) + part for part in (kind, raw, b"ssh:"))
    return f"{kind.decode()} {base64.b64encode(blob).decode()}"


def _keys() -> list[str]:
    curves = (ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1())
    return [
        _line(ed25519.Ed25519PrivateKey.generate()),
        *(_line(ec.generate_private_key(curve)) for curve in curves),
        _line(rsa.generate_private_key(65_537, 2_048)),
        _security_key(),
    ]


def test_a_key_has_the_fingerprint_that_everybody_shows() -> None:
    key = read(f"  {ED25519} anna@laptop  Büro \r\n")
    assert (key.type, key.text, key.fingerprint) == ("ssh-ed25519", ED25519, FINGERPRINT)
    assert key.comment == "anna@laptop  Büro"
    assert read(ED25519.replace(" ", "\t  ")).comment is None


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen on this machine")
def test_fingerprints_are_those_of_ssh_keygen(tmp_path: Path) -> None:
    for number, line in enumerate(_keys()):
        file = tmp_path / f"{number}.pub"
        file.write_text(f"{line} a b\n")
        shown = subprocess.run(["ssh-keygen", "-lf", str(file)], capture_output=True, text=True, check=True).stdout
        key = read(f"{line} a b")
        assert shown.split()[1] == key.fingerprint
        assert (key.text, key.comment) == (line, "a b")


def _reason(line: str) -> str:
    with pytest.raises(SshKeyError) as told:
        read(line)
    assert line[:40] not in str(told.value) or not line
    return told.value.reason


def test_private_keys_are_told_as_such_whatever_their_form() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    openssh = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode()
    pkcs8 = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    long = rsa.generate_private_key(65_537, 3_072).private_bytes(
        Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    )
    body = "".join(openssh.splitlines()[1:-1])
    for pasted in (
        openssh,
        pkcs8,
        long.decode() * 2,
        body,
        f"ssh-ed25519 {body}",
        "PuTTY-User-Key-File-3: ssh-ed25519",
        openssh.lower(),
        f"{ED25519} {openssh}",
        f"{ED25519} {pkcs8}".replace("\n", " "),
    ):
        assert _reason(pasted) == "PRIVATE"


def test_a_comment_may_say_what_the_key_is_not() -> None:
    assert read(f"{ED25519} of annas private key, laptop").comment == "of annas private key, laptop"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "MALFORMED"), ("anna", "MALFORMED"), ("ssh-ed25519", "MALFORMED"), ("ssh-ed25519 AAAA", "MALFORMED"),
        (ED25519[:-4], "MALFORMED"), (ED25519 + "AAAA", "MALFORMED"), (ED25519.replace("AAAAC3", "AAAA\u00a0C3"), "MALFORMED"),
        (ED25519.replace("ssh-ed25519 ", "ssh-rsa "), "MALFORMED"), (ED25519 + "=", "MALFORMED"),
        (ED25519.replace("ssh-ed25519", "SSH-ED25519"), "MALFORMED"), ("ssh-ed25519-cert-v01@openssh.com AAAA", "MALFORMED"),
        ("---- BEGIN SSH2 PUBLIC KEY ----", "MALFORMED"), ("ssh-ed448 AAAA", "MALFORMED"), ("ssh-ed25519 é", "MALFORMED"),
        (f'command="rm -rf" {ED25519}', "OPTIONS"), (f'from="10.0.0.1",no-pty {ED25519}', "OPTIONS"),
        (f"{ED25519}\n{ED25519}", "SEVERAL"), (f"{ED25519} a\u2028{ED25519}", "SEVERAL"), (f"{ED25519} a\x0bb", "SEVERAL"),
        (f"{ED25519} {'x' * 4_096}", "TOO_LONG"), ("ssh-dss AAAAB3NzaC1kc3MAAACB", "OLD_TYPE"),
    ],
)  # fmt: skip
def test_other_lines_are_refused_with_their_reason(line: str, reason: str) -> None:
    assert _reason(line) == reason


def test_rsa_has_2048_bits_and_dsa_is_over() -> None:
    assert _reason(_line(rsa.generate_private_key(65_537, 1_024))) == "WEAK"
    assert read(_line(rsa.generate_private_key(65_537, 3_072))).type == "ssh-rsa"


def test_one_key_is_one_text() -> None:
    """A number with a zero before it is the same key under another fingerprint (RFC 4251 §5)."""
    numbers = rsa.generate_private_key(65_537, 2_048).public_key().public_numbers()
    parts = [b"ssh-rsa", numbers.e.to_bytes(4, "big"), b"\0\0" + numbers.n.to_bytes(256, "big")]
    blob = b"".join(struct.pack(">I", len(part)) + part for part in parts)
    assert _reason(f"ssh-rsa {base64.b64encode(blob).decode()}") == "MALFORMED"
