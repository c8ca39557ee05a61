"""Forgotten passwords: a link by mail, and nothing that tells whether there is an account (SECURITY AU9, T8)."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from gateway.jobs.password_reset import send_reset_link
from gateway.jobs.worker import Worker, handlers
from gateway.keys import Keyring
from gateway.ports.mail import Mail
from models import AuditEvent, Authenticator, Customer, LinkCode, OutboxMessage, RecoveryCode, TrustedDevice
from models.database.statements import recording
from tests.api.authenticators import switch_off, switch_on
from tests.api.cases.password import NEW, reset_code
from tests.api.service import Reply, Service
from tests.api.stored import changed, stored
from tests.http.asking import Log
from tests.world import KEYS, NOW, PASSWORD, Caller

ASK = """mutation($input: PasswordResetRequestInput!) { passwordResetRequest(input: $input) {
  errors { code message path retryAfter } } }"""
RESET = """mutation($input: PasswordResetInput!) { passwordReset(input: $input) {
  errors { code message path retryAfter } } }"""
SIGN_IN = """mutation($input: SignInInput!) { signIn(input: $input) {
  session { token } twoFactorChallenge { token } errors { code } } }"""
WHO = "{ viewer { session { id } } }"
NUMBER, EMAIL = "10001", "anna@example.com"
PORTAL = "https://portal.example"
"""Where the mails' links lead."""


class Kept:
    """A mailer that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    async def send(self, mail: Mail) -> None:
        self.mails.append(mail)


async def ask(service: Service, number: str = NUMBER, email: str = EMAIL, **options: Any) -> Reply:
    return await service.ask(ASK, {"input": {"customerNumber": number, "email": email}}, **options)


async def reset(service: Service, code: str, new: str = NEW) -> list[dict[str, Any]]:
    """The errors of setting a password anew."""
    reply = await service.ask(RESET, {"input": {"code": code, "newPassword": new}})
    errors = reply.data["passwordReset"]["errors"]
    assert isinstance(errors, list)
    return errors


async def mails(service: Service) -> list[Mail]:
    """What the worker sends by now."""
    kept = Kept()
    worker = Worker(handlers(kept, PORTAL, Keyring(KEYS)), clock=service.clock)
    while await worker.run_once():
        pass
    return kept.mails


async def mailed_code(service: Service) -> str:
    """The code in the mail that comes."""
    (mail,) = await mails(service)
    found = re.search(rf"{PORTAL}/reset-password\?code=(gwl_[0-9a-f]+)\n", mail.text)
    assert found
    return found[1]


async def enters(service: Service, password: str) -> bool:
    reply = await service.ask(SIGN_IN, {"input": {"login": NUMBER, "password": password}})
    return not reply.data["signIn"]["errors"]


async def test_a_link_by_mail_sets_the_password_anew(service: Service) -> None:
    await switch_off(service.world.owner.customer)
    assert (await ask(service)).data == {"passwordResetRequest": {"errors": []}}
    code = await mailed_code(service)
    assert await reset(service, code) == []
    assert await enters(service, NEW)
    assert not await enters(service, PASSWORD)


async def test_the_mail_goes_to_the_stored_address_and_says_how_long_the_link_is_good(service: Service) -> None:
    await ask(service, f" {NUMBER} ", " ANNA@Example.COM ")
    (mail,) = await mails(service)
    assert mail.to == (EMAIL,)
    assert "30 Minuten" in mail.text
    assert "192.0.2.0" in mail.text
    assert await AuditEvent.filter(action="password.reset_request", object_id=service.world.owner.customer).count() == 1


STRANGERS = [
    ("99999", EMAIL),
    (NUMBER, "bernd@example.com"),
    (NUMBER, "anna@example.org"),
    ("10002", EMAIL),
    ("anna", EMAIL),
    ("00000", "nobody@nowhere.example"),
    (NUMBER, "аnna@example.com"),
]


@pytest.mark.parametrize(("number", "email"), STRANGERS)
async def test_without_such_an_account_the_answer_is_the_same_and_no_mail_comes(
    service: Service, number: str, email: str
) -> None:
    known, unknown = await ask(service), await ask(service, number, email)
    assert known.body == unknown.body
    different = {"x-request-id", "date"}
    assert {n: v for n, v in known.headers.items() if n not in different} == {
        n: v for n, v in unknown.headers.items() if n not in different
    }
    assert [mail.to for mail in await mails(service)] == [(EMAIL,)]


async def test_the_work_is_the_same_whether_or_not_there_is_an_account(service: Service) -> None:
    """Statement by statement, so there is no difference in time either; and what is left is the same but for its seal."""
    noted: list[list[str]] = []
    await ask(service, "12345", "first@example.com")  # the counter of this address is there by now
    for number, email in ((NUMBER, EMAIL), *STRANGERS):
        with recording() as statements:
            await ask(service, number, email)
        noted.append([" ".join(statement.split()) for statement in statements])
    assert all(statements == noted[0] for statements in noted)
    assert noted[0]
    rows = await OutboxMessage.filter(kind="password_reset.request")
    assert {(row.customer_id, frozenset(row.payload), row.payload["lifetime"]) for row in rows} == {
        (None, frozenset({"secrets", "lifetime"}), 1_800)
    }


async def test_a_request_that_two_workers_hold_is_answered_once(service: Service) -> None:
    await ask(service)
    request = await OutboxMessage.get(kind="password_reset.request")
    await asyncio.gather(*(send_reset_link(request, Keyring(KEYS)) for _ in range(5)))
    assert len(await mails(service)) == 1
    assert (
        await LinkCode.filter(used_at=None, purpose="PASSWORD_RESET", customer_id=service.world.owner.customer).count()
        == 1
    )


async def test_a_disabled_account_gets_no_link(service: Service) -> None:
    await Customer.filter(id=service.world.owner.customer).update(disabled_at=NOW)
    await ask(service)
    assert await mails(service) == []


async def test_nobody_s_number_or_address_is_kept_in_the_clear(service: Service) -> None:
    await ask(service, "7654321", "secretive@hidden.example")
    before = repr(await stored())
    await mails(service)
    for left in (before, repr(await stored())):
        assert "7654321" not in left
        assert "secretive" not in left
    assert not await OutboxMessage.filter(kind="password_reset.request").exists()


@pytest.mark.parametrize(
    ("number", "email", "path"),
    [
        ("", EMAIL, "customerNumber"),
        ("  ", EMAIL, "customerNumber"),
        ("1" * 13, EMAIL, "customerNumber"),
        ("1" * 60_000, EMAIL, "customerNumber"),
        ("10\x0001", EMAIL, "customerNumber"),
        (NUMBER, "", "email"),
        (NUMBER, "anna", "email"),
        (NUMBER, "@example.com", "email"),
        (NUMBER, "anna@", "email"),
        (NUMBER, "anna@" + "x" * 300, "email"),
        (NUMBER, "an\x00na@example.com", "email"),
        (NUMBER, "anna@example.com\nbcc: eve", "email"),
    ],
)
async def test_what_is_no_number_or_no_address_is_told(service: Service, number: str, email: str, path: str) -> None:
    before = await stored()
    (error,) = (await ask(service, number, email)).data["passwordResetRequest"]["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", path])
    assert changed(before, await stored()) == set()


async def test_an_account_gets_a_few_links_an_hour_and_a_stranger_s_guesses_do_not_use_them_up(
    service: Service,
) -> None:
    for _ in range(5):
        await ask(service, NUMBER, "guess@example.com")
    for _ in range(5):
        assert (await ask(service)).data["passwordResetRequest"]["errors"] == []
    for number, email in ((NUMBER, EMAIL), (NUMBER, "guess@example.com"), (NUMBER, " Anna@EXAMPLE.com")):
        (error,) = (await ask(service, number, email)).data["passwordResetRequest"]["errors"]
        assert (error["code"], error["retryAfter"]) == ("RATE_LIMITED", 3_600)
    service.clock.wait(hours=1)
    assert (await ask(service)).data["passwordResetRequest"]["errors"] == []


async def test_an_address_can_ask_for_twenty_in_five_minutes(service: Service) -> None:
    for number in range(20):
        assert (await ask(service, str(number + 1))).data["passwordResetRequest"]["errors"] == []
    (error,) = (await ask(service, "21")).data["passwordResetRequest"]["errors"]
    assert (error["code"], error["retryAfter"]) == ("RATE_LIMITED", 300)


async def test_a_code_is_good_once(service: Service) -> None:
    code = await reset_code(service.world.owner.customer)
    assert await reset(service, code) == []
    (error,) = await reset(service, code, NEW + " nochmal")
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "code"])
    assert await enters(service, NEW)


async def test_a_code_is_good_for_half_an_hour_from_the_request(service: Service) -> None:
    await ask(service)
    service.clock.wait(minutes=10)
    code = await mailed_code(service)
    service.clock.wait(minutes=20, microseconds=-1)
    assert (await reset(service, code, "short"))[0]["path"] == ["input", "newPassword"]
    service.clock.wait(microseconds=1)
    assert (await reset(service, code))[0]["path"] == ["input", "code"]


async def test_a_newer_link_voids_the_older_one(service: Service) -> None:
    await ask(service)
    old = await mailed_code(service)
    service.clock.wait(minutes=1)
    await ask(service)
    new = await mailed_code(service)
    assert (await reset(service, old))[0]["path"] == ["input", "code"]
    assert await reset(service, new) == []


@pytest.mark.parametrize("code", ["", "gwl_", "gwl_" + "0" * 72, "\x00", "x" * 50_000, "gws_" + "0" * 72])
async def test_what_is_no_code_changes_nothing(service: Service, code: str) -> None:
    before = await stored()
    (error,) = await reset(service, code)
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "code"])
    assert changed(before, await stored()) == set()


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("short", "at least 12"),
        ("passwortpasswort", "easy to guess"),
        ("anna@example.com", "easy to guess"),
        (PASSWORD, "already"),
        ("x" * 257, "at most 256"),
        (NEW + "\x00", "cannot be typed"),
    ],
)
async def test_a_password_that_will_not_do_leaves_the_code_good(service: Service, new: str, says: str) -> None:
    await switch_off(service.world.owner.customer)
    code = await reset_code(service.world.owner.customer)
    before = await stored()
    (error,) = await reset(service, code, new)
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "newPassword"])
    assert says in error["message"]
    assert changed(before, await stored()) == set()
    assert await reset(service, code) == []


async def test_all_sessions_end_and_no_device_is_trusted(service: Service) -> None:
    tokens = [await service.token(Caller.OWNER, raised=raised) for raised in (True, False)]
    assert await reset(service, await reset_code(service.world.owner.customer)) == []
    for token in (*tokens, Caller.OWNER):
        assert (await service.ask(WHO, by=token)).status == 401
    for caller in (Caller.PACKAGE, Caller.OTHER):
        assert (await service.ask(WHO, by=caller)).status == 200
    assert not await TrustedDevice.filter(customer_id=service.world.owner.customer, package_id=None).exists()


async def test_the_second_factor_stays_on(service: Service) -> None:
    await switch_on(service.world.owner.customer)
    before = await Authenticator.all().order_by("id").values(), await RecoveryCode.all().order_by("id").values()
    assert await reset(service, await reset_code(service.world.owner.customer)) == []
    after = await Authenticator.all().order_by("id").values(), await RecoveryCode.all().order_by("id").values()
    assert before == after
    assert before[0]
    given = {"login": NUMBER, "password": NEW}
    payload = (await service.ask(SIGN_IN, {"input": given})).data["signIn"]
    assert payload["session"] is None
    assert payload["twoFactorChallenge"]


async def test_it_is_told_by_mail_and_written_down(service: Service) -> None:
    await reset(service, await reset_code(service.world.owner.customer))
    assert (await OutboxMessage.get(kind="mail.password_reset")).payload["to"] == [EMAIL]
    entry = await AuditEvent.get(action="password.reset")
    assert (entry.result, entry.session_id, entry.object_id) == ("OK", None, service.world.owner.customer)


async def test_a_code_that_was_sent_elsewhere_is_over(service: Service) -> None:
    """The address was changed since: who reads the old one is not asked any more."""
    code = await reset_code(service.world.owner.customer)
    await Customer.filter(id=service.world.owner.customer).update(email="anna-neu@example.com")
    assert (await reset(service, code))[0]["path"] == ["input", "code"]


async def test_an_account_that_was_disabled_meanwhile_stays_as_it_is(service: Service) -> None:
    code = await reset_code(service.world.owner.customer)
    await Customer.filter(id=service.world.owner.customer).update(disabled_at=NOW)
    assert (await reset(service, code))[0]["path"] == ["input", "code"]


async def test_of_parallel_uses_of_a_code_one_wins(service: Service) -> None:
    await switch_off(service.world.owner.customer)
    code = await reset_code(service.world.owner.customer)
    found = await asyncio.gather(*(reset(service, code, f"{NEW} {n}") for n in range(15)))
    won = [n for n, errors in enumerate(found) if not errors]
    assert len(won) == 1
    assert {error["path"][-1] for errors in found for error in errors} == {"code"}
    assert await enters(service, f"{NEW} {won[0]}")
    assert await OutboxMessage.filter(kind="mail.password_reset").count() == 1


async def test_tries_with_codes_are_counted(service: Service) -> None:
    for _ in range(20):
        assert (await reset(service, "gwl_none"))[0]["code"] == "BAD_USER_INPUT"
    (error,) = await reset(service, await reset_code(service.world.owner.customer))
    assert (error["code"], error["retryAfter"]) == ("RATE_LIMITED", 300)


async def test_no_code_and_no_password_is_in_the_log_or_the_database(service: Service, log: Log) -> None:
    await ask(service)
    code = await mailed_code(service)
    assert (await LinkCode.get(customer_id=service.world.owner.customer, purpose="PASSWORD_RESET")).code_hash
    before = repr(await stored())
    await reset(service, code)
    everything = log.text + before + repr(await stored())
    for secret in (code, code[4:], NEW):
        assert secret not in everything
