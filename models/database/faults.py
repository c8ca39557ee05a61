"""What can go wrong with a database, told apart by what a caller can do about it.

Two families matter to whoever answers a request: `DatabaseUnavailable` (try again shortly) and `StatementTimeout` (ask
for less). The `RuntimeError`s are mistakes in the program and show up in its tests.
"""

from __future__ import annotations


class DatabaseUnavailable(Exception):
    """The database cannot be reached, is full, or is too busy to be asked now: try again shortly."""


class Overloaded(DatabaseUnavailable):
    """No connection, or not SQLite's one writer, became free in time."""


class Contended(DatabaseUnavailable):
    """Another transaction holds what this one needs. Nothing was written."""


class TablesDiffer(DatabaseUnavailable):
    """A table or a column is not as this version knows it: the database was altered under the running program."""


class StatementTimeout(Exception):
    """A statement, or a whole unit of work, took too long and was stopped. Nothing was written."""


class NestedUnit(RuntimeError):
    """A unit of work was begun inside another: that would need a second connection inside a transaction."""


class OutsideUnit(RuntimeError):
    """A transaction was begun by other means than a unit of work: cancelled at the wrong moment it would never end."""


class UnitEnded(RuntimeError):
    """A task that a unit of work had started asked the database after the unit had ended."""


class UnitBroken(RuntimeError):
    """A statement failed, its error was kept from leaving the unit of work, and the unit went on.

    PostgreSQL refuses everything after a failed statement and turns the commit into a rollback without a word; SQLite
    would commit the rest. On both the unit is rolled back and says so.
    """


BROKEN = "a statement failed, and its error did not leave the unit of work"
