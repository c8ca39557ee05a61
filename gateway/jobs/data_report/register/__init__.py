"""Every table there is: those that go into a report, by column, and those that are nobody's.

A table or a column that is in neither breaks a test: whoever adds one decides here.
"""

from __future__ import annotations

from tortoise.models import Model

from gateway.jobs.data_report.declaration import Section
from gateway.jobs.data_report.register import (
    access,
    activity,
    cancellation,
    contract,
    customer,
    debit,
    declaration,
    invoice,
    invoice_export,
    package,
    privacy,
)
from models import (
    AgreementVersion,
    AuditChain,
    BankEntry,
    ContactOption,
    DebitBatch,
    HelpArticle,
    PackageType,
    SubProcessor,
    Tariff,
    Throttle,
)

PARTS = (
    customer,
    contract,
    cancellation,
    declaration,
    package,
    invoice,
    debit,
    invoice_export,
    access,
    activity,
    privacy,
)

SECTIONS: tuple[Section, ...] = tuple(section for part in PARTS for section in part.SECTIONS)
"""In the order of the report."""

OF_NOBODY: dict[type[Model], str] = {
    PackageType: "the price list: the same for everybody; packages name their type",
    Tariff: "the price list: the same for everybody; contracts name their tariff",
    AgreementVersion: "the text of the agreement: the same for everybody; agreements name their version",
    SubProcessor: "companies that work for the host; a report lists them as recipients",
    HelpArticle: "help texts: the same for everybody",
    ContactOption: "help texts: the same for everybody",
    Throttle: "counters under an HMAC that names nobody and cannot be traced back to anybody",
    DebitBatch: "files with debits of many customers; `Debit` tells what is in them of each",
    BankEntry: "what a bank reported, by the reference of a debit; `Debit` tells what became of it",
    AuditChain: "the seal of the last entry of a customer's activity, which tells nothing of its own",
}
"""Tables that are not about anybody, or tell nothing of their own, and why."""
