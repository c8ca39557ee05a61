"""What codes of returned debits mean."""

import pytest

from models.rules.return_code import RETURN_CODES, Repeat, permits_repeat, return_code

NAMED = [
    "AC01",
    "AC04",
    "AC06",
    "AC13",
    "AG01",
    "AG02",
    "AM04",
    "AM05",
    "BE05",
    "CNOR",
    "DNOR",
    "FF01",
    "MD01",
    "MD02",
    "MD06",
    "MD07",
    "MS02",
    "MS03",
    "RC01",
    "RR01",
    "RR02",
    "RR03",
    "RR04",
    "SL01",
    "TM01",
]


@pytest.mark.parametrize("code", NAMED)
def test_each_code_has_a_reason_and_advice_in_both_languages(code: str) -> None:
    known = RETURN_CODES[code]
    texts = [known.reason_in("en"), known.reason_in("de"), known.advice_in("en"), known.advice_in("de")]
    assert len(set(texts)) == 4
    assert all(text.endswith(".") for text in texts)


@pytest.mark.parametrize("code", ["AC01", "AC04", "AC06", "MD01", "RC01", "SL01", "MD06", "MD07"])
def test_a_dead_account_or_mandate_is_not_debited_again(code: str) -> None:
    assert not permits_repeat(code)


@pytest.mark.parametrize("code", ["AM04", "MS02", "MS03", "AM05", "TM01", "ZZ99"])
def test_what_says_nothing_of_the_account_may_be_repeated(code: str) -> None:
    assert permits_repeat(code)


def test_a_dispute_is_not_answered_with_another_account() -> None:
    assert return_code("MD06").repeat is Repeat.NOT
    assert return_code("MD07").repeat is Repeat.NOT
