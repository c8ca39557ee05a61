"""When things happened, counted back from a given day, so that a demo is never stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from models.rules.term import add_months


@dataclass(frozen=True)
class Times:
    """Days relative to `today`."""

    today: date

    def years_ago(self, years: int) -> date:
        """The same day `years` before today."""
        return add_months(self.today, -12 * years)

    def after(self, day: date, days: int) -> date:
        """`days` after a day, but never in the future."""
        return min(day + timedelta(days=days), self.today)

    def morning(self, day: date) -> datetime:
        """A working hour of that day, or midnight today: nothing is made in the future."""
        hour = time(8, 30) if day < self.today else time(0)
        return datetime.combine(day, hour, UTC)
