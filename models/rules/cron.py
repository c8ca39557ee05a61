"""When jobs run: the five fields of crontab(5), read in Europe/Berlin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, pairwise

from models.rules.berlin import BERLIN
from models.rules.decision import Refused

LONGEST = 120
"""Characters of a schedule."""

SHORTEST_INTERVAL = 5
"""Minutes between two runs, by the clock on the wall."""

SYNTAX, OUT_OF_RANGE, AT_BOOT, TOO_OFTEN, NEVER = "SYNTAX", "OUT_OF_RANGE", "AT_BOOT", "TOO_OFTEN", "NEVER"

YEARS = 41
"""How far ahead a run can be: a 29 February that has to be a certain day of the week waits 40 years over 2100."""

_NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PIECE = re.compile(r"(\*|[0-9]{1,2}|[a-z]{3})(?:-([0-9]{1,2}|[a-z]{3}))?(?:/([0-9]{1,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Field:
    first: int
    last: int
    names: dict[str, int]


_FIELDS = (
    _Field(0, 59, {}),
    _Field(0, 23, {}),
    _Field(1, 31, {}),
    _Field(1, 12, {name: number for number, name in enumerate(_MONTHS, 1)}),
    _Field(0, 7, {name: number for number, name in enumerate(_DAYS)}),
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule that was read. `text` is how it is stored: five fields of numbers, single blanks between them.

    Days of the week count from Sunday, 0. With `either` a day is meant that one of the two day fields names, otherwise both
    must: the former where neither begins with a star.
    """

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: tuple[int, ...]
    weekdays: frozenset[int]
    either: bool

    def means(self, day: date) -> bool:
        """Whether it runs on a day."""
        if day.month not in self.months:
            return False
        of_month, of_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return of_month or of_week if self.either else of_month and of_week


@lru_cache(maxsize=1_024)
def read(typed: str) -> Schedule | Refused:
    """The schedule that was typed.

    Taken are numbers, names of months and days, lists, ranges, steps on ranges and on stars, 7 for Sunday, and nicknames
    such as `@daily`. Refuses with `SYNTAX`, `OUT_OF_RANGE`, `AT_BOOT` for `@reboot`, `TOO_OFTEN` for runs less than
    `SHORTEST_INTERVAL` apart, `NEVER` for days that no year has (30 February).
    """
    if len(typed) > LONGEST:
        return Refused(SYNTAX)
    text = " ".join(typed.split()).lower()
    if text == "@reboot":
        return Refused(AT_BOOT)
    words = _NICKNAMES.get(text, text).split(" ")
    if len(words) != len(_FIELDS):
        return Refused(SYNTAX)
    values, plain = [], []
    for word, field in zip(words, _FIELDS, strict=True):
        found = _values(word, field)
        if isinstance(found, Refused):
            return found
        values.append(found)
        plain.append(_plain(word, field))
    minutes, hours, days, months, weekdays = values
    schedule = Schedule(
        " ".join(plain),
        tuple(sorted(minutes)),
        tuple(sorted(hours)),
        frozenset(days),
        tuple(sorted(months)),
        frozenset(day % 7 for day in weekdays),
        not (words[2].startswith("*") or words[4].startswith("*")),
    )
    if not schedule.either and not any(min(days) <= _LONGEST_MONTHS[month - 1] for month in months):
        return Refused(NEVER)
    return Refused(TOO_OFTEN) if _shortest(schedule) < SHORTEST_INTERVAL else schedule


def next_runs(schedule: Schedule, after: datetime, count: int) -> list[datetime]:
    """The next `count` runs after an aware instant, in UTC.

    When clocks go forward, runs in the hour that is left out become one run at its end. When they go back, the hour that comes
    twice counts once, but for jobs of every hour: those go on in both.
    """
    return list(islice((run for run in _runs(schedule, after) if run > after), count))


def _values(word: str, field: _Field) -> set[int] | Refused:
    found: set[int] = set()
    for piece in word.split(","):
        match = _PIECE.fullmatch(piece)
        if match is None:
            return Refused(SYNTAX)
        begin, end, step = match.groups()
        star = begin == "*"
        if (star and end is not None) or (step is not None and not star and end is None):
            return Refused(SYNTAX)
        first = field.first if star else _number(begin, field)
        last = (min(field.last, 6) if field.last == 7 else field.last) if star else _number(end or begin, field)
        if first is None or last is None:
            return Refused(OUT_OF_RANGE if _is_number(begin) and _is_number(end or "0") else SYNTAX)
        if last < first and field.names and field.last == 7 and last == 0:
            last = 7  # a range that ends on a Sunday: fri-sun
        if not (field.first <= first <= last <= field.last) or (step is not None and not 1 <= int(step) <= field.last):
            return Refused(OUT_OF_RANGE)
        found.update(range(first, last + 1, int(step or 1)))
    return found


def _is_number(text: str) -> bool:
    return text.isdecimal() or text == "*"


def _number(text: str, field: _Field) -> int | None:
    number = int(text) if text.isdecimal() else field.names.get(text)
    return number if number is not None and field.first <= number <= field.last else None


def _plain(word: str, field: _Field) -> str:
    """The same with numbers for names, and without leading zeros."""

    def number(match: re.Match[str]) -> str:
        text = match.group()
        return str(int(text) if text.isdecimal() else field.names[text])

    plain = re.sub(r"[a-z]+|[0-9]+", number, word)
    return re.sub(r"([1-7])-0\b", r"\1-7", plain) if field.last == 7 else plain


def _shortest(schedule: Schedule) -> int:
    """Minutes between the two runs that are nearest to each other, by the clock on the wall."""
    minutes, hours = schedule.minutes, schedule.hours
    gaps = [later - earlier for earlier, later in pairwise(minutes)]
    over_the_hour = 60 - minutes[-1] + minutes[0]
    if over_the_hour < SHORTEST_INTERVAL and (
        any(later - earlier == 1 for earlier, later in pairwise(hours))
        or ((hours[0], hours[-1]) == (0, 23) and _on_neighbours(schedule))
    ):
        gaps.append(over_the_hour)
    return min(gaps, default=60)


def _on_neighbours(schedule: Schedule) -> bool:
    """Whether it ever runs on two days one after the other. Days of the week and dates repeat after 28 years."""
    begin = date(2001, 1, 1)
    days = (schedule.means(begin + timedelta(days=number)) for number in range(28 * 366))
    return any(today and tomorrow for today, tomorrow in pairwise(days))


def _runs(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    for day in _days(schedule, after.astimezone(BERLIN).date()):
        yield from _runs_on(schedule, day)


def _days(schedule: Schedule, begin: date) -> Iterator[date]:
    """The days it runs on, from `begin` on; months that are not meant are passed over."""
    for number in range(12 * YEARS + 1):
        year, month = divmod(begin.year * 12 + begin.month - 1 + number, 12)
        if month + 1 not in schedule.months:
            continue
        day = max(date(year, month + 1, 1), begin)
        while day.month == month + 1:
            if schedule.means(day):
                yield day
            day += timedelta(days=1)


def _runs_on(schedule: Schedule, day: date) -> Iterator[datetime]:
    clock = (
        datetime.combine(day, time(hour, minute), BERLIN) for hour in schedule.hours for minute in schedule.minutes
    )
    begin, end = (datetime.combine(one, time(), BERLIN) for one in (day, day + timedelta(days=1)))
    if begin.utcoffset() == end.utcoffset():
        yield from (one.astimezone(UTC) for one in clock)
        return
    hourly = len(schedule.hours) == 24
    runs: set[datetime] = set()
    for one in clock:
        run = one.astimezone(UTC)
        if run.astimezone(BERLIN).replace(tzinfo=None) != one.replace(tzinfo=None):  # the hour that is left out
            if not hourly:
                runs.add(_end_of_gap(day))
            continue
        runs.add(run)
        if hourly:
            runs.add(one.replace(fold=1).astimezone(UTC))
    yield from sorted(runs)


def _end_of_gap(day: date) -> datetime:
    """The instant at which clocks go forward on a day: 01:00 UTC in all of the European Union (Directive 2000/84/EC)."""
    return datetime.combine(day, time(1), UTC)
