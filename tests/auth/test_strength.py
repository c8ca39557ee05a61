"""How hard a password is to guess (SECURITY AU4): the customer's own data and German words are tried first."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zxcvbn import matching

from gateway.auth.german_words import GERMAN_WORDS
from gateway.auth.strength import Hint, Strength, estimate, own_words
from models import Customer

EVE = Customer(
    number="20481937", username="evchen", first_name="Eve", last_name="Mühlbauer-Kräft", company_name="Zwirbel & Söhne",
    email="kontakt@zwirbelwerk.example", street="Quittengasse 7", postcode="20095", city="Ottensoos",
)  # fmt: skip
OWN = own_words(EVE)


@pytest.mark.parametrize(
    "password",
    ["Klabautermann-Kombüse-7", "vier seltsame Quallen tauchen", "x7!kQ-wv93-Lmp2", "ß" * 3 + "Ærø-Kahn-Ölmühlteich"],
)
def test_a_strong_password_needs_no_hint(password: str) -> None:
    strength = estimate(password, OWN)
    assert strength.score >= 3
    assert strength.hints == ()


@pytest.mark.parametrize(
    ("password", "hint"),
    [
        ("Passwort1234", Hint.COMMON),
        ("passwordpassword", Hint.REPEATS),
        ("Schatzi12345", Hint.COMMON),
        ("katzeblume", Hint.COMMON),
        ("qwertzuiop12", Hint.COMMON),
        ("mnbvcxy0987", Hint.KEYBOARD),
        ("abcdefghijkl", Hint.SEQUENCE),
        ("19.05.1987", Hint.DATES),
        ("aaaaaaaaaaaaaaaa", Hint.REPEATS),
        ("Mühlbauer1987", Hint.OWN_DATA),
        ("muehlbauer!1", Hint.OWN_DATA),
        ("zwirbelwerk20095", Hint.OWN_DATA),
        ("Quittengasse7", Hint.OWN_DATA),
        ("20481937evchen", Hint.OWN_DATA),
        ("Mühlbauer-Kräft", Hint.OWN_DATA),
        ("evchen2048193720481937", Hint.OWN_DATA),
        ("", Hint.LONGER),
    ],
)
def test_a_weak_password_is_told_why(password: str, hint: Hint) -> None:
    strength = estimate(password, OWN)
    assert strength.score < 3
    assert strength.hints[0] is Hint.LONGER
    assert hint in strength.hints


def test_a_stranger_s_name_is_harder_to_guess_than_one_s_own() -> None:
    assert estimate("Quittengasse-Ottensoos", OWN).score < estimate("Quittengasse-Ottensoos", []).score


def test_nothing_of_a_customer_stays_behind() -> None:
    estimate("Quittengasse", OWN)
    assert "user_inputs" not in matching.RANKED_DICTIONARIES
    assert estimate("Quittengasse7", OWN).score < estimate("Quittengasse7", []).score


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads that take turns all the time."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("restless")
def test_customers_do_not_get_each_other_s_words() -> None:
    """zxcvbn keeps them in one table; threads must not meet there."""
    others = [[f"wort{n}einzig" for n in range(20)], OWN]
    expected = [estimate("Quittengasse7", own) for own in others]
    start = threading.Barrier(4)

    def many(number: int) -> list[Strength]:
        start.wait()
        return [estimate("Quittengasse7", others[(number + n) % 2]) for n in range(60)]

    with ThreadPoolExecutor(4) as pool:
        for number, found in enumerate(pool.map(many, range(4))):
            assert found == [expected[(number + n) % 2] for n in range(60)]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.text("0123456789./-٣²", max_size=20))
def test_any_text_has_a_strength(password: str) -> None:
    assert 0 <= estimate(password, OWN).score <= 4


SIGNS = "4@8({[<3691!|70$5+7%2"


@pytest.mark.parametrize(
    "password",
    ["".join(random.Random(seed).choices(SIGNS, k=72)) for seed in range(5)]
    + ["1" * 256, "ab1!" * 64, "1.1.11" * 40, "\u0308" * 256, "😀" * 256, "x" * 1_000_000],
    ids=lambda password: f"{password[:4]!a}… {len(password)}",
)
def test_no_password_takes_long(password: str) -> None:
    before = time.thread_time()
    estimate(password, OWN)
    assert time.thread_time() - before < 1


def test_the_words_are_many_and_each_once() -> None:
    assert len(GERMAN_WORDS) == len(set(GERMAN_WORDS)) > 1_000
    assert {"fussball", "fußball", "mueller", "müller"} <= set(GERMAN_WORDS)
    assert all(word == word.lower() for word in GERMAN_WORDS)
