"""Media types: what is read, and what an answer is sent as."""

from __future__ import annotations

import pytest

from gateway.http.language import language_of
from gateway.http.media import GRAPHQL_RESPONSE, JSON, is_json_in_utf8, negotiated


@pytest.mark.parametrize(
    "value",
    [
        b"application/json",
        b"Application/JSON",
        b"application/json; charset=utf-8",
        b"application/json;charset=UTF-8",
        b'application/json; charset="utf-8"',
        b"application/json; charset=utf8; profile=x",
        b"application/json;",
        b" application/json ",
    ],
)
def test_json_in_utf8_is_read(value: bytes) -> None:
    assert is_json_in_utf8(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"text/plain",
        b"text/plain; application/json",
        b"text/xapplication/json",
        b"application/jsonx",
        b"application/x-www-form-urlencoded",
        b"multipart/form-data; boundary=application/json",
        b"application/json, text/plain",
        b"text/plain, application/json",
        b"application/json; charset=iso-8859-1",
        b"application/json; charset=utf-16",
        b"application/json; charset=utf-8; charset=utf-7",
        b"application/json charset=utf-8",
        b"application/graphql",
        b"application/graphql-response+json",
        b"*/*",
        b"application/" + b"j" * 10_000,
        b"application/json" + b";a=b" * 10_000 + b"!",
    ],
)
def test_nothing_else_is_read(value: bytes | None) -> None:
    assert not is_json_in_utf8(value)


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        (None, JSON),
        (b"", JSON),
        (b"*/*", JSON),
        (b"application/*", JSON),
        (b"application/json", JSON),
        (b"application/json; charset=utf-8", JSON),
        (b"application/graphql-response+json", GRAPHQL_RESPONSE),
        (b"APPLICATION/GRAPHQL-RESPONSE+JSON; charset=utf-8", GRAPHQL_RESPONSE),
        (b"application/graphql-response+json, application/json;q=0.9", GRAPHQL_RESPONSE),
        (b"application/graphql-response+json;q=0.5, application/json;q=0.9", JSON),
        (b"application/json, application/graphql-response+json", GRAPHQL_RESPONSE),
        (b"application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", GRAPHQL_RESPONSE),
        (b"text/html, */*;q=0.1", JSON),
        (b"application/json;q=0, */*", GRAPHQL_RESPONSE),
        (b"application/json, */*", JSON),
        (b"nonsense, application/json", JSON),
        (b"application/json;q=0", None),
        (b"application/json;q=2", None),
        (b"application/json;q=abc", None),
        (b"application/json;q=nan", None),
        (b"text/html", None),
        (b"application/xml, text/*", None),
        (b"application/json; charset=iso-8859-1", None),
        (b"nonsense", None),
    ],
)
def test_the_answer_is_sent_as_what_the_caller_likes_best(accept: bytes | None, sent: bytes | None) -> None:
    assert negotiated(accept) == sent


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        (b"", "en"),
        (b"de", "de"),
        (b"DE-at", "de"),
        (b"de-DE,de;q=0.9,en;q=0.8", "de"),
        (b"en-GB,en;q=0.9,de;q=0.8", "en"),
        (b"en;q=0.2, de;q=0.8", "de"),
        (b"fr, de;q=0.5", "de"),
        (b"fr", "en"),
        (b"de;q=0", "en"),
        (b"de;q=2", "en"),
        (b"*", "en"),
        (b"den", "en"),
        (b"\xff\xfe, de", "de"),
        (b"de;q=\xff", "en"),
        (b"," * 10_000 + b"de", "en"),
    ],
)
def test_the_language_is_the_better_liked_of_german_and_english(header: bytes | None, language: str) -> None:
    assert language_of(header) == language
