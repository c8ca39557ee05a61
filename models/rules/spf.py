"""SPF policies: who may send mail for a domain (RFC 7208)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MOST_LOOKUPS = 10
"""Terms of a policy, and of those it takes in, that ask the DNS (§4.6.4)."""

SEVERAL, SYNTAX, TOO_MANY_LOOKUPS, HOST_NOT_INCLUDED, EVERYBODY_ALLOWED = (
    "SEVERAL_RECORDS",
    "SYNTAX",
    "TOO_MANY_LOOKUPS",
    "HOST_NOT_INCLUDED",
    "EVERYBODY_ALLOWED",
)

Texts = Callable[[str], list[str] | None]
"""The TXT records at a whole name; `None` where they cannot be seen."""

_ASKS = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
_TERM = re.compile(r"([+?~-]?)([A-Za-z][A-Za-z0-9_.-]*)([:/=]?)(.*)", re.ASCII)
_MACRO = re.compile(r"(?:[!-$&-~]|%\{[slodiphcrtv][0-9]*r?[.+,/_=-]*\}|%%|%_|%-)+", re.ASCII | re.IGNORECASE)
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\.?", re.ASCII)
_SIZES = re.compile(r"(?:/(0|[1-9][0-9]?))?(?://(0|[1-9][0-9]{0,2}))?", re.ASCII)


class PolicyError(Exception):
    """A policy that receivers give up on (§2.6.7); `reason` is one of the codes above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `name` is lower-case, `qualifier` one of `+-~?`, empty for a modifier; `host` is the name it is about."""

    text: str
    name: str
    qualifier: str
    host: str | None = None


def is_policy(text: str) -> bool:
    """Whether a TXT record is one (§4.5)."""
    return re.fullmatch(r"v=spf1(?: .*)?", text, re.ASCII | re.IGNORECASE | re.DOTALL) is not None


def terms(text: str) -> list[Term]:
    """The terms of a policy in their order. Raises `PolicyError`."""
    found = [term(word) for word in text.split(" ")[1:] if word]
    for modifier in ("redirect", "exp"):
        if sum(one.name == modifier and not one.qualifier for one in found) > 1:
            raise PolicyError(SYNTAX)
    return found


def term(word: str) -> Term:
    """One term (§5, §6). Raises `PolicyError`."""
    match = _TERM.fullmatch(word)
    if match is None:
        raise PolicyError(SYNTAX)
    qualifier, name, separator, value = match[1], match[2].lower(), match[3], match[4]
    if separator == "=":
        if qualifier or (value and not _MACRO.fullmatch(value)):
            raise PolicyError(SYNTAX)
        host = _host(value) if name in ("redirect", "exp") else None
        return Term(word, name, "", host)
    return Term(word, name, qualifier or "+", _argument(name, separator, value))


def _argument(name: str, separator: str, value: str) -> str | None:
    """The host a mechanism is about, where there is one."""
    if name in ("all", "ptr") and not separator and not value:
        return None
    if name in ("include", "exists", "ptr") and separator == ":":
        return _host(value)
    if name in ("ip4", "ip6") and separator == ":":
        _network(name, value)
        return None
    if name in ("a", "mx"):
        host, slash, sizes = value.partition("/") if separator == ":" else ("", separator, value)
        _sizes(f"{slash}{sizes}")
        return _host(host) if separator == ":" else None
    raise PolicyError(SYNTAX)


def _host(value: str) -> str:
    if not _MACRO.fullmatch(value) or ("%" not in value and not _NAME.fullmatch(value.lower())):
        raise PolicyError(SYNTAX)
    return value.lower().removesuffix(".")


def _network(name: str, value: str) -> None:
    kind = ipaddress.IPv4Network if name == "ip4" else ipaddress.IPv6Network
    address, slash, size = value.partition("/")
    try:
        if slash and not re.fullmatch("0|[1-9][0-9]{0,2}", size, re.ASCII):
            raise ValueError
        kind(value if slash else address, strict=False)
    except ValueError:
        raise PolicyError(SYNTAX) from None


def _sizes(text: str) -> None:
    match = _SIZES.fullmatch(text)
    if match is None or int(match[1] or 0) > 32 or int(match[2] or 0) > 128:
        raise PolicyError(SYNTAX)


def effective(found: Sequence[Term]) -> list[Term]:
    """The terms that are ever looked at: none behind `all`, and no `redirect` beside it (§5.1)."""
    at_all = next((number for number, one in enumerate(found) if one.name == "all" and one.qualifier), None)
    return list(found) if at_all is None else [one for one in found[: at_all + 1] if one.name != "redirect"]


def lookups(text: str, texts: Texts, above: frozenset[str] = frozenset()) -> int:
    """How many terms ask the DNS, with those of policies it takes in as far as they can be seen. Raises `PolicyError`."""
    count = 0
    for one in effective(terms(text)):
        if one.name not in _ASKS or (one.name == "redirect") == bool(one.qualifier):
            continue
        count += 1
        if one.name in ("include", "redirect") and one.host is not None:
            inner = _inner(one.host, texts, above)
            count += 0 if inner is None else lookups(inner, texts, above | {one.host})
        if count > MOST_LOOKUPS:
            raise PolicyError(TOO_MANY_LOOKUPS)
    return count


def _inner(host: str, texts: Texts, above: frozenset[str]) -> str | None:
    """The policy of a name that is taken in; `None` where it cannot be seen. Raises `PolicyError` where there is not one."""
    seen = texts(host)
    if seen is None:
        return None
    if host in above:
        raise PolicyError(TOO_MANY_LOOKUPS)
    policies = [text for text in seen if is_policy(text)]
    if len(policies) != 1:
        raise PolicyError(SYNTAX)
    return policies[0]


def admits(text: str, include: str, texts: Texts, above: frozenset[str] = frozenset()) -> bool:
    """Whether those whom the policy of the name `include` admits may send by this policy, too."""
    for one in effective(terms(text)):
        if one.name not in ("include", "redirect") or one.qualifier not in ("", "+") or one.host in above:
            continue
        if one.host == include:
            return True
        inner = _inner(one.host, texts, above) if one.host is not None else None
        if inner is not None and one.host is not None and admits(inner, include, texts, above | {one.host}):
            return True
    return False


def fault(policies: Sequence[str], include: str, texts: Texts) -> str | None:
    """What is wrong with the policies of a domain; `None` where there is one, and it admits the host's servers."""
    if len(policies) != 1:
        return SEVERAL
    try:
        lookups(policies[0], texts)
        if any(one.name == "all" and one.qualifier == "+" for one in effective(terms(policies[0]))):
            return EVERYBODY_ALLOWED
        return None if admits(policies[0], include, texts) else HOST_NOT_INCLUDED
    except PolicyError as error:
        return error.reason


def mended(policies: Sequence[str], include: str, texts: Texts) -> str:
    """One policy that admits the host's servers, and whomever the others admitted as far as that can be kept."""
    kept: dict[str, str] = {}
    end = ""
    for one in (one for text in policies[:MOST_MENDED] for one in effective(_sound(text))):
        if one.name == "all" and one.qualifier:
            end = end or f"{'~' if one.qualifier == '+' else one.qualifier}all"
        elif one.host != include and sum(map(len, kept.values())) < LONGEST:
            word = f"include:{one.host}" if one.name == "redirect" else one.text  # nothing comes behind a redirect
            kept.setdefault("exp" if one.name == "exp" else word.lower(), word)
    words = list(kept.values())
    while True:
        policy = " ".join(["v=spf1", f"include:{include}", *words, end or "~all"])
        if len(policy) <= LONGEST and fault([policy], include, texts) is None:
            return policy
        if not words:
            return policy
        words = _without_last(words)


MOST_MENDED = 10
"""Policies of a domain that are made into one; beyond that nobody has written them."""

LONGEST = 450
"""Characters of a policy, so that an answer with it fits a packet (§3.4)."""


def _without_last(words: list[str]) -> list[str]:
    """Without the last term that asks the DNS; where none does, without the last."""
    asking = [number for number, word in enumerate(words) if term(word).name in _ASKS]
    last = asking[-1] if asking else len(words) - 1
    return [word for number, word in enumerate(words) if number != last]


def _sound(text: str) -> list[Term]:
    found = []
    for word in text.split(" ")[1:]:
        try:
            found.append(term(word))
        except PolicyError:
            continue
    return found
