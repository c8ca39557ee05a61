"""What is written into the audit log: every action there is, and which of them belong together."""

# ruff: noqa: S105 - names of actions, no secrets

from __future__ import annotations

from enum import Enum, StrEnum

from gateway.auth.viewer import Scope


class ActivityAction(StrEnum):
    """Noun and verb, as `audit.record` is given them. `OTHER` is what a later or older version of this software wrote."""

    SIGN_IN = "session.sign_in"
    SIGN_OUT = "session.sign_out"
    REAUTHENTICATE = "session.reauthenticate"
    SESSION_END = "session.end"
    SESSION_END_OTHERS = "session.end_others"
    TRUSTED_DEVICE_REMOVE = "trusted_device.remove"
    TRUSTED_DEVICE_REMOVE_ALL = "trusted_device.remove_all"
    PASSWORD_CHANGE = "password.change"
    PASSWORD_RESET_REQUEST = "password.reset_request"
    PASSWORD_RESET = "password.reset"
    TWO_FACTOR_BEGIN = "two_factor.begin"
    TWO_FACTOR_CONFIRM = "two_factor.confirm"
    TWO_FACTOR_RENAME = "two_factor.rename"
    TWO_FACTOR_REMOVE = "two_factor.remove"
    TWO_FACTOR_DISABLE = "two_factor.disable"
    RECOVERY_CODES_REGENERATE = "recovery_codes.regenerate"
    API_TOKEN_CREATE = "api_token.create"
    API_TOKEN_REVOKE = "api_token.revoke"
    USERNAME_CHANGE = "username.change"
    USERNAME_REMOVE = "username.remove"
    ADDRESS_CHANGE = "customer.address_change"
    PHONE_NUMBERS_CHANGE = "customer.phone_numbers_change"
    EMAIL_CHANGE_REQUEST = "customer.email_change_request"
    EMAIL_CHANGE = "customer.email_change"
    INVOICE_EMAIL_CHANGE = "customer.invoice_email_change"
    LANGUAGE_CHANGE = "customer.language_change"
    BANK_ACCOUNT_CHANGE = "bank_account.change"
    CUSTOMER_IMPORT = "customer.import"
    PHONE_NUMBER_IMPORT = "phone_number.import"
    BANK_ACCOUNT_IMPORT = "bank_account.import"
    PACKAGE_RENAME = "package.rename"
    PACKAGE_HAND_BACK = "package.hand_back"
    PACKAGE_PASSWORD_SET = "package_password.set"
    PACKAGE_PASSWORD_REMOVE = "package_password.remove"
    DNS_CHANGE = "dns.change"
    DNS_IMPORT = "dns.import"
    WEBSITE_APP_INSTALL = "website_app.install"
    WEBSITE_APP_UPDATE = "website_app.update"
    WEBSITE_APP_REMOVE = "website_app.remove"
    BACKUP_CREATE = "backup.create"
    BACKUP_RESTORE = "backup.restore"
    BACKUP_DELETE = "backup.delete"
    DATABASE_CREATE = "database.create"
    DATABASE_CHANGE = "database.change"
    DATABASE_PASSWORD_ROTATE = "database.rotate_password"
    DATABASE_DUMP = "database.dump"
    DATABASE_DELETE = "database.delete"
    SFTP_ACCOUNT_CREATE = "sftp_account.create"
    SFTP_ACCOUNT_CHANGE = "sftp_account.change"
    SFTP_ACCOUNT_PASSWORD_ROTATE = "sftp_account.rotate_password"
    SFTP_ACCOUNT_PASSWORD_REMOVE = "sftp_account.remove_password"
    SFTP_ACCOUNT_DELETE = "sftp_account.delete"
    SSH_KEY_ADD = "ssh_key.add"
    SSH_KEY_REMOVE = "ssh_key.remove"
    CRON_JOB_CREATE = "cron_job.create"
    CRON_JOB_CHANGE = "cron_job.change"
    CRON_JOB_DELETE = "cron_job.delete"
    WEB_HOST_CREATE = "web_host.create"
    WEB_HOST_CHANGE = "web_host.change"
    WEB_HOST_DELETE = "web_host.delete"
    MAILBOX_CREATE = "mailbox.create"
    MAILBOX_CHANGE = "mailbox.change"
    MAILBOX_PASSWORD_CHANGE = "mailbox.change_password"
    MAILBOX_AUTO_REPLY_SET = "mailbox.set_auto_reply"
    MAILBOX_AUTO_REPLY_CLEAR = "mailbox.clear_auto_reply"
    MAILBOX_DELETE = "mailbox.delete"
    MAIL_ADDRESS_CREATE = "mail_address.create"
    MAIL_ADDRESS_CHANGE = "mail_address.change"
    MAIL_ADDRESS_DELETE = "mail_address.delete"
    MAIL_PROFILE_DOWNLOAD = "mail_profile.download"
    ACME_CHALLENGE_SET = "dns.acme_set"
    ACME_CHALLENGE_CLEAR = "dns.acme_clear"
    PACKAGE_IMPORT = "package.import"
    DOMAIN_IMPORT = "domain.import"
    MAILBOX_IMPORT = "mailbox.import"
    TARIFF_CHANGE_REQUEST = "tariff_change.request"
    TARIFF_CHANGE_REVOKE = "tariff_change.revoke"
    TARIFF_CHANGE_FINISH = "tariff_change.finish"
    CALENDAR_FEED_CREATE = "calendar_feed.create"
    CALENDAR_FEED_REVOKE = "calendar_feed.revoke"
    CONTRACT_IMPORT = "contract.import"
    ADD_ON_IMPORT = "add_on.import"
    INVOICE_IMPORT = "invoice.import"
    PAYMENT_IMPORT = "payment.import"
    INVOICE_DOWNLOAD = "invoice.download"
    DATA_REPORT_REQUEST = "data_report.request"
    DATA_REPORT_FINISH = "data_report.finish"
    DATA_REPORT_FAIL = "data_report.fail"
    DATA_REPORT_DELETE = "data_report.delete"
    DATA_REPORT_DOWNLOAD = "data_report.download"
    DECLARATION_REQUEST = "declaration.request"
    DECLARATION_MATCH = "declaration.match"
    DECLARATION_DONE = "declaration.done"
    DECLARATION_REJECT = "declaration.reject"
    DECLARATION_DOWNLOAD = "declaration.download"
    OPERATION_RETRY = "operation.retry"
    OPERATION_GIVE_UP = "operation.give_up"
    FORM_DOWNLOAD = "form.download"
    AGREEMENT_REQUEST = "agreement.request"
    AGREEMENT_CONCLUDE = "agreement.conclude"
    AGREEMENT_DOWNLOAD = "agreement.download"
    CANCELLATION_DECLARE = "cancellation.declare"
    CANCELLATION_UNDO = "cancellation.undo"
    CANCELLATION_CARRY_OUT = "cancellation.carry_out"
    CANCELLATION_DOWNLOAD = "cancellation.download"
    AUTH_INFO_REVEAL = "domain.auth_info_reveal"
    INVOICE_OVERDUE = "invoice.overdue"
    INVOICE_REMIND = "invoice.remind"
    INVOICE_EXPORT_REQUEST = "invoice_export.request"
    INVOICE_EXPORT_FINISH = "invoice_export.finish"
    INVOICE_EXPORT_FAIL = "invoice_export.fail"
    INVOICE_EXPORT_DELETE = "invoice_export.delete"
    INVOICE_EXPORT_DOWNLOAD = "invoice_export.download"
    DEBIT_REPEAT = "debit.repeat"
    DEBIT_COLLECT = "debit.collect"
    DEBIT_RETURN = "debit.return"
    DEBIT_REDUCE = "debit.reduce"
    DEBIT_WITHDRAW = "debit.withdraw"
    OTHER = "other"


_SIGN_IN = ("session", "trusted_device")
_SECURITY = ("password", "two_factor", "recovery_codes", "username", "package_password", "api_token")
_ACCOUNT = ("customer", "phone_number", "bank_account")
_PACKAGE = (
    "package",
    "domain",
    "dns",
    "mailbox",
    "mail_address",
    "database",
    "website_app",
    "backup",
    "web_host",
    "mail_profile",
    "sftp_account",
    "ssh_key",
    "cron_job",
    "operation",
)
_CONTRACT = ("contract", "tariff_change", "calendar_feed", "add_on", "declaration", "form", "cancellation")
_INVOICE = ("invoice", "invoice_export", "payment", "debit")
_PRIVACY = ("data_report", "agreement")


def _about(*nouns: str) -> tuple[str, ...]:
    return tuple(action.value for action in ActivityAction if action.value.partition(".")[0] in nouns)


class ActivityGroup(Enum):
    """Actions that are looked for together; the value of a member is theirs."""

    SIGN_IN = _about(*_SIGN_IN)
    SECURITY = _about(*_SECURITY)
    ACCOUNT = _about(*_ACCOUNT)
    PACKAGE = _about(*_PACKAGE)
    CONTRACT = _about(*_CONTRACT)
    INVOICE = _about(*_INVOICE)
    PRIVACY = _about(*_PRIVACY)


_ACTIONS: dict[str, ActivityAction] = {action.value: action for action in ActivityAction}

_GROUPS: dict[str, ActivityGroup] = {action: group for group in ActivityGroup for action in group.value}

_SCOPES: dict[ActivityGroup, Scope] = {
    ActivityGroup.PACKAGE: Scope.PACKAGE_READ,
    ActivityGroup.CONTRACT: Scope.CONTRACT_READ,
    ActivityGroup.INVOICE: Scope.INVOICE_READ,
}


def action_of(text: str) -> ActivityAction:
    """The action a stored text names."""
    return _ACTIONS.get(text, ActivityAction.OTHER)


def group_of(text: str) -> ActivityGroup | None:
    """The group of a stored action; `None` for one that nobody knows."""
    return _GROUPS.get(text)


def scope_of(text: str) -> Scope:
    """What it takes to see what exactly was done: more than who did something when."""
    group = group_of(text)
    return Scope.ACCOUNT_READ if group is None else _SCOPES.get(group, Scope.ACCOUNT_READ)
