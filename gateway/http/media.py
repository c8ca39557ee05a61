"""Media types of GraphQL over HTTP: what a request may be sent as, and what its answer is sent as.

Source: GraphQL-over-HTTP, sections "Media Types" and "Accept"; RFC 9110 §8.3 and §12.5.1.
"""

from __future__ import annotations

import re
from functools import lru_cache

JSON = b"application/json; charset=utf-8"
GRAPHQL_RESPONSE = b"application/graphql-response+json; charset=utf-8"

_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}"
_PARAMETER = re.compile(rb"\s*;\s*(?:(" + _TOKEN + rb")=(?:(" + _TOKEN + rb')|"([^"\\]{0,64})"))?')
_TYPE = re.compile(rb"\s*(" + _TOKEN + rb"/" + _TOKEN + rb")")


def _parsed(text: bytes) -> tuple[bytes, dict[bytes, bytes]] | None:
    """Type and parameters in lower case; `None` when it is no media type or a parameter occurs twice."""
    match = _TYPE.match(text)
    if match is None:
        return None
    position, parameters = match.end(), {}
    while parameter := _PARAMETER.match(text, position):
        position = parameter.end()
        if parameter[1] is not None:
            name = parameter[1].lower()
            if name in parameters:
                return None
            parameters[name] = (parameter[2] or parameter[3] or b"").lower()
    return None if text[position:].strip() else (match[1].lower(), parameters)


@lru_cache(maxsize=256)
def is_json_in_utf8(content_type: bytes | None) -> bool:
    """Whether a body of this `Content-Type` is read. Nothing else is: a form needs no preflight, so it is no JSON."""
    parsed = None if content_type is None else _parsed(content_type)
    return parsed is not None and parsed[0] == b"application/json" and _utf8(parsed[1])


def _utf8(parameters: dict[bytes, bytes]) -> bool:
    return parameters.get(b"charset", b"utf-8") in (b"utf-8", b"utf8")


def _weight(text: bytes) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0


@lru_cache(maxsize=256)
def negotiated(accept: bytes | None) -> bytes | None:
    """The `Content-Type` of the answer; `None` when nothing that can be sent is accepted.

    No header and plain wildcards mean `application/json`; when both types are named alike, the newer one is sent.
    """
    if accept is None or not accept.strip():
        return JSON
    weights: dict[bytes, float] = {}
    for part in accept.split(b",")[:50]:
        parsed = _parsed(part)
        if parsed is not None and _utf8(parsed[1]):
            name, parameters = parsed
            weights[name] = max(weights.get(name, 0.0), _weight(parameters.get(b"q", b"1")))
    others = weights.get(b"application/*", weights.get(b"*/*", 0.0))
    plain = weights.get(b"application/json", others)
    response = weights.get(b"application/graphql-response+json", others)
    if max(plain, response) <= 0:
        return None
    if response > plain or (response == plain and b"application/graphql-response+json" in weights):
        return GRAPHQL_RESPONSE
    return JSON
