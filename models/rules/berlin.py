"""Days as the house counts them: in Berlin, whatever the clock of a machine says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def berlin_day(now: datetime) -> date:
    """The day an aware instant is in, in Berlin."""
    return now.astimezone(BERLIN).date()


def end_of_day(day: date) -> datetime:
    """The instant at which a day is over in Berlin, as UTC: the beginning of the next one."""
    return datetime.combine(day + timedelta(days=1), time.min, BERLIN).astimezone(UTC)
