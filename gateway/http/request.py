"""From the bytes of a request body to an `OperationRequest`, or to a refusal that says what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.types import Receive

from gateway.errors import bad_input
from gateway.execution.operation import OperationRequest
from gateway.http.refusal import ClientGone, Refusal

MAX_NESTING = 32
"""Levels of objects and lists in a request; an input type of the schema needs a handful."""


async def read_body(receive: Receive, headers: Mapping[bytes, bytes], limit: int) -> bytes:
    """The whole body. Refuses with 413 as soon as it is known to be longer than `limit` bytes, and reads no further.

    `Content-Length` is only believed when it is too large. Raises `ClientGone` when the other end leaves; how long a
    body may take is the connection's business (`gateway.http.connection`).
    """
    announced = headers.get(b"content-length")
    if announced is not None and (not announced.isdigit() or len(announced) > 15 or int(announced) > limit):
        raise _too_large(limit)
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGone
    body: bytes = message.get("body", b"")
    if message.get("more_body", False):
        return await _read_on(receive, body, limit)
    if len(body) > limit:
        raise _too_large(limit)
    return body


async def _read_on(receive: Receive, start: bytes, limit: int) -> bytes:
    chunks, size, more = [start], len(start), True
    while more:
        if size > limit:
            raise _too_large(limit)
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk = message.get("body", b"")
        more = message.get("more_body", False)
        size += len(chunk)
        chunks.append(chunk)
    if size > limit:
        raise _too_large(limit)
    return b"".join(chunks)


def _too_large(limit: int) -> Refusal:
    return Refusal(413, bad_input("http.body_size", most=limit))


def operation_request(body: bytes) -> OperationRequest:
    """The parameters in `body` (GraphQL-over-HTTP, "Request Parameters"). Unknown keys are passed over, as it wants.

    Raises `Refusal` 400 for whatever is no such request: it never raises anything else.
    """
    try:
        sent = orjson.loads(body)
    except ValueError:  # no JSON, no UTF-8, lone surrogates, NaN, infinite numbers, a thousand levels
        raise Refusal(400, bad_input("request.json")) from None
    if type(sent) is not dict:
        raise Refusal(400, bad_input("request.batch" if type(sent) is list else "request.object"))
    if _holds_duplicates(body, _keys_within(sent, MAX_NESTING)):
        raise Refusal(400, bad_input("request.duplicate"))
    query, name = sent.get("query"), sent.get("operationName")
    variables, extensions = sent.get("variables"), sent.get("extensions")
    if type(query) is not str and (query is not None or not extensions):
        raise Refusal(400, bad_input("request.query"))
    if name is not None and type(name) is not str:
        raise Refusal(400, bad_input("request.operation_name"))
    if variables is not None and type(variables) is not dict:
        raise Refusal(400, bad_input("request.variables"))
    if extensions is not None and type(extensions) is not dict:
        raise Refusal(400, bad_input("request.extensions"))
    return OperationRequest(query, name, variables, extensions)


def _keys_within(value: dict[str, Any] | list[Any], levels: int) -> int:
    """How many keys all objects in `value` have; refuses deeper nesting than `levels`."""
    if levels == 0:
        raise Refusal(400, bad_input("request.nesting", most=MAX_NESTING))
    if type(value) is dict:
        count, parts = len(value), list(value.values())
    else:
        count, parts = 0, value  # type: ignore[assignment]  # a list here; `type() is` does not narrow
    for part in parts:
        kind = type(part)
        if kind is dict or kind is list:
            count += _keys_within(part, levels - 1)
    return count


def _holds_duplicates(body: bytes, keys: int) -> bool:
    """Whether an object in the JSON text `body` has a key twice, given that `keys` distinct ones were read from it.

    orjson keeps the last of two, where another reader may keep the first. In a text with no blank before a colon every
    key ends in `":`, so no fewer can be there than keys; equally many means that none was lost. Where this count is not
    certain the text is read again, with an eye on the keys.
    """
    quick = (
        body.count(b'":') == keys
        and b" :" not in body
        and b"\n:" not in body
        and b"\t:" not in body
        and b"\r:" not in body
    )
    if quick:
        return False
    try:
        json.loads(body, object_pairs_hook=_distinct)
    except _DuplicateKey:
        return True
    return False


class _DuplicateKey(Exception):
    pass


def _distinct(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise _DuplicateKey
