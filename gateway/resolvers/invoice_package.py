"""The positions of an invoice, package by package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.context import Context
from gateway.resolvers.invoice_payment import Amount
from gateway.source.declaration import Many
from models import Invoice, InvoiceLine, Package

LINES = Many("lines", ("position",))


@dataclass(frozen=True, slots=True)
class PackageLines:
    """The positions of one package, or of none, and their sum."""

    package: Package | None
    lines: list[InvoiceLine]
    net: Amount


async def lines_by_package(context: Context, invoice: Invoice) -> list[PackageLines]:
    """Groups in the order of their first position; those that belong to no package come last."""
    groups: dict[str | None, list[Any]] = {}
    for line in await context.loaders.many(invoice, LINES):
        groups.setdefault(line.package_id, []).append(line)
    ordered = sorted(groups, key=lambda package_id: package_id is None)
    return [
        PackageLines(
            await context.loaders.one(groups[package_id][0], "package"),
            groups[package_id],
            Amount(sum(line.net_minor for line in groups[package_id]), invoice.currency),
        )
        for package_id in ordered
    ]
