"""Signing in (SECURITY AU1–AU3, AU8–AU10, L3)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any

import bcrypt
import pytest

from gateway.auth.entering import SignedIn
from gateway.auth.passwords import Passwords
from gateway.auth.sign_in import Credentials, Failure
from gateway.errors import ErrorCode, GatewayError
from gateway.keys import Keyring
from gateway.settings import Settings
from models import AuditEvent, Customer, Domain, OutboxMessage, Package, Session, SessionKind, TrustedDevice
from tests.auth.conftest import PACKAGE_PASSWORD, PASSWORD, START, Door, People, make_people

WRONG = Failure(ErrorCode.INVALID_CREDENTIALS, "credentials.invalid")


@pytest.mark.parametrize("login", ["10001", " 10001\t", "eve", "EVE", "Eve ", "\u00a0eve\u00a0"])
async def test_a_customer_signs_in_by_number_or_username(door: Door, people: People, login: str) -> None:
    signed_in = await door.enter(login)
    viewer = await door.viewer(signed_in.token)
    assert viewer is not None
    assert (viewer.kind, viewer.customer_id, viewer.package_id) == (SessionKind.CUSTOMER, people.eve.id, None)
    assert viewer.session_id == signed_in.session.id


@pytest.mark.parametrize(
    "login",
    ["bäckerei.de", "BÄCKEREI.DE", "ba\u0308ckerei.de", "xn--bckerei-5wa.de", "XN--BCKEREI-5WA.DE", " bäckerei.de. "],
)
async def test_a_package_login_is_by_domain_name_however_it_is_written(door: Door, people: People, login: str) -> None:
    viewer = await door.signed_in_viewer(login, PACKAGE_PASSWORD)
    assert (viewer.kind, viewer.customer_id, viewer.package_id) == (
        SessionKind.PACKAGE,
        people.eve.id,
        people.hosted.id,
    )


NOBODY = [
    "99999",
    "adam",
    "",
    " ",
    "unknown.de",
    "leer.de",  # a package without a password
    "www.bäckerei.de",
    "bäckerei.de..",
    "еve",  # a Cyrillic е
    "ｅｖｅ",  # full-width letters
    "１０００１",
    "eve\x00",
    "e\x00ve",
    "\ud800",
    "' OR 1=1 --",
    "%",
    "e" * 320,
    "ä" * 320,
    "xn--a.de",
    "a..b",
    "🐎.de",
]


async def test_a_login_that_is_nobodys_is_answered_like_a_wrong_password(
    door: Door, people: People, verifications: list[int]
) -> None:
    assert await door.attempt("eve", "wrong") == WRONG
    for number, login in enumerate(NOBODY):
        verifications.clear()
        for password in (PASSWORD, PACKAGE_PASSWORD, "", "x" * 60_000):
            assert await door.attempt(login, password, address=f"198.51.100.{number}") == WRONG, ascii(login)
        assert verifications == [4] * 4, ascii(login)


@pytest.fixture
def verifications(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The costs of all bcrypt verifications from here on."""
    seen: list[int] = []
    real = bcrypt.checkpw

    def counted(password: bytes, hashed: bytes) -> bool:
        seen.append(int(hashed[4:6]))
        return real(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    return seen


async def test_a_disabled_customer_is_answered_like_a_wrong_password_also_at_the_packages(
    door: Door, people: People, verifications: list[int]
) -> None:
    await Customer.filter(id=people.eve.id).update(disabled_at=START)
    assert await door.attempt("eve") == WRONG
    assert await door.attempt("bäckerei.de", PACKAGE_PASSWORD) == WRONG
    assert verifications == [4, 4]


async def test_an_ended_package_is_answered_like_a_wrong_password(
    door: Door, people: People, verifications: list[int]
) -> None:
    await Package.filter(id=people.hosted.id).update(state="ENDED")
    assert await door.attempt("bäckerei.de", PACKAGE_PASSWORD) == WRONG
    assert verifications == [4]


async def test_passwords_of_customer_and_package_do_not_open_each_other(door: Door, people: People) -> None:
    assert await door.attempt("eve", PACKAGE_PASSWORD) == WRONG
    assert await door.attempt("bäckerei.de", PASSWORD) == WRONG


async def test_a_right_password_costs_one_verification_too(
    door: Door, people: People, verifications: list[int]
) -> None:
    await door.enter("eve")
    assert verifications == [4]


async def test_a_login_longer_than_any_is_refused_as_input(
    door: Door, people: People, verifications: list[int]
) -> None:
    refused = await door.attempt("x" * 321)
    assert isinstance(refused, Failure)
    assert refused.code is ErrorCode.BAD_USER_INPUT
    assert "320" in refused.text("en")
    assert "320" in refused.text("de")
    assert verifications == []


async def test_a_username_that_looks_like_a_number_never_takes_the_place_of_the_number(
    door: Door, people: People
) -> None:
    await Customer.filter(id=people.otto.id).update(username="10001")
    assert (await door.signed_in_viewer("10001")).customer_id == people.eve.id


async def test_two_domains_of_one_package_are_one_login(door: Door, people: People) -> None:
    await Domain.create(
        customer_id=people.eve.id, package_id=people.hosted.id, name="brot.de", ascii_name="brot.de", state="ACTIVE",
        created_at=START,
    )  # fmt: skip
    for _ in range(5):
        assert await door.attempt("brot.de", "wrong") == WRONG
    refused = await door.attempt("bäckerei.de", PACKAGE_PASSWORD)
    assert isinstance(refused, Failure)
    assert refused.code is ErrorCode.RATE_LIMITED


async def test_an_old_pepper_is_renewed_at_sign_in_without_ending_sessions(door: Door, people: People) -> None:
    package_token = (await door.enter("bäckerei.de", PACKAGE_PASSWORD)).token
    rotated = Door(keyring=Keyring({1: b"1" * 32, 2: b"2" * 32}))
    await rotated.enter("eve")
    await rotated.enter("bäckerei.de", PACKAGE_PASSWORD)
    assert (await Customer.get(id=people.eve.id)).password_hash.startswith("v2$2b$04$")
    package = await Package.get(id=people.hosted.id)
    assert package.password_hash is not None
    assert package.password_hash.startswith("v2$2b$04$")
    assert await rotated.viewer(package_token) is not None
    await rotated.enter("eve")
    await rotated.close()


async def test_a_current_hash_stays_as_it_is(door: Door, people: People) -> None:
    before = (await Customer.get(id=people.eve.id)).password_hash
    await door.enter("eve")
    assert (await Customer.get(id=people.eve.id)).password_hash == before


async def test_a_password_changed_while_it_was_verified_opens_nothing(
    door: Door, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = await door.passwords.hash("another")
    real = Passwords.verify

    async def change_meanwhile(self: Passwords, password: str, stored: str | None) -> Any:
        verdict = await real(self, password, stored)
        await Customer.filter(id=people.eve.id).update(password_hash=changed)
        return verdict

    monkeypatch.setattr(Passwords, "verify", change_meanwhile)
    assert await door.attempt("eve") == WRONG
    assert await Session.all().count() == 0
    assert (await Customer.get(id=people.eve.id)).password_hash == changed


async def test_a_new_device_is_trusted_told_by_mail_and_written_down(door: Door, people: People) -> None:
    signed_in = await door.enter("eve", device_name="Eves Notebook", address="2001:db8:1:2:3::4")
    assert signed_in.device_token is not None
    mail = await OutboxMessage.get()
    assert (mail.kind, mail.customer_id, mail.created_at) == ("mail.new_device_sign_in", people.eve.id, START)
    assert mail.payload == {
        "to": ["eve@example.com"],
        "language": "de",
        "at": START.isoformat(),
        "device": "Eves Notebook",
        "address": "2001:db8:1::",
        "package_id": None,
    }
    entry = await AuditEvent.get()
    assert (entry.action, entry.result, entry.actor_id) == ("session.sign_in", "OK", people.eve.id)
    assert (entry.session_id, entry.address, entry.request_id) == (signed_in.session.id, "2001:db8:1::", "req-1")


async def test_a_package_login_is_told_to_the_customer_and_is_an_entry_of_the_package(
    door: Door, people: People
) -> None:
    await door.enter("bäckerei.de", PACKAGE_PASSWORD)
    mail = await OutboxMessage.get()
    assert mail.payload["to"] == ["eve@example.com"]
    assert mail.payload["package_id"] == people.hosted.id
    entry = await AuditEvent.get()
    assert (entry.customer_id, entry.package_id, entry.actor_kind.value, entry.actor_id) == (
        people.eve.id,
        people.hosted.id,
        "PACKAGE_LOGIN",
        people.hosted.id,
    )


async def test_a_device_that_is_trusted_keeps_its_token_and_needs_no_mail(door: Door, people: People) -> None:
    token = (await door.enter("eve")).device_token
    again = await door.enter("eve", device_token=token)
    assert again.device_token is None
    assert await TrustedDevice.all().count() == 1
    assert await OutboxMessage.all().count() == 1


async def test_a_device_token_is_of_one_account_only(door: Door, people: People) -> None:
    token = (await door.enter("eve")).device_token
    assert (await door.enter("10002", device_token=token)).device_token is not None
    assert (await door.enter("bäckerei.de", PACKAGE_PASSWORD, device_token=token)).device_token is not None


@pytest.mark.parametrize("token", ["", "nonsense", "gwd_" + "0" * 72, "\x00", "\ud800", "x" * 60_000])
async def test_a_device_token_that_is_none_changes_nothing(door: Door, people: People, token: str) -> None:
    assert (await door.enter("eve", device_token=token)).device_token is not None
    assert await door.attempt("nobody", device_token=token) == WRONG


async def test_a_device_is_trusted_for_ninety_days_after_its_last_sign_in(door: Door, people: People) -> None:
    token = (await door.enter("eve")).device_token
    door.wait(days=90, seconds=-1)
    assert (await door.enter("eve", device_token=token)).device_token is None
    door.wait(days=90)
    assert (await door.enter("eve", device_token=token)).device_token is not None


async def test_a_client_that_never_keeps_its_device_token_does_not_fill_the_table(door: Door, people: People) -> None:
    for _ in range(55):
        await door.enter("eve")
        door.wait(seconds=1)
    assert await TrustedDevice.all().count() == 50
    assert await Session.all().count() == 20


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (None, None),
        ("", None),
        (" \t\n ", None),
        ("My phone", "My phone"),
        ("a\x00b\r\nc\u202ed\ud800e", "a b c d e"),
        ("x" * 60_000, "x" * 80),
        ("\x00" * 60_000, None),
    ],
    ids=lambda text: ascii(text)[:20],
)
async def test_a_device_name_is_one_clean_line(door: Door, people: People, sent: str, kept: str | None) -> None:
    signed_in = await door.enter("eve", device_name=sent)
    assert (await Session.get(id=signed_in.session.id)).device_name == kept


async def test_of_many_failures_the_first_and_the_last_free_one_are_written_down(door: Door, people: People) -> None:
    for number in range(25):
        await door.attempt("eve", "wrong", address=f"198.51.100.{number}")
        door.wait(seconds=31)
    await door.afterwards.settle()
    entries = await AuditEvent.all().order_by("id")
    assert [(e.action, e.result, e.detail) for e in entries] == [
        ("session.sign_in", "INVALID_CREDENTIALS", {"failures": 1}),
        ("session.sign_in", "INVALID_CREDENTIALS", {"failures": 20}),
    ]
    assert {e.customer_id for e in entries} == {people.eve.id}


async def test_without_a_free_place_an_attempt_is_unavailable_and_does_not_count(database: Any) -> None:
    door = Door(Settings(bcrypt_cost=4, password_workers=1, password_queue=0))
    await make_people(door)
    await door.passwords.close()
    for _ in range(30):
        with pytest.raises(GatewayError) as refused:
            await door.attempt("eve")
        assert refused.value.code is ErrorCode.UNAVAILABLE
    open_again = Door()
    await open_again.enter("eve")
    await open_again.close()
    await door.close()


async def test_thousands_of_failures_of_strangers_do_not_hold_off_the_owner(door: Door, people: People) -> None:
    device = (await door.enter("eve")).device_token
    live = (await door.enter("eve", device_token=device)).token
    for number in range(300):
        await door.attempt("eve", "wrong", address=f"2001:db8:{number:x}::1")
        await door.attempt("eve", "wrong")  # from the owner's own address, too
    held_off = await door.attempt("eve")
    assert isinstance(held_off, Failure)
    assert held_off.code is ErrorCode.RATE_LIMITED
    await door.enter("eve", device_token=device)
    assert await door.viewer(live) is not None


async def test_a_stolen_device_token_does_not_allow_unlimited_guesses(door: Door, people: People) -> None:
    device = (await door.enter("eve")).device_token
    for _ in range(5):
        assert await door.attempt("eve", "wrong", device_token=device) == WRONG
    held_off = await door.attempt("eve", "wrong", device_token=device)
    assert isinstance(held_off, Failure)
    assert (held_off.code, held_off.retry_after) == (ErrorCode.RATE_LIMITED, 1)


async def test_no_secret_shows_in_the_representation_of_anything(door: Door, people: People) -> None:
    signed_in = await door.enter("eve")
    text = repr(signed_in) + repr(Credentials("eve", PASSWORD, device_token=signed_in.device_token))
    assert PASSWORD not in text
    assert signed_in.token not in text
    assert signed_in.device_token is not None
    assert signed_in.device_token not in text


async def test_sixty_parallel_guesses_are_not_all_evaluated(
    door: Door, people: People, verifications: list[int]
) -> None:
    results = await asyncio.gather(*(door.attempt("eve", f"guess {n}") for n in range(60)))
    assert len(verifications) == 5
    assert sum(1 for r in results if r == WRONG) == 5
    assert all(isinstance(r, Failure) for r in results)


async def test_the_event_loop_stays_responsive_under_sixty_parallel_sign_ins(database: Any) -> None:
    door = Door(Settings(bcrypt_cost=12, password_workers=2, password_queue=20))

    async def attempt(number: int) -> str:
        try:
            result = await door.attempt(f"login{number}", address=f"198.51.100.{number}")
        except GatewayError as error:
            return error.code.value
        assert isinstance(result, Failure)
        return result.code.value

    work = asyncio.gather(*(attempt(number) for number in range(60)))
    delays: list[float] = []
    while not work.done():
        before = time.perf_counter()
        await asyncio.sleep(0.005)
        delays.append(time.perf_counter() - before - 0.005)
    codes = Counter(await work)
    assert set(codes) == {"INVALID_CREDENTIALS", "UNAVAILABLE"}
    assert codes["INVALID_CREDENTIALS"] >= 22  # two are verified, twenty wait, the others are told so at once
    assert len(delays) > 100
    assert sorted(delays)[int(len(delays) * 0.99)] < 0.25
    await door.close()


async def test_parallel_right_sign_ins_leave_at_most_twenty_sessions(database: Any) -> None:
    door = Door(
        Settings(
            bcrypt_cost=4, password_workers=2, password_queue=60,
            free_failures=50, address_failures=50, account_failures=50,
        )
    )  # fmt: skip
    await make_people(door)
    results = await asyncio.gather(*(door.attempt("eve") for _ in range(30)))
    assert all(isinstance(r, SignedIn) for r in results), results
    assert await Session.all().count() == 20
    await door.close()
