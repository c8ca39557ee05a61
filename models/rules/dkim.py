"""DKIM key records: the public half of the key that the host signs mail with (RFC 6376 §3.6.1, RFC 8463)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence

from models.rules import tag_list

SEVERAL, SYNTAX, REVOKED, OTHER_KEY, NOT_FOR_MAIL = (
    "SEVERAL_RECORDS",
    "SYNTAX",
    "KEY_REVOKED",
    "OTHER_KEY",
    "KEY_RESTRICTED",
)

_ED25519 = 32
"""Octets of a key of that kind; those of RSA are wrapped and much longer."""


def record(key: str) -> str:
    """The text of the record for a key in Base64."""
    return f"v=DKIM1; k={_kind(key)}; p={key}"


def fault(texts: Sequence[str], key: str) -> str | None:
    """What is wrong with the TXT records at the selector's name; `None` where they are one with this key."""
    if len(texts) != 1:
        return SEVERAL
    tags = tag_list.read(texts[0])
    if tags is None or "p" not in tags:
        return SYNTAX
    if "v" in tags and (next(iter(tags)) != "v" or tags["v"] != "DKIM1"):
        return SYNTAX
    found = re.sub(r"\s", "", tags["p"])
    if not found:
        return REVOKED
    if _decoded(found) is None:
        return SYNTAX
    if found != key or tags.get("k", "rsa") != _kind(key):
        return OTHER_KEY
    return NOT_FOR_MAIL if _restricted(tags) else None


def _restricted(tags: dict[str, str]) -> bool:
    """Whether receivers would not take its signatures in earnest: for no mail, for no SHA-256, or only for trying."""
    services, hashes, flags = (
        {part.strip() for part in tags[name].split(":")} if name in tags else None for name in ("s", "h", "t")
    )
    return (
        (services is not None and not services & {"*", "email"})
        or (hashes is not None and "sha256" not in hashes)
        or (flags is not None and "y" in flags)
    )


def _kind(key: str) -> str:
    return "ed25519" if len(_decoded(key) or b"") == _ED25519 else "rsa"


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
