"""What a new password must be like (SECURITY AU4)."""

from __future__ import annotations

import pytest

from models.rules.decision import Allowed, Refused
from models.rules.password import CHARACTERS, SAME, TOO_LONG, TOO_SHORT, TOO_WEAK, other_than, strong, writable

DECOMPOSED = "u\u0308"


@pytest.mark.parametrize(
    ("password", "two_factor", "decision"),
    [
        ("x" * 11, False, Refused(TOO_SHORT)),
        ("x" * 12, False, Allowed()),
        ("x" * 7, True, Refused(TOO_SHORT)),
        ("x" * 8, True, Allowed()),
        ("x" * 256, False, Allowed()),
        ("x" * 257, False, Refused(TOO_LONG)),
        ("x" * 257, True, Refused(TOO_LONG)),
        ("x" * 1_000_000, False, Refused(TOO_LONG)),
        (DECOMPOSED * 500_000, False, Refused(TOO_LONG)),
        ("😀" * 12, False, Allowed()),
        ("😀" * 11, False, Refused(TOO_SHORT)),
        ("ü" * 12, False, Allowed()),
        (DECOMPOSED * 11, False, Refused(TOO_SHORT)),  # eleven letters, however they were typed
        (DECOMPOSED * 256, False, Allowed()),
        ("            ", False, Allowed()),
        ("drei Wörter hier", False, Allowed()),
        ("x" * 12 + "\n", False, Refused(CHARACTERS)),
        ("\x00" * 12, False, Refused(CHARACTERS)),
        ("\ud800" * 12, False, Refused(CHARACTERS)),
        ("", False, Refused(TOO_SHORT)),
        ("", True, Refused(TOO_SHORT)),
    ],
)
def test_a_password_is_long_enough_and_can_be_typed(
    password: str, two_factor: bool, decision: Allowed | Refused
) -> None:
    assert writable(password, two_factor) == decision


def test_a_score_of_three_is_enough() -> None:
    assert [strong(score) for score in range(5)] == [Refused(TOO_WEAK)] * 3 + [Allowed()] * 2


def test_the_same_password_is_the_same_however_it_was_typed() -> None:
    assert other_than("Brücke", f"Br{DECOMPOSED}cke") == Refused(SAME)
    assert other_than("Brücke", "Brucke") == Allowed()
