"""Everything that can be changed."""

from strawberry.tools import merge_types

from gateway.schema.acme_challenge import AcmeChallengeMutation
from gateway.schema.agreement import AgreementMutation
from gateway.schema.api_token import ApiTokenMutation
from gateway.schema.backup import BackupMutation
from gateway.schema.calendar_feed import CalendarFeedMutation
from gateway.schema.cancellation import CancellationMutation
from gateway.schema.cron_job import CronJobMutation
from gateway.schema.customer_change import CustomerMutation
from gateway.schema.data_report import DataReportMutation
from gateway.schema.debit_repeat import DebitMutation
from gateway.schema.declaration import DeclarationMutation
from gateway.schema.dns_record import DnsRecordMutation
from gateway.schema.feedback import FeedbackMutation
from gateway.schema.form import FormMutation
from gateway.schema.hand_back import HandBackMutation
from gateway.schema.hosted_database import DatabaseMutation
from gateway.schema.invoice_export import InvoiceExportMutation
from gateway.schema.mail_address import MailAddressMutation
from gateway.schema.mail_client import MailClientMutation
from gateway.schema.mailbox_change import MailboxMutation
from gateway.schema.package_name import PackageNameMutation
from gateway.schema.package_password import PackagePasswordMutation
from gateway.schema.password import PasswordMutation
from gateway.schema.reauthentication import ReauthenticationMutation
from gateway.schema.sftp_account import SftpAccountMutation
from gateway.schema.sign_in import SignInMutation
from gateway.schema.ssh_key import SshKeyMutation
from gateway.schema.tariff_change import TariffChangeMutation
from gateway.schema.ticket import TicketMutation
from gateway.schema.trusted_device import TrustedDeviceMutation
from gateway.schema.two_factor import TwoFactorMutation
from gateway.schema.username import UsernameMutation
from gateway.schema.web_host import WebHostMutation
from gateway.schema.website_app import WebsiteAppMutation

Mutation = merge_types(
    "Mutation",
    (
        SignInMutation,
        AcmeChallengeMutation,
        TrustedDeviceMutation,
        ReauthenticationMutation,
        TwoFactorMutation,
        DataReportMutation,
        CancellationMutation,
        DeclarationMutation,
        AgreementMutation,
        TicketMutation,
        DebitMutation,
        InvoiceExportMutation,
        UsernameMutation,
        FeedbackMutation,
        FormMutation,
        PasswordMutation,
        CustomerMutation,
        PackageNameMutation,
        PackagePasswordMutation,
        HandBackMutation,
        CalendarFeedMutation,
        TariffChangeMutation,
        ApiTokenMutation,
        DnsRecordMutation,
        WebHostMutation,
        DatabaseMutation,
        WebsiteAppMutation,
        BackupMutation,
        SftpAccountMutation,
        SshKeyMutation,
        CronJobMutation,
        MailClientMutation,
        MailboxMutation,
        MailAddressMutation,
    ),
)
Mutation.__strawberry_definition__.description = (  # type: ignore[attr-defined]  # merge_types takes no description
    "Everything that can be changed; one field for each operation."
)
