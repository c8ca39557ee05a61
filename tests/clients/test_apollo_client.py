"""An application on Apollo Client against the running demo: what the gateway says is what it understands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clients.node import told
from tests.running_demo import AGENCY, PACKAGE, Demo

UNKNOWN_HASH = {"text": False, "hash": True, "status": 400, "errors": [["PersistedQueryNotFound", "NOT_FOUND"]]}
HASH_WITH_TEXT = {"text": True, "hash": True, "status": 200, "errors": []}
KNOWN_HASH = {"text": False, "hash": True, "status": 200, "errors": []}


@pytest.fixture(scope="module")
def seen(demo: Demo) -> dict[str, Any]:
    """What the application saw on its one way through the demo."""
    people = {
        name: {"login": login, "password": demo.passwords[login]}
        for name, login in {"agency": AGENCY, "package": PACKAGE}.items()
    }
    found: dict[str, Any] = told("apollo.mjs", demo.url, json.dumps(people))
    return found


def test_signing_in_and_out_are_mutations_with_a_payload(seen: dict[str, Any]) -> None:
    assert seen["signIn"] == {"kind": "CUSTOMER", "errors": []}
    assert seen["signOut"] == []
    assert seen["wrongPassword"]["session"] is None
    assert [error["code"] for error in seen["wrongPassword"]["errors"]] == ["INVALID_CREDENTIALS"]


def test_scrolling_shows_every_package_exactly_once(seen: dict[str, Any]) -> None:
    scrolled = seen["scrolled"]
    assert scrolled["totalCount"] == len(scrolled["ids"]) == len(set(scrolled["ids"])) == 400
    assert scrolled["pages"] == 7  # of 60 at most


def test_a_hash_is_taught_once_and_then_enough(seen: dict[str, Any]) -> None:
    assert seen["hashes"]["first"] == {"packages": 2, "exchanges": [UNKNOWN_HASH, HASH_WITH_TEXT]}
    assert seen["hashes"]["second"] == {"packages": 3, "exchanges": [KNOWN_HASH]}


@pytest.mark.parametrize(
    ("case", "status", "error"),
    [
        ("nobody", 200, {"path": ["packages"], "code": "UNAUTHENTICATED"}),
        ("badToken", 401, {"code": "UNAUTHENTICATED"}),
        ("signedOut", 401, {"code": "UNAUTHENTICATED"}),
        ("invalid", 400, {"code": "GRAPHQL_VALIDATION_FAILED"}),
        ("tooLong", 200, {"path": ["packages"], "code": "BAD_USER_INPUT"}),
        ("badCursor", 200, {"path": ["packages"], "code": "BAD_USER_INPUT"}),
    ],
)
def test_a_refusal_reaches_the_application_with_its_code(
    seen: dict[str, Any], case: str, status: int, error: dict[str, Any]
) -> None:
    refusal = seen["refusals"][case]
    assert (refusal["status"], refusal["errors"]) == (status, [error])
    assert refusal.get("data") in (None, {"packages": None})


def test_a_field_without_its_scope_is_null_beside_those_that_are_allowed(seen: dict[str, Any]) -> None:
    refusal = seen["refusals"]["noScope"]
    [package] = refusal["data"]["packages"]["nodes"]
    assert package["id"].startswith("pkg_")
    assert package["contract"] is None
    path = ["packages", "nodes", 0, "contract"]
    assert refusal["errors"] == [{"path": path, "code": "FORBIDDEN", "requiredScope": "CONTRACT_READ"}]


def test_an_operation_that_costs_too_much_is_told_its_limit(seen: dict[str, Any]) -> None:
    [error] = seen["refusals"]["tooMuch"]["errors"]
    assert (error["code"], error["limit"], error["max"]) == ("QUERY_TOO_COMPLEX", "cost", 10_000)
    assert error["actual"] > error["max"]
