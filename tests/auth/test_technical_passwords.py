"""Passwords of mailboxes, databases and accounts."""

from __future__ import annotations

import re

import pytest

from gateway.auth.passwords import Passwords
from gateway.auth.technical_passwords import TechnicalPasswords, new_password
from gateway.errors import GatewayError
from gateway.keys import Keyring
from tests.world import BCRYPT_COST, KEYS

PATH = ("input", "password")


@pytest.fixture
def passwords() -> TechnicalPasswords:
    return TechnicalPasswords(Passwords(Keyring(KEYS), cost=BCRYPT_COST))


def test_what_is_made_can_be_read_out_and_is_never_made_twice() -> None:
    made = {new_password() for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(re.fullmatch(r"[a-km-zA-HJ-NP-Z2-9]{6}(-[a-km-zA-HJ-NP-Z2-9]{6}){3}", one) for one in made)


async def test_without_a_choice_one_is_made(passwords: TechnicalPasswords) -> None:
    assert len(await passwords.take(None, (), PATH)) == 27


async def test_a_choice_is_looked_at_with_the_words_around_it(passwords: TechnicalPasswords) -> None:
    assert await passwords.take("Klabautermann-Kombüse-7", (), PATH) == "Klabautermann-Kombüse-7"
    for weak in ("", "kurz", "passwort1", "info@laden.example"):
        with pytest.raises(GatewayError) as refused:
            await passwords.take(weak, ("info@laden.example", "laden"), PATH)
        assert refused.value.path == PATH
