"""Packages and their menu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gateway.context import Context
from gateway.messages import message
from models import PackageFunction
from models.rules import (
    backup,
    cancellation,
    debit,
    form,
    hosted_database,
    mailbox,
    resource,
    tariff_change,
    web_access,
    web_host,
    website_app,
)
from models.rules import package as rule
from models.rules.berlin import berlin_day
from models.rules.decision import Refused


class RefusalReason(StrEnum):
    """Codes a menu can act on."""

    PACKAGE_NOT_READY = rule.PROVISIONING
    PACKAGE_SUSPENDED = rule.SUSPENDED
    PACKAGE_CANCELLED = rule.CANCELLED
    PACKAGE_ENDED = rule.ENDED
    FUNCTION_NOT_INCLUDED = rule.NOT_INCLUDED
    LIMIT_REACHED = resource.LIMIT_REACHED
    HOST_REDIRECTS = website_app.HOST_REDIRECTS
    PHP_UNSUITABLE = website_app.PHP_UNSUITABLE
    DATABASE_MISSING = website_app.DATABASE_MISSING
    WEB_SPACE_FULL = website_app.WEB_SPACE_FULL
    PATH_TAKEN = website_app.PATH_TAKEN
    APP_BUSY = website_app.APP_BUSY
    APP_NOT_INSTALLED = website_app.APP_NOT_INSTALLED
    NO_UPDATE = website_app.NO_UPDATE
    BACKUP_NOT_READY = backup.BACKUP_NOT_READY
    BACKUP_EXPIRED = backup.BACKUP_EXPIRED
    BACKUP_SUBJECT_GONE = backup.SUBJECT_GONE
    RESTORE_RUNNING = backup.RESTORE_RUNNING
    BACKUP_OF_THE_HOST = backup.BACKUP_OF_THE_HOST
    APP_USES_DATABASE = hosted_database.APP_USES_DATABASE
    DUMP_A_MOMENT_AGO = hosted_database.DUMP_A_MOMENT_AGO
    NO_AUTO_REPLY = mailbox.NO_AUTO_REPLY
    PASSWORD_MISSING = web_access.PASSWORD_MISSING
    KEY_MISSING = web_access.KEY_MISSING
    KEY_LIMIT_REACHED = web_access.KEY_LIMIT_REACHED
    DOMAIN_NOT_ACTIVE = web_host.DOMAIN_NOT_ACTIVE
    APP_INSTALLED = web_host.APP_INSTALLED
    APP_NEEDS_PHP = web_host.APP_NEEDS_PHP
    CONTRACT_MISSING = cancellation.CONTRACT_MISSING
    CONTRACT_CANCELLED = cancellation.CONTRACT_CANCELLED
    CONTRACT_ENDED = cancellation.CONTRACT_ENDED
    ADD_ON_CANCELLED = cancellation.ADD_ON_CANCELLED
    ADD_ON_ENDED = cancellation.ADD_ON_ENDED
    DOMAIN_CANCELLED = cancellation.DOMAIN_CANCELLED
    DOMAIN_NOT_REGISTERED = cancellation.DOMAIN_NOT_REGISTERED
    DOMAIN_TRANSFERRING = cancellation.DOMAIN_TRANSFERRING
    DOMAIN_PERIOD_UNKNOWN = cancellation.DOMAIN_PERIOD_UNKNOWN
    DOMAIN_NOT_LEAVING = cancellation.DOMAIN_NOT_LEAVING
    NOT_CANCELLED = cancellation.NOT_CANCELLED
    CANCELLATION_CARRIED_OUT = cancellation.CARRIED_OUT
    UNDO_OVER = cancellation.UNDO_OVER
    CHANGED_SINCE_CANCELLATION = cancellation.CHANGED_SINCE
    ENDS_WITH_CONTRACT = cancellation.ENDS_WITH_CONTRACT
    DOMAIN_FATE_MISSING = cancellation.FATE_MISSING
    NO_PACKAGE_TO_KEEP_IN = cancellation.NOTHING_TO_KEEP_IT_IN
    KEEP_PACKAGE_MISSING = cancellation.KEEP_PACKAGE_MISSING
    KEEP_PACKAGE_UNSUITABLE = cancellation.KEEP_PACKAGE_UNSUITABLE
    KEEP_PACKAGE_FULL = cancellation.KEEP_PACKAGE_FULL
    DOMAIN_ITSELF_CANCELLED = cancellation.KEEP_NOT_ASKED
    NO_DOMAIN = form.NO_DOMAIN
    TARIFF_CHANGE_PENDING = tariff_change.CHANGE_PENDING
    NO_TARIFF_CHANGE_PENDING = tariff_change.NO_CHANGE_PENDING
    TARIFF_IS_THE_SAME = tariff_change.SAME_TARIFF
    TARIFF_OF_ANOTHER_FAMILY = tariff_change.OTHER_FAMILY
    TARIFF_UNAVAILABLE = tariff_change.TARIFF_UNAVAILABLE
    TOO_MANY_MAILBOXES = tariff_change.TOO_MUCH[tariff_change.MAILBOXES]
    TOO_MANY_MAIL_ADDRESSES = tariff_change.TOO_MUCH[tariff_change.MAIL_ADDRESSES]
    TOO_MANY_DOMAINS = tariff_change.TOO_MUCH[tariff_change.DOMAINS]
    TOO_MANY_WEB_HOSTS = tariff_change.TOO_MUCH[tariff_change.WEB_HOSTS]
    TOO_MANY_DATABASES = tariff_change.TOO_MUCH[tariff_change.DATABASES]
    WEB_SPACE_IN_USE = tariff_change.TOO_MUCH[tariff_change.WEB_SPACE]
    TOO_MANY_SFTP_ACCOUNTS = tariff_change.TOO_MUCH[tariff_change.SFTP_ACCOUNTS]
    TOO_MANY_CRON_JOBS = tariff_change.TOO_MUCH[tariff_change.CRON_JOBS]
    TOO_MANY_WEBSITE_APPS = tariff_change.TOO_MUCH[tariff_change.WEBSITE_APPS]
    TOO_MANY_BACKUPS = tariff_change.TOO_MUCH[tariff_change.BACKUPS]
    NOT_AN_INVOICE = debit.NOT_AN_INVOICE
    INVOICE_PAID = debit.INVOICE_PAID
    INVOICE_CANCELLED = debit.INVOICE_CANCELLED
    INVOICE_DISPUTED = debit.INVOICE_DISPUTED
    DEBIT_NOT_OFFERED = debit.DEBIT_NOT_OFFERED
    DEBIT_PENDING = debit.DEBIT_PENDING
    NOT_IN_EURO = debit.NOT_IN_EURO
    AMOUNT_TOO_LARGE = debit.AMOUNT_TOO_LARGE
    NO_ATTEMPTS_LEFT = debit.NO_ATTEMPTS_LEFT
    MANDATE_MISSING = debit.MANDATE_MISSING
    MANDATE_REVOKED = debit.MANDATE_REVOKED
    MANDATE_EXPIRED = debit.MANDATE_EXPIRED
    BANK_DETAILS_NEEDED = debit.BANK_DETAILS_NEEDED
    RETURN_CODE_FORBIDS = debit.RETURN_CODE_FORBIDS


@dataclass(frozen=True, slots=True)
class Action:
    """An entry of the menu."""

    name: PackageFunction
    allowed: bool
    reason: RefusalReason | None
    message: str | None


def actions(
    context: Context,
    state: str,
    functions: list[str],
    contract_state: str | None,
    contract_ends_on: date | None,
    pending: str | None,
) -> list[Action]:
    """The menu of a package for the caller."""
    viewer, today = context.viewer, berlin_day(context.now)
    scopes = frozenset(scope.value for scope in viewer.scopes) if viewer else frozenset()
    entries = []
    for name, decision in rule.menu(functions, state, scopes):
        if name == PackageFunction.CANCEL:
            decision = cancellation.package_cancellable(functions, state, contract_state, contract_ends_on, today)
        elif name == PackageFunction.UPGRADE:
            decision = tariff_change.changeable(functions, state, contract_state, pending is not None)
        if isinstance(decision, Refused):
            reason = RefusalReason(decision.reason)
            text = message(f"refused.{reason.value}", context.language)
            entries.append(Action(PackageFunction(name), False, reason, text))
        else:
            entries.append(Action(PackageFunction(name), True, None, None))
    return entries


def functions(context: Context, functions: list[str]) -> list[PackageFunction]:
    """The functions of a kind of package."""
    return [PackageFunction(name) for name in functions]


def has_password(context: Context, changed_at: datetime | None) -> bool:
    """Whether a package password is set: it has a time of change as long as it is."""
    return changed_at is not None
