"""What it means that a direct debit came back: the reason codes of SEPA returns (EPC173-14, ISO 20022 external codes)."""

from __future__ import annotations

NEW_DETAILS = frozenset({"AC01", "AC04", "AC06", "AC13", "AG01", "BE05", "MD01", "MD02", "MD07", "RC01", "SL01"})
"""The account cannot be debited under this mandate again."""


def permits_repeat(code: str) -> bool:
    """Whether a debit that came back with `code` may be sent again to the same account under the same mandate."""
    return code not in NEW_DETAILS
