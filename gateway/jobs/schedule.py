"""The list of what the house does again and again. A new job is a line here."""

from __future__ import annotations

from datetime import timedelta

from gateway.documents.company import Company, load_company
from gateway.documents.render import Renderer
from gateway.jobs.acme_challenge import ChallengePruning
from gateway.jobs.backup import delete_expired as delete_expired_backups
from gateway.jobs.cancellation import carry_out_due
from gateway.jobs.data_report.expiry import delete_expired
from gateway.jobs.data_report.job import ReportMaker
from gateway.jobs.debit_batch import DebitBatches
from gateway.jobs.declaration_expiry import DeclarationExpiry
from gateway.jobs.invoice_export.expiry import delete_expired as delete_expired_exports
from gateway.jobs.invoice_export.job import ExportMaker
from gateway.jobs.overdue import mark_overdue
from gateway.jobs.periodic import Periodic
from gateway.jobs.provisioning import OperationRounds
from gateway.jobs.pruning import SessionPruning, prune_expired
from gateway.jobs.reminder import Reminders
from gateway.jobs.tariff_change import change_due
from gateway.jobs.web_space_usage import forget_usage, note_usage
from gateway.keys import Keyring
from gateway.ports.bank import BankFolder
from gateway.ports.provisioning import Embedded, Provisioning
from gateway.ports.provisioning_webhook import ProvisioningWebhook
from gateway.ports.webhook_signature import WebhookSignature
from gateway.resolvers.invoice_file import InvoiceFiles
from gateway.settings import Settings


def schedule(settings: Settings, renderer: Renderer, keyring: Keyring | None = None) -> tuple[Periodic, ...]:
    """The periodic jobs of a deployment; without a keyring those that unseal nothing.

    Raises `ValueError` when the company's file is not as it must be.
    """
    company = load_company(settings.company_file)
    reports = ReportMaker(renderer, company, timedelta(seconds=settings.data_report_lifetime))
    exports = ExportMaker(InvoiceFiles(renderer, company), timedelta(seconds=settings.invoice_export_lifetime))
    declarations = DeclarationExpiry(timedelta(days=settings.declaration_retention))
    return (
        *_debits(settings, company, keyring),
        *_operations(settings, keyring),
        Periodic("making data reports", 2, reports.make_due),
        Periodic("carrying out cancellations", 60, carry_out_due),
        Periodic("changing tariffs", 60, change_due),
        Periodic("making files of invoices", 2, exports.make_due),
        Periodic("deleting files of invoices", 60, delete_expired_exports),
        Periodic("marking overdue invoices", 600, mark_overdue),
        *((Periodic("sending reminders", 3_600, Reminders().step),) if settings.reminder_schedule else ()),
        Periodic("forgetting backups", 600, delete_expired_backups),
        Periodic("noting web space in use", 3_600, note_usage),
        Periodic("forgetting web space in use", 86_400, forget_usage),
        Periodic("deleting data reports", 60, delete_expired),
        Periodic("deleting declarations of nobody", 3_600, declarations.delete_unmatched),
        Periodic("clearing challenges nobody cleared", 3_600, ChallengePruning().step),
        Periodic("deleting what has expired", 3_600, prune_expired),
        Periodic("deleting sessions that have ended", 3_600, SessionPruning().step),
    )


def _debits(settings: Settings, company: Company, keyring: Keyring | None) -> tuple[Periodic, ...]:
    if keyring is None or not settings.debit_schedule:
        return ()
    batches = DebitBatches(keyring, company, BankFolder(settings.bank_directory))
    return (Periodic("handing direct debits to the bank", 60, batches.submit_due),)


def _operations(settings: Settings, keyring: Keyring | None) -> tuple[Periodic, ...]:
    if keyring is None:
        return ()
    patience = timedelta(seconds=settings.provisioning_patience)
    rounds = OperationRounds(provisioning_of(settings), keyring, patience=patience)
    return (Periodic("handing over operations", 2, rounds.step),)


def provisioning_of(settings: Settings) -> Provisioning:
    """Where operations go. Raises `OSError` when the file of trusted certificates holds none."""
    if settings.provisioning != "webhook" or settings.provisioning_url is None:
        return Embedded()
    return ProvisioningWebhook(
        settings.provisioning_url,
        signature_of(settings),
        timeout=settings.provisioning_timeout,
        authorities=settings.provisioning_ca_file,
    )


def signature_of(settings: Settings) -> WebhookSignature:
    """What messages to and from the host's system are signed with."""
    return WebhookSignature([secret.get_secret_value() for secret in settings.provisioning_secrets])
