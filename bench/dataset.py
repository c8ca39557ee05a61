"""The rows of a hosting company of any size: the same for every database and every contestant.

At scale 1: 2,000 customers, 37,000 packages, 112,000 domains, 75,000 mailboxes, 60,000 invoices with 300,000 lines. One
customer in ten is a reseller with 120 packages; the load signs in as them. Rows of one customer lie apart from each other, as
they do where customers order and pay over years.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from zlib import crc32

from models.text import folded

CUSTOMERS = 2_000
RESELLER_EVERY = 10
RESELLER_PACKAGES = 120
INVOICES = 30
LINES = 5
SESSIONS = 64
"""At most so many resellers are signed in; each connection of the load is one of them."""

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_NAMES = [
    "Weber",
    "Bäcker",
    "Schröder",
    "Özdemir",
    "Kowalski",
    "Lehmann",
    "Groß",
    "Maurer",
    "Jung",
    "Köhler",
    "Vogel",
    "Sommer",
    "Winter",
    "Brandt",
    "Keller",
]
_TRADES = [
    "Praxis",
    "Kanzlei",
    "Bäckerei",
    "Gärtnerei",
    "Tischlerei",
    "Hotel",
    "Verein",
    "Galerie",
    "Reisebüro",
    "Werkstatt",
    "Café",
    "Schule",
]
_STATES = ["ACTIVE"] * 18 + ["SUSPENDED", "CANCELLED"]
_FUNCTIONS = json.dumps(["SELECT", "RENAME", "UPGRADE", "EMAILS", "DOMAINS", "DATABASES", "SECURITY", "CANCEL"])
_KINDS = ("web-s", "web-m", "web-l", "managed")

Row = tuple[Any, ...]
Table = tuple[str, tuple[str, ...], Iterator[Row]]
"""Name, columns, rows."""


def row_id(prefix: str, number: int) -> str:
    """The id of the row with a number: a prefix and 26 digits, later numbers later."""
    digits = ""
    for _ in range(8):
        number, digit = divmod(number, 32)
        digits = _DIGITS[digit] + digits
    return f"{prefix}_01h455vb4pex5vsknk{digits}"


def token(number: int) -> str:
    """The bearer token of a session."""
    body = f"gws_{sha256(f'bench {number}'.encode()).hexdigest()}"
    return f"{body}{crc32(body.encode()):08x}"


@dataclass(frozen=True)
class DataSet:
    """So many customers and what belongs to them; `now` is when it is made."""

    scale: float
    now: datetime

    @property
    def customers(self) -> int:
        return max(RESELLER_EVERY, round(CUSTOMERS * self.scale))

    @property
    def sessions(self) -> int:
        return min(SESSIONS, self.customers // RESELLER_EVERY)

    def packages_of(self, customer: int) -> int:
        """120 for a reseller; the others have 7, and some of them 8, which makes 37,000 for 2,000."""
        if customer % RESELLER_EVERY == 0:
            return RESELLER_PACKAGES
        return 8 if customer % 9 < 2 else 7

    def package_of_reseller(self, customer: int) -> str:
        """The id of the first package of a customer."""
        return row_id("pkg", customer)

    def tables(self) -> Iterator[Table]:
        """Every table in an order in which references point backwards."""
        yield "package_type", _PACKAGE_TYPE, self._types()
        yield "tariff", _TARIFF, self._tariffs()
        yield "customer", _CUSTOMER, self._customers()
        yield "package", _PACKAGE, self._packages()
        yield "contract", _CONTRACT, self._contracts()
        yield "domain", _DOMAIN, self._domains()
        yield "mailbox", _MAILBOX, self._mailboxes()
        yield "invoice", _INVOICE, self._invoices()
        yield "invoice_line", _INVOICE_LINE, self._lines()
        yield "session", _SESSION, self._sessions()

    def _types(self) -> Iterator[Row]:
        for number, code in enumerate(_KINDS):
            yield row_id("pty", number), code, f"Hosting {code.upper()}", code[:3], _FUNCTIONS, 50, 20, 10, 10_240

    def _tariffs(self) -> Iterator[Row]:
        for number in range(8):
            net = 500 + 250 * number
            yield (
                *(row_id("trf", number), row_id("pty", number % 4), f"tariff-{number}", f"Tarif {number + 1}"),
                *(net, net * 119 // 100, 1_900, "EUR", 1 + 11 * (number % 2), 12, 0, 1, True),
            )

    def _customers(self) -> Iterator[Row]:
        long_ago = self._ago(2_000)
        for number in range(self.customers):
            yield (
                *(row_id("cus", number), str(10_000_000 + number), "PERSON", "Kim", _NAMES[number % len(_NAMES)]),
                *("Lange Straße 5", "10117", "Berlin", "DE", f"kunde-{number}@mail.example", "de"),
                *("!", long_ago, long_ago, 1),
            )

    def _owners(self) -> Iterator[tuple[int, int]]:
        """(package, customer): every customer's first package, then every customer's second, …"""
        package = 0
        for turn in range(RESELLER_PACKAGES):
            for customer in range(self.customers) if turn < 8 else range(0, self.customers, RESELLER_EVERY):
                if turn < self.packages_of(customer):
                    yield package, customer
                    package += 1

    def _packages(self) -> Iterator[Row]:
        random = Random(1)
        for package, customer in self._owners():
            name = f"{random.choice(_TRADES)} {random.choice(_NAMES)} {package % 97}"
            identification = f"web-{100_000 + package}"
            yield (
                *(row_id("pkg", package), row_id("cus", customer), row_id("pty", package % 4)),
                *(name, folded(name), folded(f"{name}\n{identification}"), identification, f"B{400_000 + package}"),
                *(random.choice(_STATES), self._ago(1_500 - package % 1_400), 1),
            )

    def _contracts(self) -> Iterator[Row]:
        for package, customer in self._owners():
            net, day = 500 + 250 * (package % 8), self._day(1_500 - package % 1_400)
            yield (
                *(row_id("ctr", package), row_id("cus", customer), row_id("pkg", package), row_id("trf", package % 8)),
                *(f"V{7_000_000 + package}", "ACTIVE", day, 12, 0, 1, 1, net, net * 119 // 100, 1_900, "EUR"),
                *(self._ago(1_500 - package % 1_400), 1),
            )

    def _domains(self) -> Iterator[Row]:
        number = 0
        for package, customer in self._owners():
            made, day = self._ago(1_500 - package % 1_400), self._day(1_500 - package % 1_400)
            extra = package % 37 == 0  # 37,000 packages with three each, and a thousand more
            for place in range(1 + (package + package // 120) % 5 + extra):
                name = f"{'www' if place else 'site'}-{place}-{package}.example"
                yield (
                    *(row_id("dom", number), row_id("cus", customer), row_id("pkg", package)),
                    *(name, name, f"{name}\n{name}", place == 0, "ACTIVE", day, made),
                )
                number += 1

    def _mailboxes(self) -> Iterator[Row]:
        number = 0
        for package, customer in self._owners():
            made = self._ago(1_500 - package % 1_400)
            for place in range(1 + (package + package // 120) % 3):
                address = f"{('info', 'kontakt', 'rechnung')[place]}@site-0-{package}.example"
                owner = row_id("cus", customer), row_id("pkg", package)
                yield row_id("mbx", number), *owner, address, address, "Post", 5_120, number % 5_120, made
                number += 1

    def _invoices(self) -> Iterator[Row]:
        for number, customer in self._bills():
            net = LINES * 1_000
            vat, day = net * 19 // 100, self._day(30 * (INVOICES - number // self.customers))
            yield (
                *(row_id("inv", number), row_id("cus", customer), f"R{5_000_000 + number}"),
                *("OPEN" if number % 25 == 0 else "PAID", day, day + timedelta(14), "EUR", net, vat, net + vat),
                self._ago(30),
            )

    def _lines(self) -> Iterator[Row]:
        for number, customer in self._bills():
            invoice, owner = row_id("inv", number), row_id("cus", customer)
            for place in range(LINES):
                yield (
                    *(row_id("inl", number * LINES + place), owner, invoice, None, place + 1),
                    *(f"Webhosting Paket {place + 1}, Grundgebühr", 1_000, "month", 1_000, 1_000, 1_900, "EUR"),
                )

    def _bills(self) -> Iterator[tuple[int, int]]:
        """(invoice, customer): every month everybody gets one."""
        return ((number, number % self.customers) for number in range(INVOICES * self.customers))

    def _sessions(self) -> Iterator[Row]:
        for number in range(self.sessions):
            digest = sha256(token(number).encode()).hexdigest()
            owner = row_id("cus", number * RESELLER_EVERY)
            yield (
                *(row_id("ses", number), owner, "CUSTOMER", digest, True, 2_592_000, self.now, self.now),
                self.now + timedelta(days=180),
            )

    def _ago(self, days: int) -> datetime:
        return datetime.combine(self._day(days), datetime.min.time(), UTC) + timedelta(hours=8, minutes=30)

    def _day(self, days: int) -> date:
        return self.now.date() - timedelta(days)


_PACKAGE_TYPE = (
    *("id", "code", "name", "family", "functions", "mailbox_limit", "domain_limit", "database_limit"),
    "web_space_mb",
)
_TARIFF = (
    *("id", "type_id", "code", "name", "net_minor", "gross_minor", "vat_basis_points", "currency", "billing_months"),
    *("minimum_term_months", "renewal_months", "notice_months", "available"),
)
_CUSTOMER = (
    *("id", "number", "kind", "first_name", "last_name", "street", "postcode", "city", "country", "email", "language"),
    *("password_hash", "password_changed_at", "created_at", "version"),
)
_PACKAGE = (
    *("id", "customer_id", "type_id", "name", "name_key", "search_key", "identification", "order_number", "state"),
    *("created_at", "version"),
)
_CONTRACT = (
    *("id", "customer_id", "package_id", "tariff_id", "number", "state", "starts_on", "minimum_term_months"),
    *("renewal_months", "notice_months", "billing_months", "net_minor", "gross_minor", "vat_basis_points", "currency"),
    *("created_at", "version"),
)
_DOMAIN = (
    *("id", "customer_id", "package_id", "name", "ascii_name", "search_key", "main", "state", "registered_on"),
    "created_at",
)
_MAILBOX = (
    *("id", "customer_id", "package_id", "address", "search_key", "display_name", "quota_mb", "used_mb"),
    "created_at",
)
_INVOICE = (
    *("id", "customer_id", "number", "state", "issued_on", "due_on", "currency", "net_minor", "vat_minor"),
    *("gross_minor", "created_at"),
)
_INVOICE_LINE = (
    *("id", "customer_id", "invoice_id", "package_id", "position", "description", "quantity_thousandths", "unit"),
    *("unit_net_minor", "net_minor", "vat_basis_points", "currency"),
)
_SESSION = (
    *("id", "customer_id", "kind", "token_hash", "remembered", "idle_seconds", "created_at", "last_used_at"),
    "expires_at",
)
