"""Enums of the business as the schema shows them: each value with a description, none left out."""

from enum import Enum

import strawberry

import models
from gateway.auth.viewer import Scope
from gateway.errors import ErrorCode
from gateway.hosting import TransportSecurity
from gateway.resolvers.cancellation_action import AddOnActionName, DomainActionName
from gateway.resolvers.contract_action import ContractActionName
from gateway.resolvers.invoice_action import InvoiceActionName
from gateway.resolvers.package import RefusalReason
from gateway.source.arguments import Direction
from models.rules.cancellation import EndingKind
from models.rules.form import FormKind
from models.rules.sub_processors import SubProcessorChangeKind


def describe(enum: type[Enum], description: str, **values: str) -> None:
    """Show an enum in the schema. Raises `TypeError` naming the values that are described too many or too few."""
    if set(values) != set(enum.__members__):
        raise TypeError(f"{enum.__name__}: {', '.join(sorted(set(values) ^ set(enum.__members__)))}")
    strawberry.enum(enum, name=enum.__name__, description=description)
    for value in enum.__strawberry_definition__.values:  # type: ignore[attr-defined]  # set by strawberry.enum
        value.description = values[value.name]


describe(
    Direction, "Which way an order runs.", ASC="From the lowest to the highest.", DESC="From the highest to the lowest."
)
describe(
    models.PackageState,
    "Where a package is in its life.",
    PROVISIONING="It is being set up.",
    ACTIVE="It works.",
    SUSPENDED="It is switched off for now, for example because of unpaid invoices.",
    CANCELLED="It works until the end of its contract.",
    ENDED="It is gone; only its history is left.",
)
describe(
    models.PackageFunction,
    "What can be done with a package: the entries of its menu.",
    SELECT="Open its settings.",
    RENAME="Give it another name.",
    UPGRADE="Change it to another tariff.",
    EMAILS="Manage mailboxes, aliases and forwards.",
    DOMAINS="Manage domains and their DNS records.",
    WEBSITE_APPS="Install and update website apps.",
    DATABASES="Manage databases.",
    WEB_SPACE="Manage web space and its access.",
    BACKUPS="Make and restore backups.",
    SECURITY="Manage the package password and who may care for the package.",
    CANCEL="Cancel it.",
)
describe(
    RefusalReason,
    "Why something cannot be done now.",
    PACKAGE_NOT_READY="The package is still being set up.",
    PACKAGE_SUSPENDED="The package is suspended.",
    PACKAGE_CANCELLED="The package is cancelled and its contract can no longer be changed.",
    PACKAGE_ENDED="The package has ended.",
    NO_AUTO_REPLY="The mailbox has no automatic reply.",
    LIMIT_REACHED="The package has as many of these as its kind can have.",
    PASSWORD_MISSING="The account has no password.",  # noqa: S106 - a description, no secret
    KEY_MISSING="The account has no key.",
    KEY_LIMIT_REACHED="The account has as many keys as it can have.",
    DOMAIN_NOT_ACTIVE="The domain is not active.",
    HOST_REDIRECTS="The host name is a redirect.",
    PHP_UNSUITABLE="The app does not run on the version of PHP.",
    DATABASE_MISSING="There is no database that no app uses.",
    WEB_SPACE_FULL="There is not enough web space left.",
    PATH_TAKEN="There is an app in this folder of the web space, above it or below it.",
    APP_BUSY="Something is being done with the app.",
    APP_NOT_INSTALLED="The app was not installed.",
    NO_UPDATE="There is no newer version of the app.",
    BACKUP_NOT_READY="The backup is not ready, or could not be made.",
    BACKUP_EXPIRED="The time of the backup is over.",
    BACKUP_SUBJECT_GONE="What the backup was made of is gone.",
    RESTORE_RUNNING="A backup is being restored into the same place.",
    BACKUP_OF_THE_HOST="The host made the backup and deletes it.",
    APP_USES_DATABASE="A website app uses the database.",
    DUMP_A_MOMENT_AGO="A dump was asked for less than an hour ago.",
    APP_INSTALLED="A website app stands on it.",
    APP_NEEDS_PHP="A website app there does not run on that version of PHP, or without any.",
    FUNCTION_NOT_INCLUDED="This kind of package does not have the function.",
    CONTRACT_MISSING="There is no contract over the package.",
    CONTRACT_CANCELLED="The contract is cancelled.",
    CONTRACT_ENDED="The contract has ended.",
    ADD_ON_CANCELLED="The add-on is cancelled.",
    ADD_ON_ENDED="The add-on has ended.",
    DOMAIN_CANCELLED="The domain is cancelled.",
    DOMAIN_NOT_REGISTERED="The domain is not registered yet.",
    DOMAIN_TRANSFERRING="The domain is on its way to or from another provider.",
    DOMAIN_PERIOD_UNKNOWN="Until when the domain is registered is not known.",
    DOMAIN_NOT_LEAVING="The domain does not go to another provider.",
    NOT_CANCELLED="There is no cancellation to take back.",
    CANCELLATION_CARRIED_OUT="The cancellation has been carried out.",
    UNDO_OVER="The last day is over.",
    CHANGED_SINCE_CANCELLATION="Somebody has changed it since it was cancelled.",
    ENDS_WITH_CONTRACT="It ends with its contract, whose cancellation can be taken back.",
    DOMAIN_FATE_MISSING="Nothing was chosen for the domain.",
    NO_PACKAGE_TO_KEEP_IN="No other package can take a domain.",
    KEEP_PACKAGE_MISSING="The package to keep the domain in was not named.",
    KEEP_PACKAGE_UNSUITABLE="The package named does not run or has no domains.",
    KEEP_PACKAGE_FULL="The package named has no room for another domain.",
    DOMAIN_ITSELF_CANCELLED="It is the domain itself that is cancelled.",
    TARIFF_CHANGE_PENDING="A change of the tariff waits for its day already.",
    NO_TARIFF_CHANGE_PENDING="There is no change of the tariff that waits.",
    TARIFF_IS_THE_SAME="The contract has this tariff already.",
    TARIFF_OF_ANOTHER_FAMILY="The tariff belongs to another family.",
    TARIFF_UNAVAILABLE="The tariff is no longer sold.",
    TOO_MANY_MAILBOXES="There are more mailboxes than the tariff allows.",
    TOO_MANY_MAIL_ADDRESSES="There are more mail addresses than the tariff allows.",
    TOO_MANY_DOMAINS="There are more domains than the tariff allows.",
    TOO_MANY_WEB_HOSTS="There are more host names than the tariff allows.",
    TOO_MANY_DATABASES="There are more databases than the tariff allows.",
    WEB_SPACE_IN_USE="More web space is used than the tariff has.",
    TOO_MANY_SFTP_ACCOUNTS="There are more accounts for the web space than the tariff allows.",
    TOO_MANY_CRON_JOBS="There are more cron jobs than the tariff allows.",
    TOO_MANY_WEBSITE_APPS="There are more website apps than the tariff allows.",
    TOO_MANY_BACKUPS="There are more backups than the tariff allows.",
    NO_DOMAIN="The package has no domain.",
    NOT_AN_INVOICE="It is a credit note.",
    INVOICE_PAID="Nothing is due on the invoice.",
    INVOICE_CANCELLED="The invoice was cancelled with a credit note.",
    INVOICE_DISPUTED="The amount was claimed back from the bank; the house has to clear it first.",
    DEBIT_NOT_OFFERED="The house collects nothing by direct debit.",
    DEBIT_PENDING="A direct debit of the invoice is under way.",
    NOT_IN_EURO="Only amounts in euro can be debited.",
    AMOUNT_TOO_LARGE="The amount is larger than a SEPA direct debit can be.",
    NO_ATTEMPTS_LEFT="It was debited as often as it can be: transfer the amount.",
    MANDATE_MISSING="There are no bank details: enter bank details first.",
    MANDATE_REVOKED="The mandate was revoked: enter bank details first.",
    MANDATE_EXPIRED="The mandate was not used for 36 months: enter bank details first.",
    BANK_DETAILS_NEEDED="The bank cannot debit the account: enter new bank details first.",
    RETURN_CODE_FORBIDS="What the bank said when the debit came back allows no other one.",
)
describe(
    TransportSecurity,
    "How the connection to a server is made safe.",
    TLS="Encrypted from its first byte (RFC 8314 §3).",
    STARTTLS="Encrypted after a greeting in clear text.",
    SSH="By SSH itself.",
)
describe(
    models.DomainState,
    "Where a domain is on its way in or out.",
    PENDING="It is being registered.",
    ACTIVE="It is registered.",
    TRANSFERRING="It is on its way to or from another provider.",
    CANCELLED="It is cancelled: it works until its last day, and is gone after that.",
)
describe(
    models.ContractState,
    "Whether a contract runs.",
    ACTIVE="It runs and no end is known.",
    CANCELLED="It runs until its last day.",
    ENDED="It does not run any more.",
)
describe(
    models.InvoiceState,
    "What is known about the payment of an invoice.",
    OPEN="It is to be paid and not due yet.",
    DEBIT_PENDING="A direct debit is under way.",
    DEBIT_RETURNED="The bank returned the direct debit.",
    OVERDUE="It was due and is not paid.",
    PAID="It is paid.",
    CANCELLED="It was cancelled; nothing is to be paid.",
)
describe(
    models.InvoiceKind,
    "What kind of document it is.",
    INVOICE="An invoice.",
    CREDIT_NOTE="A credit note: it takes an invoice back, in whole or in part.",
)
describe(
    models.VatCategory,
    "Kinds of VAT (EN 16931, UNTDID 5305).",
    S="The standard or a reduced rate.",
    Z="A rate of zero.",
    E="Exempt from VAT.",
    AE="The buyer owes the VAT (reverse charge, § 13b UStG).",
    K="Goods delivered to another country of the EU.",
    G="Exported out of the EU.",
    O="Not subject to VAT.",
)
describe(
    models.PaymentMethod,
    "How money came in.",
    DIRECT_DEBIT="By SEPA direct debit.",
    TRANSFER="By bank transfer.",
)
describe(
    models.CustomerKind,
    "Consumers and businesses have different rights.",
    PERSON="A consumer (§ 13 BGB).",
    COMPANY="A business (§ 14 BGB).",
)
describe(
    models.PhoneKind,
    "What a phone number reaches.",
    LANDLINE="A landline.",
    MOBILE="A mobile phone.",
    FAX="A fax machine.",
)
describe(
    models.ArticleKind,
    "What an article of the help is.",
    FAQ="A question with a short answer.",
    GUIDE="A guide in steps.",
)
describe(
    models.SessionKind,
    "What a session reaches.",
    CUSTOMER="Everything under the customer number.",
    PACKAGE="The technical half of one package.",
)
describe(
    models.DataReportState,
    "How far a data report is.",
    QUEUED="It waits to be made.",
    RUNNING="It is being made.",
    READY="It can be downloaded.",
    FAILED="It could not be made, by a fault of ours; ask for another one.",
    DELETED="Its file was deleted after its time was over.",
)
describe(
    models.AgreementState,
    "How far a data processing agreement is.",
    REQUESTED="It was asked for and waits to be concluded.",
    CONCLUDED="It is in force.",
    SUPERSEDED="Another version was concluded instead.",
)
describe(
    models.AgreementEventKind,
    "What happens to a data processing agreement.",
    REQUESTED="It was asked for.",
    CONCLUDED="It was concluded.",
    SUPERSEDED="Another version was concluded instead.",
    DOWNLOADED="Its document was downloaded.",
)
describe(
    SubProcessorChangeKind,
    "What becomes of the list of sub-processors.",
    ADDED="A company joins it.",
    CHANGED="What a company does, or where, changes.",
    REMOVED="A company leaves it.",
)
describe(
    models.DeclarationKind,
    "What is declared.",
    CANCELLATION="The contract is to end by notice, on a day or as soon as can be.",
    EXTRAORDINARY_CANCELLATION="The contract is to end for good cause, whatever was agreed (§ 314 BGB).",
    WITHDRAWAL="The person withdraws from the contract within the period the law gives (§ 355 BGB).",
)
describe(
    models.DeclarationState,
    "How far a declaration is.",
    RECEIVED="It has arrived.",
    MATCHED="It is known whose it is; customer service deals with it.",
    DONE="It was carried out.",
    REJECTED="It was refused; `note` says why.",
)
describe(
    models.CancellationSubject,
    "What kind of thing is cancelled.",
    PACKAGE="A package, with the contract over it and everything in it.",
    DOMAIN="A single domain.",
    ADD_ON="A single add-on.",
)
describe(
    models.CancellationState,
    "How far a cancellation is.",
    DECLARED="It waits for the day after its last; until then it can be taken back.",
    UNDONE="It was taken back, or the host decided otherwise.",
    CARRIED_OUT="What was cancelled has ended.",
)
describe(
    models.DomainFate,
    "What becomes of a domain whose package ends, or that is cancelled itself.",
    DELETE="It is given up: the registry deletes it after its last day.",
    TRANSFER="It goes to another provider, with an AuthInfo.",
    KEEP="It stays registered here and moves to another package of the customer on the day after the last.",
)
describe(
    EndingKind,
    "What ends with a package.",
    MAILBOXES="Mailboxes, with the mail in them.",
    DOMAINS="Domains.",
    ADD_ONS="Add-ons of the contract.",
    WEB_SPACE="The web space, with all files.",
    DATABASES="Databases.",
    BACKUPS="Backups, which can no longer be restored.",
)
describe(
    DomainActionName,
    "What can be done with a domain by contract.",
    CANCEL="Cancel it: `cancellationDeclare`.",
    CANCELLATION_UNDO="Take its cancellation back: `cancellationUndo`.",
    AUTH_INFO_REVEAL="See its AuthInfo: `domainAuthInfoReveal`.",
    HOLDER_CHANGE="Have it registered for somebody else, with a form.",
)
describe(
    InvoiceActionName,
    "What can be done with an invoice.",
    DEBIT_REPEAT="Debit it again from the account there is: `invoiceDebitRepeat`.",
    DEBIT_REPEAT_WITH_NEW_ACCOUNT="Debit it from another account: `invoiceDebitRepeat` with `bankAccount`.",
)
describe(
    models.DebitState,
    "How far a direct debit is.",
    REQUESTED="It waits for the file that goes to the bank.",
    SUBMITTED="It is in a file for the bank.",
    COLLECTED="The bank collected it.",
    RETURNED="It was refused or came back.",
    WITHDRAWN="It never went to the bank.",
)
describe(
    ContractActionName,
    "What can be done with a contract.",
    CANCEL="Cancel it, with its package: `cancellationDeclare`.",
    CANCELLATION_UNDO="Take its cancellation back: `cancellationUndo`.",
    TARIFF_CHANGE="Changing the tariff (`tariffChange`): whether any can be; `tariffOptions` says which.",
    TARIFF_CHANGE_REVOKE="Taking a change of the tariff back that waits (`tariffChangeRevoke`).",
    EXTRAORDINARY_CANCELLATION="Ending it for good cause: `extraordinaryCancellationRequest`; customer service decides.",
)
describe(
    AddOnActionName,
    "What can be done with an add-on by contract.",
    CANCEL="Cancel it: `cancellationDeclare`.",
    CANCELLATION_UNDO="Take its cancellation back: `cancellationUndo`.",
)
describe(
    FormKind,
    "What a form is for.",
    UPGRADE="A change to a higher tariff.",
    DOWNGRADE="A change to a smaller tariff.",
    DOMAIN_HOLDER_CHANGE="Another holder of domains.",
    CONTRACT_TRANSFER="Somebody else takes the contract over (§ 415 BGB).",
    CANCELLATION="The cancellation of the package with its contract.",
)
describe(
    models.TwoFactorKind,
    "What the second step of signing in is made with.",
    AUTHENTICATOR_APP="Codes of an authenticator app (RFC 6238).",
)
describe(
    Scope,
    "What a session may be allowed to do.",
    ACCOUNT_READ="See master data, sessions and settings of the account.",
    ACCOUNT_WRITE="Change master data and settings of the account.",
    CONTRACT_READ="See contracts, tariffs, prices and order numbers.",
    CONTRACT_WRITE="Change and cancel contracts.",
    INVOICE_READ="See and download invoices.",
    INVOICE_PAY="Pay invoices.",
    PACKAGE_READ="See packages and what they can do.",
    PACKAGE_WRITE="Rename packages and change their settings.",
    PACKAGE_ACCESS="Decide who may care for a package; the customer alone.",
    MAIL_READ="See mailboxes.",
    MAIL_WRITE="Manage mailboxes.",
    DOMAIN_READ="See domains.",
    DOMAIN_WRITE="Manage domains and their DNS records.",
    DOMAIN_ACME="Set and clear the DNS records that prove a domain to a certification authority (RFC 8555 §8.4).",
    DATABASE_READ="See databases.",
    DATABASE_WRITE="Manage databases.",
    WEBSPACE_READ="See web space and its access.",
    WEBSPACE_WRITE="Manage web space and its access.",
    APP_READ="See website apps.",
    APP_WRITE="Manage website apps.",
    BACKUP_READ="See backups.",
    BACKUP_WRITE="Make and restore backups.",
)
describe(
    ErrorCode,
    "What went wrong, for programs; never changes.",
    BAD_USER_INPUT="A value cannot be used; the message says what to send instead.",
    UNAUTHENTICATED="Nobody is signed in, or the token is not good any more.",
    INVALID_CREDENTIALS="The login or the password is wrong, or the sign-in must be begun anew.",
    TWO_FACTOR_REQUIRED="A second factor is needed to go on.",
    TWO_FACTOR_INVALID="The code of the second factor is wrong or was used before.",
    REAUTHENTICATION_REQUIRED="The password has to be given again for this.",
    FORBIDDEN="The session lacks the scope that `requiredScope` names.",
    NOT_FOUND="There is no such object for the caller.",
    CONFLICT="Somebody else was faster, or the state does not allow it any more.",
    IDEMPOTENCY_KEY_REUSED="The idempotency key was used with other input.",
    RATE_LIMITED="Too many attempts; `retryAfter` tells how many seconds to wait.",
    QUERY_TOO_COMPLEX="The operation asks for too much; `limit` names the limit.",
    GRAPHQL_PARSE_FAILED="The text is no GraphQL.",
    GRAPHQL_VALIDATION_FAILED="The operation does not fit the schema.",
    INTROSPECTION_DISABLED="Introspection is switched off here.",
    TIMEOUT="It took too long and was stopped.",
    UNAVAILABLE="The service is busy or under maintenance; try again shortly.",
    INTERNAL="A fault of ours; `errorId` finds it in the logs.",
)
