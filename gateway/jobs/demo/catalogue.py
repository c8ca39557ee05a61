"""What the made-up host sells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gateway.jobs.importing.catalogue import PackageTypeRecord, TariffRecord
from gateway.jobs.importing.sums import net_of
from models import PackageFunction as F

VAT = 1_900
"""19 % in basis points (§ 12 UStG)."""

_BASE = (F.SELECT, F.RENAME)
_CONTRACT = (F.UPGRADE, F.CANCEL)
_WEB = (F.EMAILS, F.DOMAINS, F.WEBSITE_APPS, F.DATABASES, F.WEB_SPACE, F.BACKUPS, F.SECURITY)


@dataclass(frozen=True)
class Product:
    """A kind of package with the prices of its tariffs: gross cents a month, paid monthly or a year ahead."""

    code: str
    name: str
    family: str
    functions: tuple[F, ...]
    mailboxes: int
    domains: int
    databases: int
    web_space_mb: int
    monthly: int
    yearly: bool = True

    @property
    def tariff_codes(self) -> tuple[str, ...]:
        """The monthly tariff first."""
        return (f"{self.code}-m", f"{self.code}-y") if self.yearly else (f"{self.code}-m",)

    def record(self) -> PackageTypeRecord:
        """The kind of package."""
        return PackageTypeRecord(
            code=self.code,
            name=self.name,
            family=self.family,
            functions=(*_BASE, *self.functions, *_CONTRACT),
            mailbox_limit=self.mailboxes,
            domain_limit=self.domains,
            database_limit=self.databases,
            web_space_mb=self.web_space_mb,
        )

    def tariffs(self) -> Iterator[TariffRecord]:
        """Paid a year ahead, two months are free."""
        yield self._tariff(f"{self.code}-m", self.name, self.monthly, months=1, term=3)
        if self.yearly:
            yield self._tariff(f"{self.code}-y", f"{self.name} (Jahr)", self.monthly * 10, months=12, term=12)

    def _tariff(self, code: str, name: str, gross: int, *, months: int, term: int) -> TariffRecord:
        return TariffRecord(
            code=code,
            package_type=self.code,
            name=name,
            net_minor=net_of(gross, VAT),
            gross_minor=gross,
            vat_basis_points=VAT,
            currency="EUR",
            billing_months=months,
            minimum_term_months=term,
            renewal_months=0,
            notice_months=1,
        )


PRODUCTS = (
    Product("hosting-start", "Hosting Start", "hosting", _WEB, 10, 2, 1, 10_240, 300),
    Product("hosting-plus", "Hosting Plus", "hosting", _WEB, 50, 5, 10, 51_200, 600),
    Product("hosting-pro", "Hosting Pro", "hosting", _WEB, 200, 20, 50, 204_800, 1_200),
    Product("wordpress", "WordPress-Paket", "hosting", _WEB, 20, 3, 2, 25_600, 500),
    Product("shop-s", "Webshop S", "shop", _WEB, 20, 3, 2, 20_480, 1_500),
    Product("shop-l", "Webshop L", "shop", _WEB, 100, 10, 10, 102_400, 3_900, yearly=False),
    Product(
        "homepage", "Homepage-Baukasten", "homepage", (F.EMAILS, F.DOMAINS, F.BACKUPS, F.SECURITY), 10, 2, 0, 5_120, 700
    ),
    Product("mail-team", "E-Mail Team", "mail", (F.EMAILS, F.DOMAINS, F.SECURITY), 100, 3, 0, 0, 450),
    Product("domain", "Domainpaket", "domain", (F.DOMAINS, F.SECURITY), 0, 10, 0, 0, 100),
    Product(
        "storage",
        "Cloudspeicher",
        "storage",
        (F.WEB_SPACE, F.BACKUPS, F.SECURITY),
        0,
        0,
        0,
        1_024_000,
        900,
        yearly=False,
    ),
    Product("vps-m", "vServer M", "server", (F.DOMAINS, F.BACKUPS, F.SECURITY), 0, 10, 0, 122_880, 1_700, yearly=False),
)

ADD_ONS = (
    ("Tägliches Backup, 30 Tage", 200),
    ("Premium-Zertifikat", 350),
    ("Postfach-Erweiterung 50 GB", 150),
    ("Domainpaket 5 Stück", 400),
)
"""Names and gross cents a month."""
