"""Records that prove a domain to a certification authority."""

from __future__ import annotations

import pytest

from models.rules import acme_challenge as rule
from models.rules.decision import Allowed, Refused
from models.rules.zone import Entry
from models.rules.zone_name import zones_above

VALUE = "LHDhK3oGRvkiefQnx7OOczTY5Tic_xZ6HcMOc_gmtoM"


def challenge(number: int, name: str = rule.LABEL) -> Entry:
    return Entry(name, "TXT", 60, f'"{number:043}"')


@pytest.mark.parametrize("value", [VALUE, "_" * 43, "-" * 43, "0" * 43])
def test_a_digest_is_43_characters_of_base64url(value: str) -> None:
    assert rule.acceptable(value) == Allowed()


@pytest.mark.parametrize(
    "value",
    [
        "",
        VALUE[:-1],
        f"{VALUE}A",
        f"{VALUE}=",
        f"{VALUE}\n",
        VALUE.replace("_", "/"),
        f'"{VALUE[1:]}',
        "ä" * 43,
        "٣" * 43,
    ],
)
def test_nothing_else_is_one(value: str) -> None:
    assert rule.acceptable(value) == Refused(rule.BAD_VALUE)


def test_the_value_is_the_digest_of_the_key_authorization() -> None:
    # printf token.thumbprint | openssl dgst -sha256 -binary | basenc --base64url
    assert rule.value_of("token.thumbprint") == "61rBZ_4knHblO0MNoxFsXZ_eTFUHum0B6IVRbhvUn5I"


@pytest.mark.parametrize(
    ("name", "proven"),
    [
        ("_acme-challenge.laden.example", "laden.example"),
        ("_acme-challenge.www.laden.example", "www.laden.example"),
        ("_acme-challenge", None),
        ("_acme-challenge.", None),
        ("www._acme-challenge.laden.example", None),
        ("_acme-challenge2.laden.example", None),
        ("x_acme-challenge.laden.example", None),
        ("laden.example", None),
        ("", None),
    ],
)
def test_the_name_behind_the_label_is_proven(name: str, proven: str | None) -> None:
    assert rule.proven_name(name) == proven


def test_a_name_stands_in_the_nearest_zone_above_it() -> None:
    assert zones_above("a.b.example") == ["a.b.example", "b.example", "example"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (challenge(1), True),
        (challenge(1, "_acme-challenge.www"), True),
        (challenge(1, "www"), False),
        (challenge(1, "_acme-challenge-of-mine"), False),
        (Entry(rule.LABEL, "TXT", 60, '"by hand"'), False),
        (Entry(rule.LABEL, "CNAME", 60, "elsewhere.example."), False),
    ],
)
def test_a_challenge_is_known_by_its_name_and_its_form(entry: Entry, expected: bool) -> None:
    assert rule.is_challenge(entry) is expected


def test_a_zone_has_room_for_twenty() -> None:
    others = [Entry("@", "A", 60, "192.0.2.1"), Entry(rule.LABEL, "TXT", 60, '"by hand"')]
    many = [challenge(number) for number in range(rule.MOST)]
    assert rule.room([*others, *many[1:]]) == Allowed()
    assert rule.room(many) == Refused(rule.TOO_MANY)


def test_texts_of_one_name_have_one_ttl() -> None:
    assert rule.ttl_at([], rule.LABEL) == rule.TTL == 60
    zone = [Entry("@", "TXT", 7_200, '"x"'), Entry(rule.LABEL, "TXT", 3_600, '"by hand"')]
    assert rule.ttl_at(zone, rule.LABEL) == 3_600
    assert rule.ttl_at(zone, "_acme-challenge.www") == 60
