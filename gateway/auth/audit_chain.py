"""The chain of a customer's audit entries: each is sealed together with everything that was before it (SECURITY L3).

An entry's seal is an HMAC-SHA-256 over all its columns and the end of the chain before it; the end of the chain is an HMAC
over the number of entries and the last seal, kept in `AuditChain`. So an entry that is changed, moved, put in or taken
out, also at the end, is found by whoever has the keys (`gateway audit verify`), and nobody without them can mend it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from hashlib import sha256
from itertools import groupby
from typing import Any

from gateway.keys import Keyring
from models import AuditChain, AuditEvent

ENTRY_SEAL = "audit entry"
"""The purpose of the key that entries are sealed with."""

END_SEAL = "end of an audit chain"
"""The purpose of the key that the ends of chains are sealed with."""

BEGINNING = ""
"""What stands for the end of a chain without an entry."""

AT_ONCE = 500
"""Rows of one INSERT."""

SEALED_COLUMNS = (
    "id", "customer_id", "package_id", "occurred_at", "actor_kind", "actor_id", "session_id", "address", "action",
    "object_id", "result", "request_id", "detail", "number",
)  # fmt: skip
"""What a seal is over. A column that is added later needs a form of its own, or what was sealed before is worth nothing."""


class _Installed:
    """The keyring of the process: entries are written from many places, and none of them may choose another."""

    keyring: Keyring | None = None


def seal_with(keyring: Keyring) -> None:
    """Seal the entries of this process with the current key. Done once, where the process is put together."""
    _Installed.keyring = keyring


def canonical(entry: Mapping[str, Any]) -> bytes:
    """An entry as it is sealed: JSON with sorted keys. `entry` has at least `SEALED_COLUMNS`.

    Raises `TypeError` for a detail that the databases do not give back as it was (a float, an instant).
    """
    values = {name: entry[name] for name in SEALED_COLUMNS}
    values["occurred_at"] = values["occurred_at"].astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(_exact(values), sort_keys=True, separators=(",", ":")).encode()


def _exact(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _exact(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(item) for item in value]
    raise TypeError(f"a {type(value).__name__} cannot be part of an audit entry")


def entry_seal(keyring: Keyring, number: int, entry: Mapping[str, Any], before: str) -> str:
    """The seal of an entry with the key `number`; `before` is the end of the chain before it.

    Raises `KeyError` for a key that is not in the ring.
    """
    return _seal(keyring, ENTRY_SEAL, number, before.encode() + b"\n" + canonical(entry))


def end_seal(keyring: Keyring, customer_id: str, entries: int, last: str) -> str:
    """The end of a chain of so many entries, sealed with the key of its `last` seal. Without entries: `BEGINNING`.

    Raises `KeyError` for a key that is not in the ring, `ValueError` for a text that is no seal.
    """
    if not entries:
        return BEGINNING
    return _seal(keyring, END_SEAL, key_number(last), f"{customer_id}\n{entries}\n{last}".encode())


def key_number(seal: str) -> int:
    """Which key a seal was made with. Raises `ValueError` for a text that is no seal."""
    return int(seal.partition(":")[0])


def _seal(keyring: Keyring, purpose: str, number: int, text: bytes) -> str:
    return f"{number}:{hmac.new(keyring.derive(purpose, number), text, sha256).hexdigest()}"


async def append(entries: Sequence[AuditEvent]) -> None:
    """Number, seal and insert entries, of any customers: the last thing a unit of work does.

    The chain's row is locked until the unit ends, so of two units of one customer the second continues where the first
    ended. Raises `RuntimeError` in a process that was given no keyring.
    """
    keyring = _Installed.keyring
    if keyring is None:
        raise RuntimeError("audit entries cannot be sealed: this process was given no keyring (seal_with)")
    of_customer: Callable[[AuditEvent], str] = lambda entry: entry.customer_id  # noqa: E731 - needed twice, says one thing
    ordered = sorted(entries, key=of_customer)
    chains = await _held({entry.customer_id for entry in ordered})
    for customer_id, own in groupby(ordered, of_customer):
        chain = chains[customer_id]
        for entry in own:
            chain.number += 1
            entry.number = chain.number
            values = {name: getattr(entry, name) for name in SEALED_COLUMNS}
            entry.seal = entry_seal(keyring, keyring.current, values, chain.seal)
            chain.seal = end_seal(keyring, customer_id, chain.number, entry.seal)
    if len(ordered) == 1:
        await ordered[0].save(force_create=True)
    else:
        await AuditEvent.bulk_create(ordered, batch_size=AT_ONCE)
    for chain in chains.values():
        await AuditChain.filter(id=chain.id).update(number=chain.number, seal=chain.seal)


async def _held(customer_ids: set[str]) -> dict[str, AuditChain]:
    """The chains of customers, each row locked, in the same order by everybody."""
    chains = await _lock(customer_ids)
    if missing := sorted(customer_ids - chains.keys()):
        begun = [AuditChain(customer_id=customer_id, number=0, seal=BEGINNING) for customer_id in missing]
        await AuditChain.bulk_create(begun, ignore_conflicts=True)  # somebody else may begin the same one
        chains |= await _lock(set(missing))
    return chains


async def _lock(customer_ids: set[str]) -> dict[str, AuditChain]:
    rows = AuditChain.filter(customer_id__in=sorted(customer_ids)).order_by("customer_id").select_for_update()
    return {chain.customer_id: chain for chain in await rows}
