"""Public keys of SSH as people paste them: one line of `id_ed25519.pub` or `authorized_keys` (sshd(8), RFC 4253 §6.6)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_public_key

LONGEST = 4_096
"""Characters of the line."""

LEAST_RSA_BITS = 2_048
"""What is taken; 3,072 and more are advised (BSI TR-02102-4)."""

TYPES = {
    "ssh-ed25519": Ed25519PublicKey,
    "ecdsa-sha2-nistp256": EllipticCurvePublicKey,
    "ecdsa-sha2-nistp384": EllipticCurvePublicKey,
    "ecdsa-sha2-nistp521": EllipticCurvePublicKey,
    "ssh-rsa": RSAPublicKey,
    "sk-ssh-ed25519@openssh.com": Ed25519PublicKey,
    "sk-ecdsa-sha2-nistp256@openssh.com": EllipticCurvePublicKey,
}
"""Kinds of keys that are taken; those with `sk-` are on a security key."""

PRIVATE, TOO_LONG, SEVERAL, OPTIONS, OLD_TYPE, WEAK, MALFORMED = (
    "PRIVATE",
    "TOO_LONG",
    "SEVERAL",
    "OPTIONS",
    "OLD_TYPE",
    "WEAK",
    "MALFORMED",
)

_PRIVATE_SIGNS = ("PRIVATE KEY", "PRIVATE KEY-----", "PUTTY-USER-KEY-FILE", "OPENSSH-KEY-V1", "B3BLBNNZAC1RZXKTDJ")
"""What private keys say of themselves, in capitals; the last is `openssh-key-v1` as the Base64 of such a file begins."""

_REFUSED_TYPES = ("ssh-dss", "ssh-dsa")


class SshKeyError(Exception):
    """A line that is no key to take; `reason` is one of those above. What was pasted is in no message."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key: `text` is its type and Base64, `fingerprint` as `ssh-keygen -lf` shows it, `comment` what stood behind it."""

    type: str
    text: str
    fingerprint: str
    comment: str | None


def read(pasted: str) -> PublicKey:
    """The key of one line. Raises `SshKeyError`; a private key is told first, whatever else is wrong."""
    first = next(iter(pasted.split(maxsplit=1)), "")
    signs = (
        _PRIVATE_SIGNS[1:] if first in TYPES else _PRIVATE_SIGNS
    )  # behind a public key a comment may say what it is not
    if any(sign in pasted.upper() for sign in signs):
        raise SshKeyError(PRIVATE)
    if len(pasted) > LONGEST:
        raise SshKeyError(TOO_LONG)
    line = pasted.strip(" \t\r\n")
    if len(line.splitlines()) > 1:
        raise SshKeyError(SEVERAL)
    words = line.replace("\t", " ").split(" ", 1)
    if words[0] in _REFUSED_TYPES:
        raise SshKeyError(OLD_TYPE)
    if words[0] not in TYPES:
        found = any(kind in line.split() for kind in (*TYPES, *_REFUSED_TYPES))
        raise SshKeyError(OPTIONS if found else MALFORMED)
    encoded, _, comment = (words[1] if len(words) > 1 else "").strip(" ").partition(" ")
    text = f"{words[0]} {encoded}"
    return PublicKey(words[0], text, _fingerprint(_verified(words[0], encoded)), comment.strip() or None)


def _verified(kind: str, encoded: str) -> bytes:
    """The key in the form of RFC 4253, of which there is one for each key."""
    try:
        blob = base64.b64decode(encoded, validate=True)
        key = load_ssh_public_key(f"{kind} {encoded}".encode("ascii"))
    except (ValueError, binascii.Error, UnsupportedAlgorithm, UnicodeError):
        raise SshKeyError(MALFORMED) from None
    if not isinstance(key, TYPES[kind]) or base64.b64encode(blob).decode() != encoded:
        raise SshKeyError(MALFORMED)
    if isinstance(key, RSAPublicKey) and key.key_size < LEAST_RSA_BITS:
        raise SshKeyError(WEAK)
    if not kind.startswith("sk-"):
        assert isinstance(key, (Ed25519PublicKey, EllipticCurvePublicKey, RSAPublicKey))
        if key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode() != f"{kind} {encoded}":
            raise SshKeyError(MALFORMED)
    return blob


def _fingerprint(blob: bytes) -> str:
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
