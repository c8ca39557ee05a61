"""What one request carries: who asks, when, from where, in which language, and the parts that answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.auth.client import Client
from gateway.auth.viewer import Viewer
from gateway.keys import Keyring
from gateway.loaders import Loaders
from gateway.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What a process makes once, at start, and every request shares. Wired in `gateway.app`."""

    settings: Settings
    keyring: Keyring


@dataclass(frozen=True, slots=True)
class Context:
    """One request. `now` is an aware UTC instant; nothing below reads the wall clock. `language` is "en" or "de"."""

    viewer: Viewer | None
    now: datetime
    language: str
    client: Client
    loaders: Loaders
    parts: Parts
