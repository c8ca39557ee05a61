"""What a run of the tests has shown, in one line each; printed at its end."""

from __future__ import annotations

from collections import Counter

_PROVED: list[str] = []
_CASES: Counter[str] = Counter()


def proved(text: str) -> None:
    """Have `text` printed at the end of the run. Called by a test as its last step: what did not hold is not printed."""
    if text not in _PROVED:
        _PROVED.append(text)


def counted(what: str, cases: int, of: str) -> None:
    """As `proved`, for cases that several tests share: printed for each subject (`of`) and in all."""
    proved(f"{what} of {of} ({cases})")
    _CASES[what] += cases


def lines() -> list[str]:
    """What was shown so far."""
    return [*_PROVED, *(f"{what} ({cases})" for what, cases in _CASES.items())]
