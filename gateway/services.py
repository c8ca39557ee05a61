"""The parts a process makes once, at start, and every request shares. Wired in `gateway.app`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gateway.keys import Keyring
from gateway.settings import Settings
