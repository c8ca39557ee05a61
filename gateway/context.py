"""What one request carries: who asks, when, from where, in which language, and the parts that answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.auth.bank_account import BankAccounts
from gateway.auth.bearer import Bearers
from gateway.auth.client import Client
from gateway.auth.contact_email import ContactEmail
from gateway.auth.debit import Debits
from gateway.auth.declaration import Declarations
from gateway.auth.enrolment import Enrolment
from gateway.auth.extraordinary_cancellation import ExtraordinaryCancellations
from gateway.auth.feedback import FeedbackBox
from gateway.auth.hand_back import HandBack
from gateway.auth.hosted_database import HostedDatabases
from gateway.auth.new_passwords import NewPasswords
from gateway.auth.package_password import PackagePasswords
from gateway.auth.password_change import PasswordChange
from gateway.auth.password_reset import PasswordReset
from gateway.auth.reauthentication import Reauthentication
from gateway.auth.second_step import SecondStep
from gateway.auth.sessions import Sessions
from gateway.auth.sign_in import SignIn
from gateway.auth.technical_passwords import TechnicalPasswords
from gateway.auth.usernames import Usernames
from gateway.auth.viewer import Viewer
from gateway.auth.website_app import WebsiteApps
from gateway.documents.company import Company
from gateway.documents.render import Renderer
from gateway.hosting import Hosting
from gateway.keys import Keyring
from gateway.loaders import Loaders
from gateway.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What a process makes once, at start, and every request shares. Wired in `gateway.app`."""

    settings: Settings
    keyring: Keyring
    sessions: Sessions
    bearers: Bearers
    sign_in: SignIn
    reauthentication: Reauthentication
    second_step: SecondStep
    enrolment: Enrolment
    renderer: Renderer
    company: Company
    hosting: Hosting
    usernames: Usernames
    new_passwords: NewPasswords
    password_change: PasswordChange
    password_reset: PasswordReset
    package_passwords: PackagePasswords
    technical_passwords: TechnicalPasswords
    hosted_databases: HostedDatabases
    website_apps: WebsiteApps
    hand_back: HandBack
    contact_email: ContactEmail
    bank_accounts: BankAccounts
    debits: Debits
    feedback: FeedbackBox
    declarations: Declarations
    extraordinary_cancellations: ExtraordinaryCancellations


@dataclass(frozen=True, slots=True)
class Context:
    """One request. `now` is an aware UTC instant; nothing below reads the wall clock. `language` is "en" or "de"."""

    viewer: Viewer | None
    now: datetime
    language: str
    client: Client
    loaders: Loaders
    parts: Parts

    @property
    def signed_in(self) -> Viewer:
        """The viewer where a permission made sure that there is one."""
        return self.loaders.viewer
