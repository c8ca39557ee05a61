"""What all connections of a process share: their bounds, and how many each address holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gateway.auth.address import throttle_network
from gateway.errors import ErrorCode, GatewayError
from gateway.http.peer import Proxies
from gateway.http.refusal import refusal_of
from gateway.http.security import SecurityHeaders


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Bounds of one connection; times in seconds."""

    header_bytes: int
    header_deadline: float
    body_deadline: float
    send_deadline: float
    per_address: int


class Connections:
    """What all connections of a process share: the rules, and how many each address holds."""

    def __init__(self, limits: ConnectionLimits, proxies: Proxies, headers: SecurityHeaders) -> None:
        self.limits = limits
        self.headers = headers
        self._proxies = proxies
        self._open: Counter[str] = Counter()

    def enter(self, peer: str | None) -> str | None:
        """Count a connection; what to give to `leave` when it ends. Listed proxies are not counted.

        Raises `Refusal` 429 when the address holds too many.
        """
        if peer is None or self._proxies.trusts(peer):
            return None
        network = throttle_network(peer)
        if self._open[network] >= self.limits.per_address:
            retry = {"retryAfter": 1}
            raise refusal_of(GatewayError(ErrorCode.RATE_LIMITED, "rate_limited", extensions=retry, seconds=1))
        self._open[network] += 1
        return network

    def leave(self, network: str | None) -> None:
        """Forget a connection that has ended."""
        if network is not None:
            self._open[network] -= 1
            if self._open[network] <= 0:
                del self._open[network]
