"""What one request carries: who asks, when, from where, in which language, and the parts that answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.auth.viewer import Viewer
from gateway.services import Services


@dataclass(frozen=True, slots=True)
class Client:
    """The other end of the connection, as far as it is known and may be kept.

    `address` is the full textual IP address (for throttles only; what is stored or shown is shortened), `request_id` is ours.
    """

    address: str
    user_agent: str | None
    request_id: str
