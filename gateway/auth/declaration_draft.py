"""What somebody is about to declare: read, checked, and handed back sealed, so that what is confirmed is what was shown.

Between the two steps nothing is stored: the token holds everything, and only this gateway can open or make one.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta

from gateway.auth.contact_email import read_email
from gateway.errors import GatewayError, bad_input
from gateway.keys import Keyring
from models import DeclarationKind
from models.rules import declaration as rule
from models.rules.berlin import berlin_day
from models.rules.decision import Decision, Refused

SEAL = "declaration draft"
"""The purpose a token is sealed for."""

LONGEST_TOKEN = 32_768
"""Characters; the longest texts there can be make a token of half of that."""

_MESSAGES = {
    rule.EMPTY: "declaration.empty",
    rule.TOO_LONG: "declaration.too_long",
    rule.CHARACTERS: "declaration.characters",
    rule.NOT_ASKED: "declaration.not_asked",
    rule.PAST: "declaration.past",
    rule.TOO_FAR: "declaration.too_far",
}
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's Base32: none is taken for another on the phone
_LETTER = {
    DeclarationKind.CANCELLATION: "K",
    DeclarationKind.EXTRAORDINARY_CANCELLATION: "K",
    DeclarationKind.WITHDRAWAL: "W",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A declaration as it was typed."""

    kind: DeclarationKind
    name: str
    identification: str | None
    contract: str
    reason: str | None
    requested_on: date | None
    email: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A declaration that can be confirmed until `expires_at`, under a number that nobody else has."""

    number: str
    kind: DeclarationKind
    name: str
    identification: str | None
    contract: str
    reason: str | None
    requested_on: date | None
    email: str
    expires_at: datetime

    def content(self, now: datetime) -> rule.Content:
        """What is declared when it is confirmed now."""
        return rule.Content(
            self.number,
            self.kind.value,
            self.name,
            self.identification,
            self.contract,
            self.reason,
            self.requested_on,
            self.email,
            now.astimezone(UTC).replace(microsecond=0),
        )


def new_number(kind: DeclarationKind) -> str:
    """`K-7Q2M-9XKD-3FTA`: 60 random bits, so that a number tells nothing and is never given twice."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(12))
    return f"{_LETTER[kind]}-{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def read_draft(given: Given, lifetime: int, now: datetime) -> Draft:
    """The draft of what was typed. Raises `BAD_USER_INPUT`, naming the field."""
    kind, reason = given.kind, given.reason or None
    demand(rule.reason_fits(kind.value, reason), "reason")
    demand(rule.day_fits(kind.value, given.requested_on, berlin_day(now)), "requestedOn")
    return Draft(
        new_number(kind),
        kind,
        read_text("name", given.name),
        read_text("identification", given.identification or "") or None,
        read_text("contract", given.contract),
        None if reason is None else read_text("reason", reason),
        given.requested_on,
        read_email(given.email),
        (now + timedelta(seconds=lifetime)).replace(microsecond=0),
    )


def read_text(field: str, typed: str) -> str:
    """A text as it is kept. Raises `BAD_USER_INPUT`."""
    text = rule.normal(field, typed)
    demand(rule.acceptable(field, text), field, longest=rule.LONGEST[field])
    return text


def demand(decision: Decision, field: str, **params: int) -> None:
    """Raise `BAD_USER_INPUT` for a part of the input that a rule refuses."""
    if isinstance(decision, Refused):
        raise bad_input(_MESSAGES[decision.reason], path=("input", field), years=rule.FURTHEST_YEARS, **params)


def sealed_draft(keyring: Keyring, draft: Draft) -> str:
    """The token of a draft."""
    return keyring.seal(SEAL, json.dumps(asdict(draft), default=_text, ensure_ascii=False))


def unsealed_draft(keyring: Keyring, token: str) -> Draft:
    """The draft again. Raises `BAD_USER_INPUT` for what is no token of this gateway."""
    if len(token) > LONGEST_TOKEN or not token.isascii():
        raise no_draft()
    try:
        values = json.loads(keyring.unseal(SEAL, token))
    except ValueError:
        raise no_draft() from None
    day = values["requested_on"]
    draft = Draft(**{**values, "kind": DeclarationKind(values["kind"])})
    return replace(
        draft,
        requested_on=None if day is None else date.fromisoformat(day),
        expires_at=datetime.fromisoformat(values["expires_at"]),
    )


def no_draft() -> GatewayError:
    """The token is none, or its time is over."""
    return bad_input("declaration.token", path=("input", "token"))


def _text(value: date) -> str:
    return value.isoformat()
