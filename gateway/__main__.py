"""The command line: `gateway demo | serve | work | migrate | import | keys | audit | declarations | operations | …`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TextIO, TypeVar

import click
from tortoise.exceptions import BaseORMException

from gateway.documents.company import Company, load_company
from gateway.errors import GatewayError
from gateway.http.log import configure_logging
from gateway.keys import Keyring, load_keyring
from gateway.ports.mail import Mailer
from gateway.settings import Settings, SettingsError, load_settings
from models.database import DatabaseUnavailable, StatementTimeout
from models.database.target import parse

T = TypeVar("T")

CANNOT_RUN = 2
"""Exit code when nothing was done: a setting is wrong, or the database is away or not migrated."""

SOME_REFUSED = 1
"""Exit code when something was left out: lines of an import, secrets that no key opens, or audit entries do not hold."""


def _fail(reason: str) -> NoReturn:
    click.echo(f"gateway: {' '.join(reason.split())}", err=True)
    sys.exit(CANNOT_RUN)


def _settings() -> Settings:
    try:
        settings = load_settings(dict(os.environ))
    except SettingsError as error:
        _fail(str(error))
    try:
        parse(settings.database_url)
    except ValueError as error:
        _fail(f"GATEWAY_DATABASE_URL {error}")
    configure_logging(settings)  # before anything is logged: the library's own form shows the values of locals
    return settings


def _keyring(settings: Settings) -> Keyring:
    try:
        return load_keyring(settings.keys, settings.key_file)
    except (OSError, ValueError) as error:
        _fail(f"{error}. `gateway demo` makes a key file for a demo.")


def _company(settings: Settings) -> Company:
    try:
        return load_company(settings.company_file)
    except ValueError as error:
        _fail(str(error))


def _mailer(settings: Settings) -> Mailer:
    from gateway.jobs.mailing import mailer_of

    try:
        return mailer_of(settings)
    except OSError:
        _fail("GATEWAY_SMTP_CA_FILE holds no certificates that can be read")


def _check_provisioning(settings: Settings) -> None:
    from gateway.jobs.schedule import provisioning_of

    try:
        provisioning_of(settings)
    except OSError:
        _fail("GATEWAY_PROVISIONING_CA_FILE holds no certificates that can be read")


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; a database that is away or full is one line for people, not a traceback (unless they debug)."""
    try:
        return asyncio.run(work)
    except _driver_errors() as error:
        if os.environ.get("GATEWAY_LOG_LEVEL") == "DEBUG":
            raise
        _fail(f"GATEWAY_DATABASE_URL: the database cannot be used ({type(error).__name__})")


def _driver_errors() -> tuple[type[Exception], ...]:
    """What a database that is away comes as; asyncpg's own errors only where that extra is installed."""
    errors = (BaseORMException, DatabaseUnavailable, StatementTimeout, OSError)
    try:
        from asyncpg import InterfaceError, PostgresError
    except ImportError:
        return errors
    return (*errors, InterfaceError, PostgresError)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[None]:
    """A connection for the time of a command; the tables must be those this version knows."""
    from models.database import close, connect
    from models.database.migrate import pending

    await connect(settings.database_url, settings.database_pool)
    try:
        if missing := await pending():
            _fail(f"The database lacks the migration(s) {', '.join(missing)}: run `gateway migrate` first.")
        yield
    finally:
        await close()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="customer-gateway", prog_name="gateway")
def main() -> None:
    """The GraphQL gateway behind a hosting company's customer login.

    Settings are environment variables named GATEWAY_...; the README lists them all.

    Exit codes: 0 done, 1 some of it could not be done (refused lines, unreadable secrets) or audit entries are not
    as they were written, 2 the command could not run.
    """


@main.command()
@click.option("--fresh", is_flag=True, help="Make it anew. Only a demo is replaced, and only in a SQLite file.")
def demo(fresh: bool) -> None:
    """Make a database full of made-up customers, and print how to sign in.

    The logins are written to var/demo.json too. A demo that stands already is kept.
    """
    from gateway.jobs.demo.making import DEMO_FILE, DemoError, make_demo
    from gateway.jobs.demo.people import LOGINS

    settings = _settings()
    try:
        made = _run(make_demo(settings, fresh=fresh))
    except (DemoError, ValueError) as error:
        _fail(str(error))
    click.echo(f"The demo is made: {made.records} records." if made.records else "The demo stands already.")
    click.echo(f"\n  GraphQL   {made.url}/graphql\n  Explorer  {made.url}/explorer\n\nSign in as:\n")
    width = max(len(login.login) for login in LOGINS)
    for login in LOGINS:
        second = (
            f"  and a code of an authenticator app with the secret {login.totp_secret}" if login.totp_secret else ""
        )
        click.echo(f"  {login.kind:<9} {login.login:<{width}}  {login.password}{second}")
    click.echo(f"\nThe same for programs: {DEMO_FILE}")


@main.command()
def serve() -> None:
    """Answer requests until told to stop (SIGTERM or Ctrl-C)."""
    settings = _settings()
    _keyring(settings)
    _company(settings)
    _mailer(settings)
    _check_provisioning(settings)
    _run(_is_migrated(settings))

    from gateway.app import build  # after the settings: building the schema takes a second
    from gateway.http.server import serve as serve_http

    try:
        status = serve_http(settings, build, lambda url: click.echo(f"Serving at {url} (Ctrl-C ends it)."))
    except SettingsError as error:
        _fail(str(error))
    sys.exit(status)


async def _is_migrated(settings: Settings) -> None:
    async with _database(settings):
        pass


@main.command()
def migrate() -> None:
    """Bring the tables of the database to this version. Safe to run twice, or twice at a time."""
    from models.database.migrate import migrate as migrate_database

    done = _run(migrate_database(_settings().database_url))
    click.echo(f"Migrated: {', '.join(done)}." if done else "Nothing to do: the database is up to date.")


@main.command()
def work() -> None:
    """Send what waits in the outbox and do the periodic jobs until told to stop (SIGTERM or Ctrl-C).

    With SQLite the server does this itself; with PostgreSQL run one or more of these beside it.
    """
    from gateway.auth.audit_chain import seal_with
    from gateway.documents.render import Renderer
    from gateway.jobs.periodic import Rounds
    from gateway.jobs.schedule import schedule
    from gateway.jobs.worker import Worker, handlers

    settings = _settings()
    _company(settings)
    keyring, mailer = _keyring(settings), _mailer(settings)
    _check_provisioning(settings)
    seal_with(keyring)

    async def run() -> None:
        async with _database(settings):
            worker = Worker(handlers(mailer, settings.portal, keyring))
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, worker.end)
            click.echo("The worker is waiting for messages. Ctrl-C ends it.", err=True)
            renderer = Renderer(settings.render_workers)
            rounds = Rounds(schedule(settings, renderer, keyring))
            rounds.start()
            try:
                await worker.run()
            finally:
                await rounds.stop()
                await renderer.close()

    _run(run())


class _Import(click.Group):
    """`gateway import FILE` is short for `gateway import records FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["records", *args]
        return super().parse_args(ctx, args)


@main.group("import", cls=_Import)
def import_() -> None:
    """Take data in: `import FILE` takes records, `import help FOLDER` the help, `import agreements FOLDER` agreements."""


@import_.command("help")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--prune", is_flag=True, help="Delete what no file of the folder says.")
def import_help(folder: Path, prune: bool) -> None:
    """Take the articles and contacts of the help from the Markdown files in FOLDER; docs/help.md describes them.

    What is there already is updated. A file that is refused is told on standard error with its field and reason, and
    leaves all others alone.
    """
    from gateway.jobs.importing.help_folder import FileRefusal, HelpOutcome
    from gateway.jobs.importing.help_folder import import_help as import_folder

    settings = _settings()

    def tell(refusal: FileRefusal) -> None:
        place = ": ".join(part for part in (refusal.file, refusal.field) if part)
        click.echo(f"{place}: {refusal.reason}", err=True)

    async def run() -> HelpOutcome:
        async with _database(settings):
            return await import_folder(folder, datetime.now(UTC), tell, prune=prune)

    outcome = _run(run())
    removed = f", {outcome.removed} removed" if prune else ""
    click.echo(f"{outcome.stored} articles and contacts stored, {outcome.refused} files refused{removed}.")
    sys.exit(SOME_REFUSED if outcome.refused else 0)


@import_.command("agreements")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def import_agreements(folder: Path) -> None:
    """Take the versions of the data processing agreement and the sub-processors in FOLDER; docs/agreements.md says how.

    What customers may have concluded is never changed. What is refused is told on standard error with its reason.
    """
    from gateway.jobs.importing.agreement_folder import AgreementOutcome
    from gateway.jobs.importing.agreement_folder import import_agreements as import_folder
    from gateway.jobs.importing.help_folder import FileRefusal

    settings = _settings()

    def tell(refusal: FileRefusal) -> None:
        place = ": ".join(part for part in (refusal.file, refusal.field) if part)
        click.echo(f"{place}: {refusal.reason}", err=True)

    async def run() -> AgreementOutcome:
        async with _database(settings):
            return await import_folder(folder, datetime.now(UTC), tell)

    outcome = _run(run())
    told = f", {outcome.told} customers told" if outcome.told else ""
    click.echo(
        f"{outcome.versions} versions and {outcome.sub_processors} sub-processors stored, {outcome.refused} refused{told}."
    )
    sys.exit(SOME_REFUSED if outcome.refused else 0)


@import_.command("records")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--report", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write refusals as NDJSON."
)
def import_records(file: BinaryIO, report: Path | None) -> None:
    """Take customers, packages, contracts, domains, mailboxes and invoices from FILE (- is standard input).

    FILE holds one JSON record per line; docs/import.md describes them. What is there already is updated, so the same
    file can be imported again. A line that is refused is told on standard error with its number, field and reason, and
    leaves all others alone.
    """
    from gateway.auth.audit_chain import seal_with
    from gateway.auth.passwords import Passwords
    from gateway.jobs.importing.importer import Importer, Outcome, import_lines
    from gateway.jobs.importing.record import Refusal

    settings = _settings()
    keyring = _keyring(settings)
    seal_with(keyring)

    async def run(tell: Callable[[Refusal], None], progress: Callable[[int], None]) -> Outcome:
        passwords = Passwords(
            keyring, cost=settings.bcrypt_cost, workers=settings.password_workers, queue=settings.password_queue
        )
        at_once = max(1, settings.password_queue)
        importer = Importer(keyring, passwords, hashes_at_once=at_once, clock=lambda: datetime.now(UTC), report=tell)
        try:
            async with _database(settings):
                return await import_lines(file, importer, progress)
        finally:
            await passwords.close()

    with _report_file(report) as report_file, _progress(file) as progress:

        def tell(refusal: Refusal) -> None:
            place = ": ".join(part for part in (f"line {refusal.line}", refusal.kind, refusal.field) if part)
            click.echo(f"{place}: {refusal.reason}", err=True)
            if report_file is not None:
                fields = {"line": refusal.line, "kind": refusal.kind, "field": refusal.field, "reason": refusal.reason}
                report_file.write(json.dumps(fields, ensure_ascii=False) + "\n")

        outcome = _run(run(tell, progress))
    click.echo(f"{outcome.stored} records stored, {outcome.refused} lines refused.")
    sys.exit(SOME_REFUSED if outcome.refused else 0)


@contextmanager
def _report_file(path: Path | None) -> Iterator[TextIO | None]:
    if path is None:
        yield None
        return
    with path.open("w", encoding="utf-8") as file:
        yield file


@contextmanager
def _progress(file: BinaryIO) -> Iterator[Callable[[int], None]]:
    """A bar on standard error where a person looks on and the file has a length; nothing otherwise."""
    try:
        length = os.fstat(file.fileno()).st_size
    except (OSError, ValueError):
        length = 0
    if not (length and sys.stderr.isatty()):
        yield lambda size: None
        return
    step = max(length // 200, 1)
    with click.progressbar(length=length, label="Importing", file=sys.stderr, update_min_steps=step) as bar:
        yield bar.update


@main.group()
def keys() -> None:
    """The secret keys of this deployment."""


@keys.command("new")
def new_key() -> None:
    """Print a fresh key, to be put behind the others in GATEWAY_KEYS or in the key file.

    The highest number is current: new secrets are sealed with it, those of older keys stay readable. Restart all
    processes with it, then run `gateway keys rotate`.
    """
    from gateway.keys import new_key as fresh

    settings = _settings()
    try:
        number = load_keyring(settings.keys, settings.key_file).current + 1
    except (OSError, ValueError):
        number = 1
    click.echo(fresh(number))


@keys.command("rotate")
def rotate_keys() -> None:
    """Seal authenticator secrets and IBANs anew with the current key.

    Works while the gateway serves, in small steps; stopped halfway, it goes on where it was. Exits with 1 when a secret
    cannot be read with any key: none may be given up then.
    """
    from gateway.jobs.key_rotation import Rotated, passwords_with_older_keys, rotate

    settings = _settings()
    keyring = _keyring(settings)

    async def run() -> tuple[list[Rotated], int]:
        async with _database(settings):
            return await rotate(keyring), await passwords_with_older_keys(keyring)

    rotated, passwords = _run(run())
    for column in rotated:
        told = f"{column.name}: {column.sealed} sealed anew, {column.current} were current"
        click.echo(told + (f", {len(column.unreadable)} cannot be read" if column.unreadable else "") + ".")
        for id in column.unreadable:
            click.echo(f"{id} cannot be read with any key of the keyring", err=True)
    click.echo(f"{passwords} password hashes need an older key; each is renewed when its owner signs in.")
    sys.exit(SOME_REFUSED if any(column.unreadable for column in rotated) else 0)


@main.group()
def audit() -> None:
    """What was recorded of everything that happened."""


@audit.command("verify")
@click.option("--customer", metavar="NUMBER", help="Only the entries of this customer number.")
def verify_audit(customer: str | None) -> None:
    """Look whether the audit entries are all there and as they were written.

    Needs every key that entries were sealed with. Works while the gateway serves, and changes nothing. Exits with 1 when
    an entry was changed, moved, put in or removed; each defect is a line on standard error.
    """
    from gateway.jobs.audit_verification import Tally, find_customer, verify

    settings = _settings()
    keyring, tally = _keyring(settings), Tally()

    async def run() -> int:
        found = 0
        async with _database(settings):
            only = None if customer is None else await find_customer(customer)
            if customer is not None and only is None:
                _fail(f"there is no customer {customer}")
            async for finding in verify(keyring, tally, only):
                found += 1
                click.echo(str(finding), err=True)
        return found

    found = _run(run())
    older = f", {tally.unsealed} from before entries were sealed" if tally.unsealed else ""
    click.echo(f"{tally.entries} entries of {tally.customers} customers{older}: {found or 'no'} defects found.")
    sys.exit(SOME_REFUSED if found else 0)


@main.group()
def debits() -> None:
    """Direct debits: files for the bank, and what the bank reports."""


@debits.command("export")
def export_debits() -> None:
    """Write the files (pain.008.001.08) that have to be at the bank today to GATEWAY_BANK_DIRECTORY.

    The worker does the same by itself, unless GATEWAY_DEBIT_SCHEDULE is false. A debit goes into one file, whoever writes it.
    Files that were made before and could not be written are written as well.
    """
    from gateway.jobs.debit_batch import DebitBatches, Made
    from gateway.ports.bank import BankFolder

    settings = _settings()
    company, keyring = _company(settings), _keyring(settings)
    if company.creditor_id is None:
        _fail("GATEWAY_COMPANY_FILE names no creditor identifier: nothing can be collected.")
    batches = DebitBatches(keyring, company, BankFolder(settings.bank_directory))

    async def run() -> Made:
        async with _database(settings):
            return await batches.export(datetime.now(UTC))

    made = _run(run())
    told = f"{made.debits} debits in {made.files} new files; {made.delivered} files written"
    click.echo(f"{told}, {made.waiting} still waiting.")
    for id in made.left_out:
        click.echo(f"left out: {id}", err=True)
    sys.exit(SOME_REFUSED if made.waiting or made.left_out else 0)


@debits.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_debits(files: tuple[Path, ...]) -> None:
    """Book what the bank reports: camt.054 (001.02, 001.08) and pain.002 (001.03, 001.10).

    A file that cannot be read writes nothing, and the others are booked. Files can be read again: an entry is booked once.
    """
    from gateway.auth.audit_chain import seal_with
    from gateway.documents.bank_report import LARGEST, BankFileError, read_report
    from gateway.jobs.bank_report import FINE, Booked, book

    settings = _settings()
    seal_with(_keyring(settings))

    async def read(path: Path) -> Booked:
        with path.open("rb") as file:
            report = read_report(file.read(LARGEST + 1))
        return await book(report, datetime.now(UTC))

    async def run() -> bool:
        well = True
        async with _database(settings):
            for path in files:
                try:
                    booked = await read(path)
                except BankFileError as error:
                    click.echo(f"{path}: refused, nothing was written: {error}", err=True)
                    well = False
                    continue
                counts = ", ".join(f"{number} {result.value}" for result, number in sorted(booked.results.items()))
                click.echo(f"{path}: {booked.message_id}: {counts or 'no entries'}; {booked.passed_over} passed over.")
                for result, reference in booked.open:
                    click.echo(f"{path}: {result.value}: {reference}", err=True)
                well = well and set(booked.results) <= FINE
        return well

    sys.exit(0 if _run(run()) else SOME_REFUSED)


@main.group()
def declarations() -> None:
    """Cancellations and withdrawals that wait for a person: declared without signing in, or for good cause."""


def _with_declarations(work: Callable[[], Coroutine[Any, Any, list[str]]]) -> None:
    """Do something with the queue and print the lines it gives."""
    from gateway.auth.audit_chain import seal_with
    from gateway.jobs.declaration_queue import QueueError

    settings = _settings()
    seal_with(_keyring(settings))

    async def run() -> list[str]:
        async with _database(settings):
            return await work()

    try:
        for line in _run(run()):
            click.echo(line)
    except QueueError as error:
        _fail(str(error))


@declarations.command("list")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(["received", "matched", "done", "rejected"]),
    help="Only these; by default what waits: received and matched.",
)
def list_declarations(states: tuple[str, ...]) -> None:
    """What waits, the oldest first: number, arrival (UTC), state, kind, customer number, name."""
    from gateway.jobs.declaration_queue import WAITING, waiting
    from models import DeclarationState

    wanted = tuple(DeclarationState(state.upper()) for state in states) or WAITING
    _with_declarations(lambda: waiting(wanted))


@declarations.command("show")
@click.argument("number")
def show_declaration(number: str) -> None:
    """Everything a declaration says, and whose contact address it came with."""
    from gateway.jobs.declaration_queue import shown

    _with_declarations(lambda: shown(number))


@declarations.command("match")
@click.argument("number")
@click.option("--customer", required=True, metavar="NUMBER", help="The customer number it is of.")
@click.option("--contract", metavar="NUMBER", help="The contract it is about; by default the one that its text names.")
def match_declaration(number: str, customer: str, contract: str | None) -> None:
    """Say whose a declaration is. The customer sees it from then on, and is told by mail."""
    from gateway.jobs.declaration_queue import match

    _with_declarations(lambda: match(number, customer, contract, datetime.now(UTC)))


@declarations.command("done")
@click.argument("number")
@click.option("--note", help="What to tell the customer about the outcome.")
def finish_declaration(number: str, note: str | None) -> None:
    """Note that a declaration was carried out."""
    from gateway.jobs.declaration_queue import settle
    from models import DeclarationState

    _with_declarations(lambda: settle(number, DeclarationState.DONE, note, datetime.now(UTC)))


@declarations.command("reject")
@click.argument("number")
@click.option("--note", required=True, help="Why, for the customer to read.")
def reject_declaration(number: str, note: str) -> None:
    """Note that a declaration was refused, and why."""
    from gateway.jobs.declaration_queue import settle
    from models import DeclarationState

    _with_declarations(lambda: settle(number, DeclarationState.REJECTED, note, datetime.now(UTC)))


@main.group()
def operations() -> None:
    """Technical changes on their way to the host's systems: those that wait, and dead letters."""


def _with_operations(work: Callable[[], Coroutine[Any, Any, list[str]]]) -> None:
    """Do something with the operations and print the lines it gives."""
    from gateway.auth.audit_chain import seal_with
    from gateway.jobs.operation_queue import QueueError

    settings = _settings()
    seal_with(_keyring(settings))

    async def run() -> list[str]:
        async with _database(settings):
            return await work()

    try:
        for line in _run(run()):
            click.echo(line)
    except QueueError as error:
        _fail(str(error))


@operations.command("list")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(["queued", "running", "succeeded", "failed"]),
    help="Only these; by default what is open: queued and running.",
)
@click.option("--dead", is_flag=True, help="Only dead letters: tried as often as can be, and not looked at yet.")
def list_operations(states: tuple[str, ...], dead: bool) -> None:
    """What waits, the oldest first: id, time (UTC), state, package and number, kind, tries, error."""
    from gateway.jobs.operation_end import OPEN
    from gateway.jobs.operation_queue import listed
    from models import OperationState

    if dead and states:
        _fail("--dead and --state do not go together: dead letters are FAILED")
    wanted = tuple(OperationState(state.upper()) for state in states) or OPEN
    _with_operations(lambda: listed(wanted, dead=dead))


@operations.command("show")
@click.argument("id")
def show_operation(id: str) -> None:
    """Everything about an operation but its secrets."""
    from gateway.jobs.operation_queue import shown

    _with_operations(lambda: shown(id))


@operations.command("retry")
@click.argument("id")
def retry_operation(id: str) -> None:
    """Put a dead letter back, to be handed over again with the same id.

    One that had secrets cannot be: they were taken out when it was given up.
    """
    from gateway.jobs.operation_queue import retry

    _with_operations(lambda: retry(id, datetime.now(UTC)))


@operations.command("give-up")
@click.argument("id")
def give_up_operation(id: str) -> None:
    """End an operation that waits, or put a dead letter away."""
    from gateway.jobs.operation_queue import give_up

    _with_operations(lambda: give_up(id, datetime.now(UTC)))


@operations.command("statistics")
def operation_statistics() -> None:
    """How many there are in each state, how many dead letters, and how long the oldest has been open."""
    from gateway.jobs.operation_queue import statistics

    _with_operations(lambda: statistics(datetime.now(UTC)))


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file is not what would be written.")
def schema(check: bool) -> None:
    """Write the schemas from the code: schema.graphql, and docs/data-report.schema.json where there is such a folder."""
    from gateway.jobs.data_report.file_json import schema_text as report_schema_text
    from gateway.schema.build import schema_text

    written = {Path("schema.graphql"): schema_text()}
    if Path("docs").is_dir():
        written[Path("docs/data-report.schema.json")] = report_schema_text().decode()
    for path, text in written.items():
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            click.echo(f"{path} is out of date: run `gateway schema` and commit it.", err=True)
            sys.exit(1)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--as", "kind", type=click.Choice(["customer", "package", "anonymous"]), default="customer", help="Who would ask."
)
@click.option("--operation", help="Which operation of the file, where it has several.")
@click.option("--variables", default="{}", help="The variables, as JSON.")
def explain(file: Path, kind: str, operation: str | None, variables: str) -> None:
    """Show what an operation would do: its cost, its SQL with parameters, what is guarded, the generated code.

    Nothing is read but the operation itself.
    """
    settings, text = _settings(), file.read_text(encoding="utf-8")
    try:
        given = json.loads(variables)
    except ValueError:
        _fail("--variables must be a JSON object")
    if not isinstance(given, dict):
        _fail("--variables must be a JSON object")

    from gateway.app import explain_operation

    async def run() -> str:
        async with _database(settings):
            return explain_operation(settings, text, operation, given, kind)

    try:
        click.echo(_run(run()))
    except GatewayError as error:
        _fail(str(error))


if __name__ == "__main__":
    main()
