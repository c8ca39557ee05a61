"""Tokens and the header they come in (SECURITY SE1, SE5)."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest

from gateway.auth.bearer import bearer_hash
from gateway.auth.tokens import TOKEN_PATTERN, TokenKind, new_token, token_hash
from gateway.errors import ErrorCode, GatewayError


@pytest.mark.parametrize("kind", TokenKind)
def test_a_token_says_its_kind_and_is_stored_as_its_sha256(kind: TokenKind) -> None:
    token = new_token(kind)
    assert token.startswith(kind.value + "_")
    assert token_hash(kind, token) == sha256(token.encode()).hexdigest()


def test_a_thousand_tokens_are_a_thousand_texts_a_scanner_recognises() -> None:
    tokens = {new_token(TokenKind.SESSION) for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert all(re.fullmatch(TOKEN_PATTERN, token) for token in tokens)


@pytest.mark.parametrize("sent", TokenKind)
@pytest.mark.parametrize("wanted", TokenKind)
def test_a_token_is_good_for_its_own_purpose_only(sent: TokenKind, wanted: TokenKind) -> None:
    assert (token_hash(wanted, new_token(sent)) is not None) is (sent is wanted)


GOOD = new_token(TokenKind.SESSION)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gws_",
        GOOD[:-1],
        GOOD + "0",
        GOOD.upper(),
        "gws_" + "0" * 72,  # well-formed, wrong checksum
        GOOD[:10] + ("0" if GOOD[10] != "0" else "1") + GOOD[11:],  # one digit mistyped
        GOOD.replace("_", "-", 1),
        GOOD[:-1] + "\n",
        GOOD + "\n",
        "gws_" + "٣" * 72,  # Arabic digits are digits to `int`, not to us
        "\ud800" * 76,
        "gws_" + "a" * 1_000_000,
    ],
)
def test_what_is_no_token_is_known_without_the_database(text: str) -> None:
    assert token_hash(TokenKind.SESSION, text) is None


def test_no_authorization_header_means_nobody() -> None:
    assert bearer_hash([]) is None


@pytest.mark.parametrize("value", [f"Bearer {GOOD}", f"bearer {GOOD}", f"BEARER   {GOOD}", f"Bearer {GOOD} "])
def test_a_bearer_token_is_read_whatever_the_case_of_the_scheme(value: str) -> None:
    assert bearer_hash([value]) == (TokenKind.SESSION, token_hash(TokenKind.SESSION, GOOD))


@pytest.mark.parametrize(
    "values",
    [
        [""],
        ["Bearer"],
        ["Bearer "],
        ["Bearer null"],
        [GOOD],
        [f"Token {GOOD}"],
        ["Basic dXNlcjpwYXNz"],
        [f"Bearer{GOOD}"],
        [f"Bearer\t{GOOD}"],
        [f"Bearer {GOOD}, Bearer {GOOD}"],
        [f"Bearer {GOOD} {GOOD}"],
        [f"Bearer {GOOD}\x00"],
        [f"Bearer {GOOD}é"],
        [f"Bearer {new_token(TokenKind.DEVICE)}"],
        [f"Bearer {new_token(TokenKind.TICKET)}"],
        [f"Bearer {GOOD}", f"Bearer {GOOD}"],
    ],
)
def test_anything_else_in_the_header_is_refused_and_never_taken_for_nobody(values: list[str]) -> None:
    with pytest.raises(GatewayError) as refused:
        bearer_hash(values)
    assert refused.value.code is ErrorCode.UNAUTHENTICATED
    assert refused.value.key == "token.invalid"
