"""The keyring: versioned 32-byte secrets from which every purpose derives its own key (HKDF, RFC 5869).

One secret to keep and to rotate: a new key gets the next number and becomes current, older ones stay readable.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32

IBAN_SEAL = "bank account"
"""The purpose an IBAN is sealed for (`BankAccount.iban_sealed`)."""

AUTHENTICATOR_SEAL = "authenticator"
"""The purpose the secret of an authenticator is sealed for (`Authenticator.secret_sealed`)."""

AUTH_INFO_SEAL = "domain AuthInfo"
"""The purpose the AuthInfo of a domain is sealed for (`Domain.auth_info_sealed`)."""

OPERATION_SEAL = "operation"
"""The purpose the secrets of an operation are sealed for (`Operation.secrets_sealed`)."""


def parse_keys(text: str) -> dict[int, bytes]:
    """`1:BASE64,2:BASE64` as numbers and keys. Raises `ValueError` without showing the text."""
    ring: dict[int, bytes] = {}
    for entry in text.replace("\n", ",").split(","):
        if not entry.strip():
            continue
        number, _, encoded = entry.strip().partition(":")
        try:
            key = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        except (binascii.Error, ValueError):
            key = b""
        if not (number.isascii() and number.isdigit()) or len(key) != KEY_BYTES or int(number) in ring:
            raise ValueError("must be NUMBER:KEY pairs with distinct numbers and base64url keys of 32 bytes")
        ring[int(number)] = key
    return ring


WEBHOOK_PREFIX = "whsec_"


def check_webhook_secret(secret: str) -> None:
    """Raises `ValueError`, without showing it, for what is no secret of https://www.standardwebhooks.com."""
    try:
        key = base64.b64decode(secret.removeprefix(WEBHOOK_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(WEBHOOK_PREFIX) or not 24 <= len(key) <= 64:
        raise ValueError(f"must be {WEBHOOK_PREFIX} and the base64 of 24 to 64 random bytes")


def new_key(number: int) -> str:
    """A fresh key as it stands in the settings: `2:BASE64`."""
    return f"{number}:{base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode().rstrip('=')}"


def new_key_file(path: Path) -> None:
    """Write a fresh first key for the owner's eyes only; an existing file is kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{new_key(1)}\n")


class Keyring:
    """Derives purpose-bound keys by number and seals short texts with the current one."""

    def __init__(self, keys: dict[int, bytes]) -> None:
        if not keys:
            raise ValueError("there is no key")
        self._keys = dict(keys)
        self.current = max(keys)
        self.derive = lru_cache(maxsize=256)(self._derive)

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of all keys that can still be read with."""
        return frozenset(self._keys)

    def _derive(self, purpose: str, number: int | None = None) -> bytes:
        """32 bytes for one purpose. Raises `KeyError` for a number that is not in the ring."""
        secret = self._keys[self.current if number is None else number]
        return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)

    def _fernet(self, purpose: str, number: int) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self.derive(purpose, number)))

    def seal(self, purpose: str, text: str) -> str:
        """Encrypt and authenticate; the result starts with the number of its key."""
        return f"{self.current}:{self._fernet(purpose, self.current).encrypt(text.encode()).decode()}"

    def unseal(self, purpose: str, sealed: str) -> str:
        """The text again. Raises `ValueError` when it was sealed for another purpose, by another key, or changed."""
        number, _, token = sealed.partition(":")
        try:
            return self._fernet(purpose, int(number)).decrypt(token.encode()).decode()
        except (InvalidToken, KeyError, ValueError):
            raise ValueError("this text cannot be unsealed") from None


def load_keyring(keys: dict[int, bytes], key_file: Path) -> Keyring:
    """The keyring of the settings. Raises `ValueError` naming the setting when there is none or it is malformed."""
    if keys:
        return Keyring(keys)
    try:
        return Keyring(parse_keys(key_file.read_text()))
    except FileNotFoundError:
        raise ValueError(f"GATEWAY_KEYS is not set and there is no key file {key_file}") from None
    except ValueError as error:
        raise ValueError(f"GATEWAY_KEY_FILE {key_file}: {error}") from None
