"""The audit log as the customer reads it: who did what, when, from where, and on which object."""

# ruff: noqa: S106 - names of actions, no secrets

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import models
from gateway.auth.actions import ActivityAction, ActivityGroup
from gateway.auth.permissions import ReadAccount, ReadPackages
from gateway.auth.viewer import Scope
from gateway.errors import ErrorCode
from gateway.resolvers import activity
from gateway.schema.enums import describe
from gateway.schema.field import column, computed, connection, entity, one, where
from gateway.schema.money import Language
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import First, FirstOf, SortKey
from models import ActorKind

if TYPE_CHECKING:
    from gateway.schema.package import Package

LANGUAGE = {"language": (Language | None, "The language; by default that of the request.", None)}

describe(
    ActorKind,
    "Who did it.",
    CUSTOMER="The customer, or somebody who tried to sign in as the customer.",
    PACKAGE_LOGIN="Whoever has the technical care of a package, or tried to sign in to it.",
    API_TOKEN="A program, with an API token.",
    OPERATOR="The host's own people.",
    SYSTEM="The host's own programs.",
)
describe(
    ActivityAction,
    "What was done, or tried. Expect further values.",
    SIGN_IN="Signing in.",
    SIGN_OUT="Signing out.",
    REAUTHENTICATE="Giving the password again.",
    SESSION_END="Ending a session.",
    SESSION_END_OTHERS="Ending all other sessions.",
    TRUSTED_DEVICE_REMOVE="Trusting a device no more.",
    TRUSTED_DEVICE_REMOVE_ALL="Trusting no device any more.",
    PASSWORD_CHANGE="Changing the customer password.",
    PASSWORD_RESET_REQUEST="Asking for a link to set a forgotten password anew.",
    PASSWORD_RESET="Setting a forgotten password anew.",
    TWO_FACTOR_BEGIN="Beginning to set up an authenticator.",
    TWO_FACTOR_CONFIRM="Setting up an authenticator.",
    TWO_FACTOR_RENAME="Giving an authenticator another name.",
    TWO_FACTOR_REMOVE="Removing an authenticator.",
    TWO_FACTOR_DISABLE="Switching two-factor authentication off.",
    RECOVERY_CODES_REGENERATE="Making new recovery codes.",
    API_TOKEN_CREATE="Making an API token.",
    API_TOKEN_REVOKE="Revoking an API token.",
    USERNAME_CHANGE="Choosing a username.",
    USERNAME_REMOVE="Removing the username.",
    ADDRESS_CHANGE="Changing the postal address.",
    PHONE_NUMBERS_CHANGE="Replacing the phone numbers.",
    EMAIL_CHANGE_REQUEST="Giving a new contact address, which is not confirmed yet.",
    EMAIL_CHANGE="Confirming a new contact address.",
    INVOICE_EMAIL_CHANGE="Changing where invoices are announced.",
    LANGUAGE_CHANGE="Changing the language of letters and mails.",
    BANK_ACCOUNT_CHANGE="Changing the bank details.",
    CUSTOMER_IMPORT="Changing the master data, by the host.",
    PHONE_NUMBER_IMPORT="Changing a phone number, by the host.",
    BANK_ACCOUNT_IMPORT="Changing the bank details, by the host.",
    PACKAGE_RENAME="Giving a package another name.",
    PACKAGE_HAND_BACK="Taking the care of a package back.",
    PACKAGE_PASSWORD_SET="Setting a package password.",
    PACKAGE_PASSWORD_REMOVE="Removing a package password.",
    DNS_CHANGE="Changing the DNS records of a domain.",
    ACME_CHALLENGE_SET="Setting the DNS record that proves a domain to a certification authority.",
    ACME_CHALLENGE_CLEAR="Clearing the DNS record that proves a domain to a certification authority.",
    DNS_IMPORT="Taking the DNS records of a zone file.",
    WEBSITE_APP_INSTALL="Installing a website app.",
    WEBSITE_APP_UPDATE="Updating a website app.",
    WEBSITE_APP_REMOVE="Removing a website app.",
    BACKUP_CREATE="Having a backup made.",
    BACKUP_RESTORE="Restoring a backup.",
    BACKUP_DELETE="Deleting a backup.",
    DATABASE_CREATE="Making a database.",
    DATABASE_CHANGE="Changing a database.",
    DATABASE_PASSWORD_ROTATE="Giving a database another password.",
    DATABASE_DUMP="Asking for a dump of a database.",
    DATABASE_DELETE="Deleting a database.",
    SFTP_ACCOUNT_CREATE="Making an account for the web space.",
    SFTP_ACCOUNT_CHANGE="Changing an account for the web space.",
    SFTP_ACCOUNT_PASSWORD_ROTATE="Giving an account for the web space another password.",
    SFTP_ACCOUNT_PASSWORD_REMOVE="Taking the password from an account for the web space.",
    SFTP_ACCOUNT_DELETE="Deleting an account for the web space.",
    SSH_KEY_ADD="Letting a public key open an account for the web space.",
    SSH_KEY_REMOVE="Having a public key open an account for the web space no more.",
    CRON_JOB_CREATE="Making a cron job.",
    CRON_JOB_CHANGE="Changing a cron job.",
    CRON_JOB_DELETE="Deleting a cron job.",
    WEB_HOST_CREATE="Adding a host name to the web servers.",
    WEB_HOST_CHANGE="Putting something else behind a host name.",
    MAILBOX_CREATE="Making a mailbox.",
    MAILBOX_CHANGE="Changing size, name or filters of a mailbox.",
    MAILBOX_PASSWORD_CHANGE="Setting another password for a mailbox.",
    MAILBOX_AUTO_REPLY_SET="Setting the automatic reply of a mailbox.",
    MAILBOX_AUTO_REPLY_CLEAR="Ending the automatic reply of a mailbox.",
    MAILBOX_DELETE="Deleting a mailbox.",
    MAIL_ADDRESS_CREATE="Making an alias, a forward or what catches all others.",
    MAIL_ADDRESS_CHANGE="Changing where mail to an address goes.",
    MAIL_ADDRESS_DELETE="Deleting a mail address.",
    MAIL_PROFILE_DOWNLOAD="Downloading the settings of a mailbox.",
    WEB_HOST_DELETE="Deleting a host name.",
    PACKAGE_IMPORT="Changing a package, by the host.",
    DOMAIN_IMPORT="Changing a domain, by the host.",
    MAILBOX_IMPORT="Changing a mailbox, by the host.",
    TARIFF_CHANGE_REQUEST="Changing the tariff, or asking for it.",
    TARIFF_CHANGE_REVOKE="Taking a change of the tariff back.",
    TARIFF_CHANGE_FINISH="Carrying a change of the tariff out on its day, by the host.",
    CALENDAR_FEED_CREATE="Making a calendar feed.",
    CALENDAR_FEED_REVOKE="Revoking a calendar feed.",
    CONTRACT_IMPORT="Changing a contract, by the host.",
    ADD_ON_IMPORT="Changing an add-on, by the host.",
    INVOICE_IMPORT="Changing an invoice, by the host.",
    PAYMENT_IMPORT="Changing a payment, by the host.",
    INVOICE_DOWNLOAD="Downloading an invoice.",
    DATA_REPORT_REQUEST="Asking for a data report.",
    DATA_REPORT_FINISH="Finishing a data report, by the host.",
    DATA_REPORT_FAIL="Giving a data report up, by the host.",
    DATA_REPORT_DELETE="Deleting the file of a data report when its time is over.",
    DATA_REPORT_DOWNLOAD="Downloading a data report.",
    DECLARATION_REQUEST="Declaring an extraordinary cancellation.",
    DECLARATION_MATCH="Assigning a declaration to the customer.",
    DECLARATION_DONE="Carrying out what was declared, by the host.",
    DECLARATION_REJECT="Refusing what was declared, by the host.",
    DECLARATION_DOWNLOAD="Downloading the receipt of a declaration.",
    OPERATION_RETRY="Trying a technical change once more, by the host.",
    OPERATION_GIVE_UP="Giving a technical change up, by the host.",
    FORM_DOWNLOAD="Downloading a form.",
    AGREEMENT_REQUEST="Asking for a data processing agreement.",
    AGREEMENT_CONCLUDE="Concluding a data processing agreement.",
    AGREEMENT_DOWNLOAD="Downloading a data processing agreement.",
    CANCELLATION_DECLARE="Cancelling a package, a domain or an add-on.",
    CANCELLATION_UNDO="Taking a cancellation back.",
    CANCELLATION_CARRY_OUT="Carrying a cancellation out, by the host.",
    CANCELLATION_DOWNLOAD="Downloading the receipt of a cancellation.",
    AUTH_INFO_REVEAL="Looking at the AuthInfo of a domain.",
    INVOICE_OVERDUE="An invoice became overdue.",
    INVOICE_REMIND="Sending a reminder of an invoice.",
    INVOICE_EXPORT_REQUEST="Asking for a year's invoices in one file.",
    INVOICE_EXPORT_FINISH="Finishing a file with a year's invoices.",
    INVOICE_EXPORT_FAIL="Giving up a file with a year's invoices.",
    INVOICE_EXPORT_DELETE="Deleting a file with a year's invoices after its time.",
    INVOICE_EXPORT_DOWNLOAD="Downloading a file with a year's invoices.",
    DEBIT_REPEAT="Debiting an invoice again.",
    DEBIT_COLLECT="Booking a debit that was collected, by the host.",
    DEBIT_RETURN="Booking a debit that came back, by the host.",
    DEBIT_REDUCE="Lowering a debit to what was still open before it went to the bank, by the host.",
    DEBIT_WITHDRAW="Withdrawing a debit before it went to the bank because nothing was open any more, by the host.",
    OTHER="Something this version has no name for.",
)
describe(
    ActivityGroup,
    "Actions that are looked for together.",
    SIGN_IN="Signing in and out, sessions, trusted devices.",
    SECURITY="Passwords, the username, the second factor.",
    ACCOUNT="Master data.",
    PACKAGE="Packages and what belongs to them.",
    CONTRACT="Contracts, add-ons, declarations and forms.",
    INVOICE="Invoices and payments.",
    PRIVACY="Data reports and data processing agreements.",
)
describe(
    activity.ActivityObjectKind,
    "What kind of object something was done to. Expect further values.",
    CUSTOMER="The customer.",
    SESSION="A session.",
    TRUSTED_DEVICE="A trusted device.",
    AUTHENTICATOR="An authenticator.",
    PACKAGE="A package.",
    DOMAIN="A domain.",
    MAILBOX="A mailbox.",
    MAIL_ADDRESS="A mail address without a mailbox of its own.",
    WEBSITE_APP="A website app.",
    BACKUP="A backup.",
    DATABASE="A database.",
    SFTP_ACCOUNT="An account for the web space.",
    SSH_KEY="A public key that opens an account for the web space.",
    CRON_JOB="A job that runs at times.",
    WEB_HOST="A host name of the web servers.",
    OPERATION="A technical change on its way to the host's systems.",
    CONTRACT="A contract.",
    ADD_ON="An add-on.",
    INVOICE="An invoice.",
    PAYMENT="A payment.",
    BANK_ACCOUNT="A bank account.",
    PHONE_NUMBER="A phone number.",
    API_TOKEN="An API token.",
    DATA_REPORT="A data report.",
    AGREEMENT="A data processing agreement.",
    CANCELLATION="A cancellation.",
    DECLARATION="A declaration.",
)


@strawberry.type(description="A value that was changed, or something that was noted beside.")
class ActivityDetail:
    name: str = column(ReadAccount, "What it is: the name of a field, or of what was noted.")
    before: str | None = column(ReadAccount, "What it was; null where it was not noted or there was nothing.")
    after: str | None = column(ReadAccount, "What it became; null where it was not noted or there is nothing.")


@entity(models.AuditEvent, description="Something that was done under the customer number, or tried.")
class Activity(Node):
    occurred_at: datetime | None = column(ReadAccount, "When.")
    actor_kind: ActorKind | None = column(ReadAccount, "Who did it: what kind of somebody.")
    actor_label: str | None = computed(
        ReadAccount,
        "Who did it, for people: the customer's name, the main domain of a package login's package.",
        activity.actor_label,
        needs=(
            "actor_kind",
            "customer.company_name",
            "customer.first_name",
            "customer.last_name",
            "package.name",
            FirstOf("package", First("domains", "name", ("-main", "created_at"))),
        ),
        arguments=LANGUAGE,
    )
    session_id: strawberry.ID | None = column(
        ReadAccount, "The session it was done with; `sessionEnd` ends it where it goes on."
    )
    address: str | None = column(ReadAccount, "From where: the network (shortened IP address).")
    action: ActivityAction | None = computed(
        ReadAccount, "What was done, for programs.", activity.action, needs=("action",)
    )
    group: ActivityGroup | None = computed(
        ReadAccount, "What that is about; null for `OTHER`.", activity.group, needs=("action",)
    )
    summary: str | None = computed(
        ReadAccount,
        "What was done and whether it worked, for people.",
        activity.summary,
        needs=("action", "result"),
        arguments=LANGUAGE,
    )
    succeeded: bool | None = computed(ReadAccount, "Whether it worked.", activity.succeeded, needs=("result",))
    error: ErrorCode | None = computed(
        ReadAccount, "Why it did not; null when it did.", activity.error, needs=("result",)
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it belongs to; null for what is about the account."
    )
    object_id: strawberry.ID | None = column(ReadAccount, "The id of what it was done to, which may be gone by now.")
    object_kind: activity.ActivityObjectKind | None = computed(
        ReadAccount, "What kind of object that is.", activity.object_kind, needs=("object_id",)
    )
    object_label: str | None = computed(
        ReadAccount,
        "What people call it, where that is known and this session may see it.",
        activity.object_label,
        needs=("object_id", "action", "detail", "package.name", "customer.number"),
    )
    details: list[ActivityDetail] | None = computed(
        ReadAccount,
        "What was changed or noted; empty for a session that lacks the scope of what it is about.",
        activity.details,
        needs=("action", "detail"),
    )


@strawberry.enum(description="What activity can be ordered by.")
class ActivityOrderField(Enum):
    OCCURRED = strawberry.enum_value(SortKey("occurred_at"), description="By time.")


@strawberry.input(description="One entry of an order of activity.")
class ActivityOrder:
    field: ActivityOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which activity to list; every condition given must be met.")
class ActivityFilter:
    package: list[strawberry.ID] | None = where(
        "Of one of these packages (needs PACKAGE_READ).", "package_id", "in", Scope.PACKAGE_READ
    )
    group: list[ActivityGroup] | None = where("About one of these.", "action", "in")
    action: list[ActivityAction] | None = where("One of these actions.", "action", "in")
    actor_kind: list[ActorKind] | None = where("Done by one of these.", "actor_kind", "in")
    occurred_from: datetime | None = where("At this instant or later.", "occurred_at", "ge")
    occurred_to: datetime | None = where("At this instant or earlier.", "occurred_at", "le")


def activity_connection(description: str, relation: str | None = None) -> Any:
    """All of it, or what belongs to a row."""
    return connection(
        ReadAccount,
        description,
        models.AuditEvent,
        relation=relation,
        entry=ActivityOrder,
        order=ActivityOrderField,
        default=((ActivityOrderField.OCCURRED, True),),
        filter=ActivityFilter,
    )
