"""A year's invoices as tables: one to read in a spreadsheet, one to take over into bookkeeping. Pure: values in, text out.

Both are UTF-8 with a byte order mark, semicolons and decimal commas, as spreadsheets in German expect. A text that a
spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).

The booking table has the head and the columns of a batch of bookings of DATEV's EXTF format (version 700, category 21), one
booking for each VAT rate of an invoice, seen from the customer's side. It is not a certified DATEV export: consultant, client,
accounts and tax keys are empty, since only the customer's bookkeeping knows them, and only the first columns are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.rules.money import currency_exponent

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

LIST_COLUMNS = (
    "Rechnungsnummer", "Art", "Korrigiert", "Ausgestellt", "Fällig", "Zeitraum von", "Zeitraum bis", "Zustand", "Währung",
    "Netto", "Umsatzsteuer", "Brutto", "Bezahlt", "Offen", "PDF", "XML",
)  # fmt: skip

BOOKING_COLUMNS = (
    "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz", "WKZ Basis-Umsatz", "Konto",
    "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum", "Belegfeld 1", "Belegfeld 2", "Skonto", "Buchungstext",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListedTax:
    """The gross amount of one VAT rate."""

    gross_minor: int
    vat_basis_points: int


@dataclass(frozen=True, slots=True)
class ListedInvoice:
    """A line of the table; amounts of a credit note are shown as negative. `pdf` and `xml` are names in the archive."""

    number: str
    credit_note: bool
    corrects: str | None
    issued_on: date
    due_on: date
    period_from: date | None
    period_to: date | None
    state: str
    currency: str
    net_minor: int
    vat_minor: int
    gross_minor: int
    paid_minor: int
    due_minor: int
    taxes: Sequence[ListedTax]
    pdf: str | None
    xml: str | None


def amount(minor_units: int, currency: str) -> str:
    """`1234,56`: without thousands separators."""
    exponent = currency_exponent(currency)
    whole, rest = divmod(abs(minor_units), 10**exponent)
    return f"{'-' if minor_units < 0 else ''}{whole}" + (f",{rest:0{exponent}d}" if exponent else "")


def text(value: str | None) -> str:
    """A text in quotation marks that no spreadsheet takes for a formula."""
    shown = " ".join((value or "").split()) if value and value[0] not in _FORMULA else value or ""
    if shown.startswith(_FORMULA):
        shown = "'" + " ".join(shown.split())
    return '"' + shown.replace('"', '""') + '"'


def _day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def list_head() -> str:
    """The first line of the table, with the mark of the encoding."""
    return BOM + ";".join(text(name) for name in LIST_COLUMNS) + "\r\n"


def list_line(row: ListedInvoice) -> str:
    """An invoice in the table."""
    sign = -1 if row.credit_note else 1
    amounts = [sign * row.net_minor, sign * row.vat_minor, sign * row.gross_minor, row.paid_minor, row.due_minor]
    fields = [
        text(row.number),
        text("Gutschrift" if row.credit_note else "Rechnung"),
        text(row.corrects),
        *(_day(day) for day in (row.issued_on, row.due_on, row.period_from, row.period_to)),
        text(row.state),
        text(row.currency),
        *(amount(minor, row.currency) for minor in amounts),
        text(row.pdf),
        text(row.xml),
    ]
    return ";".join(fields) + "\r\n"


def booking_head(year: int, made_at: datetime) -> str:
    """The two first lines of the booking table: what it is, and its columns."""
    stamp = f"{made_at:%Y%m%d%H%M%S}{made_at.microsecond // 1000:03d}"
    about = ['"EXTF"', "700", "21", '"Buchungsstapel"', "13", stamp, "", '""', '""', '""', "", "", f"{year}0101", "4"]
    about += [f"{year}0101", f"{year}1231", f'"Rechnungen {year}"', '""', "1", "0", "0", '"EUR"']
    return BOM + ";".join(about) + "\r\n" + ";".join(BOOKING_COLUMNS) + "\r\n"


def booking_lines(row: ListedInvoice) -> str:
    """A booking for each VAT rate: what is owed (`H`), or for a credit note what is given back (`S`)."""
    lines = []
    for tax in row.taxes:
        flag = ("S" if row.credit_note else "H") if tax.gross_minor >= 0 else ("H" if row.credit_note else "S")
        said = f"{'Gutschrift' if row.credit_note else 'Rechnung'} {row.number}, {amount(tax.vat_basis_points, 'EUR')} % USt"
        lines.append(
            ";".join(
                [
                    *(
                        amount(abs(tax.gross_minor), row.currency),
                        text(flag),
                        text(row.currency),
                        "",
                        "",
                        '""',
                        "",
                        "",
                        '""',
                    ),
                    *(f"{row.issued_on:%d%m}", text(row.number[:36]), '""', "", text(said[:60])),
                ]
            )
        )
    return "".join(f"{line}\r\n" for line in lines)


READ_ME = """\
Rechnungen eines Jahres / a year's invoices

rechnungen/*.pdf   Jede Rechnung, wie sie ausgestellt wurde. / Every invoice as it was issued.
rechnungen/*.xml   Dieselbe als Daten (EN 16931), wo es sie gibt. / The same as data, where there is any.
rechnungen.csv     Tabelle aller Rechnungen: UTF-8, Semikolon, Dezimalkomma. / A table of all of them.
buchungen.csv      Buchungszeilen mit Kopf und Spalten eines DATEV-Buchungsstapels (EXTF 700/21). Kein zertifizierter
                   DATEV-Export: Berater, Mandant, Konten und Steuerschlüssel sind leer und in der Buchhaltung zu ergänzen;
                   die Datei ist UTF-8. / Bookings with the head and columns of a DATEV batch. Not a certified export:
                   consultant, client, accounts and tax keys are empty.
manifest.json      Name, Größe und SHA-256 jeder Datei. / Name, size and SHA-256 of each file.
"""
"""What lies beside the files."""
