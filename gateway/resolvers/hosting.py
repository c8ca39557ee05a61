"""What this host offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gateway.context import Context
from gateway.hosting import Server
from models import DatabaseEngine
from models.rules import hosted_database, web_host
from models.rules.berlin import berlin_day
from models.rules.decision import Refused


@dataclass(frozen=True, slots=True)
class OfferedPhp:
    """A version of PHP."""

    version: str
    end_of_life_on: date
    choosable: bool


@dataclass(frozen=True, slots=True)
class OfferedDatabase:
    """A version of a database system."""

    engine: DatabaseEngine
    version: str
    end_of_life_on: date
    choosable: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """All of it."""

    php: list[OfferedPhp]
    databases: list[OfferedDatabase]
    imap: Server
    smtp: Server
    sftp: Server


def hosting(context: Context) -> Offer:
    """What there is, and what of it can be chosen today."""
    found, today = context.parts.hosting, berlin_day(context.now)
    return Offer(
        [
            OfferedPhp(
                one.version,
                one.end_of_life_on,
                not isinstance(web_host.php_choosable(one.version, one.end_of_life_on, None, today), Refused),
            )
            for one in found.php
        ],
        [
            OfferedDatabase(
                one.engine,
                one.version,
                one.end_of_life_on,
                not isinstance(hosted_database.version_choosable(one.end_of_life_on, today), Refused),
            )
            for one in found.databases
        ],
        found.imap,
        found.smtp,
        found.sftp,
    )
