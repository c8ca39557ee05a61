"""The other end of the connection, as far as it is known and may be kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Client:
    """Made by the HTTP layer for every request.

    `address` is the full textual IP address: for throttles only, what is stored or shown is shortened. `user_agent` is cut
    to 200 characters, control characters removed. `request_id` is made here, never taken from the caller.
    """

    address: str
    user_agent: str | None
    request_id: str
