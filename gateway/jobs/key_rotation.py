"""Seals stored secrets anew with the current key of the keyring, so that an older key can be given up.

A few rows in each unit of work, each by a conditional update: what changes meanwhile is left alone and sealed with the
current key anyway. Safe to stop at any time and to run again: what is sealed with the current key is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tortoise.expressions import Q
from tortoise.models import Model

from gateway.keys import AUTH_INFO_SEAL, AUTHENTICATOR_SEAL, IBAN_SEAL, OPERATION_SEAL, Keyring
from models import Authenticator, BankAccount, Customer, Debit, Domain, Operation, Package
from models.database import in_unit_of_work

AT_ONCE = 100
"""Rows of one unit of work: a few milliseconds, in which nobody waits for long."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of sealed texts, and the purpose they are sealed for."""

    name: str
    model: type[Model]
    column: str
    purpose: str


SEALED = (
    Sealed("authenticator secrets", Authenticator, "secret_sealed", AUTHENTICATOR_SEAL),
    Sealed("IBANs", BankAccount, "iban_sealed", IBAN_SEAL),
    Sealed("IBANs of debits", Debit, "iban_sealed", IBAN_SEAL),
    Sealed("AuthInfo of domains", Domain, "auth_info_sealed", AUTH_INFO_SEAL),
    Sealed("secrets of operations", Operation, "secrets_sealed", OPERATION_SEAL),
)
"""Every column that holds sealed texts for good. Mails seal theirs until they are sent, which is soon."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What became of a column: rows sealed anew, rows that were current before, and ids of rows no key opens."""

    name: str
    sealed: int
    current: int
    unreadable: tuple[str, ...]


async def rotate(keyring: Keyring, progress: Callable[[int], None] = lambda rows: None) -> list[Rotated]:
    """Seal everything with the current key. `progress` is told how many rows were looked at just now."""
    return [await _rotate(keyring, sealed, progress) for sealed in SEALED]


async def _rotate(keyring: Keyring, sealed: Sealed, progress: Callable[[int], None]) -> Rotated:
    mark = f"{keyring.current}:"
    current = await sealed.model.filter(**{f"{sealed.column}__startswith": mark}).count()
    unreadable: list[str] = []
    done, last = 0, ""
    while True:
        there = sealed.model.filter(**{f"{sealed.column}__isnull": False})
        old = there.filter(~Q(**{f"{sealed.column}__startswith": mark}), id__gt=last)
        rows: list[tuple[str, str]] = await old.order_by("id").limit(AT_ONCE).values_list("id", sealed.column)
        if not rows:
            return Rotated(sealed.name, done, current, tuple(unreadable))
        last = rows[-1][0]
        anew: list[tuple[str, str, str]] = []
        for id, text in rows:
            try:
                anew.append((id, text, keyring.seal(sealed.purpose, keyring.unseal(sealed.purpose, text))))
            except ValueError:
                unreadable.append(id)
        done += await in_unit_of_work(lambda anew=anew: _store(sealed, anew))  # type: ignore[misc]  # bound early
        progress(len(rows))


async def _store(sealed: Sealed, anew: list[tuple[str, str, str]]) -> int:
    """Put each new text in the place of the one that was read: how many rows it were."""
    changed = 0
    for id, text, new in anew:
        unchanged: Any = sealed.model.filter(id=id, **{sealed.column: text})
        changed += await unchanged.update(**{sealed.column: new})
    return changed


async def passwords_with_older_keys(keyring: Keyring) -> int:
    """How many password hashes need an older key still; each is renewed when its owner signs in."""
    current = Q(password_hash__startswith=f"v{keyring.current}$")
    customers = await Customer.filter(~current).count()
    return customers + await Package.filter(~current, password_hash__isnull=False).count()
