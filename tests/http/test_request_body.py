"""What a request body may be. Everything else is refused with a code, and nothing makes the reader stumble."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.http.refusal import Refusal
from gateway.http.request import MAX_NESTING, operation_request


def refused(body: bytes) -> str:
    """The message key of the refusal of `body`."""
    with pytest.raises(Refusal) as caught:
        operation_request(body)
    assert caught.value.status == 400
    assert caught.value.error.code == "BAD_USER_INPUT"
    return caught.value.error.key


def nested(levels: int) -> bytes:
    """A request nested `levels` deep in all."""
    inner: Any = 1
    for _ in range(levels - 2):
        inner = [inner]
    return json.dumps({"query": "{ hello }", "variables": {"list": inner}}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"{",
        b"{ not json",
        b'{"query": NaN}',
        b'{"query": Infinity}',
        b'{"query": "\xff"}',
        b"\xff\xfe{\x00}\x00",
        b'\xef\xbb\xbf{"query":"{ hello }"}',
        b'{"query": "\\ud800"}',
        b'{"query": "\\udc00\\ud800"}',
        b'{"query": "\xed\xa0\x80"}',
        b'{"query": "{ hello }", "variables": {"n": ' + b"9" * 5000 + b"}}",
        b'{"query": "{ hello }", "variables": {"n": 1e999}}',
        b'{"query": "{ hello }"} {}',
        b'{"query": "{ hello }",}',
        b'{"query": "a\x00b"}',
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b"query={hello}",
    ],
)
def test_what_is_not_json_in_utf8_is_refused(body: bytes) -> None:
    assert refused(body) == "request.json"


@pytest.mark.parametrize("body", [b"null", b"true", b"0", b"-1.5", b'"{ hello }"'])
def test_a_json_value_that_is_no_object_is_refused(body: bytes) -> None:
    assert refused(body) == "request.object"


@pytest.mark.parametrize("body", [b"[]", b"[1]", b'[{"query":"{ hello }"},{"query":"{ hello }"}]'])
def test_a_batch_is_refused(body: bytes) -> None:
    assert refused(body) == "request.batch"


@pytest.mark.parametrize(
    ("parameters", "key"),
    [
        ({}, "request.query"),
        ({"query": None}, "request.query"),
        ({"query": None, "extensions": {}}, "request.query"),
        ({"query": 1}, "request.query"),
        ({"query": ["{ hello }"]}, "request.query"),
        ({"query": {"a": 1}, "extensions": {"persistedQuery": {}}}, "request.query"),
        ({"query": "{ hello }", "operationName": 1}, "request.operation_name"),
        ({"query": "{ hello }", "operationName": ["A"]}, "request.operation_name"),
        ({"query": "{ hello }", "variables": "{}"}, "request.variables"),
        ({"query": "{ hello }", "variables": []}, "request.variables"),
        ({"query": "{ hello }", "variables": False}, "request.variables"),
        ({"query": "{ hello }", "extensions": []}, "request.extensions"),
        ({"query": "{ hello }", "extensions": "x"}, "request.extensions"),
        ({"extensions": [1]}, "request.extensions"),
    ],
)
def test_a_parameter_of_another_type_is_refused_by_name(parameters: dict[str, Any], key: str) -> None:
    assert refused(json.dumps(parameters).encode()) == key


def test_the_parameters_arrive_as_they_were_sent() -> None:
    sent = {
        "query": "query A($a: String) { hello }",
        "operationName": "A",
        "variables": {"a": "ü", "b": [1, {"c": None}]},
        "extensions": {"x": 1},
        "somethingElse": [1],
    }
    request = operation_request(json.dumps(sent).encode())
    assert request.query == sent["query"]
    assert request.operation_name == "A"
    assert request.variables == sent["variables"]
    assert request.extensions == {"x": 1}


def test_null_parameters_are_as_good_as_none() -> None:
    request = operation_request(b'{"query":"{ hello }","operationName":null,"variables":null,"extensions":null}')
    assert (request.operation_name, request.variables, request.extensions) == (None, None, None)


def test_the_query_may_be_left_to_an_extension() -> None:
    request = operation_request(b'{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}}')
    assert request.query is None


def test_nesting_is_possible_up_to_its_bound_and_no_further() -> None:
    assert operation_request(nested(MAX_NESTING)).query == "{ hello }"
    assert refused(nested(MAX_NESTING + 1)) == "request.nesting"
    assert refused(nested(900)) == "request.nesting"


@pytest.mark.parametrize(
    "body",
    [
        b'{"query":"{ hello }","query":"{ secret }"}',
        b'{"query":"{ hello }" ,"query" :"{ secret }"}',
        b'{"query":"{ hello }","qu\\u0065ry":"{ secret }"}',
        b'{"query":"{ hello }","variables":{"id":"a","id":"b"}}',
        b'{"query":"{ hello }","variables":{"list":[{"x":{"id":1,"id":1}}]}}',
        b'{"a\\\\":1,"query":"{ hello }","query":"{ secret }"}',
        b'{"a" :1,"query":"{ hello }","query":"{ secret }"}',
        b'{"a"\n:1,"query":"{ hello }","query":"{ secret }"}',
        b'{"a"\t:1,"query":"{ hello }","query":"{ secret }"}',
        b'{"a"\r:1,"query":"{ hello }","query":"{ secret }"}',
        b'{"query":"{ hello(name: \\":\\") }","query":"{ secret }"}',
    ],
)
def test_a_key_that_occurs_twice_is_refused_wherever_it_is(body: bytes) -> None:
    assert refused(body) == "request.duplicate"


@pytest.mark.parametrize(
    "body",
    [
        b'{"query" : "{ hello }", "variables" : {"a" : 1}}',
        b'{"query":"{ a:hello(name: \\":x\\") b : hello }"}',
        b'{"query":"{ hello }","variables":{"a":":","b":"\\\\",":":"\\":"}}',
        b'{"query":"{ hello }","variables":{"a\\\\":1,"\\"":2}}',
        b'{"query":"{ hello }","variables":{"x":{"id":1},"y":{"id":1}}}',
    ],
)
def test_colons_and_quotes_elsewhere_are_not_taken_for_keys(body: bytes) -> None:
    assert operation_request(body).query is not None


KEYS = st.sampled_from(["a", "b", ":", '"', "\\", '":', "ü", " :", ""])


class Pairs(list[tuple[str, Any]]):
    """An object as it is written, duplicates included."""

    def text(self, blank: str) -> str:
        return "{" + ",".join(f"{json.dumps(k)}{blank}:{written(v, blank)}" for k, v in self) + "}"

    def doubles(self) -> bool:
        return len({k for k, _ in self}) < len(self) or any(isinstance(v, Pairs) and v.doubles() for _, v in self)


def written(value: Any, blank: str) -> str:
    return value.text(blank) if isinstance(value, Pairs) else json.dumps(value)


PAIRS = st.recursive(
    st.lists(st.tuples(KEYS, KEYS), max_size=3).map(Pairs),
    lambda inner: st.lists(st.tuples(KEYS, inner | KEYS), max_size=3).map(Pairs),
    max_leaves=6,
)


@given(variables=PAIRS, blank=st.sampled_from(["", " ", "\n"]))
def test_duplicates_are_found_exactly_when_there_are_any(variables: Pairs, blank: str) -> None:
    body = Pairs([("query", "{ hello }"), ("variables", variables)]).text(blank).encode()
    if variables.doubles():
        assert refused(body) == "request.duplicate"
    else:
        assert operation_request(body).query == "{ hello }"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_request_or_a_refusal(body: bytes) -> None:
    with contextlib.suppress(Refusal):
        operation_request(body)
