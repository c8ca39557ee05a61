"""What stands before the `@`, and that mail does not go round."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import mail_address as rule
from models.rules.decision import Allowed, Refused

DOMAIN = "laden.example"
WORD = st.text(string.ascii_letters + string.digits + "_-+", min_size=1, max_size=15)
ADDRESSES = st.sampled_from([f"{letter}@{DOMAIN}" for letter in "abcdef"])


@given(st.sampled_from(string.ascii_letters + string.digits + "_+"), st.lists(WORD, min_size=1, max_size=4))
def test_words_between_single_dots_are_a_local_part(first: str, words: list[str]) -> None:
    folded = rule.folded_local_part(first + ".".join(words))
    assert folded == folded.lower()
    assert rule.acceptable(folded, DOMAIN) == Allowed()
    assert rule.target_acceptable(folded, DOMAIN) == Allowed()


@given(st.text(max_size=80))
def test_what_is_accepted_can_be_written_as_an_address_without_quotes(typed: str) -> None:
    folded = rule.folded_local_part(typed)
    if rule.acceptable(folded, DOMAIN) == Allowed():
        assert folded.isascii()
        assert 1 <= len(folded) <= 64
        assert not set(folded) - set(string.ascii_lowercase + string.digits + "._-+")
        assert "" not in folded.split(".")
        assert folded[0] != "-"


@pytest.mark.parametrize(
    ("local_part", "reason"),
    [
        ("", "LOCAL_PART_EMPTY"),
        ("a" * 65, "LOCAL_PART_TOO_LONG"),
        ("büro", "LOCAL_PART_NOT_ASCII"),
        ("аnna", "LOCAL_PART_NOT_ASCII"),  # the first letter is Cyrillic
        (".a", "LOCAL_PART_DOTS"),
        ("a.", "LOCAL_PART_DOTS"),
        ("a..b", "LOCAL_PART_DOTS"),
        ('"a b"', "LOCAL_PART_BAD"),
        ("a b", "LOCAL_PART_BAD"),
        ("a@b", "LOCAL_PART_BAD"),
        ("*", "LOCAL_PART_BAD"),
        ("a%b", "LOCAL_PART_BAD"),
        ("-oxroot", "LOCAL_PART_BAD"),
        ("-", "LOCAL_PART_BAD"),
        ("a\nb", "LOCAL_PART_BAD"),
        ("a\n", "LOCAL_PART_BAD"),
        ("mailer-daemon", "LOCAL_PART_RESERVED"),
    ],
)
def test_other_local_parts_are_refused_with_their_reason(local_part: str, reason: str) -> None:
    assert rule.acceptable(local_part, DOMAIN) == Refused(reason)


def test_a_whole_address_has_at_most_254_octets_with_its_domain_in_a_labels() -> None:
    domain = ".".join(["a" * 63] * 3) + ".example"
    room = 254 - 1 - len(domain)
    assert rule.acceptable("b" * room, domain) == Allowed()
    assert rule.acceptable("b" * (room + 1), domain) == Refused("ADDRESS_TOO_LONG")


@pytest.mark.parametrize("role", rule.ROLES)
def test_addresses_a_domain_must_have_can_be_made(role: str) -> None:
    assert rule.acceptable(role, DOMAIN) == Allowed()


def test_mail_can_be_sent_on_to_any_dot_atom_but_not_to_all_addresses() -> None:
    assert rule.target_acceptable("o'brien/x=1", "example.com") == Allowed()
    assert rule.target_acceptable("*", "example.com") == Refused("LOCAL_PART_BAD")
    assert rule.target_acceptable('"a"', "example.com") == Refused("LOCAL_PART_BAD")


def test_what_is_not_there_goes_to_the_address_that_catches_all_others() -> None:
    caught, elsewhere = f"*@{DOMAIN}", "x@verein.example"
    assert rule.leads_back(caught, [elsewhere], {elsewhere: [f"gone@{DOMAIN}"]})
    assert rule.leads_back(elsewhere, [f"gone@{DOMAIN}"], {caught: [elsewhere]})
    assert not rule.leads_back(elsewhere, [f"box@{DOMAIN}"], {caught: [elsewhere], f"box@{DOMAIN}": []})
    assert not rule.leads_back(elsewhere, [f"postmaster@{DOMAIN}"], {caught: [elsewhere]})


@given(
    st.dictionaries(ADDRESSES, st.lists(ADDRESSES, max_size=3), max_size=6), ADDRESSES, st.lists(ADDRESSES, max_size=3)
)
def test_a_forward_that_is_let_through_never_comes_back(
    forwards: dict[str, list[str]], start: str, targets: list[str]
) -> None:
    known = {**forwards, start: targets}
    arrived = set(targets)
    for _ in range(len(known) + 1):
        arrived |= {target for address in arrived for target in known.get(address, [])}
    assert rule.leads_back(start, targets, forwards) == (start in arrived)
