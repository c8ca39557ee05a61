"""The database under the models: connecting, units of work, reads straight from the driver, migrations.

The order of the imports follows their layers: faults, statements and targets know nothing of the rest.
"""

from models.database.connect import close, connect, dialect
from models.database.faults import (
    Contended,
    DatabaseUnavailable,
    NestedUnit,
    OutsideUnit,
    Overloaded,
    StatementTimeout,
    TablesDiffer,
    UnitBroken,
    UnitEnded,
)
from models.database.rows import Read, fetch, reading
from models.database.statements import recording
from models.database.work import at_end, drain, in_unit_of_work, inside

__all__ = [
    "Contended",
    "DatabaseUnavailable",
    "NestedUnit",
    "OutsideUnit",
    "Overloaded",
    "Read",
    "StatementTimeout",
    "TablesDiffer",
    "UnitBroken",
    "UnitEnded",
    "at_end",
    "close",
    "connect",
    "dialect",
    "drain",
    "fetch",
    "in_unit_of_work",
    "inside",
    "reading",
    "recording",
]
