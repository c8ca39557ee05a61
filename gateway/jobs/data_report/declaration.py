"""How it is said which tables and columns go into a data report: every column of every table is either told or withheld.

    Section(Domain, "domains", PACKAGES, ("Domains", "Domains"), {
        "name": told("Name", "Name"),
        "search_key": DERIVED,
        …
    })

The JSON file, its schema, the PDF and the list of what was left out are all made from these lines, and a test fails for
a table or column that has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from tortoise.models import Model

Words = tuple[str, str]
"""English and German, as in `gateway.messages`."""


def say(words: Words, language: str) -> str:
    """German for "de", English for every other language."""
    return words[1] if language == "de" else words[0]


class Shape(Enum):
    """How a value is written for people; in the JSON file it stays as it is stored."""

    PLAIN = "plain"
    MONEY = "money"
    """Minor units of the entry's `currency`."""
    PERCENT = "percent"
    """Basis points."""
    QUANTITY = "quantity"
    """Thousandths."""
    UNIT = "unit"
    """The unit of an invoice line, such as `month`."""


class Reason(StrEnum):
    """Why a column is not in a report."""

    SECRET = "SECRET"  # noqa: S105 - the name of a reason, not a secret
    IBAN = "IBAN"
    DERIVED = "DERIVED"
    OWNER = "OWNER"
    BOOKKEEPING = "BOOKKEEPING"
    FILE = "FILE"
    MAIL_TEXT = "MAIL_TEXT"
    OTHERS = "OTHERS"


@dataclass(frozen=True, slots=True)
class Taken:
    """A part of a stored value: `function(value, entry)`, and the JSON schema of what it gives."""

    function: Callable[[Any, Mapping[str, Any]], Any]
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A column that goes in. `named_by` is the column that names the row this one refers to (`contract.number`).

    Of a value that is `taken` in part, `rest` is why the rest is not. `called` is its name in the JSON file where that is
    not the column's own.
    """

    label: Words
    shape: Shape = Shape.PLAIN
    named_by: str | None = None
    taken: Taken | None = None
    rest: Reason | None = None
    called: str | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A column that stays out."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Category:
    """What a kind of data is for, how long it is kept and where it is from (Art. 15 (1) (a), (b), (d), (g) GDPR)."""

    name: Words
    purpose: Words
    storage: Words
    source: Words


@dataclass(frozen=True, eq=False)
class Section:
    """A table; each is itself and equal to no other. `name` is its name in the JSON file.

    Rows are read in the order of the columns `order`, which together are unique and never null; `headed_by` are the
    columns an entry is headed by in the PDF. `only` narrows the customer's rows by a condition on `t`, the table.
    """

    model: type[Model]
    name: str
    category: Category
    title: Words
    columns: Mapping[str, Told | Withheld]
    order: tuple[str, ...] = ("id",)
    headed_by: tuple[str, ...] = ()
    only: str | None = None

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)

    @property
    def owner(self) -> str:
        """The column that says whose a row is."""
        return "customer_id" if "customer_id" in self.model._meta.fields_map else "id"

    def told(self) -> list[tuple[str, Told]]:
        """The columns that go in, in the order they were declared."""
        return [(name, column) for name, column in self.columns.items() if isinstance(column, Told)]

    def withheld(self) -> list[tuple[str, Reason]]:
        """What stays out, in whole or in part, and why."""
        reasons = {
            name: column.reason if isinstance(column, Withheld) else column.rest
            for name, column in self.columns.items()
        }
        return [(name, reason) for name, reason in reasons.items() if reason is not None]


def told(english: str, german: str, shape: Shape = Shape.PLAIN) -> Told:
    """A column that goes in as it is stored."""
    return Told((english, german), shape)


def money(english: str, german: str) -> Told:
    """An amount in minor units."""
    return told(english, german, Shape.MONEY)


def refers(english: str, german: str, named_by: str) -> Told:
    """A reference to another row: its id and, from the column `named_by`, what people call it."""
    return Told((english, german), named_by=named_by)


SECRET, DERIVED, OWNER = Withheld(Reason.SECRET), Withheld(Reason.DERIVED), Withheld(Reason.OWNER)
BOOKKEEPING, FILE, OTHERS = Withheld(Reason.BOOKKEEPING), Withheld(Reason.FILE), Withheld(Reason.OTHERS)


def json_name(section: Section, column: str) -> str:
    """The name of a column in the JSON file: `bankName`; a reference loses its ending: `package` for `package_id`."""
    told = section.columns[column]
    if isinstance(told, Told):
        if told.called:
            return told.called
        if told.named_by:
            return camel(column.removesuffix("_id"))
    return camel(column)


def camel(name: str) -> str:
    """`bankName` for `bank_name`."""
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)
