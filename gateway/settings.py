"""Every setting, read from the environment (`GATEWAY_…`) and checked at start. The README's table is made from here."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "GATEWAY_"


class SettingsError(Exception):
    """A setting is unknown or malformed; the message names it and never shows its value."""


def _split(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class Settings(BaseSettings):
    """What a deployment can decide. Lists are comma-separated."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    # Where it runs
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the server listens on; 0 takes a free one.")
    public_url: str | None = Field(None, description="Address people reach the gateway at; by default host and port.")
    workers: int = Field(1, ge=1, le=64, description="Server processes (SQLite: 1).")
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        ["127.0.0.1", "localhost", "[::1]"], description="Host names that are answered; others get 400."
    )
    cors_origins: Annotated[list[str], NoDecode] = Field([], description="Exact origins of browser apps; no wildcard.")
    trusted_proxies: Annotated[list[IPv4Network | IPv6Network], NoDecode] = Field(
        [], description="Networks of proxies whose X-Forwarded-For is believed."
    )
    hsts: bool = Field(True, description="Send Strict-Transport-Security.")

    # Data
    database_url: str = Field(
        "sqlite:///var/gateway.sqlite3", description="sqlite:///PATH or postgres://USER@HOST/NAME."
    )
    database_pool: int = Field(10, ge=1, le=200, description="Connections a process keeps to PostgreSQL.")
    keys: Annotated[dict[int, bytes], NoDecode] = Field(
        default_factory=dict,
        description="Secret keys `1:BASE64,2:BASE64` (32 bytes each); the highest number is current. "
        "By default read from the key file.",
        repr=False,
    )
    key_file: Path = Field(
        Path("var/keys"), description="File with the keys, made by `gateway demo`; used when KEYS is not set."
    )

    # What is shown
    introspection: bool = Field(False, description="Answer introspection queries (on in the demo).")
    explorer: bool = Field(False, description="Serve the explorer page (on in the demo).")
    server_timing: bool = Field(False, description="Send a Server-Timing header.")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR.")
    log_format: str = Field("json", pattern="^(json|text)$", description="json or text.")

    # Limits of a request
    body_limit: int = Field(65_536, ge=1_024, le=1_048_576, description="Bytes of a request body.")
    header_limit: int = Field(16_384, ge=2_048, le=65_536, description="Bytes of all request headers.")
    header_deadline: float = Field(10, gt=0, le=120, description="Seconds until the headers must be there.")
    body_deadline: float = Field(30, gt=0, le=300, description="Seconds until the body must be there.")
    keep_alive: float = Field(30, gt=0, le=600, description="Seconds a connection may rest between two requests.")
    operation_deadline: float = Field(10, gt=0, le=120, description="Seconds an operation may take.")
    connections_per_address: int = Field(100, ge=1, le=10_000, description="Open connections of one client address.")
    requests_in_flight: int = Field(
        200, ge=1, le=10_000, description="Requests worked on at once; more wait or get 503."
    )
    max_tokens: int = Field(2_000, ge=100, le=20_000, description="Lexical tokens of a document.")
    max_depth: int = Field(12, ge=2, le=50, description="Depth of an operation.")
    max_aliases: int = Field(30, ge=0, le=500, description="Aliases in an operation.")
    max_directives: int = Field(50, ge=0, le=500, description="Directives in an operation.")
    max_root_fields: int = Field(20, ge=1, le=100, description="Root fields of a query.")
    max_cost: int = Field(10_000, ge=100, le=1_000_000, description="Cost of an operation: fields times page sizes.")
    max_page: int = Field(100, ge=1, le=1_000, description="Entries of a page.")
    persisted_operations: Path | None = Field(None, description="File of the operations clients may send by hash.")
    persisted_only: bool = Field(False, description="Refuse every operation that is not in that file.")

    # Sign-in
    bcrypt_cost: int = Field(12, ge=4, le=16, description="bcrypt cost of new password hashes.")
    password_workers: int = Field(0, ge=0, le=64, description="Threads that hash passwords; 0 takes one per CPU.")
    password_queue: int = Field(20, ge=0, le=1_000, description="Hashes that may wait; more get 503.")
    address_failures: int = Field(20, ge=1, description="Failed sign-ins of one address in five minutes.")
    address_window: int = Field(300, ge=1, description="Those five minutes, in seconds.")
    account_failures: int = Field(
        20, ge=1, description="Failed sign-ins of one account in an hour from untrusted devices."
    )
    account_window: int = Field(3_600, ge=1, description="That hour, in seconds.")
    account_wait: int = Field(30, ge=1, description="Seconds each further try at that account has to wait.")
    free_failures: int = Field(5, ge=1, description="Failed sign-ins of one address at one account that cost no wait.")
    longest_wait: int = Field(900, ge=1, description="Seconds of the longest wait after those: 1, 2, 4 … up to this.")
    forgiven_after: int = Field(
        86_400, ge=60, description="Seconds without a failure after which the waits start anew."
    )
    checks_per_minute: int = Field(
        30, ge=1, le=1_000, description="Usernames, and new passwords, that a customer may have looked at in a minute."
    )
    password_reset_lifetime: int = Field(
        1_800, ge=300, le=86_400, description="Seconds the link for a forgotten password is good."
    )
    email_change_lifetime: int = Field(
        86_400, ge=3_600, le=604_800, description="Seconds the link that confirms a new contact address is good."
    )
    email_changes_per_hour: int = Field(
        5, ge=1, le=100, description="Such links that a customer can have sent in an hour."
    )
    password_resets_per_hour: int = Field(
        5, ge=1, le=100, description="Such links that can be asked for in an hour for one number and address."
    )
    session_idle: int = Field(1_800, ge=60, description="Seconds a session may rest.")
    session_lifetime: int = Field(43_200, ge=60, description="Seconds a session lives at most.")
    remembered_idle: int = Field(2_592_000, ge=60, description="Seconds a remembered session may rest.")
    remembered_lifetime: int = Field(15_552_000, ge=60, description="Seconds a remembered session lives at most.")
    sessions_per_login: int = Field(20, ge=1, le=1_000, description="Sessions of one login; the oldest is dropped.")
    api_token_requests: int = Field(
        600, ge=1, le=100_000, description="Requests a minute that each process answers with one API token."
    )
    challenge_lifetime: int = Field(
        300, ge=30, le=3_600, description="Seconds the second step of a sign-in may be finished."
    )
    challenge_tries: int = Field(5, ge=1, le=20, description="Wrong codes after which a sign-in must be begun anew.")
    enrolment_lifetime: int = Field(600, ge=60, le=86_400, description="Seconds a new authenticator may be confirmed.")
    elevation_lifetime: int = Field(300, ge=30, le=3_600, description="Seconds a session stays raised by the password.")
    trusted_device_lifetime: int = Field(7_776_000, ge=60, description="Seconds a device stays trusted.")
    data_reports_per_day: int = Field(3, ge=1, le=100, description="Data reports a customer can ask for in 24 hours.")
    data_report_lifetime: int = Field(
        604_800, ge=3_600, le=2_592_000, description="Seconds the file of a finished data report is kept."
    )
    reminder_schedule: bool = Field(
        True, description="Whether reminders of unpaid invoices are sent; off where the accounting system does that."
    )
    invoice_exports_per_day: int = Field(
        5, ge=1, le=100, description="Files with a year's invoices a customer can ask for in 24 hours."
    )
    invoice_export_lifetime: int = Field(
        604_800, ge=3_600, le=2_592_000, description="Seconds a file with a year's invoices is kept."
    )
    domain_notice_months: int = Field(
        1, ge=0, le=12, description="Months before the end of a registration period that a domain must be cancelled."
    )
    ticket_lifetime: int = Field(60, ge=5, le=600, description="Seconds a download ticket is valid.")

    # Mail
    portal_url: str | None = Field(
        None, description="Address of the app that links in mails lead to; by default the gateway's own."
    )
    mail_directory: Path = Field(Path("var/mail"), description="Directory mails are written to without an SMTP server.")
    mail_from: str = Field("gateway@localhost", pattern=r"^[^@\s]+@[^@\s]+$", description="Sender of mails.")
    smtp_host: str | None = Field(
        None, description="SMTP server that mails are handed to; by default they become files."
    )
    smtp_port: int = Field(587, ge=1, le=65_535, description="Its port: 587 for STARTTLS, 465 for TLS.")
    smtp_tls: str = Field(
        "starttls", pattern="^(starttls|tls|none)$", description="starttls, tls, or none (same machine only)."
    )
    smtp_ca_file: Path | None = Field(None, description="Certificates to trust instead of the system's (PEM).")
    smtp_user: str | None = Field(None, description="Login at the SMTP server; by default none.")
    smtp_password: SecretStr | None = Field(None, description="The password of that login.")
    smtp_timeout: float = Field(20, gt=0, le=50, description="Seconds the SMTP server may take for each answer.")

    feedback_email: str | None = Field(
        None, pattern=r"^[^@\s]+@[^@\s]+$", description="Address feedback is sent to; by default it is only kept."
    )
    feedback_per_hour: int = Field(
        10, ge=1, le=1_000, description="Feedback taken from a session in an hour; four times that from an address."
    )

    # Declarations without signing in (§§ 312k, 356a BGB)
    declaration_lifetime: int = Field(
        3_600, ge=300, le=86_400, description="Seconds between the two steps of a declaration without signing in."
    )
    declarations_per_address: int = Field(
        60, ge=1, le=10_000, description="Such declarations taken from one client address in an hour."
    )
    declarations_per_email: int = Field(
        20,
        ge=1,
        le=1_000,
        description="Such declarations taken in an hour with one e-mail address, or of one customer.",
    )
    declaration_confirm_lifetime: int = Field(
        1_209_600, ge=86_400, le=7_776_000, description="Seconds the link in the mail of their receipt is good."
    )
    declaration_retention: int = Field(
        1_095, ge=30, le=36_500, description="Days a declaration is kept that nobody could assign to a customer."
    )
    declaration_email: str | None = Field(
        None, pattern=r"^[^@\s]+@[^@\s]+$", description="Address told of declarations that wait; by default nobody is."
    )

    # Direct debits
    debit_notice_days: int = Field(
        2, ge=1, le=14, description="Days between the announcement of a repeated direct debit and its collection."
    )
    bank_directory: Path = Field(Path("var/bank"), description="Directory the files for the bank are written to.")
    debit_schedule: bool = Field(
        True, description="Write those files by the worker; otherwise by `gateway debits export`."
    )

    # Provisioning (docs/provisioning.md)
    provisioning_url: str | None = Field(
        None,
        description="Address of the host's system that operations are posted to; https, or http on the same machine.",
    )
    provisioning_secrets: Annotated[list[SecretStr], NoDecode] = Field(
        [],
        description="Secrets `whsec_…` of those messages and of the calls that come back; several while one is exchanged.",
    )
    provisioning: str = Field(
        "embedded",
        pattern="^(embedded|webhook)$",
        description="embedded (operations are carried out as they are handed over) or webhook.",
    )
    provisioning_timeout: float = Field(20, gt=0, le=50, description="Seconds that system may take for an answer.")
    provisioning_patience: int = Field(
        3_600, ge=60, le=604_800, description="Seconds the result of an accepted operation is waited for."
    )
    provisioning_ca_file: Path | None = Field(
        None, description="Certificates to trust there instead of the system's (PEM)."
    )

    # Documents
    company_file: Path | None = Field(
        None, description="JSON file with the company that invoices name (docs/invoices.md); by default a made-up one."
    )
    hosting_file: Path | None = Field(
        None,
        description="JSON file with what this host offers: servers, versions of PHP, databases and apps "
        "(docs/functions.md); by default a made-up host.",
    )
    render_workers: int = Field(1, ge=1, le=16, description="Processes that draw PDFs, 90 MB each.")

    @field_validator("allowed_hosts", "cors_origins", "trusted_proxies", "provisioning_secrets", mode="before")
    @classmethod
    def _list(cls, value: Any) -> Any:
        return _split(value)

    @field_validator("cors_origins")
    @classmethod
    def _exact_origins(cls, value: list[str]) -> list[str]:
        for origin in value:
            if "*" in origin or not origin.startswith(("http://", "https://")) or origin.count("/") != 2:
                raise ValueError("must be exact origins such as https://my.example.com")
        return value

    @field_validator("keys", mode="before")
    @classmethod
    def _keyring(cls, value: Any) -> Any:
        from gateway.keys import parse_keys  # imported late: `gateway.keys` is where the format lives

        return parse_keys(value) if isinstance(value, str) else value

    @field_validator("portal_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^\s?#\"<>]+", value):
            raise ValueError("must be an address such as https://my.example.com")
        return value

    @field_validator("smtp_user")
    @classmethod
    def _never_in_the_clear(cls, value: str | None, info: ValidationInfo) -> str | None:
        here = info.data.get("smtp_host") in ("127.0.0.1", "::1", "localhost")
        if value and info.data.get("smtp_tls") == "none" and not here:
            raise ValueError("a login at another machine needs SMTP_TLS to be starttls or tls")
        return value

    @field_validator("provisioning_url")
    @classmethod
    def _never_readable_on_its_way(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            parts = urlsplit(value)
            own, _ = parts.hostname in ("127.0.0.1", "::1", "localhost"), parts.port
        except ValueError:
            raise ValueError("must be an address such as https://provisioning.example.com/orders") from None
        if not parts.hostname or parts.username is not None or parts.fragment or not value.isascii():
            raise ValueError("must be an address such as https://provisioning.example.com/orders, without a login")
        if parts.scheme != "https" and not (parts.scheme == "http" and own):
            raise ValueError("must begin with https://: orders hold passwords")
        return value

    @field_validator("provisioning_secrets")
    @classmethod
    def _webhook_secrets(cls, value: list[SecretStr]) -> list[SecretStr]:
        from gateway.keys import check_webhook_secret  # imported late: `gateway.keys` is where the format lives

        for secret in value:
            check_webhook_secret(secret.get_secret_value())
        return value

    @field_validator("provisioning")
    @classmethod
    def _where_to(cls, value: str, info: ValidationInfo) -> str:
        if value == "webhook" and not (info.data.get("provisioning_url") and info.data.get("provisioning_secrets")):
            raise ValueError("webhook needs PROVISIONING_URL and PROVISIONING_SECRETS")
        return value

    @property
    def portal(self) -> str:
        """Where links in mails lead, without a trailing slash."""
        return (self.portal_url or self.url).rstrip("/")

    @property
    def url(self) -> str:
        """Where people reach the gateway, without a trailing slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")


def load_settings(environment: dict[str, str], **values: Any) -> Settings:
    """The settings of `environment`; `values` win over it. Raises `SettingsError` naming what is wrong."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in environment if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise SettingsError(f"Unknown setting {', '.join(unknown)}. The README lists every setting.")
    try:
        return Settings(**values)
    except ValidationError as error:
        lines = [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors(include_input=False)]
        raise SettingsError("; ".join(lines)) from None
