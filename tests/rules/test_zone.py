"""What the records of a zone must be like together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import zone as rule
from models.rules.zone import APEX, Entry, Problem, difference, problems

ADDRESS = Entry("www", "A", 300, "192.0.2.1")
ALIAS = Entry("www", "CNAME", 300, "other.example.")
DELEGATED = Entry("shop", "NS", 300, "ns.elsewhere.example.")


@pytest.mark.parametrize(
    ("kept", "added", "expected"),
    [
        ([], [ADDRESS], []),
        ([ADDRESS], [Entry("www", "A", 300, "192.0.2.2"), Entry("www", "AAAA", 60, "2001:db8::1")], []),
        ([ADDRESS], [ADDRESS], [Problem(0, rule.DUPLICATE)]),
        ([], [ADDRESS, ADDRESS], [Problem(1, rule.DUPLICATE)]),
        ([ADDRESS], [Entry("www", "A", 600, "192.0.2.1")], [Problem(0, rule.TTL_DIFFERS)]),
        ([ADDRESS], [Entry("www", "A", 600, "192.0.2.9")], [Problem(0, rule.TTL_DIFFERS)]),
        ([ADDRESS], [ALIAS], [Problem(0, rule.CNAME_BESIDE_OTHERS)]),
        ([ALIAS], [ADDRESS], [Problem(0, rule.CNAME_BESIDE_OTHERS)]),
        ([ALIAS], [Entry("www", "CNAME", 300, "third.example.")], [Problem(0, rule.CNAME_BESIDE_OTHERS)]),
        ([], [Entry(APEX, "CNAME", 300, "other.example.")], [Problem(0, rule.CNAME_AT_APEX)]),
        ([], [Entry(APEX, "NS", 300, "ns.example.")], [Problem(0, rule.NS_AT_APEX)]),
        ([], [Entry("a", "A", 59, "192.0.2.1")], [Problem(0, rule.TTL_OUT_OF_RANGE)]),
        ([], [Entry("a", "A", 86_401, "192.0.2.1")], [Problem(0, rule.TTL_OUT_OF_RANGE)]),
        ([], [Entry("a", "A", 60, "192.0.2.1"), Entry("b", "A", 86_400, "192.0.2.1")], []),
        ([DELEGATED], [Entry("shop", "TXT", 300, '"x"')], [Problem(0, rule.BELOW_DELEGATION)]),
        ([DELEGATED], [Entry("a.b.shop", "MX", 300, "10 a.example.")], [Problem(0, rule.BELOW_DELEGATION)]),
        ([DELEGATED], [Entry("ns.shop", "A", 300, "192.0.2.1"), Entry("shop", "NS", 300, "ns2.example.")], []),
        ([Entry("shop", "MX", 300, "10 a.example.")], [DELEGATED], [Problem(0, rule.BELOW_DELEGATION)]),
        ([Entry("a.b.shop", "TXT", 300, '"x"')], [DELEGATED], [Problem(0, rule.BELOW_DELEGATION)]),
        ([Entry("*.shop", "CNAME", 300, "a.example.")], [DELEGATED], [Problem(0, rule.BELOW_DELEGATION)]),
        ([Entry("ns.shop", "A", 300, "192.0.2.1"), Entry("workshop", "TXT", 300, '"x"')], [DELEGATED], []),
        ([Entry(APEX, "TXT", 300, '"x"')], [DELEGATED], []),
        ([], [DELEGATED, Entry("a.shop", "TXT", 300, '"x"')], [Problem(1, rule.BELOW_DELEGATION)]),
        ([DELEGATED], [Entry("workshop", "TXT", 300, '"x"')], []),
    ],
)
def test_a_zone_is_judged_with_what_is_added(kept: list[Entry], added: list[Entry], expected: list[Problem]) -> None:
    assert problems(kept, added) == expected


def test_what_was_there_before_is_not_judged_for_itself() -> None:
    assert problems([Entry(APEX, "CNAME", 1, "other.example.")], [ADDRESS]) == []


def test_a_zone_has_an_end() -> None:
    many = [Entry(f"h{number}", "A", 300, "192.0.2.1") for number in range(rule.MOST_RECORDS)]
    assert problems(many[:-1], many[-1:]) == []
    assert problems(many, [ADDRESS]) == [Problem(0, rule.TOO_MANY)]


entries = st.lists(
    st.builds(
        Entry,
        st.sampled_from(["a", "b", APEX]),
        st.sampled_from(["A", "TXT"]),
        st.sampled_from([60, 300]),
        st.sampled_from(["x", "y"]),
    )
)


@given(now=entries, wanted=entries, replace=st.booleans())
def test_applying_a_difference_gives_what_was_wanted(now: list[Entry], wanted: list[Entry], replace: bool) -> None:
    change = difference(now, wanted, replace=replace)
    after = [one for one in dict.fromkeys(now) if one not in change.removed] + change.added
    assert len(after) == len(set(after))
    assert set(wanted) <= set(after)
    assert set(change.unchanged) | set(change.added) == set(after)
    if replace:
        assert set(after) == set(wanted)
    else:
        assert {one.content for one in now} <= {one.content for one in after}
    again = difference(after, wanted, replace=replace)
    assert not again.added
