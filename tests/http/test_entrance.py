"""What holds for every request and every answer, whichever route they belong to."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from gateway.errors import ErrorCode, GatewayError
from models.database import DatabaseUnavailable, StatementTimeout
from tests.http.asking import HELLO, client, code
from tests.http.engines import RecordingEngine
from tests.http.running import application, settings

SECURITY = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000",
    "x-content-type-options": "nosniff",
}
SHOP = "https://my.example.com"


def raising(error: Exception) -> Route:
    async def endpoint(request: Request) -> Response:
        raise error

    return Route("/raising", endpoint)


async def test_every_answer_carries_the_security_headers_and_no_server() -> None:
    app = application(RecordingEngine(), others=[raising(ValueError())])
    async with client(app) as http:
        answers = [
            await http.post("/graphql", json=HELLO),
            await http.get("/graphql"),
            await http.get("/livez"),
            await http.get("/nothing"),
            await http.get("/raising"),
            await http.get("/livez", headers={"host": "evil.example"}),
            await http.post("/graphql", content=b"x" * 70_000),
        ]
    assert [answer.status_code for answer in answers] == [200, 405, 200, 404, 500, 400, 415]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY
        assert "server" not in answer.headers


async def test_a_route_may_decide_a_header_itself() -> None:
    async def page(request: Request) -> Response:
        return PlainTextResponse("page", headers={"Content-Security-Policy": "default-src 'self'"})

    async with client(application(RecordingEngine(), others=[Route("/page", page)])) as http:
        response = await http.get("/page")
    assert response.headers.get_list("content-security-policy") == ["default-src 'self'"]
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_strict_transport_security_can_be_left_to_a_proxy() -> None:
    async with client(application(RecordingEngine(), settings(hsts=False))) as http:
        assert "strict-transport-security" not in (await http.get("/livez")).headers


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost:8000", "127.0.0.1:1", "[::1]", "[::1]:8000"])
async def test_a_listed_host_is_answered_at_any_port(host: str) -> None:
    async with client(application(RecordingEngine())) as http:
        assert (await http.get("/livez", headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost.evil.example",
        "localhost.",
        "localhost:",
        "localhost:80:80",
        "localhost:evil",
        "localhost:123456",
        "evil@localhost",
        "localhost, evil.example",
        "[::1]evil",
        "[::1",
        "::1",
        "localhost/",
        " localhost evil",
        "*",
    ],
)
async def test_any_other_host_is_refused_and_not_repeated(host: str) -> None:
    async with client(application(RecordingEngine())) as http:
        response = await http.get("/livez", headers={"host": host})
    assert response.status_code == 400
    assert code(response) == "BAD_USER_INPUT"
    assert "evil" not in response.text + str(response.headers)


async def test_two_hosts_are_no_host() -> None:
    async with client(application(RecordingEngine())) as http:
        response = await http.get("/livez", headers=[("host", "localhost"), ("host", "localhost")])
    assert response.status_code == 400


async def test_the_public_address_is_answered_without_listing_it() -> None:
    given = settings(public_url="https://login.example.com/")
    async with client(application(RecordingEngine(), given)) as http:
        assert (await http.get("/livez", headers={"host": "login.example.com"})).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "//graphql",
        "/graphql/",
        "/graphql//",
        "/./graphql",
        "/x/../graphql",
        "/%2e%2e/graphql",
        "/graphql%00",
        "/graphql%2f",
        "/%67raphql",
        "/graphql;x=1",
        "/GraphQL",
        "/graphql.json",
        "/livez/",
        "/",
    ],
)
async def test_a_path_matches_exactly_or_not_at_all(path: str) -> None:
    engine = RecordingEngine()
    scope_path = path.replace("%67", "g").replace("%2e", ".").replace("%00", "\0").replace("%2f", "/")
    app = application(engine)
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b'{"query":"{ hello }"}', "more_body": False}

    async def send(message: object) -> None:
        assert isinstance(message, dict)
        sent.append(message)

    lines = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": scope_path, "raw_path": path.encode(), "headers": lines}
    await app({**scope, "client": ("192.0.2.1", 1), "query_string": b"", "root_path": ""}, receive, send)
    assert sent[0]["status"] == 404
    assert b"location" not in dict(sent[0]["headers"])  # type: ignore[call-overload]  # header lines of an ASGI message
    assert engine.asked == []


async def test_an_exception_says_nothing_of_itself_but_an_id() -> None:
    app = application(RecordingEngine(error=ValueError("SENTINEL-secret")))
    async with client(app) as http:
        response = await http.post("/graphql", json=HELLO)
    assert response.status_code == 500
    assert code(response) == "INTERNAL"
    assert len(response.json()["errors"][0]["extensions"]["errorId"]) == 16
    assert "SENTINEL" not in response.text


@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [
        (GatewayError(ErrorCode.NOT_FOUND, "not_found"), 404, "NOT_FOUND"),
        (GatewayError(ErrorCode.UNAUTHENTICATED, "unauthenticated"), 401, "UNAUTHENTICATED"),
        (GatewayError(ErrorCode.FORBIDDEN, "forbidden.scope", scope="X"), 403, "FORBIDDEN"),
        (DatabaseUnavailable("SENTINEL"), 503, "UNAVAILABLE"),
        (StatementTimeout("SENTINEL"), 503, "TIMEOUT"),
    ],
)
async def test_what_a_route_raises_becomes_a_coded_answer(error: Exception, status: int, expected: str) -> None:
    async with client(application(RecordingEngine(), others=[raising(error)])) as http:
        response = await http.get("/raising")
    assert response.status_code == status
    assert code(response) == expected
    assert "SENTINEL" not in response.text


async def test_nobody_who_sent_no_token_is_told_it_was_invalid() -> None:
    error = GatewayError(ErrorCode.UNAUTHENTICATED, "unauthenticated")
    async with client(application(RecordingEngine(), others=[raising(error)])) as http:
        assert (await http.get("/raising")).headers["www-authenticate"] == "Bearer"


async def test_without_listed_origins_nothing_is_said_about_origins() -> None:
    async with client(application(RecordingEngine())) as http:
        response = await http.post("/graphql", json=HELLO, headers={"origin": SHOP})
    assert not [name for name in response.headers if name.startswith("access-control")]


async def test_a_listed_origin_may_read_answers_but_not_with_cookies() -> None:
    async with client(application(RecordingEngine(), settings(cors_origins=SHOP))) as http:
        response = await http.post("/graphql", json=HELLO, headers={"origin": SHOP})
        refused = await http.post("/graphql", content=b"{", headers={"origin": SHOP})
    for answer in (response, refused):
        assert answer.headers["access-control-allow-origin"] == SHOP
        assert "Retry-After" in answer.headers["access-control-expose-headers"]
        assert answer.headers["vary"] == "Origin"
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "*",
        "https://my.example.com.evil.example",
        "https://evil.example",
        "http://my.example.com",
        "https://my.example.com:8443",
        "https://my.example.com/",
        "https://sub.my.example.com",
        "",
    ],
)
async def test_any_other_origin_may_not(origin: str) -> None:
    preflight = {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}
    async with client(application(RecordingEngine(), settings(cors_origins=SHOP))) as http:
        response = await http.post("/graphql", json=HELLO, headers={"origin": origin})
        asked = await http.options("/graphql", headers={"origin": origin, **preflight})
    assert asked.status_code == 405
    for answer in (response, asked):
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["vary"] == "Origin"


async def test_a_preflight_allows_what_a_browser_app_needs() -> None:
    engine = RecordingEngine()
    headers = {"origin": SHOP, "access-control-request-method": "POST"}
    async with client(application(engine, settings(cors_origins=f"{SHOP},https://other.example"))) as http:
        response = await http.options("/graphql", headers=headers)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == SHOP
    assert response.headers["access-control-allow-methods"] == "GET, POST"
    assert response.headers["access-control-allow-headers"] == "Authorization, Content-Type, X-View-As"
    assert response.content == b""
    assert engine.asked == []


async def test_the_client_behind_a_listed_proxy_is_the_one_it_names() -> None:
    engine = RecordingEngine()
    given = settings(trusted_proxies="10.0.0.0/8")
    lines = [("x-forwarded-for", "198.51.100.7"), ("x-forwarded-for", "203.0.113.9")]
    async with client(application(engine, given), peer=("10.1.2.3", 1)) as http:
        await http.post("/graphql", json=HELLO, headers=[*lines, ("content-type", "application/json")])
    assert engine.asked[0][1].address == "203.0.113.9"
