"""What the records of a zone must be like together (RFC 1034, 1035, 2181)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

APEX = "@"
"""The name of the zone itself."""

SHORTEST_TTL, LONGEST_TTL = 60, 86_400
"""Seconds: below, name servers are asked all day, and beyond, a mistake lasts for longer than one."""

MOST_RECORDS = 1_000
"""Records of one zone."""

LONGEST_VALUE = 16_384
"""Characters of the data of one record, written with escapes: each octet of a text is four of them at most."""

TTL_OUT_OF_RANGE, TTL_DIFFERS, DUPLICATE, CNAME_AT_APEX, CNAME_BESIDE_OTHERS, NS_AT_APEX, BELOW_DELEGATION, TOO_MANY = (
    "TTL_OUT_OF_RANGE",
    "TTL_DIFFERS",
    "DUPLICATE",
    "CNAME_AT_APEX",
    "CNAME_BESIDE_OTHERS",
    "NS_AT_APEX",
    "BELOW_DELEGATION",
    "TOO_MANY_RECORDS",
)


_GLUE = ("A", "AAAA", "NS")
"""Types that stand at or below a name that was handed to other name servers: where those are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it is compared: its name relative to the zone in A-labels, its data in presentation format."""

    name: str
    type: str
    ttl: int
    value: str

    @property
    def content(self) -> tuple[str, str, str]:
        """What no two records of a zone share; they may not differ in nothing but the TTL (RFC 2181 §5)."""
        return self.name, self.type, self.value


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a zone cannot be: a reason, and which of the added records it is about (counted from 0)."""

    added: int
    reason: str


def problems(kept: Iterable[Entry], added: Sequence[Entry]) -> list[Problem]:
    """What stands against a zone of the records that stay and those that are added: none means that it is sound.

    What was there before is not judged for itself, so that a zone that was imported otherwise can be mended step by step.
    """
    kept = list(kept)
    zone = [*kept, *added]
    at: dict[str, list[Entry]] = {}
    for entry in zone:
        at.setdefault(entry.name, []).append(entry)
    seen = {entry.content for entry in kept}
    held = {name for entry in kept if entry.type not in _GLUE for name in _and_above(entry.name)}
    found: list[Problem] = []
    for number, entry in enumerate(added):
        reason = _alone(entry) or _beside(entry, at[entry.name]) or _under(entry, at)
        if reason is None and entry.type == "NS" and entry.name in held:
            reason = BELOW_DELEGATION
        if reason is None and entry.content in seen:
            reason = DUPLICATE
        seen.add(entry.content)
        if reason is not None:
            found.append(Problem(number, reason))
    if added and len(zone) > MOST_RECORDS:
        found.append(Problem(len(added) - 1, TOO_MANY))
    return found


def _alone(entry: Entry) -> str | None:
    if not SHORTEST_TTL <= entry.ttl <= LONGEST_TTL:
        return TTL_OUT_OF_RANGE
    if entry.name == APEX and entry.type == "CNAME":
        return CNAME_AT_APEX  # RFC 1034 §3.6.2: SOA and NS are there
    if entry.name == APEX and entry.type == "NS":
        return NS_AT_APEX  # the host's own name servers answer for the zone
    return None


def _beside(entry: Entry, others: Sequence[Entry]) -> str | None:
    if any((entry.type == "CNAME") != (other.type == "CNAME") for other in others):
        return CNAME_BESIDE_OTHERS
    if entry.type == "CNAME" and any(other.value != entry.value for other in others):
        return CNAME_BESIDE_OTHERS  # RFC 2181 §10.1: one at most
    if any(other.type == entry.type and other.ttl != entry.ttl for other in others):
        return TTL_DIFFERS  # RFC 2181 §5.2: one TTL for a set
    return None


def _under(entry: Entry, at: dict[str, list[Entry]]) -> str | None:
    """A name that was handed to other name servers is theirs, and so is all below (RFC 1034 §4.2.1)."""
    if entry.type in _GLUE:
        return None
    delegated = any(other.type == "NS" for name in _and_above(entry.name) for other in at.get(name, ()))
    return BELOW_DELEGATION if delegated else None


def _and_above(name: str) -> list[str]:
    """A name and those it lies below, without the zone's own."""
    labels = [] if name == APEX else name.split(".")
    return [".".join(labels[number:]) for number in range(len(labels))]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a zone would have to lose and gain to become another one."""

    added: list[Entry]
    removed: list[Entry]
    unchanged: list[Entry]


def difference(now: Iterable[Entry], wanted: Iterable[Entry], *, replace: bool) -> Difference:
    """From the records that are there to those of a file; without `replace` what the file does not hold stays."""
    here, there = dict.fromkeys(now), dict.fromkeys(wanted)
    added = [entry for entry in there if entry not in here]
    if replace:
        removed = [entry for entry in here if entry not in there]
    else:  # a record that comes with another TTL takes the place of the old one
        contents = {entry.content for entry in added}
        removed = [entry for entry in here if entry.content in contents and entry not in there]
    return Difference(added, removed, [entry for entry in here if entry not in set(removed)])
