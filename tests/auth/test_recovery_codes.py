"""Recovery codes (SECURITY T7)."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from gateway.auth.recovery_codes import code_hash, new_code, replace_codes, use_code
from models import RecoveryCode
from models.database import in_unit_of_work
from tests.auth.conftest import START, Door, People

CODE = "7k3f-9mqx-02ha-vw5t"


def test_a_code_has_80_bits_in_groups_that_can_be_read() -> None:
    codes = {new_code() for _ in range(1_000)}
    assert len(codes) == 1_000
    for code in codes:
        assert re.fullmatch(r"(?:[0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}", code)
    assert len(set("".join(codes))) == 33, "all of the alphabet, and the hyphen"


@pytest.mark.parametrize(
    "typed", [CODE, CODE.upper(), CODE.replace("-", ""), " 7k3f 9mqx o2ha vw5t ", "7K3F-9MQX-O2HA-VW5T"]
)
def test_case_spacing_and_letters_that_look_like_digits_do_not_matter(typed: str) -> None:
    assert code_hash("cus_1", typed) == code_hash("cus_1", CODE)


@pytest.mark.parametrize(
    "typed", ["", CODE[:-1], CODE + "0", "u" * 16, "７k3f-9mqx-02ha-vw5t", "-" * 64, "0" * 65, "\x00" * 16]
)
def test_what_is_no_code_has_no_hash(typed: str) -> None:
    assert code_hash("cus_1", typed) is None


def test_the_same_code_of_two_customers_does_not_show() -> None:
    assert code_hash("cus_1", CODE) != code_hash("cus_2", CODE)


async def make(people: People) -> list[str]:
    return await in_unit_of_work(lambda: replace_codes(people.eve.id, START))


async def use(people: People, code: str) -> int | None:
    return await in_unit_of_work(lambda: use_code(people.eve.id, code, START))


async def test_each_of_ten_is_good_once(door: Door, people: People) -> None:
    codes = await make(people)
    assert len(set(codes)) == 10
    assert [await use(people, code) for code in codes] == list(range(9, -1, -1))
    assert [await use(people, code) for code in codes] == [None] * 10


async def test_new_ones_take_the_place_of_all_old_ones(door: Door, people: People) -> None:
    old = await make(people)
    assert await use(people, old[0]) == 9
    new = await make(people)
    assert await use(people, old[1]) is None
    assert await use(people, new[0]) == 9
    assert await RecoveryCode.all().count() == 10


async def test_only_hashes_are_stored(door: Door, people: People) -> None:
    codes = await make(people)
    stored: list[Any] = await RecoveryCode.all().values_list("code_hash", flat=True)
    assert sorted(stored) == sorted(str(code_hash(people.eve.id, code)) for code in codes)
    assert all(re.fullmatch("[0-9a-f]{64}", text) for text in stored)


async def test_of_parallel_uses_of_one_code_one_succeeds(door: Door, people: People) -> None:
    codes = await make(people)
    results = await asyncio.gather(*(use(people, codes[0]) for _ in range(50)))
    assert sorted(results, key=str) == [9] + [None] * 49
