"""The records of a zone as checks of mail see them, and what would have to change there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from models.rules.zone import APEX, LONGEST_TTL, SHORTEST_TTL

TTL = 3_600
"""Seconds, for records where nothing says otherwise."""

OK, MISSING, DIFFERENT, INVALID, NO_KEY = "OK", "MISSING", "DIFFERENT", "INVALID", "NO_KEY"
"""States of a check: as it should be, nothing is there, something else, what nobody understands, nothing to compare with."""

ELSEWHERE = "ELSEWHERE"
"""The name was handed to another zone, by a CNAME or by name servers: what is there cannot be seen."""


@dataclass(frozen=True, slots=True)
class Held:
    """A stored record, with its value in presentation format."""

    id: str
    name: str
    type: str
    ttl: int
    value: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to add."""

    name: str
    type: str
    ttl: int
    value: str


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of one thing and what is expected, and the records to add and to remove until it is so."""

    state: str
    reason: str | None = None
    found: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    add: tuple[Draft, ...] = ()
    remove: tuple[str, ...] = ()


class MailZone:
    """The records of one zone by name and type. `domain` is its name in A-labels.

    `plain_text` gives the text of a TXT record in one piece; it is asked for those alone that matter.
    """

    def __init__(self, domain: str, records: Iterable[Held], plain_text: Callable[[str], str]) -> None:
        self.domain = domain
        self._plain_text = plain_text
        self._at: dict[str, list[Held]] = {}
        for record in records:
            self._at.setdefault(record.name, []).append(record)

    def at(self, name: str, kind: str) -> list[Held]:
        """The records of a type at a name relative to the zone."""
        return [record for record in self._at.get(name, ()) if record.type == kind]

    def text(self, record: Held) -> str:
        """What a record says: the text of a TXT record, the value of any other."""
        return self._plain_text(record.value) if record.type == "TXT" else record.value

    def hiding(self, name: str) -> list[Held]:
        """The records by which a name is not this zone's to answer for: a CNAME there, NS there or above (RFC 1034 §4.2.1)."""
        if name == APEX:
            return []
        labels = name.split(".")
        above = (".".join(labels[number:]) for number in range(len(labels)))
        return [*self.at(name, "CNAME"), *(record for one in above for record in self.at(one, "NS"))]

    def texts(self, host: str) -> list[str] | None:
        """The texts at a whole name; `None` for one of another zone."""
        if host == self.domain:
            name = APEX
        elif host.endswith(f".{self.domain}"):
            name = host.removesuffix(f".{self.domain}")
        else:
            return None
        return None if self.hiding(name) else [self.text(record) for record in self.at(name, "TXT")]

    def change(
        self, wanted: Sequence[tuple[str, str, str]], removed: Sequence[Held]
    ) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
        """Records to add for (name, type, value) and the ids of those to remove, so that both go through together.

        What hides a name goes, and a new record has the TTL of those it joins (RFC 2181 §5.2); where that cannot be had, they
        are written anew.
        """
        gone = {record.id: record for record in removed}
        drafts: list[Draft] = []
        for name, _, _ in wanted:
            gone |= {record.id: record for record in self.hiding(name)}
        for name, kind in dict.fromkeys((name, kind) for name, kind, _ in wanted):
            values = [value for owner, type_, value in wanted if (owner, type_) == (name, kind)]
            kept = [record for record in self.at(name, kind) if record.id not in gone]
            lifetimes = {record.ttl for record in kept}
            joins = len(lifetimes) == 1 and SHORTEST_TTL <= min(lifetimes) <= LONGEST_TTL
            if kept and not joins:
                gone |= {record.id: record for record in kept}
                values = [*(record.value for record in kept), *values]
            drafts += [Draft(name, kind, min(lifetimes) if joins else TTL, value) for value in values]
        return tuple(drafts), tuple(gone)
