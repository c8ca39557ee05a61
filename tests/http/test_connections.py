"""Raw bytes on a real socket: slow, oversized, malformed and ambiguous requests."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from time import monotonic, sleep

import pytest

from tests.http.engines import RecordingEngine, SleepingEngine
from tests.http.running import HELLO, Raw, Running, post, running, settings

ENGINE = RecordingEngine()
GET = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """A server with the usual limits but short deadlines."""
    short = settings(header_deadline=0.5, body_deadline=0.6, keep_alive=0.4, connections_per_address=40)
    with running(ENGINE, short) as server:
        yield server


def drip(raw: Raw, data: bytes, seconds: float = 0.1) -> float:
    """Send `data` byte by byte for as long as the server takes it; the seconds that was."""
    started = monotonic()
    try:
        for position in range(len(data)):
            raw.send(data[position : position + 1])
            sleep(seconds)
    except OSError:
        pass
    return monotonic() - started


class TestDeadlines:
    def test_a_connection_that_asks_nothing_is_ended(self, server: Running) -> None:
        with server.connect() as raw:
            started = monotonic()
            assert raw.ends()
            assert 0.3 < monotonic() - started < 3

    def test_headers_that_trickle_in_are_cut_off(self, server: Running) -> None:
        with server.connect() as raw:
            assert drip(raw, post(HELLO)) < 3
            reply = raw.reply()
            assert (reply.status, reply.code) == (408, "TIMEOUT")
            assert raw.ends()

    def test_so_are_those_of_a_later_request(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(GET)
            assert raw.reply().status == 200
            drip(raw, GET)
            assert raw.reply().status == 408
            assert raw.ends()

    def test_empty_lines_do_not_keep_a_connection(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(GET)
            assert raw.reply().status == 200
            assert drip(raw, b"\r\n" * 100) < 3
            assert raw.ends()

    def test_a_body_that_trickles_in_is_cut_off(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(post(HELLO)[: -len(HELLO)])
            assert drip(raw, HELLO * 10) < 3
            reply = raw.reply()
            assert (reply.status, reply.code) == (408, "TIMEOUT")
            assert reply.headers["x-content-type-options"] == "nosniff"
            assert raw.ends()

    def test_so_is_one_that_nobody_reads(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(post(b"x" * 100, path="/nothing")[:-100])
            assert raw.reply().status == 404
            assert drip(raw, b"x" * 100) < 3
            assert raw.ends()

    def test_a_kept_connection_rests_only_so_long(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(GET)
            assert raw.reply().status == 200
            started = monotonic()
            assert raw.ends()
            assert 0.2 < monotonic() - started < 3

    def test_patience_is_per_request_not_per_connection(self, server: Running) -> None:
        with server.connect() as raw:
            for _ in range(6):
                raw.send(GET[:20])
                sleep(0.2)
                raw.send(GET[20:])
                assert raw.reply().status == 200

    def test_an_operation_may_take_longer_than_the_body(self) -> None:
        short = settings(header_deadline=0.2, body_deadline=0.2, keep_alive=0.2)
        with running(SleepingEngine(), short) as server:
            reply = server.ask(post(b'{"query":"{ hello }","variables":{"seconds":0.6}}'))
        assert reply.status == 200

    def test_the_deadline_is_told_in_the_callers_language(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(post(HELLO, "Accept-Language: de")[:-3])
            assert "Übertragung" in raw.reply().body.decode()


class TestSizes:
    def test_headers_beyond_the_limit_are_refused(self, server: Running) -> None:
        reply = server.ask(post(HELLO, "X-Large: " + "x" * 16_384))
        assert (reply.status, reply.code) == (431, "BAD_USER_INPUT")
        assert reply.headers["connection"] == "close"

    def test_a_header_without_end_is_refused_when_it_is_too_long(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Endless: " + b"x" * 8_000)
            raw.send(b"x" * 10_000)
            assert raw.reply().status == 431
            assert raw.ends()

    def test_a_name_and_an_address_count_as_well(self, server: Running) -> None:
        assert server.ask(b"GET /" + b"a" * 17_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 431
        assert server.ask(b"GET / HTTP/1.1\r\n" + b"n" * 17_000 + b": x\r\n\r\n").status == 431

    @pytest.mark.parametrize("lines", [101, 3_000, 10_000])
    def test_a_flood_of_header_lines_is_refused(self, server: Running, lines: int) -> None:
        reply = server.ask(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n" + b"a: b\r\n" * lines + b"\r\n")
        assert reply.status == 431

    def test_many_small_headers_are_fine(self, server: Running) -> None:
        assert server.ask(GET[:-2] + b"a: b\r\n" * 90 + b"\r\n").status == 200

    def test_an_announced_body_is_refused_before_it_is_sent(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(post(b"")[:-4].replace(b"Length: 0", b"Length: 999999999") + b"\r\n\r\n")
            reply = raw.reply()
            assert (reply.status, reply.code) == (413, "BAD_USER_INPUT")
            assert raw.ends()

    def test_a_body_that_is_not_announced_is_refused_while_it_comes(self, server: Running) -> None:
        with server.connect() as raw:
            head = post(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
            raw.send(head)
            sent = 0
            try:
                for _ in range(50_000):  # far more than the sockets between the two hold
                    raw.send(b"2000\r\n" + b" " * 0x2000 + b"\r\n")
                    sent += 0x2000
            except OSError:
                pass
            assert raw.reply().status == 413
        assert sent < 50_000 * 0x2000

    def test_a_client_that_sends_on_still_gets_its_answer(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(post(b" " * 1_000_000, "Connection: close"))
            assert raw.reply().status == 413
            assert raw.ends()

    def test_a_client_in_the_middle_of_a_body_is_not_cut_off_at_once(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(post(b"").replace(b"Length: 0", b"Length: 999999"))
            for _ in range(5):  # on a closed connection the second of them would fail
                sleep(0.05)
                raw.send(b"x" * 1_000)
            assert raw.reply().status == 413

    def test_a_chunked_body_within_the_limit_is_read(self, server: Running) -> None:
        chunks = b"".join(b"%x\r\n%s\r\n" % (1, HELLO[i : i + 1]) for i in range(len(HELLO))) + b"0\r\n\r\n"
        reply = server.ask(post(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked") + chunks)
        assert (reply.status, reply.body) == (200, b'{"data":{"hello":"world"}}')

    def test_a_body_shorter_than_announced_is_never_an_operation(self, server: Running) -> None:
        ENGINE.asked.clear()
        with server.connect() as raw:
            raw.send(post(HELLO).replace(b"Length: %d" % len(HELLO), b"Length: 500"))
            assert raw.reply().status == 408
        assert ENGINE.asked == []

    def test_a_body_longer_than_announced_is_no_second_operation(self, server: Running) -> None:
        ENGINE.asked.clear()
        with server.connect() as raw:
            raw.send(post(HELLO).replace(b"Length: %d" % len(HELLO), b"Length: 5"))
            assert raw.reply().status == 400
            assert raw.ends()
        assert ENGINE.asked == []

    def test_an_expected_100_continue_comes_only_for_bodies_that_are_wanted(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(post(HELLO, "Expect: 100-continue")[: -len(HELLO)])
            assert raw.reply().status == 100
            raw.send(HELLO)
            assert raw.reply().status == 200
        large = post(b"", "Expect: 100-continue").replace(b"Content-Length: 0", b"Content-Length: 999999")
        assert server.ask(large).status == 413


SMUGGLED = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"


class TestMalformed:
    @pytest.mark.parametrize(
        "request_bytes",
        [
            b"GARBAGE\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            b"GET\r\n\r\n",
            b"GET /livez\r\n\r\n",
            b"GET /livez HTTP/9.9\r\nHost: localhost\r\n\r\n",
            b"FROB /graphql HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"get /livez HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"GET /livez HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n",
            b"GET /livez HTTP/1.1\r\nHost: localhost\r\nSpace : x\r\n\r\n",
            b"GET /livez HTTP/1.1\r\nHost: localhost\r\nNul: a\x00b\r\n\r\n",
            b"GET /li\xffvez HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"GET ?x HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"GET /livez HTTP/1.1\r\n\r\n",
            b"GET /livez HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ],
    )
    def test_what_is_no_request_is_400(self, server: Running, request_bytes: bytes) -> None:
        reply = server.ask(request_bytes)
        assert (reply.status, reply.code) == (400, "BAD_USER_INPUT")
        assert reply.headers["content-type"] == "application/json; charset=utf-8"
        assert "server" not in reply.headers
        assert b"evil" not in reply.body

    @pytest.mark.parametrize(
        "lines",
        [
            ["Content-Length: 21", "Transfer-Encoding: chunked"],
            ["Transfer-Encoding: chunked", "Content-Length: 21"],
            ["Content-Length: 21", "Content-Length: 22"],
            ["Content-Length: 21, 21"],
            ["Content-Length: +21"],
            ["Content-Length: -1"],
            ["Content-Length: 0x15"],
            ["Content-Length: 21 22"],
            ["Content-Length: 99999999999999999999999"],
            ["Content-Length:"],
            ["Transfer-Encoding: xchunked"],
            ["Transfer-Encoding: chunked, identity"],
            ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
            ["Transfer-Encoding:\x0bchunked"],
            ["Transfer-Encoding : chunked"],
            [" Transfer-Encoding: chunked"],
            ["X: y\n Transfer-Encoding: chunked"],
        ],
    )
    def test_no_second_request_hides_in_an_ambiguous_body(self, server: Running, lines: list[str]) -> None:
        ENGINE.asked.clear()
        head = ["POST /graphql HTTP/1.1", "Host: localhost", "Content-Type: application/json", *lines, "", ""]
        with server.connect() as raw:
            raw.send("\r\n".join(head).encode("latin-1") + HELLO + b"0\r\n\r\n" + SMUGGLED)
            assert raw.reply().status in (400, 408, 413)
            with pytest.raises(ConnectionError):
                raw.reply()
        assert ENGINE.asked == []

    @pytest.mark.parametrize("body", [b"zz\r\n", b"5\r\nabcdefgh\r\n", b"-1\r\n", b"ffffffffffffffffff\r\n", b"5;" * 5])
    def test_a_broken_chunk_ends_the_request(self, server: Running, body: bytes) -> None:
        ENGINE.asked.clear()
        head = post(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
        with server.connect() as raw:
            raw.send(head)
            raw.send(body)
            assert raw.reply().status in (400, 408, 413)
            assert raw.ends()
        assert ENGINE.asked == []

    def test_an_offer_to_speak_something_else_is_passed_over(self, server: Running) -> None:
        for offer in ("h2c", "websocket"):
            lines = f"Connection: Upgrade\r\nUpgrade: {offer}\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
            assert server.ask(GET[:-2] + lines.encode()).status == 200
            asking = post(HELLO, "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMA", f"Upgrade: {offer}")
            with server.connect() as raw:
                for part in (asking[:-30], asking[-30:-10], asking[-10:], post(HELLO)):
                    raw.send(part)
                    sleep(0.05)
                assert [raw.reply().status for _ in range(2)] == [200, 200]

    @pytest.mark.parametrize("method", [b"TRACE", b"OPTIONS", b"DELETE", b"PUT", b"PROPFIND", b"M-SEARCH"])
    def test_other_methods_get_405_and_nothing_of_theirs_back(self, server: Running, method: bytes) -> None:
        reply = server.ask(method + b" /graphql HTTP/1.1\r\nHost: localhost\r\nX-Secret: SENTINEL\r\n\r\n")
        assert reply.status == 405
        assert reply.headers["allow"] == "POST"
        assert b"SENTINEL" not in reply.body

    def test_head_has_the_headers_of_get_and_no_body(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(GET.replace(b"GET", b"HEAD") + GET)
            head = raw._connection.recv(65536)  # a reply that announces a length it does not have
            assert head.startswith(b"HTTP/1.1 200")
            assert b"content-length: 17" in head

    def test_the_host_in_a_full_address_does_not_matter_but_the_header_does(self, server: Running) -> None:
        full = b"GET http://evil.example/livez HTTP/1.1\r\nHost: %s\r\n\r\n"
        assert server.ask(full % b"localhost").status == 200
        assert server.ask(full % b"evil.example").status == 400

    def test_an_http_1_0_request_is_answered_and_the_connection_ended(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(b"GET /livez HTTP/1.0\r\nHost: localhost\r\n\r\n")
            assert raw.reply().status == 200
            assert raw.ends()


class TestPipelining:
    def test_requests_in_a_row_are_answered_in_order(self, server: Running) -> None:
        with server.connect() as raw:
            raw.send(post(HELLO) + GET + post(b"{") + GET)
            assert [raw.reply().status for _ in range(4)] == [200, 200, 400, 200]

    def test_a_broken_one_does_not_get_the_answer_of_another(self) -> None:
        with running(SleepingEngine()) as server, server.connect() as raw:
            raw.send(post(b'{"query":"{ hello }","variables":{"seconds":0.3}}') + b"GARBAGE\r\n\r\n")
            reply = raw.reply()
            assert (reply.status, reply.body) == (200, b'{"data":{"hello":"rested"}}')
            assert raw.ends()

    def test_a_row_without_end_is_ended(self) -> None:
        with running(SleepingEngine()) as server, server.connect() as raw:
            raw.send(post(b'{"query":"{ hello }","variables":{"seconds":0.3}}') + GET * 1_000)
            assert raw.reply().status == 200
            assert raw.ends()


class TestAddresses:
    def test_an_address_holds_only_so_many_connections(self) -> None:
        with running(RecordingEngine(), settings(connections_per_address=3)) as server:
            held = [server.connect() for _ in range(3)]
            for raw in held:
                raw.send(GET)
                assert raw.reply().status == 200
            with server.connect() as fourth:
                reply = fourth.reply()
                assert (reply.status, reply.code, reply.headers["retry-after"]) == (429, "RATE_LIMITED", "1")
                assert fourth.ends()
            for raw in held:
                raw.__exit__()
            server.until_idle()
            assert server.ask(GET).status == 200

    def test_a_listed_proxy_holds_as_many_as_it_wants(self) -> None:
        given = settings(connections_per_address=1, trusted_proxies="127.0.0.0/8")
        with running(RecordingEngine(), given) as server:
            held = [server.connect() for _ in range(3)]
            for raw in held:
                raw.send(GET)
                assert raw.reply().status == 200
                raw.__exit__()


def test_a_client_that_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.http.server.SEND_DEADLINE", 0.3)
    engine = RecordingEngine()
    engine.answer_with = type(engine.answer_with)(b"x" * 30_000_000, True)
    with running(engine) as server, server.connect() as raw:
        raw._connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        raw.send(post(HELLO))
        assert raw._connection.recv(1) == b"H"
        server.until_idle()


def test_no_connection_is_left_behind(server: Running) -> None:
    server.until_idle()
