"""`POST /graphql` as a client sees it: media types, statuses, errors, languages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gateway.errors import ErrorCode, GatewayError, bad_input, rate_limited
from gateway.execution.operation import Answer, Credentials
from tests.http.asking import HELLO, client, code
from tests.http.engines import RecordingEngine
from tests.http.running import application, settings

RESPONSE_JSON = {"accept": "application/graphql-response+json"}


async def test_an_answer_comes_as_json_in_utf8_with_its_length() -> None:
    async with client(application(RecordingEngine())) as http:
        response = await http.post("/graphql", json=HELLO)
    assert response.status_code == 200
    assert response.json() == {"data": {"hello": "world"}}
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.headers["content-length"] == str(len(response.content))


async def test_the_newer_media_type_is_sent_to_those_who_ask_for_it() -> None:
    async with client(application(RecordingEngine())) as http:
        response = await http.post("/graphql", json=HELLO, headers=RESPONSE_JSON)
    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"


@pytest.mark.parametrize(
    ("answer", "plain", "newer"),
    [
        (Answer(b"{}", executed=True), 200, 200),
        (Answer(b"{}", executed=False), 200, 400),
        (Answer(b"{}", executed=False, status=503), 503, 503),
        (Answer(b"{}", executed=True, status=401), 401, 401),
    ],
)
async def test_the_status_says_whether_the_operation_ran(answer: Answer, plain: int, newer: int) -> None:
    async with client(application(RecordingEngine(answer_with=answer))) as http:
        assert (await http.post("/graphql", json=HELLO)).status_code == plain
        assert (await http.post("/graphql", json=HELLO, headers=RESPONSE_JSON)).status_code == newer


@pytest.mark.parametrize(
    ("error", "plain", "newer", "header"),
    [
        (
            GatewayError(ErrorCode.UNAUTHENTICATED, "token.invalid"),
            401,
            401,
            ("www-authenticate", 'Bearer error="invalid_token"'),
        ),
        (rate_limited(17), 429, 429, ("retry-after", "17")),
        (GatewayError(ErrorCode.UNAVAILABLE, "unavailable"), 503, 503, ("retry-after", "2")),
        (GatewayError(ErrorCode.TIMEOUT, "timeout"), 503, 503, ("retry-after", "2")),
        (bad_input("request.json"), 200, 400, None),
        (GatewayError(ErrorCode.NOT_FOUND, "not_found"), 200, 400, None),
        (GatewayError(ErrorCode.INTROSPECTION_DISABLED, "request.json"), 200, 400, None),
    ],
)
async def test_an_error_of_the_engine_has_its_status_and_headers(
    error: GatewayError, plain: int, newer: int, header: tuple[str, str] | None
) -> None:
    async with client(application(RecordingEngine(error=error))) as http:
        for headers, status in (({}, plain), (RESPONSE_JSON, newer)):
            response = await http.post("/graphql", json=HELLO, headers=headers)
            assert response.status_code == status
            assert code(response) == error.code.value
            assert "data" not in response.json()
            if header is not None:
                assert response.headers[header[0]] == header[1]


async def test_the_engine_gets_the_request_the_token_and_the_client() -> None:
    engine = RecordingEngine()
    headers = {"authorization": "Bearer abc", "accept-language": "de", "user-agent": "Test/1", "x-view-as": "pkg_1"}
    async with client(application(engine)) as http:
        await http.post("/graphql", json={**HELLO, "variables": {"a": 1}}, headers=headers)
        await http.post("/graphql", json=HELLO)
    (request, caller, credentials, language), (_, other, nothing, _) = engine.asked
    assert request.variables == {"a": 1}
    assert (credentials, nothing, language) == (Credentials("Bearer abc", "pkg_1"), Credentials(), "de")
    assert (caller.address, caller.user_agent) == ("192.0.2.77", "Test/1")
    assert caller.request_id != other.request_id


async def test_two_tokens_arrive_as_one_that_cannot_be_valid() -> None:
    engine = RecordingEngine()
    async with client(application(engine)) as http:
        lines = [("authorization", "Bearer a"), ("authorization", "Bearer b"), ("content-type", "application/json")]
        await http.post("/graphql", content=json.dumps(HELLO), headers=lines)
    assert engine.asked[0][2].authorization == "Bearer a, Bearer b"


async def test_a_request_id_is_never_the_callers() -> None:
    engine = RecordingEngine()
    async with client(application(engine)) as http:
        await http.post("/graphql", json=HELLO, headers={"x-request-id": "mine"})
    assert engine.asked[0][1].request_id != "mine"


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/xapplication/json",
        "text/plain; application/json",
        "application/json; charset=utf-16",
        "application/graphql",
    ],
)
async def test_what_a_form_could_send_across_sites_is_never_read(content_type: str | None) -> None:
    engine = RecordingEngine()
    headers = {} if content_type is None else {"content-type": content_type}
    async with client(application(engine)) as http:
        response = await http.post("/graphql", content=json.dumps(HELLO), headers=headers)
    assert response.status_code == 415
    assert code(response) == "BAD_USER_INPUT"
    assert engine.asked == []


async def test_a_second_content_type_does_not_slip_through() -> None:
    lines = [("content-type", "application/json"), ("content-type", "text/plain")]
    async with client(application(RecordingEngine())) as http:
        response = await http.post("/graphql", content=json.dumps(HELLO), headers=lines)
    assert response.status_code == 415


async def test_a_compressed_body_is_not_unpacked() -> None:
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    async with client(application(RecordingEngine())) as http:
        response = await http.post("/graphql", content=b"\x1f\x8b", headers=headers)
    assert response.status_code == 415


async def test_a_caller_who_accepts_no_json_is_told_so() -> None:
    engine = RecordingEngine()
    async with client(application(engine)) as http:
        response = await http.post("/graphql", json=HELLO, headers={"accept": "text/html"})
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert code(response) == "BAD_USER_INPUT"
    assert engine.asked == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
async def test_only_post_is_possible(method: str) -> None:
    engine = RecordingEngine()
    async with client(application(engine)) as http:
        response = await http.request(method, "/graphql", params={"query": "{ hello }"})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert engine.asked == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'[{"query":"{ hello }"}]', "one operation per request"),
        (b"{", "valid JSON"),
        (b'{"query": 1}', "query must be a string"),
    ],
)
async def test_a_malformed_request_is_400_under_either_media_type(body: bytes, message: str) -> None:
    async with client(application(RecordingEngine())) as http:
        for accept in ("application/json", "application/graphql-response+json"):
            headers = {"content-type": "application/json", "accept": accept}
            response = await http.post("/graphql", content=body, headers=headers)
            assert response.status_code == 400
            assert response.headers["content-type"].startswith(accept)
            assert message in response.json()["errors"][0]["message"]


async def test_errors_are_told_in_the_callers_language() -> None:
    async with client(application(RecordingEngine()), headers={"accept-language": "fr, de;q=0.9, en;q=0.1"}) as http:
        answers = [
            await http.post("/graphql", content=b"{", headers={"content-type": "application/json"}),
            await http.get("/graphql"),
            await http.get("/nothing"),
            await http.post("/graphql", content=b"x" * 70_000, headers={"content-type": "application/json"}),
        ]
    messages = [answer.json()["errors"][0]["message"] for answer in answers]
    assert [answer.status_code for answer in answers] == [400, 405, 404, 413]
    assert "kein gültiges JSON" in messages[0]
    assert "Methode" in messages[1]
    assert "Adresse" in messages[2]
    assert "höchstens 65536 Bytes" in messages[3]


async def test_a_body_at_the_limit_is_read_and_one_byte_more_is_not() -> None:
    given = settings(body_limit=1_024)
    async with client(application(RecordingEngine(), given), headers={"content-type": "application/json"}) as http:
        assert (await http.post("/graphql", content=json.dumps(HELLO).ljust(1_024).encode())).status_code == 200
        response = await http.post("/graphql", content=json.dumps(HELLO).ljust(1_025).encode())
    assert response.status_code == 413
    assert code(response) == "BAD_USER_INPUT"


async def test_a_body_in_pieces_is_refused_as_soon_as_it_is_too_long() -> None:
    taken = 0

    async def endless() -> Any:
        nonlocal taken
        while True:
            taken += 1
            yield b" " * 512

    given = settings(body_limit=1_024)
    async with client(application(RecordingEngine(), given), headers={"content-type": "application/json"}) as http:
        response = await http.post("/graphql", content=endless())
    assert response.status_code == 413
    assert taken <= 4
