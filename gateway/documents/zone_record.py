"""One record as a person types it, made into the form in which zones are compared."""

from __future__ import annotations

import re
import unicodedata

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import idna
from dns.rdtypes.ANY.CAA import CAA
from dns.rdtypes.ANY.TXT import TXT

from gateway.documents.host_label import HostNameError, a_label
from models.rules.zone import APEX, LONGEST_VALUE, Entry

TYPES = frozenset({"A", "AAAA", "CNAME", "MX", "TXT", "SRV", "CAA", "NS"})

LONGEST_TEXT = 2_048
"""Octets of a TXT record: a DKIM key of 4,096 bits has some 800, and more than a few hundred is no use of the DNS."""

LONGEST_NAME = 253
"""Characters of a name in A-labels, without the dot behind (RFC 1035 §2.3.4)."""

LONGEST_STRING = 255
"""Octets of one of its strings (RFC 1035 §3.3); a longer text is split."""

CAA_TAGS = frozenset({b"issue", b"issuewild", b"iodef", b"issuemail", b"issuevmc", b"contactemail", b"contactphone"})
"""Properties of the registry of RFC 8659 §7."""

BAD_NAME, OUT_OF_ZONE, BAD_VALUE, BAD_TARGET, TEXT_TOO_LONG, BAD_SERVICE, UNKNOWN_TAG, UNSUPPORTED = (
    "BAD_NAME",
    "OUT_OF_ZONE",
    "BAD_VALUE",
    "BAD_TARGET",
    "TEXT_TOO_LONG",
    "BAD_SERVICE_NAME",
    "UNKNOWN_CAA_TAG",
    "UNSUPPORTED_TYPE",
)

_LABEL = re.compile(r"_?[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?|_[a-z0-9]?", re.ASCII)
_HOST_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_UNWRITTEN = ("Cc", "Cs")
"""Categories of Unicode that no file has: control characters, and halves of a character."""

_ADDRESS = re.compile(r"[0-9.]+|.*:.*", re.ASCII)
_TARGETS = {"CNAME": "target", "NS": "target", "MX": "exchange", "SRV": "target"}


class RecordError(Exception):
    """A record that cannot be; `reason` is one of the codes above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def entry(zone: str, name: str, kind: str, ttl: int, value: str) -> Entry:
    """A record of the zone `zone` (A-labels, no dot behind) as it is compared.

    `name` is relative to the zone (`www`, `@` or nothing for the zone itself) or absolute (`www.example.com.`), in Unicode or
    A-labels; labels that are made to be taken for others are refused. Names in the data are absolute, whether with a dot behind
    or without. A text for TXT is taken as it is unless it is written in strings (`"a" "b"`). Raises `RecordError`.
    """
    if kind not in TYPES:
        raise RecordError(UNSUPPORTED)
    owner = _owner(zone, name)
    if kind == "SRV" and not re.match(r"_[a-z0-9-]+\._(?:tcp|udp|tls|sctp|dccp)(?:\.|$)", owner):
        raise RecordError(BAD_SERVICE)  # RFC 2782
    return Entry(owner, kind, ttl, _data(kind, value))


def rdata_value(rdata: dns.rdata.Rdata) -> str:
    """The data of a record that was read, as it is compared. Raises `RecordError`."""
    kind = dns.rdatatype.to_text(rdata.rdtype)
    if kind in _TARGETS:
        _check_target(getattr(rdata, _TARGETS[kind]), null=kind in ("MX", "SRV"))
    if isinstance(rdata, TXT) and sum(len(string) for string in rdata.strings) > LONGEST_TEXT:
        raise RecordError(TEXT_TOO_LONG)
    if isinstance(rdata, CAA) and rdata.tag.lower() not in CAA_TAGS:
        raise RecordError(UNKNOWN_TAG)
    if isinstance(rdata, CAA) and rdata.flags not in (0, 128):
        raise RecordError(BAD_VALUE)
    text: str = rdata.to_text()
    if len(text) > LONGEST_VALUE:  # a CAA record of the longest kind, or a text in thousands of empty strings
        raise RecordError(TEXT_TOO_LONG if isinstance(rdata, TXT) else BAD_VALUE)
    return text.lower() if kind in _TARGETS else text


def ascii_name(name: str) -> str:
    """A full name, with a dot behind or without, in lower-case A-labels without it. Raises `RecordError`."""
    ascii_name = _ascii(name.strip().removesuffix("."))
    if len(ascii_name) > LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in ascii_name.split(".")):
        raise RecordError(BAD_NAME)
    return ascii_name


def _owner(zone: str, name: str) -> str:
    text = name.strip()
    if text in ("", APEX):
        return APEX
    absolute = text.endswith(".")
    ascii_name = _ascii(text.removesuffix("."))
    labels = ascii_name.split(".")
    if not all(_LABEL.fullmatch(label) or (label == "*" and number == 0) for number, label in enumerate(labels)):
        raise RecordError(BAD_NAME)
    if absolute:
        if ascii_name == zone:
            return APEX
        if not ascii_name.endswith(f".{zone}"):
            raise RecordError(OUT_OF_ZONE)
        ascii_name = ascii_name.removesuffix(f".{zone}")
    if len(ascii_name) + 1 + len(zone) > LONGEST_NAME:
        raise RecordError(BAD_NAME)
    try:  # the zone's own labels are what they are
        return ".".join(label if "_" in label else a_label(label) for label in ascii_name.split("."))
    except HostNameError:
        raise RecordError(BAD_NAME) from None


def _ascii(text: str) -> str:
    """A name in lower-case A-labels (UTS 46, non-transitional); ASCII labels stay, so that `_dmarc` and `*` do."""
    labels = []
    for label in text.split("."):
        if label.isascii():
            labels.append(label.lower())
            continue
        try:
            labels.append(idna.encode(label, uts46=True).decode("ascii"))
        except (idna.IDNAError, UnicodeError):
            raise RecordError(BAD_NAME) from None
    return ".".join(labels)


def _data(kind: str, value: str) -> str:
    text = value.strip()
    if len(text) > LONGEST_VALUE:
        raise RecordError(TEXT_TOO_LONG if kind == "TXT" else BAD_VALUE)
    if not text or any(unicodedata.category(c) in _UNWRITTEN for c in text):
        raise RecordError(BAD_VALUE)
    if kind == "TXT":
        text = _strings(text)
    elif kind in _TARGETS:
        *front, target = text.split()
        text = " ".join([*front, f"{_ascii(target.removesuffix('.'))}."])
    try:
        rdata = dns.rdata.from_text(dns.rdataclass.IN, kind, text, origin=dns.name.root, relativize=False)
    except (dns.exception.DNSException, ValueError, UnicodeError):
        raise RecordError(BAD_VALUE) from None
    return rdata_value(rdata)


def _strings(text: str) -> str:
    """A text as quoted strings of at most 255 octets; one that is written in strings stays."""
    if text.startswith('"'):
        return text
    octets = text.encode()
    if len(octets) > LONGEST_TEXT:
        raise RecordError(TEXT_TOO_LONG)
    pieces = [octets[start : start + LONGEST_STRING] for start in range(0, len(octets), LONGEST_STRING)]
    return " ".join('"' + "".join(_escaped(octet) for octet in piece) + '"' for piece in pieces)


def _escaped(octet: int) -> str:
    if octet in b'"\\':
        return f"\\{chr(octet)}"
    return chr(octet) if 32 <= octet < 127 else f"\\{octet:03d}"


def _check_target(target: dns.name.Name, *, null: bool) -> None:
    """A target is a host name (RFC 952, 1123), never an address; the root says that there is no service (RFC 7505, 2782)."""
    if target == dns.name.root:
        if null:
            return
        raise RecordError(BAD_TARGET)
    labels = target.to_text(omit_final_dot=True).lower().split(".")
    if len(labels) < 2 or all(label.isdigit() for label in labels) or labels[-1].isdigit():
        raise RecordError(BAD_TARGET)
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise RecordError(BAD_TARGET)


def plain_text(value: str) -> str:
    """The text of a TXT record in one piece; octets that are no UTF-8 are shown as U+FFFD."""
    rdata = dns.rdata.from_text(dns.rdataclass.IN, "TXT", value)
    return b"".join(rdata.strings).decode("utf-8", "replace") if isinstance(rdata, TXT) else ""
