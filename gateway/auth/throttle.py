"""How often somebody may try: counters in the database, asked and raised before a secret is verified.

An attempt is counted first and given back when it was right, so that parallel guesses cannot slip through together:
what is evaluated was counted. Counters are shared by all processes and survive a restart. Their keys are HMACs, so the
table names no address and no account, and unknown logins count like known ones.

The wall of a stranger's failures around an account must not lock its owner out: an attempt from a trusted device passes
all three counters below and has one of its own.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from gateway.auth import counter
from gateway.auth.address import throttle_network
from gateway.auth.afterwards import Afterwards
from gateway.auth.counter import Policy
from gateway.auth.drivers import queue_patiently
from gateway.keys import Keyring
from gateway.settings import Settings
from models.database import in_unit_of_work

PATIENCE_MS = 4_000
"""Milliseconds an attempt waits for the row of its counter: many attempts on one account queue for the same one."""

PRUNE_EVERY = 50
PRUNED_AT_ONCE = 200
"""An attempt makes at most three rows; every 50 attempts up to 200 expired ones go, so dead rows never pile up."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody is about to be evaluated. `kind` is what they do ("sign_in"); other kinds have other counters.

    `account` names whose secret is tried, by id where it exists. `device` is the id of that account's trusted device
    the attempt comes from.
    """

    kind: str
    account: str
    address: str
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Reservation:
    """An attempt that may be evaluated and is counted. `failures` is the account's (or the device's) count with it."""

    counters: tuple[tuple[str, Policy], ...]
    failures: int
    reserved_at: datetime

    @property
    def notable(self) -> bool:
        """Whether the failure is the first or the last free one: those are written down, so that the log is bounded."""
        return self.failures in (1, self.counters[-1][1].free)


@dataclass(frozen=True, slots=True)
class Throttled:
    """Not now. `retry_after` are whole seconds, at least one."""

    retry_after: int


class AttemptThrottle:
    """The counters of one deployment. `now` is always an aware UTC instant given by the caller."""

    def __init__(self, keyring: Keyring, settings: Settings, afterwards: Afterwards) -> None:
        self._key = keyring.derive("throttle")
        # 1, 2, 4 … and the longest one in the end
        waits = tuple(min(2**n, settings.longest_wait) for n in range(settings.longest_wait.bit_length() + 1))
        self.address = Policy(settings.address_failures, settings.address_window)
        self.pair = Policy(settings.free_failures, settings.forgiven_after, waits, sliding=True)
        self.account = Policy(settings.account_failures, settings.account_window, (settings.account_wait,))
        self._afterwards = afterwards
        self._since_pruned = 0

    async def reserve(self, attempt: Attempt, now: datetime) -> Reservation | Throttled:
        """Count an attempt that is about to be evaluated, unless one of its counters says to wait."""
        counters = self._counters(attempt)
        retry_after = await self._wait(counters, now)
        if retry_after:
            return Throttled(retry_after)  # No write: who is held off costs one indexed read.

        async def count_all() -> int:
            failures = 0
            await queue_patiently(PATIENCE_MS)
            for key, policy in counters:  # always in this order, so that no two attempts wait for each other
                failures = await counter.count(key, policy, now)
            return failures

        try:
            failures = await in_unit_of_work(count_all)
        except counter.Blocked:
            return Throttled(await self._wait(counters, now) or 1)
        self._prune(now)
        return Reservation(counters, failures, now)

    async def succeeded(self, reservation: Reservation) -> None:
        """The attempt was right. Inside the caller's unit of work: forgets what this address did to this account.

        The address and the account keep the failures they had before.
        """
        for key, policy in reservation.counters:
            if policy == self.pair:
                await counter.forget(key)
            else:
                await counter.give_back(key, policy, reservation.reserved_at)

    async def passed(self, reservation: Reservation) -> None:
        """The attempt was right as far as it went, and more is to be proven: it does not count, and nothing is forgotten.

        Inside the caller's unit of work.
        """
        for key, policy in reservation.counters:
            await counter.give_back(key, policy, reservation.reserved_at)

    async def not_evaluated(self, reservation: Reservation) -> None:
        """The attempt came to nothing (no free place to verify it): it does not count. A unit of work of its own."""
        await in_unit_of_work(lambda: self.passed(reservation))

    def _counters(self, attempt: Attempt) -> tuple[tuple[str, Policy], ...]:
        if attempt.device is not None:
            return ((self._hmac(attempt.kind, "device", attempt.device), self.pair),)
        network = throttle_network(attempt.address)
        return (
            (self._hmac(attempt.kind, "address", network), self.address),
            (self._hmac(attempt.kind, "pair", attempt.account, network), self.pair),
            (self._hmac(attempt.kind, "account", attempt.account), self.account),
        )

    def _hmac(self, *parts: str) -> str:
        # Lengths first: no two lists of parts make the same text.
        text = "".join(f"{len(part)}:{part}" for part in parts)
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), "sha256").hex()

    async def _wait(self, counters: tuple[tuple[str, Policy], ...], now: datetime) -> int:
        until = await counter.blocked_until([key for key, _ in counters], now)
        return 0 if until is None else ceil((until - now).total_seconds())

    def _prune(self, now: datetime) -> None:
        self._since_pruned += 1
        if self._since_pruned >= PRUNE_EVERY:
            self._since_pruned = 0
            self._afterwards.do("prune throttle", lambda: counter.delete_expired(now, PRUNED_AT_ONCE))
