"""What callers read exists in both languages, says the same values, and is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from string import Formatter

import pytest

from gateway.auth.actions import ActivityAction
from gateway.messages import MESSAGES, message
from gateway.resolvers.package import RefusalReason
from tests.architecture.sources import modules

PLACE_OF_KEY = {"GatewayError": 1, "Failure": 1, "bad_input": 0, "message": 0}
"""Calls that name a message, and which argument it is."""

NOT_PARAMETERS = {"extensions", "path", "key", "retry_after"}


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Every place that names a message outright: where, the key, and the values given (`None`: not said there)."""
    for module, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            given = {keyword.arg for keyword in node.keywords if keyword.arg} - NOT_PARAMETERS
            keys = (
                [keyword.value for keyword in node.keywords if keyword.arg == "key"] if name == "http_refusal" else []
            )
            if name in PLACE_OF_KEY and len(node.args) > PLACE_OF_KEY[name]:
                keys = [node.args[PLACE_OF_KEY[name]]]
            for key in keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield f"{module}:{node.lineno}", key.value, given if name in ("GatewayError", "bad_input") else None


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_is_there_in_both_languages_with_the_same_values(key: str) -> None:
    english, german = MESSAGES[key]
    assert english.strip()
    assert german.strip()
    assert placeholders(english) == placeholders(german)


def test_every_message_that_is_named_exists_and_gets_its_values() -> None:
    found = list(calls())
    for place, key, given in found:
        assert key in MESSAGES, f"{place} names {key}"
        if given is not None:
            assert given == placeholders(MESSAGES[key][0]), f"{place} fills {key}"
    assert len(found) > 40


def test_every_reason_of_a_refusal_has_its_words() -> None:
    for reason in RefusalReason:
        for language in ("en", "de"):
            assert message(f"refused.{reason.value}", language)


def test_no_message_is_left_over() -> None:
    named = {
        node.value
        for module, tree in modules()
        if not module.startswith("messages/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named |= {f"refused.{reason.value}" for reason in RefusalReason}
    named |= {f"activity.{action.value}" for action in ActivityAction}
    assert sorted(set(MESSAGES) - named) == []


def test_a_key_that_nobody_wrote_is_a_defect() -> None:
    with pytest.raises(KeyError):
        message("no.such.message", "en")
