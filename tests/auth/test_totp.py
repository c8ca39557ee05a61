"""Codes of authenticator apps (RFC 6238, SECURITY T1, T3, T5)."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest

from gateway.auth.totp import new_secret, otpauth_uri, step_of

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()

APPENDIX_B = [
    (59, "94287082"),
    (1_111_111_109, "07081804"),
    (1_111_111_111, "14050471"),
    (1_234_567_890, "89005924"),
    (2_000_000_000, "69279037"),
    (20_000_000_000, "65353130"),
]
"""The SHA-1 rows of RFC 6238, appendix B: seconds and eight digits, of which an app shows the last six."""


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "digits"), APPENDIX_B)
def test_the_vectors_of_the_rfc_pass(seconds: int, digits: str) -> None:
    assert pyotp.TOTP(RFC_SECRET, digits=8).at(seconds) == digits
    assert step_of(RFC_SECRET, digits[-6:], at(seconds)) == seconds // 30
    assert step_of(RFC_SECRET, digits, at(seconds)) is None, "eight digits are none of ours"


@pytest.mark.parametrize(
    ("seconds", "accepted"),
    [(1_199_999_999.999, False), (1_200_000_000, True), (1_200_000_059.999, True), (1_200_000_060, False)],
)
def test_a_code_is_good_in_its_step_and_in_the_next(seconds: float, accepted: bool) -> None:
    code = pyotp.TOTP(RFC_SECRET).at(1_200_000_000)
    assert (step_of(RFC_SECRET, code, at(seconds)) == 40_000_000) == accepted


def test_a_secret_has_160_random_bits() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


@pytest.mark.parametrize(
    ("issuer", "shown"), [("Müller & Söhne: Hosting", "Müller & Söhne  Hosting"), ("A?b#c/d%41", "A?b#c/d%41")]
)
def test_an_address_for_apps_can_be_read_back(issuer: str, shown: str) -> None:
    uri = urlsplit(otpauth_uri(RFC_SECRET, "10001", issuer))
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert unquote(uri.path) == f"/{shown}:10001"
    assert parse_qs(uri.query) == {"secret": [RFC_SECRET], "issuer": [shown]}
    assert pyotp.parse_uri(uri.geturl()).at(59) == "287082"  # type: ignore[union-attr]  # of a TOTP
