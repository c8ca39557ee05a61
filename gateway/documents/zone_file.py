"""Zone files (RFC 1035 §5): written from the records of a zone, and read line by line, so that all bad lines are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import dns.exception
import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.ttl
import dns.zonefile

from gateway.documents.zone_record import (
    BAD_NAME,
    BAD_VALUE,
    OUT_OF_ZONE,
    TYPES,
    UNSUPPORTED,
    RecordError,
    entry,
    rdata_value,
)
from models.rules.zone import APEX, Entry

DEFAULT_TTL = 3_600
"""Seconds, where a file says nothing."""

MOST_LINES = 5_000

BAD_DIRECTIVE, TOO_LONG, UNFINISHED = "BAD_DIRECTIVE", "FILE_TOO_LONG", "UNFINISHED_RECORD"

HOSTS_OWN = frozenset({"SOA", "DNSKEY", "DS", "RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "CDS", "CDNSKEY", "ZONEMD"})
"""Types that the host's name servers make themselves: passed over in a file."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be read, counted from 1, and why."""

    line: int
    reason: str


@dataclass(slots=True)
class ZoneFile:
    """What a file holds: records with the line each begins in, bad lines, and how many records are the host's own."""

    entries: list[tuple[int, Entry]] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    passed_over: int = 0


def written(zone: str, entries: Iterable[Entry]) -> str:
    """A zone file of these records, sorted, with `$ORIGIN` first."""
    lines = [f"$ORIGIN {zone}."]
    for one in sorted(entries, key=lambda e: (e.name != APEX, e.name, e.type, e.value)):
        lines.append(f"{one.name}\t{one.ttl}\tIN\t{one.type}\t{one.value}")
    return "\n".join(lines) + "\n"


def read(zone: str, text: str) -> ZoneFile:
    """A zone file; never raises. `$ORIGIN` and `$TTL` are understood, nothing is included or generated."""
    found, apex = ZoneFile(), dns.name.from_text(f"{zone}.")
    state = _State(apex, DEFAULT_TTL, None)
    for number, line in _logical(text, found):
        try:
            if line.lstrip().startswith("$"):
                state.direct(line.split(), apex)
                continue
            for one in state.records(line, zone, apex):
                if one is None:
                    found.passed_over += 1
                else:
                    found.entries.append((number, one))
        except RecordError as error:
            found.bad.append(BadLine(number, error.reason))
        except (dns.exception.DNSException, ValueError, UnicodeError):
            found.bad.append(BadLine(number, BAD_VALUE))
    return found


@dataclass(slots=True)
class _State:
    """What a line inherits from those before."""

    origin: dns.name.Name
    ttl: int
    owner: dns.name.Name | None

    def direct(self, words: list[str], apex: dns.name.Name) -> None:
        if len(words) != 2 or words[0].upper() not in ("$ORIGIN", "$TTL"):
            raise RecordError(BAD_DIRECTIVE)
        if words[0].upper() == "$TTL":
            self.ttl = dns.ttl.from_text(words[1])
            return
        origin = dns.name.from_text(words[1], self.origin)
        if not origin.is_subdomain(apex):
            raise RecordError(OUT_OF_ZONE)
        self.origin = origin

    def records(self, line: str, zone: str, apex: dns.name.Name) -> Iterator[Entry | None]:
        """The record of a line; `None` for one of the host's own."""
        if line[0] not in " \t":
            owner, *rest = line.split(maxsplit=1)
            line = rest[0] if rest else ""
            self.owner = dns.name.from_text(owner, self.origin, dns.name.IDNA_2008)
        if self.owner is None:
            raise RecordError(BAD_NAME)
        if not self.owner.is_subdomain(apex):
            raise RecordError(OUT_OF_ZONE)
        sets = dns.zonefile.read_rrsets(
            line.strip(), name=self.owner, rdclass=None, default_ttl=self.ttl, origin=self.origin, relativize=False
        )
        if not sets:
            raise RecordError(BAD_VALUE)
        for found in sets:
            kind = dns.rdatatype.to_text(found.rdtype)
            name = found.name.to_text().lower()
            if kind in HOSTS_OWN or (kind == "NS" and found.name == apex):
                yield None
                continue
            if kind not in TYPES:
                raise RecordError(UNSUPPORTED)
            for rdata in found:
                yield entry(zone, name, kind, found.ttl, rdata_value(rdata))


_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"?|;|\(|\)|\\.|[^"\\;()]+', re.DOTALL)


def _logical(text: str, found: ZoneFile) -> Iterator[tuple[int, str]]:
    """Lines without comments, those in parentheses joined, each with the number it begins with; blank ones left out."""
    open_at, depth, gathered = 0, 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if number > MOST_LINES:
            found.bad.append(BadLine(number, TOO_LONG))
            return
        for piece in _PIECE.findall(line):
            if piece == ";":
                break
            if piece in ("(", ")"):
                depth, piece = max(0, depth + (1 if piece == "(" else -1)), " "
            gathered += piece
        if depth:
            open_at = open_at or number
            gathered += " "
            continue
        if gathered.strip():
            yield open_at or number, gathered
        open_at, gathered = 0, ""
    if gathered.strip():
        found.bad.append(BadLine(open_at, UNFINISHED))
