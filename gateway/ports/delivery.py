"""What handing something over can come to, beside having worked and having failed for now."""

from __future__ import annotations


class Undeliverable(Exception):
    """The receiver will never take it: trying again would not help. The message is for the log and holds no personal data."""
