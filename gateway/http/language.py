"""The language of an answer's texts, from `Accept-Language` (RFC 9110 §12.5.4)."""

from __future__ import annotations

import re
from functools import lru_cache

from gateway.messages import LANGUAGES

_RANGE = re.compile(rb"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,60})?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?)\s*)?", re.ASCII)


@lru_cache(maxsize=256)
def language_of(header: bytes | None) -> str:
    """The wanted one of "en" and "de"; "en" when neither is asked for. What is malformed is passed over."""
    best, wanted = 0.0, LANGUAGES[0]
    for part in (header or b"").split(b",")[:20]:
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        language = match[1].decode().lower()
        weight = 1.0 if match[2] is None else float(match[2])
        if language in LANGUAGES and weight > best:
            best, wanted = weight, language
    return wanted
