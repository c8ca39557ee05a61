"""DMARC policies: what receivers do with mail that is not the domain's, and whom they tell (RFC 7489)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.rules import tag_list

SEVERAL, SYNTAX = "SEVERAL_RECORDS", "SYNTAX"

NAME = "_dmarc"
LONGEST = 2_048
"""Characters of a policy that a TXT record here can have."""

DEFAULT = "v=DMARC1; p=none"
"""The mildest one: nothing is refused by it before its owner has decided so."""

_POLICY = re.compile(r"none|quarantine|reject", re.IGNORECASE)
_MODE = re.compile(r"[rs]", re.IGNORECASE)
_URI = re.compile(
    r"mailto:[^\s,;!@]+@[^\s,;!@]+(?:![0-9]+[kmgt]?)?|https?://[^\s,;!]+(?:![0-9]+[kmgt]?)?", re.IGNORECASE
)
_VALUES: dict[str, re.Pattern[str]] = {
    "p": _POLICY,
    "sp": _POLICY,
    "adkim": _MODE,
    "aspf": _MODE,
    "pct": re.compile(r"100|[1-9]?[0-9]", re.ASCII),
    "ri": re.compile(r"[0-9]{1,10}", re.ASCII),
    "fo": re.compile(r"[01ds](?:\s*:\s*[01ds])*", re.IGNORECASE),
    "rf": re.compile(r"[a-z0-9-]+(?:\s*:\s*[a-z0-9-]+)*", re.IGNORECASE),
}


def is_policy(text: str) -> bool:
    """Whether a TXT record is one: others are passed over (§6.6.3)."""
    return re.match(r"v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)", text, re.ASCII) is not None


def fault(policies: Sequence[str]) -> str | None:
    """What is wrong with the policies at `_dmarc`; `None` where there is one that receivers understand."""
    if len(policies) != 1:
        return SEVERAL
    tags = tag_list.read(policies[0])
    if tags is None or list(tags)[:2] != ["v", "p"]:
        return SYNTAX
    return None if all(_sound(name, value) for name, value in tags.items()) else SYNTAX


def mended(policies: Sequence[str]) -> str:
    """The first policy with what is understood of it, and the mildest where nothing is."""
    if not policies:
        return DEFAULT
    parts = (part.partition("=") for part in policies[0].split(";"))
    tags: dict[str, str] = {}
    for name, _, value in parts:
        tags.setdefault(name.strip(), value.strip())
    known = {name: value for name, value in tags.items() if name in _KNOWN and _sound(name, value)}
    sound = [f"{name}={value}" for name, value in known.items()]
    policy = tags.get("p", "")
    made = "; ".join(["v=DMARC1", f"p={policy.lower() if _POLICY.fullmatch(policy) else 'none'}", *sound])
    return made if len(made) <= LONGEST and fault([made]) is None else DEFAULT


_KNOWN = frozenset({*_VALUES, "rua", "ruf"}) - {"p"}


def _sound(name: str, value: str) -> bool:
    """Whether the value of a tag is one; tags nobody knows are passed over (§6.3)."""
    if name in ("rua", "ruf"):
        return all(_URI.fullmatch(uri.strip()) for uri in value.split(","))
    return name not in _VALUES or _VALUES[name].fullmatch(value) is not None
