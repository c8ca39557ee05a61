"""What the values of a record may be: types that normalise, or refuse with a reason a person can act on.

A reason never repeats the value: it may be a secret, and reports are passed around.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated

import idna
import phonenumbers
import pycountry
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, AwareDatetime, Field

MOST_MONEY = 10**12
"""Ten billion in cents: any greater amount is a mistake, and sums of many still fit 64 bits."""

MOST_INT = 2**31 - 1
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)

UNSAID = datetime(1900, 1, 1, tzinfo=UTC)
"""Stands in for an instant that a line does not name; never stored."""

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}
"""Zero-width (non-)joiners are spelling in some scripts; every other invisible character is a mistake or a disguise."""


def plain(text: str) -> str:
    """Text in NFC without space around it. Refuses control and invisible characters, NUL and direction overrides."""
    normal = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(character) in _HIDDEN and character not in _JOINERS for character in normal):
        raise ValueError("holds control characters or invisible characters")
    return normal


def _text(most: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        normal = plain(text)
        if not 1 <= len(normal) <= most:
            raise ValueError(f"must have 1 to {most} characters")
        return normal

    return check


def _username(text: str) -> str:
    """SECURITY AU10: nothing that could be taken for a customer number or a domain name."""
    folded = text.lower() if text.isascii() else ""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,31}", folded) or not re.search("[a-z]", folded):
        raise ValueError(
            "must have 3 to 32 characters a-z 0-9 . _ - and start with a letter or digit, one letter at least"
        )
    if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", folded):
        raise ValueError("looks like a domain name")
    return folded


def _code(text: str) -> str:
    """A natural key: printable ASCII without spaces, so that no two look alike."""
    if not (text.isascii() and text.isprintable() and " " not in text and 1 <= len(text) <= 32):
        raise ValueError("must have 1 to 32 ASCII characters without spaces")
    return text


def _identification(text: str) -> str:
    if not (text.isascii() and text.isprintable() and " " not in text and 1 <= len(text) <= 64):
        raise ValueError("must have 1 to 64 ASCII characters without spaces")
    return text


def _email(text: str) -> str:
    try:
        normal = validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        raise ValueError("is not an e-mail address") from None
    if len(normal) > 254:
        raise ValueError("is longer than an e-mail address can be (254 characters)")
    return normal


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        raise ValueError("is not a phone number in E.164 form such as +4930123456") from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise ValueError("is not a phone number that can be reached")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _domain_name(text: str) -> str:
    """The name in Unicode, lower-case and normalised (UTS 46, IDNA 2008)."""
    try:
        ascii_name = idna.encode(text, uts46=True, std3_rules=True).decode()
        name = idna.decode(ascii_name)
    except (idna.IDNAError, UnicodeError):
        raise ValueError("is not a domain name") from None
    if len(ascii_name) > 253 or "." not in ascii_name.strip(".") or ascii_name.endswith("."):
        raise ValueError("is not a full domain name such as example.com")
    if ascii_name.rpartition(".")[2].isdigit():
        raise ValueError("is an address, not a domain name")
    return name


def ascii_domain(name: str) -> str:
    """A checked domain name in A-labels (RFC 5890), the form that is unique."""
    return idna.encode(name).decode()


def _mailbox_address(text: str) -> str:
    """Lower-case, the domain in Unicode: one spelling for one mailbox."""
    return _email(text).lower()


def _country(text: str) -> str:
    if len(text) != 2 or not text.isupper() or pycountry.countries.get(alpha_2=text) is None:
        raise ValueError("is not a country code of ISO 3166-1 such as DE")
    return text


def _currency(text: str) -> str:
    if len(text) != 3 or not text.isupper() or pycountry.currencies.get(alpha_3=text) is None:
        raise ValueError("is not a currency code of ISO 4217 such as EUR")
    return text


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


def _password(text: str) -> str:
    if not 8 <= len(text) <= 256:
        raise ValueError("must have 8 to 256 characters")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise ValueError("holds control characters")
    return text


Text16 = Annotated[str, AfterValidator(_text(16))]
Text20 = Annotated[str, AfterValidator(_text(20))]
Text70 = Annotated[str, AfterValidator(_text(70))]
Text80 = Annotated[str, AfterValidator(_text(80))]
Text140 = Annotated[str, AfterValidator(_text(140))]
Text160 = Annotated[str, AfterValidator(_text(160))]
Text240 = Annotated[str, AfterValidator(_text(240))]
CustomerNumber = Annotated[str, Field(pattern=r"^[0-9]{4,12}$")]
Username = Annotated[str, AfterValidator(_username)]
Code = Annotated[str, AfterValidator(_code)]
Identification = Annotated[str, AfterValidator(_identification)]
Email = Annotated[str, AfterValidator(_email)]
Phone = Annotated[str, AfterValidator(_phone)]
DomainName = Annotated[str, AfterValidator(_domain_name)]
MailboxAddress = Annotated[str, AfterValidator(_mailbox_address)]
Country = Annotated[str, AfterValidator(_country)]
Currency = Annotated[str, AfterValidator(_currency)]
Password = Annotated[str, AfterValidator(_password)]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Instant = Annotated[
    AwareDatetime,
    AfterValidator(_utc),
    Field(ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2999, 12, 31, tzinfo=UTC)),
]
Price = Annotated[int, Field(ge=0, le=MOST_MONEY)]
Amount = Annotated[int, Field(ge=-MOST_MONEY, le=MOST_MONEY)]
BasisPoints = Annotated[int, Field(ge=0, le=10_000)]
Months = Annotated[int, Field(ge=0, le=1_200)]
Count = Annotated[int, Field(ge=0, le=MOST_INT)]
