"""The specification's own audit, run by its own client against a real server."""

from __future__ import annotations

from tests.clients.node import told
from tests.http.engines import ReferenceEngine
from tests.http.running import running
from tests.running_demo import Demo

OPTIONAL_AND_NOT_OFFERED = {"5A70", "D6D5", "6A70"}
"""MAY: queries by GET. The gateway has none (a link must not be able to ask anything)."""


def shortcomings(url: str) -> dict[str, str]:
    """What the audit finds at an address, by the id of its rule, but for what is not offered."""
    results = told("audit.mjs", f"{url}/graphql")
    assert len(results) >= 60
    failed = {result["id"]: f"{result['name']}: {result['reason']}" for result in results if result["status"] != "ok"}
    return {id: why for id, why in failed.items() if id not in OPTIONAL_AND_NOT_OFFERED}


def test_every_must_and_every_should_of_the_audit_passes() -> None:
    with running(ReferenceEngine()) as server:
        assert shortcomings(server.url) == {}


def test_the_running_gateway_passes_it_too(demo: Demo) -> None:
    assert shortcomings(demo.url) == {}
