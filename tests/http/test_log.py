"""The log: one line for a request, and nothing in it that a caller would not want to be kept."""

from __future__ import annotations

import asyncio
import json
import logging
from io import BytesIO
from typing import Any

import pytest
import structlog

from gateway.auth.tokens import TokenKind, new_token
from gateway.http.log import REQUEST_BUDGET, configure_logging
from tests.http.asking import HELLO, Log, client
from tests.http.engines import RecordingEngine
from tests.http.running import HELLO as HELLO_BYTES
from tests.http.running import application, post, running, settings

SENTINEL = "SENTINEL-secret"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Any:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("uvicorn.access", "strawberry.execution"):
        logging.getLogger(name).disabled = False


async def test_a_request_has_one_line_with_what_an_operator_needs() -> None:
    log = Log()
    async with client(application(RecordingEngine())) as http:
        await http.post("/graphql", json={"query": "query Shop { hello }", "operationName": "Shop"})
    (line,) = log.lines
    assert line.pop("ms") >= 0
    assert len(line.pop("request_id")) == 16
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "method": "POST",
        "route": "/graphql",
        "status": 200,
        "operation": "Shop",
        "bytes": 26,
        "address": "192.0.2.0",
    }


async def test_nothing_of_the_callers_own_is_in_it() -> None:
    log = Log(trusted_proxies="192.0.2.0/24", cors_origins="https://my.example.com")
    headers = {
        "authorization": f"Bearer {SENTINEL}",
        "user-agent": SENTINEL,
        "x-forwarded-for": "203.0.113.99",
        "cookie": f"a={SENTINEL}",
        "referer": f"https://example.com/?{SENTINEL}",
        "accept-language": SENTINEL,
        "host": "localhost:4711",
    }
    body = {"query": f'{{ hello(a: "{SENTINEL}") }}', "variables": {SENTINEL: SENTINEL}, "operationName": SENTINEL}
    async with client(application(RecordingEngine()), headers=headers) as http:
        await http.post(f"/graphql?token={SENTINEL}", json=body)
        await http.get(f"/nothing/{SENTINEL}?q={SENTINEL}")
        await http.post("/graphql", content=SENTINEL.encode(), headers={"content-type": "application/json"})
        await http.get("/livez", headers={"host": SENTINEL})
    assert len(log.lines) == 4
    assert "SENTINEL" not in log.text
    assert "203.0.113.99" not in log.text


@pytest.mark.parametrize("name", ["a b", "a\nb", "\x1b[31m", "ü", "x" * 65, "", "a\u2028b", "DE89370400440532013000"])
async def test_an_operation_name_that_is_no_name_is_not_logged(name: str) -> None:
    log = Log()
    async with client(application(RecordingEngine())) as http:
        await http.post("/graphql", json={**HELLO, "operationName": name})
    assert "operation" not in log.lines[0]


async def test_a_refusal_is_information_and_has_no_traceback() -> None:
    log = Log()
    async with client(application(RecordingEngine())) as http:
        await http.post("/graphql", content=b"{", headers={"content-type": "application/json"})
    (line,) = log.lines
    assert (line["level"], line["status"], line["code"]) == ("info", 400, "BAD_USER_INPUT")
    assert "exception" not in line


async def test_probes_that_are_well_are_not_news() -> None:
    log = Log()
    async with client(application(RecordingEngine())) as http:
        await http.get("/livez")
        await http.get("/readyz")
    assert log.lines == []


async def test_an_unexpected_exception_is_told_by_type_and_place_under_the_id_the_caller_got() -> None:
    class Failing:
        async def answer(self, request: Any, *rest: Any) -> Any:
            secret = SENTINEL
            try:
                raise KeyError(secret)
            except KeyError as error:
                raise ValueError(f"bad {secret} {request.variables}") from error

    log = Log()
    async with client(application(Failing())) as http:
        response = await http.post("/graphql", json={**HELLO, "variables": {"password": SENTINEL}})
    exception, request = log.lines
    error_id = response.json()["errors"][0]["extensions"]["errorId"]
    assert exception["level"] == "error"
    assert exception["error_id"] == request["request_id"] == error_id
    assert request["status"] == 500
    first, cause = exception["exception"]
    assert first.startswith("builtins.ValueError: tests/http/test_log.py:")
    assert "answer < " in first
    assert cause.startswith("builtins.KeyError: ")
    assert "SENTINEL" not in log.text


async def test_a_request_logs_at_most_four_kilobytes_whatever_happens() -> None:
    class Chatty:
        async def answer(self, *rest: Any) -> Any:
            for number in range(200):
                structlog.get_logger().warning("something", number=number, text="x" * 500)
            await asyncio.gather(*(self._task() for _ in range(100)))
            raise RecursionError("x" * 10_000)

        async def _task(self) -> None:
            logging.getLogger("strawberry").error("y" * 500)

    log = Log()
    async with client(application(Chatty())) as http:
        await http.post("/graphql", json=HELLO)
        size = len(log.text)
        await http.post("/graphql", json=HELLO)
    assert REQUEST_BUDGET / 2 < size <= 4_096
    assert len([line for line in log.lines if line["event"] == "request"]) == 2


@pytest.mark.parametrize(
    "secret",
    [
        new_token(TokenKind.SESSION),
        f"header Bearer {'a' * 40} end",
        "DE89370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "postgres://gateway:hunter2@db.internal/main",
    ],
)
def test_what_looks_like_a_secret_is_struck_out(secret: str) -> None:
    log = Log()
    structlog.get_logger().warning("event", text=f"before {secret} after", many=[secret])
    logging.getLogger("library").warning("library says %s", secret)
    assert len(log.lines) == 2
    assert secret not in log.text
    for telling in ("hunter2", "a" * 40, "0532"):
        assert telling not in log.text
    assert "before" in log.text
    assert "after" in log.text


@pytest.mark.parametrize("key", ["password", "new_password", "token", "authorization", "iban", "variables", "Cookie"])
def test_what_is_named_like_a_secret_is_struck_out(key: str) -> None:
    log = Log()
    structlog.get_logger().warning("event", **{key: SENTINEL})
    assert log.lines[0][key] == "[redacted]"


def test_objects_are_named_not_shown() -> None:
    class Customer:
        def __repr__(self) -> str:
            return SENTINEL

    log = Log()
    structlog.get_logger().warning("event", customer=Customer(), mapping={"a": SENTINEL})
    assert (log.lines[0]["customer"], log.lines[0]["mapping"]) == ("<Customer>", "<dict>")


@pytest.mark.parametrize("form", ["json", "text"])
def test_control_characters_are_escaped(form: str) -> None:
    stream = BytesIO()
    configure_logging(settings(log_format=form), stream)
    structlog.get_logger().warning("a\r\nb\x1b[31m\x7f\x9b", text="c\n\x00\u202e\ud800", number=2**70)
    line = stream.getvalue()
    assert line.count(b"\n") == 1
    assert line.rstrip(b"\n").decode("ascii").isprintable()


def test_text_is_for_reading() -> None:
    stream = BytesIO()
    configure_logging(settings(log_format="text"), stream)
    structlog.get_logger().warning("not ready", because="database")
    assert stream.getvalue().endswith(b' warning not ready because="database"\n')


def test_the_level_is_kept_by_us_and_by_libraries() -> None:
    log = Log(log_level="WARNING")
    structlog.get_logger().info("no")
    logging.getLogger("gateway.jobs").info("no")
    structlog.get_logger().warning("yes")
    logging.getLogger("gateway.jobs").warning("yes")
    assert [line["event"] for line in log.lines] == ["yes", "yes"]


def test_even_debugging_shows_no_statements_of_libraries() -> None:
    log = Log(log_level="DEBUG")
    for name in ("tortoise.db_client", "aiosqlite", "asyncpg", "httpx"):
        logging.getLogger(name).debug("SELECT %s", SENTINEL)
        logging.getLogger(name).info("SELECT %s", SENTINEL)
    logging.getLogger("strawberry.execution").error("rejected", exc_info=ValueError(SENTINEL))
    assert log.text == ""


def test_a_record_that_cannot_be_formatted_is_not_shown_instead() -> None:
    log = Log()
    logging.getLogger("library").warning("%d packages", SENTINEL)
    assert log.lines[0]["event"] == "unreadable log record"
    assert "SENTINEL" not in log.text


def test_a_lost_task_is_told_without_its_exceptions_text() -> None:
    log = Log()

    async def lose() -> None:
        async def failing() -> None:
            raise ValueError(SENTINEL)

        task = asyncio.create_task(failing())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task

    asyncio.run(lose())
    (line,) = log.lines
    assert line["event"] == "Task exception was never retrieved"
    assert line["exception"][0].startswith("builtins.ValueError")
    assert "SENTINEL" not in log.text


async def test_a_full_disk_costs_the_line_and_not_the_request() -> None:
    class Full(BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(28, "No space left on device")

    configure_logging(settings(), Full())
    async with client(application(RecordingEngine())) as http:
        assert (await http.post("/graphql", json=HELLO)).status_code == 200


def test_what_the_connection_refuses_has_its_line_too() -> None:
    log = Log()
    with running(RecordingEngine(), settings(body_deadline=0.2, header_deadline=0.2)) as server:
        server.ask(b"GARBAGE\r\n\r\n")
        server.ask(post(HELLO_BYTES)[:-1])
        server.ask(post(HELLO_BYTES, f"X-Large: {'x' * 20_000}"))
    requests = [line for line in log.lines if line["event"] == "request"]
    assert [line["status"] for line in requests] == [400, 408, 431]
    assert [line["level"] for line in requests] == ["info"] * 3
    assert all(line["address"] == "127.0.0.0" for line in requests)
    assert not [line for line in log.lines if line["level"] in ("warning", "error")]


def test_a_client_that_leaves_is_no_error() -> None:
    log = Log()
    with running(RecordingEngine()) as server:
        with server.connect() as raw:
            raw.send(post(HELLO_BYTES)[:-1])
        server.until_idle()
    requests = [line for line in log.lines if line["event"] == "request"]
    assert [(line["status"], line["level"]) for line in requests] == [(499, "info")]
    assert json.dumps(log.lines).count("error") == json.dumps(log.lines).count("uvicorn.error")
