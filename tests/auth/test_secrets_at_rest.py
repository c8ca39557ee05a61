"""What a copy of the database gives away (SECURITY SE1): no token, no password, no typed login of a stranger."""

from __future__ import annotations

from tortoise import Tortoise

from gateway.auth.tickets import issue_ticket
from tests.auth.conftest import PACKAGE_PASSWORD, PASSWORD, Door, People


async def dump() -> str:
    """Every value of every row of every table."""
    tables = [await model.all().values() for app in (Tortoise.apps or {}).values() for model in app.values()]
    return repr(tables)


async def test_a_copy_of_the_database_holds_no_token_and_no_password(door: Door, people: People) -> None:
    secrets = [PASSWORD, PACKAGE_PASSWORD, "Geheim-Fehlversuch", "a-strangers-login"]
    for login, password in (("eve", PASSWORD), ("bäckerei.de", PACKAGE_PASSWORD)):
        signed_in = await door.enter(login, password, device_name="Notebook")
        assert signed_in.device_token is not None
        viewer = await door.viewer(signed_in.token)
        assert viewer is not None
        ticket = await issue_ticket(viewer, "/invoices/1.pdf", 60, door.now)
        secrets += [signed_in.token, signed_in.device_token, ticket]
    await door.attempt("eve", "Geheim-Fehlversuch")
    await door.attempt("a-strangers-login", "Geheim-Fehlversuch")
    await door.afterwards.settle()
    everything = await dump()
    assert "Notebook" in everything  # the dump is one
    assert signed_in.session.token_hash in everything
    for secret in secrets:
        assert secret not in everything
        if secret.startswith("gw"):
            assert secret[4:] not in everything  # nor without its prefix
