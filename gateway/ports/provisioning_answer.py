"""What the host's system says about an order, in an answer or in a call: one form for both.

{"result": "SUCCEEDED", "facts": {"sizeBytes": 1024}}
{"result": "FAILED", "error": "QUOTA_TOO_LARGE"}
{"progress": 40}
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from gateway.ports.provisioning import Answer, Result

REFUSED = "REFUSED"
"""The error of a refusal that names none, or something that is no code."""

OUR_OWN = frozenset({"UNREACHABLE", "GIVEN_UP"})
"""Errors the gateway gives itself: another system cannot claim them."""

MOST_PROGRESS = 99
"""Per cent: all of it is done when there is a result."""

_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,63}", re.ASCII)


def parsed(body: bytes) -> dict[str, Any]:
    """The object of a body. Raises `ValueError` for anything else."""
    value = orjson.loads(body)
    if not isinstance(value, dict):
        raise ValueError("no object")
    return value


def answer_of(said: dict[str, Any]) -> Answer:
    """How an order ended. Raises `ValueError` without showing what was said."""
    unknown = set(said) - {"result", "error", "facts"}
    result, facts = said.get("result"), said.get("facts")
    if unknown or not isinstance(result, str) or result not in set(Result) or not isinstance(facts, dict | None):
        raise ValueError("no result")
    ended = Result(result)
    return Answer(ended, code_of(said.get("error")) if ended is Result.FAILED else None, facts or {})


def progress_of(said: dict[str, Any]) -> int:
    """How far an order is, in per cent. Raises `ValueError`."""
    progress = said.get("progress")
    if set(said) != {"progress"} or type(progress) is not int or not 0 <= progress <= 100:
        raise ValueError("no progress")
    return min(progress, MOST_PROGRESS)


def code_of(error: object) -> str:
    """The code of a refusal: what is shown to customers is a code, and never somebody's words."""
    known = isinstance(error, str) and _CODE.fullmatch(error) is not None and error not in OUR_OWN
    return str(error) if known else REFUSED
