"""What a run of the tests has shown, in one line each; printed at its end."""

from __future__ import annotations

_PROVED: list[str] = []


def proved(text: str) -> None:
    """Have `text` printed at the end of the run. Called by a test as its last step: what did not hold is not printed."""
    if text not in _PROVED:
        _PROVED.append(text)


def lines() -> list[str]:
    """What was shown so far."""
    return list(_PROVED)
