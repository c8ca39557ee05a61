"""What can go wrong with a database, told apart by what a caller can do about it."""

from __future__ import annotations


class DatabaseUnavailable(Exception):
    """The database cannot be reached, or is too busy to be asked now: try again shortly."""


class Overloaded(DatabaseUnavailable):
    """No connection became free in time."""


class StatementTimeout(Exception):
    """A statement took too long and was stopped by the database."""


class NestedUnit(RuntimeError):
    """A unit of work was begun inside another: that would need a second connection inside a transaction."""
