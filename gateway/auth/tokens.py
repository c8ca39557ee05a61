"""Opaque tokens: 256 random bits behind a prefix that says what they are for, stored as SHA-256 only.

`gws_` + 64 hex digits + 8 hex digits of CRC-32. The prefix binds a token to its purpose and tells a secret scanner
whose it is; the checksum lets both the scanner and `token_hash` drop a mistyped or made-up text without asking the
database. The checksum is no protection: that is the 256 bits.
"""

from __future__ import annotations

import re
import secrets
from enum import StrEnum
from hashlib import sha256
from zlib import crc32


class TokenKind(StrEnum):
    """What a token is for; the value is its prefix. Each kind has a table of its own."""

    SESSION = "gws"
    DEVICE = "gwd"
    TICKET = "gwt"
    CHALLENGE = "gwc"
    LINK = "gwl"
    API = "gwa"
    CALENDAR = "gwk"
    DECLARATION = "gwv"
    """The code in the mail of a declaration's receipt."""
    RECEIPT = "gwr"
    """The one-time address of a receipt, for those who are not signed in."""


TOKEN_PATTERN = r"gw[a-z]_[0-9a-f]{72}"  # noqa: S105 - the shape of every token, for secret scanners; not a secret
"""What every token looks like, for log redaction and secret scanners."""

_BODY = re.compile(r"[0-9a-f]{72}", re.ASCII)


def new_token(kind: TokenKind) -> str:
    """A fresh token. It is shown once; what is stored is its `token_hash`."""
    body = f"{kind.value}_{secrets.token_hex(32)}"
    return f"{body}{crc32(body.encode()):08x}"


def token_hash(kind: TokenKind, text: str) -> str | None:
    """What the table of `kind` holds for this token: 64 hex digits. `None` when the text is no token of that kind."""
    if len(text) != 76 or not text.startswith(kind.value) or text[3] != "_" or _BODY.fullmatch(text, 4) is None:
        return None
    raw = text.encode()
    if int(text[68:], 16) != crc32(raw[:68]):
        return None
    return sha256(raw).hexdigest()
