"""`gateway/auth/visible.py` is the one place where a query on customers' rows begins, but for what has no viewer."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.queries import OWNED, TABLES, started
from tests.architecture.sources import modules

NO_VIEWER: dict[str, set[str]] = {
    # Before anybody is signed in, or to find out who it is.
    "auth/logins.py": {"customer", "domain", "package"},
    "auth/sign_in.py": {"Customer", "Package"},
    "auth/sessions.py": {"Customer", "Session", "session", "customer", "package"},
    "auth/api_tokens.py": {"api_token", "customer", "package", "api_token_domain", "ApiToken"},
    "auth/calendar_feeds.py": {"calendar_feed", "customer", "CalendarFeed"},
    "auth/devices.py": {"TrustedDevice"},
    "auth/tickets.py": {"DownloadTicket"},
    "auth/challenges.py": {"SignInChallenge"},
    "auth/second_factor.py": {"Authenticator"},
    "auth/recovery_codes.py": {"RecoveryCode"},
    "auth/links.py": {"LinkCode"},
    "auth/audit_chain.py": {"AuditChain"},
    # A new contact address is confirmed without a session, by the code from its mail.
    "auth/contact_email.py": {"Customer", "Domain"},
    "auth/password_reset.py": {"Customer"},
    # Declared without signing in, and fetched by a one-time address: nobody's until they are matched.
    "auth/declaration.py": {"Declaration"},
    "auth/declaration_receipt.py": {"DeclarationReceipt"},
    # Whether anybody has a name already.
    "auth/hosted_database.py": {"HostedDatabase"},
    "auth/usernames.py": {"Customer"},
    # The sessions of a login whose secret has changed, for whoever changed it.
    "auth/ending.py": {"Session"},
    # The number of the last operation of a package that was found, also where not every operation is the viewer's to see.
    "auth/operations.py": {"Operation"},
    # Whether a name stands in a zone of its own, whosever: then it is in no other.
    "auth/nearest_zone.py": {"Domain"},
}
"""The exceptions by module, with the models and tables they may ask for."""

OF_NOBODY = ("jobs/",)
"""Jobs work for the house: import, demo, outbox."""

DOOR = "auth/visible.py"


def test_the_models_of_customers_are_known() -> None:
    assert {"Customer", "Package", "Contract", "Invoice", "Session", "DownloadTicket", "AuditEvent"} <= OWNED
    assert not OWNED & {"Tariff", "PackageType", "Throttle"}
    assert {"invoice_line", "bank_account"} <= TABLES


def test_queries_begin_at_the_door() -> None:
    wrong, used, looked = [], {name: set[str]() for name in NO_VIEWER}, 0
    for name, tree in modules():
        looked += 1
        if name == DOOR or name.startswith(OF_NOBODY):
            continue
        for line, subject in started(tree):
            if subject in NO_VIEWER.get(name, set()):
                used[name].add(subject)
            else:
                wrong.append(f"gateway/{name}:{line} starts a query on {subject}")
    assert wrong == []
    assert used == NO_VIEWER, "an exception that nobody needs any more"
    assert looked > 80


@pytest.mark.parametrize(
    "source",
    [
        "from models import Package\nPackage.filter(id=x)",
        "from models import Package\nawait Package.get_or_none(id=x)",
        "from models import Package as P\nP.all()",
        "import models\nmodels.Invoice.filter(id=x)",
        "from models.contract import Contract\nContract.get(id=x).select_related('tariff')",
        "from models import Customer\nrows = [row async for row in Customer.raw('x')]",
        "def find(model):\n    return model.filter(id=x)",
        "async def lines(invoice):\n    return await invoice.lines.all()",
        "async def lines(invoice):\n    await invoice.fetch_related('lines')",
        "await fetch('SELECT id FROM package WHERE id = $1', [x])",
        "await fetch(f'SELECT id FROM \"invoice\" WHERE {x}')",
        "await fetch('UPDATE session SET revoked_at = 1')",
        "def rows(viewer):\n    return query_of(viewer).filter(id=x)",
    ],
)
def test_a_query_that_begins_elsewhere_is_found(source: str) -> None:
    assert len(list(started(ast.parse(source)))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from gateway.auth import visible\nawait visible.packages(viewer).get_or_none(id=x)",
        "from gateway.auth import visible\nfound = visible.sessions(viewer).filter(id=x)\nawait found.filter(a=1).first()",
        "from models import Throttle, PackageType\nThrottle.filter(key=x)\nPackageType.all()",
        "from models import Package\nawait Package.create(name=x)",
        "headers.get('a'); mapping.get(x); select.first(x); values.all()",
    ],
)
def test_a_query_that_begins_at_the_door_is_not_found(source: str) -> None:
    assert list(started(ast.parse(source))) == []
