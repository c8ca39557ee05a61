"""Whatever is sent is answered with a code, and never by an error of ours (SECURITY G10)."""

from __future__ import annotations

import json

import pytest

from tests.api.service import CODES, Service
from tests.world import Caller

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"null", b"true", b"5", b'"x"', b"[]", b"{}", b"{", b'{"query": null}', b'{"query": 5}', b'{"query": ""}',
        b'{"query": " "}', b'{"query": "#"}', b'{"query": "\xff"}', b"\xff\xfe", b'{"query": "\\ud800"}', b'{"query": "\x00"}',
        b'{"query": "{ viewer { scopes } }", "query": "{ a }"}', b'{"query": "{ viewer { scopes } }", "variables": 5}',
        b'{"query": "{ viewer { scopes } }", "variables": []}', b'{"query": "{ viewer { scopes } }", "operationName": 5}',
        b'{"query": "{ viewer { scopes } }", "extensions": []}', b'{"query": "fragment F on Query { viewer { scopes } }"}',
        b'{"query": "query($a: Int) { packages(first: $a) { totalCount } }", "variables": {"a": ' + b"9" * 5_000 + b"}}",
        b'{"query": "query($a: Int) { packages(first: $a) { totalCount } }", "variables": {"a": 1e999}}',
        b'{"query": "query($a: Int) { packages(first: $a) { totalCount } }", "variables": {"a": NaN}}',
        b'{"query": "{ packages(first: ' + b"9" * 5_000 + b') { totalCount } }"}',
        b'{"query": "{ packages(first: 1.5) { totalCount } }"}', b'{"query": "' + b"{a" * 10_000 + b'"}',
        b'{"query": "{ viewer { scopes } }", "variables": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}",
        b'{"query": "query($a: ID!) { package(id: $a) { id } }", "variables": {"a": 5}}',
        b'{"query": "query($a: ID!) { package(id: $a) { id } }", "variables": {"a": 1.5}}',
        b'{"query": "query($a: ID!) { package(id: $a) { id } }", "variables": {"a": "\\ud800"}}',
        b'{"query": "query($a: ID!) { package(id: $a) { id } }", "variables": {"a": "\\u0000"}}',
        b'{"query": "query($a: [ID!]!) { nodes(ids: $a) { id } }", "variables": {"a": null}}',
        b'{"query": "query($a: [ID!]!) { nodes(ids: $a) { id } }", "variables": {"a": "x"}}',
        b'{"query": "query($a: [ID!]!) { nodes(ids: $a) { id } }", "variables": {"a": [["x"]]}}',
        b'{"query": "{ viewer { scopes } }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}}',
        b'{"query": "{ viewer { scopes } }", "extensions": {"persistedQuery": 5}}',
        b'{"query": "{ viewer { scopes } }", "extensions": {"cost": "yes"}}',
        b'{"query": "query A($a: Int = 5, $a: Int) { viewer { scopes } }"}',
        b'{"query": "{ viewer { scopes } viewer { session { id } } viewer: packages { totalCount } }"}',
        b'{"query": "query ($a: Boolean!) { viewer @skip(if: $a) { scopes } }", "variables": {"a": null}}',
        b'{"query": "{ viewer @skip @include(if: 5) { scopes } }"}',
    ],
    ids=lambda body: f"{len(body)} {body[:48]!r}",
)  # fmt: skip
async def test_whatever_is_sent_is_answered_with_a_code_and_never_an_error_of_ours(
    body: bytes, shared: Service
) -> None:
    headers = {"content-type": "application/json", "authorization": f"Bearer {shared.world.tokens[Caller.OWNER]}"}
    for accept in ("application/json", "application/graphql-response+json"):
        for _ in range(2):
            response = await shared.http.post("/graphql", content=body, headers={**headers, "accept": accept})
            assert response.status_code < 500
            answer = json.loads(response.content)
            codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
            assert codes <= CODES - {"INTERNAL"}
            assert codes or "data" in answer
