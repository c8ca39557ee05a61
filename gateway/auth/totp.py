"""Codes of authenticator apps (RFC 6238): SHA-1, six digits, steps of 30 seconds, since that is what every app has."""

from __future__ import annotations

import hmac
import re
from datetime import datetime

import pyotp

STEP_SECONDS = 30

_CODE = re.compile(r"[0-9]{6}", re.ASCII)


def new_secret() -> str:
    """160 random bits in base 32 (RFC 4226 § 4, R6): 32 characters."""
    return pyotp.random_base32(32)


def otpauth_uri(secret: str, account: str, issuer: str) -> str:
    """What an app reads from a QR code; `account` and `issuer` are what it shows."""
    # A colon parts the two in the label, also when it is escaped.
    name, issuer_name = account.replace(":", " "), issuer.replace(":", " ")
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer_name)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step a code is of: the present one or, for slow typists, the one before; never the next (SECURITY T3).

    `None` for any other code, and for a text that is not six ASCII digits (pyotp takes digits of every script).
    """
    if _CODE.fullmatch(code) is None:
        return None
    present = int(now.timestamp()) // STEP_SECONDS
    app, found = pyotp.TOTP(secret), None
    for step in (present - 1, present):
        if hmac.compare_digest(app.generate_otp(step), code):
            found = step
    return found
