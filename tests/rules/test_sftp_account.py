"""What accounts for the web space are called, and what can be done with them."""

from __future__ import annotations

import re

import pytest

from models.rules import label, web_access
from models.rules import sftp_account as rule
from models.rules.decision import Allowed, Decision, Refused


@pytest.mark.parametrize(
    ("identification", "username"),
    [
        ("web-100001", "web-100001-h7kq"),
        ("WEB_7", "web-7-h7kq"),
        ("4711", "w4711-h7kq"),
        ("..", "w-h7kq"),
        ("ä", "w-h7kq"),
    ],
)
def test_a_username_tells_the_package(identification: str, username: str) -> None:
    assert rule.username(identification, "h7kq") == username


def test_a_username_has_at_most_32_characters() -> None:
    for identification in ("x" * 64, "web-" * 16, "a" * 26 + "-" * 9):
        assert re.fullmatch(r"[a-z][a-z0-9-]{1,31}", rule.username(identification, "h7kq"))


FUNCTIONS = ("WEB_SPACE",)


@pytest.mark.parametrize(
    ("action", "has_password", "keys", "expected"),
    [
        ("PASSWORD_REMOVE", True, 1, Allowed()), ("PASSWORD_REMOVE", True, 0, Refused("KEY_MISSING")),
        ("PASSWORD_REMOVE", False, 1, Refused("PASSWORD_MISSING")), ("PASSWORD_ROTATE", False, 0, Allowed()),
        ("KEY_ADD", False, 9, Allowed()), ("KEY_ADD", True, 10, Refused("KEY_LIMIT_REACHED")), ("DELETE", True, 10, Allowed()),
    ],
)  # fmt: skip
def test_a_password_goes_while_a_key_is_there(action: str, has_password: bool, keys: int, expected: Decision) -> None:
    assert web_access.decide(action, FUNCTIONS, "ACTIVE", has_password=has_password, keys=keys) == expected
    assert web_access.decide(action, (), "ACTIVE", has_password=has_password, keys=keys) == Refused(
        "FUNCTION_NOT_INCLUDED"
    )
    suspended = web_access.decide(action, FUNCTIONS, "SUSPENDED", has_password=has_password, keys=keys)
    assert suspended == Refused("PACKAGE_SUSPENDED")


def test_labels_are_tidied() -> None:
    assert label.tidied("  Büro \t Laptop ") == "Büro Laptop"
    assert label.tidied(None) is None
    assert label.tidied("  ") is None
    assert label.tidied("x" * 81) == Refused("TOO_LONG")
    assert label.tidied("a" + " " * 640 + "b\nc") == Refused("TOO_LONG"), "nothing of it is left out without a word"
    assert label.tidied("a\u202eb") == Refused("CHARACTERS")
    for nothing in ("\u200d", "\u2800", "\u3164", "\u0301"):
        assert label.tidied(nothing) == Refused("CHARACTERS"), "there is nothing to see"
