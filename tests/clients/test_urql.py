"""An application on urql against the running demo."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.node import told
from tests.running_demo import AGENCY, Demo


@pytest.fixture(scope="module")
def seen(demo: Demo) -> dict[str, Any]:
    """What the application saw."""
    found: dict[str, Any] = told("urql.mjs", demo.url, demo.token(AGENCY))
    return found


def exchange(*, text: bool = False, hash: bool = False, status: int = 200) -> dict[str, Any]:
    return {"method": "POST", "text": text, "hash": hash, "status": status}


def test_a_query_is_answered(seen: dict[str, Any]) -> None:
    assert seen["plain"] == {"packages": 2, "codes": [], "network": None, "exchanges": [exchange(text=True)]}


def test_a_hash_is_taught_once_and_then_enough(seen: dict[str, Any]) -> None:
    taught = [exchange(hash=True, status=400), exchange(text=True, hash=True)]
    assert seen["unknownHash"] == {"packages": 2, "codes": [], "network": None, "exchanges": taught}
    assert seen["knownHash"] == {"packages": 3, "codes": [], "network": None, "exchanges": [exchange(hash=True)]}


def test_without_a_token_the_code_says_what_to_do(seen: dict[str, Any]) -> None:
    assert (seen["nobody"]["packages"], seen["nobody"]["codes"]) == (None, ["UNAUTHENTICATED"])


def test_a_query_by_get_is_refused_in_a_form_that_the_application_reads(seen: dict[str, Any]) -> None:
    # urql asks by GET unless it is told `preferGetMethod: false`; a link must not be able to ask anything.
    refused = seen["byGet"]
    assert (refused["packages"], refused["codes"], refused["network"]) == (None, ["BAD_USER_INPUT"], None)
    assert [(tried["method"], tried["status"]) for tried in refused["exchanges"]] == [("GET", 405)]
