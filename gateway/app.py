"""The composition root: every part of a server process is made here, once, and handed to those who need it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from starlette.routing import Route
from starlette.types import ASGIApp, Lifespan

from gateway.auth.afterwards import Afterwards
from gateway.auth.api_tokens import ApiTokens
from gateway.auth.audit_chain import seal_with
from gateway.auth.bank_account import BankAccounts
from gateway.auth.bearer import Bearers
from gateway.auth.calendar_feeds import CalendarFeeds
from gateway.auth.challenges import Challenges
from gateway.auth.contact_email import ContactEmail
from gateway.auth.debit import Debits
from gateway.auth.declaration import Declarations
from gateway.auth.enrolment import Enrolment
from gateway.auth.entering import Entering
from gateway.auth.extraordinary_cancellation import ExtraordinaryCancellations
from gateway.auth.feedback import FeedbackBox
from gateway.auth.hand_back import HandBack
from gateway.auth.hosted_database import HostedDatabases
from gateway.auth.new_passwords import NewPasswords
from gateway.auth.package_password import PackagePasswords
from gateway.auth.password_change import PasswordChange
from gateway.auth.password_reset import PasswordReset
from gateway.auth.passwords import Passwords
from gateway.auth.reauthentication import Reauthentication
from gateway.auth.second_factor import SecondFactor
from gateway.auth.second_step import SecondStep
from gateway.auth.sessions import Sessions
from gateway.auth.sign_in import SignIn
from gateway.auth.technical_passwords import TechnicalPasswords
from gateway.auth.throttle import AttemptThrottle
from gateway.auth.usernames import Usernames
from gateway.auth.website_app import WebsiteApps
from gateway.context import Parts
from gateway.documents.company import load_company
from gateway.documents.render import Renderer
from gateway.execution.document import Documents
from gateway.execution.engine import GatewayEngine
from gateway.execution.explain import NOBODY, explain
from gateway.execution.limits import Limits
from gateway.execution.operation import Engine
from gateway.execution.persisted import Persisted, listed_operations
from gateway.execution.plans import Plans
from gateway.hosting import load_hosting
from gateway.http.acme import AcmeCalls
from gateway.http.application import http_application
from gateway.http.arrived import Call
from gateway.http.calendar import CalendarRoute
from gateway.http.declaration_receipts import DeclarationReceipts
from gateway.http.downloads import Downloads
from gateway.http.explorer import explorer_routes
from gateway.http.health import Readiness
from gateway.http.mail_autoconfig import MailAutoconfig
from gateway.http.provisioning import ProvisioningCalls
from gateway.jobs.mailing import mailer_of
from gateway.jobs.operation_result import results
from gateway.jobs.periodic import Rounds
from gateway.jobs.schedule import schedule, signature_of
from gateway.jobs.worker import Worker, handlers
from gateway.keys import load_keyring
from gateway.resolvers.agreement import AGREEMENTS
from gateway.resolvers.agreement_file import agreement_file
from gateway.resolvers.cancellation import CANCELLATIONS
from gateway.resolvers.cancellation_file import cancellation_file
from gateway.resolvers.data_report import DATA_REPORTS
from gateway.resolvers.data_report_file import data_report_file
from gateway.resolvers.declaration import DECLARATIONS
from gateway.resolvers.declaration_file import declaration_file
from gateway.resolvers.download import Offer
from gateway.resolvers.form import FORMS, HOLDER_CHANGE
from gateway.resolvers.form_file import FormFiles
from gateway.resolvers.invoice import INVOICE_DATA, INVOICES
from gateway.resolvers.invoice_export import INVOICE_EXPORTS
from gateway.resolvers.invoice_export_file import invoice_export_file
from gateway.resolvers.invoice_file import InvoiceFiles
from gateway.resolvers.mail_client import MAIL_PROFILES, MailProfiles
from gateway.schema.build import build_schema, graphql_schema
from gateway.settings import Settings
from models.database import close, connect, fetch
from models.database.migrate import pending
from models.database.target import SQLITE, parse

DRAIN_SECONDS = 3.0
"""How long units of work may still take when the server stops; requests have ended by then."""

WORKER_SECONDS = 2.0
"""How long the worker inside may finish what it is sending."""

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Now, in UTC. The only place that asks."""
    return datetime.now(UTC)


@dataclass
class Assembled:
    """The parts of a process that live as long as it does."""

    engine: GatewayEngine
    parts: Parts
    passwords: Passwords
    afterwards: Afterwards
    renderer: Renderer


def assemble_engine(settings: Settings, clock: Clock = wall_clock) -> Assembled:
    """The engine with everything behind it.

    Raises `ValueError` for a missing key, a malformed list of operations, a malformed company.
    """
    keyring = load_keyring(settings.keys, settings.key_file)
    seal_with(keyring)
    afterwards = Afterwards()
    sessions = Sessions(settings, afterwards)
    passwords = Passwords(
        keyring, cost=settings.bcrypt_cost, workers=settings.password_workers, queue=settings.password_queue
    )
    throttle = AttemptThrottle(keyring, settings, afterwards)
    entering, second_factor, challenges = Entering(sessions, settings), SecondFactor(keyring), Challenges(settings)
    hosting = load_hosting(settings.hosting_file)
    company, renderer = load_company(settings.company_file), Renderer(settings.render_workers)
    accounts = BankAccounts(keyring)
    new_passwords = NewPasswords(passwords, second_factor, keyring, settings)
    parts = Parts(
        settings,
        keyring,
        sessions,
        Bearers(sessions, ApiTokens(settings, afterwards)),
        SignIn(passwords, throttle, afterwards, entering, second_factor, challenges),
        Reauthentication(passwords, throttle, afterwards, second_factor, settings),
        SecondStep(throttle, entering, second_factor, challenges),
        Enrolment(keyring, throttle, second_factor, settings, company.name),
        renderer,
        company,
        hosting,
        usernames=Usernames(keyring, settings),
        new_passwords=new_passwords,
        password_change=PasswordChange(passwords, new_passwords, throttle, afterwards),
        password_reset=PasswordReset(passwords, new_passwords, keyring, settings),
        package_passwords=PackagePasswords(passwords),
        technical_passwords=TechnicalPasswords(passwords),
        website_apps=WebsiteApps(TechnicalPasswords(passwords), keyring, hosting),
        hosted_databases=HostedDatabases(TechnicalPasswords(passwords), keyring, hosting),
        hand_back=HandBack(passwords, keyring),
        contact_email=ContactEmail(keyring, settings),
        bank_accounts=accounts,
        debits=Debits(company, accounts, settings.debit_notice_days),
        feedback=FeedbackBox(keyring, settings),
        declarations=Declarations(keyring, settings, renderer, company),
        extraordinary_cancellations=ExtraordinaryCancellations(keyring, settings, renderer, company),
    )
    schema = graphql_schema(build_schema())
    documents = Documents(schema, limits_of(settings), introspection=settings.introspection)
    plans = Plans(schema, parse(settings.database_url).dialect)
    listed = listed_operations(settings.persisted_operations) if settings.persisted_operations else None
    operations = Persisted(documents, listed, only=settings.persisted_only)
    engine = GatewayEngine(schema, operations, plans, parts, clock)
    return Assembled(engine, parts, passwords, afterwards, renderer)


def limits_of(settings: Settings) -> Limits:
    """What a document may amount to."""
    return Limits(
        tokens=settings.max_tokens,
        depth=settings.max_depth,
        aliases=settings.max_aliases,
        directives=settings.max_directives,
        root_fields=settings.max_root_fields,
        cost=settings.max_cost,
        page=settings.max_page,
    )


def explain_operation(settings: Settings, text: str, name: str | None, variables: dict[str, Any], kind: str) -> str:
    """What the engine would do with an operation of a customer or a package login; the database is connected."""
    schema = graphql_schema(build_schema())
    documents = Documents(schema, limits_of(settings), introspection=True)
    viewer, dialect = NOBODY[kind], parse(settings.database_url).dialect
    return explain(schema, documents, text, name, variables, viewer, dialect, settings.max_page)


def build(settings: Settings, readiness: Readiness, clock: Clock = wall_clock) -> ASGIApp:
    """The ASGI app of a server process."""
    made = assemble_engine(settings, clock)
    alive = lifespan(settings, readiness, made)
    downloads, calls = download_routes(settings, made, clock), program_calls(settings, made, clock)
    return assemble(settings, readiness, made.engine, alive, downloads, calls, public_routes(made))


def download_routes(settings: Settings, made: Assembled, clock: Clock) -> list[Route]:
    """The routes of files, of all kinds there are."""
    invoices = InvoiceFiles(made.renderer, made.parts.company)
    forms = FormFiles(made.renderer, made.parts.company)
    offers: tuple[Offer[Any], ...] = (
        Offer(INVOICES, invoices.source),
        Offer(INVOICE_DATA, invoices.data),
        Offer(INVOICE_EXPORTS, invoice_export_file),
        Offer(AGREEMENTS, agreement_file),
        Offer(DATA_REPORTS, data_report_file),
        Offer(CANCELLATIONS, cancellation_file),
        Offer(DECLARATIONS, declaration_file),
        Offer(MAIL_PROFILES, MailProfiles(made.parts.hosting, made.parts.company).source),
        Offer(HOLDER_CHANGE, forms.holder_change),
        *(Offer(files, forms.source(kind)) for kind, files in FORMS.items()),
    )
    files = Downloads(offers, made.parts.bearers, made.parts.sessions, settings.operation_deadline, clock)
    receipts = DeclarationReceipts(settings.operation_deadline, clock)
    calendars = CalendarRoute(CalendarFeeds(made.afterwards), settings.operation_deadline, clock)
    return [*files.routes(), receipts.route(), calendars.route()]


def public_routes(made: Assembled) -> list[Route]:
    """The routes that are everybody's and ask no database."""
    return MailAutoconfig(made.parts.hosting, made.parts.company).routes()


def program_calls(settings: Settings, made: Assembled, clock: Clock) -> list[Call]:
    """The routes that take a body and speak another protocol than GraphQL."""
    return [*AcmeCalls(made.parts.bearers, settings.operation_deadline, clock).calls(), *_result_calls(settings, clock)]


def _result_calls(settings: Settings, clock: Clock) -> list[Call]:
    """How the host's system tells about operations; nothing where it is not another system."""
    if settings.provisioning != "webhook":
        return []
    told = results(timedelta(seconds=settings.provisioning_patience))
    return ProvisioningCalls(signature_of(settings), told, settings.operation_deadline, clock).calls()


def assemble(
    settings: Settings,
    readiness: Readiness,
    engine: Engine,
    alive: Lifespan[Any] | None = None,
    downloads: Sequence[Route] = (),
    calls: Sequence[Call] = (),
    others: Sequence[Route] = (),
) -> ASGIApp:
    """The ASGI app around an engine: routes, and what happens at start and stop."""
    return http_application(
        settings,
        engine,
        readiness,
        downloads=downloads,
        calls=calls,
        others=[*others, *(explorer_routes() if settings.explorer else ())],
        lifespan=alive,
    )


def lifespan(settings: Settings, readiness: Readiness, made: Assembled) -> Lifespan[Any]:
    """Connect, say ready; at the end say so, let units of work finish, and leave no connection or thread behind.

    On SQLite the process sends the outbox and does the periodic jobs itself; on PostgreSQL `gateway work` does.
    """

    @asynccontextmanager
    async def run(app: Any) -> AsyncIterator[None]:
        await connect(settings.database_url, settings.database_pool)
        worker, rounds = None, Rounds(schedule(settings, made.renderer, made.parts.keyring))
        try:
            if parse(settings.database_url).dialect == SQLITE:
                worker = Worker(handlers(mailer_of(settings), settings.portal, made.parts.keyring))
                worker.start()
                rounds.start()
            readiness.checks = {"database": _answers, "migrations": _Migrated().check}
            readiness.started = True
            gc.collect()
            gc.freeze()  # what is there now stays: the collector need not look at it again
            if settings.company_file is None:
                structlog.get_logger().warning("invoices name a made-up company: GATEWAY_COMPANY_FILE is not set")
            if settings.hosting_file is None:
                structlog.get_logger().warning("servers and versions are made up: GATEWAY_HOSTING_FILE is not set")
            if settings.smtp_host is None:
                structlog.get_logger().warning("mails become files: GATEWAY_SMTP_HOST is not set")
            structlog.get_logger().info("started")
            yield
        finally:
            readiness.stop()
            await rounds.stop()
            if worker is not None:
                with suppress(TimeoutError):  # a message it cannot finish now is taken up again after its lease
                    await asyncio.wait_for(worker.stop(), WORKER_SECONDS)
            await made.passwords.close()
            await made.renderer.close()
            await made.afterwards.settle()
            await close(DRAIN_SECONDS)
            structlog.get_logger().info("stopped")

    return run


async def _answers() -> bool:
    return bool(await fetch("SELECT 1"))


class _Migrated:
    """Whether all migrations are applied; once they are, nobody takes one back under a running process."""

    def __init__(self) -> None:
        self._seen = False

    async def check(self) -> bool:
        self._seen = self._seen or not await pending()
        return self._seen
