"""Sessions: how long they live, what ends them, who may end them (SECURITY SE1, SE2, SE4, SE6)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from gateway.auth.api_tokens import ApiTokens
from gateway.auth.bearer import Bearers
from gateway.auth.ending import end_login, end_other_sessions, end_session, sign_out
from gateway.auth.tokens import TokenKind, new_token
from gateway.auth.viewer import TECHNICAL_SCOPES, Scope
from gateway.errors import ErrorCode, GatewayError
from models import AuditEvent, Customer, Package, Session, TrustedDevice
from models.database import in_unit_of_work
from tests.auth.conftest import CLIENT, PACKAGE_PASSWORD, START, Door, People

DOMAIN = "bäckerei.de"


async def test_a_customer_may_do_everything_and_a_package_login_what_is_technical(door: Door, people: People) -> None:
    assert (await door.signed_in_viewer("eve")).scopes == frozenset(Scope)
    assert (await door.signed_in_viewer(DOMAIN, PACKAGE_PASSWORD)).scopes == TECHNICAL_SCOPES


async def test_a_request_is_somebodys_nobodys_or_refused(door: Door, people: People) -> None:
    header = [f"Bearer {(await door.enter('eve')).token}"]
    bearers = Bearers(door.sessions, ApiTokens(door.settings, door.afterwards))
    viewer = await bearers.viewer(header, door.now)
    assert viewer is not None
    assert viewer.customer_id == people.eve.id
    assert await bearers.viewer([], door.now) is None
    unknown = [f"Bearer {new_token(TokenKind.SESSION)}"]
    await sign_out(viewer, CLIENT, door.now)
    for refused_header in (header, unknown):
        with pytest.raises(GatewayError) as refused:
            await bearers.viewer(refused_header, door.now)
        assert refused.value.code is ErrorCode.UNAUTHENTICATED
        assert refused.value.key == "token.invalid"


async def test_a_token_nobody_was_given_is_nobodys(door: Door, people: People) -> None:
    await door.enter("eve")
    assert await door.viewer(new_token(TokenKind.SESSION)) is None


@pytest.mark.parametrize(("remember", "idle"), [(False, timedelta(minutes=30)), (True, timedelta(days=30))])
async def test_a_session_ends_when_it_rests_too_long(
    door: Door, people: People, remember: bool, idle: timedelta
) -> None:
    token = (await door.enter("eve", remember=remember)).token
    for _ in range(3):
        door.now += idle - timedelta(microseconds=1)
        assert await door.viewer(token) is not None
    door.now += idle
    assert await door.viewer(token) is None


@pytest.mark.parametrize(
    ("remember", "step", "life"),
    [(False, timedelta(minutes=29), timedelta(hours=12)), (True, timedelta(days=29), timedelta(days=180))],
)
async def test_a_session_in_use_ends_at_its_age(
    door: Door, people: People, remember: bool, step: timedelta, life: timedelta
) -> None:
    signed_in = await door.enter("eve", remember=remember)
    assert signed_in.session.expires_at == START + life
    while door.now + step < START + life:
        door.now += step
        assert await door.viewer(signed_in.token) is not None
    door.now = START + life - timedelta(microseconds=1)
    assert await door.viewer(signed_in.token) is not None
    door.now = START + life
    assert await door.viewer(signed_in.token) is None


async def test_the_last_use_is_written_once_a_second_at_most(door: Door, people: People) -> None:
    signed_in = await door.enter("eve")

    async def last_used() -> timedelta:
        return (await Session.get(id=signed_in.session.id)).last_used_at - START

    door.wait(seconds=0.9)
    await door.viewer(signed_in.token)
    assert await last_used() == timedelta(0)
    door.wait(seconds=0.1)
    await asyncio.gather(*(door.viewer(signed_in.token) for _ in range(20)))
    assert await last_used() == timedelta(seconds=1)
    door.wait(seconds=-0.5)  # the clock of another process
    await door.viewer(signed_in.token)
    assert await last_used() == timedelta(seconds=1)


async def test_a_process_that_writes_late_does_not_turn_the_last_use_back(door: Door, people: People) -> None:
    signed_in, other = await door.enter("eve"), Door()
    hashed = signed_in.session.token_hash
    await asyncio.gather(
        door.sessions.find(hashed, START + timedelta(seconds=5)),
        other.sessions.find(hashed, START + timedelta(seconds=2)),
    )
    await door.afterwards.settle()
    await other.close()
    assert (await Session.get()).last_used_at == START + timedelta(seconds=5)


async def test_a_request_is_answered_although_its_use_cannot_be_written(
    door: Door, people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = (await door.enter("eve")).token
    door.wait(minutes=5)

    async def broken(session_id: str, now: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("gateway.auth.sessions._note_use", broken)
        assert await door.viewer(token) is not None
    assert "a write after an answer failed" in caplog.text
    door.wait(minutes=5)
    assert await door.viewer(token) is not None
    assert (await Session.get()).last_used_at == door.now


async def test_of_more_than_twenty_sessions_of_a_login_the_oldest_are_dropped(door: Door, people: People) -> None:
    package = (await door.enter(DOMAIN, PACKAGE_PASSWORD)).token
    tokens = []
    for _ in range(22):
        tokens.append((await door.enter("eve")).token)
        door.wait(seconds=1)
    alive = [await door.viewer(token) is not None for token in tokens]
    assert alive == [False] * 2 + [True] * 20
    assert await door.viewer(package) is not None  # another login


async def test_sessions_that_have_ended_take_nobodys_place_and_are_cleared_away(door: Door, people: People) -> None:
    remembered = (await door.enter("eve", remember=True)).token
    for _ in range(25):
        await door.enter("eve")
        door.wait(minutes=31)
    assert await door.viewer(remembered) is not None
    assert await Session.all().count() == 2


async def test_signing_out_ends_this_session_at_once(door: Door, people: People) -> None:
    first, second = await door.enter("eve"), await door.enter("eve")
    viewer = await door.viewer(first.token)
    assert viewer is not None
    await sign_out(viewer, CLIENT, door.now)
    await sign_out(viewer, CLIENT, door.now)
    assert await door.viewer(first.token) is None
    assert await door.viewer(second.token) is not None
    entries = await AuditEvent.filter(action="session.sign_out")
    assert [(entry.object_id, entry.session_id) for entry in entries] == [(first.session.id, first.session.id)]


async def test_a_customer_ends_one_session_of_the_account_or_of_a_package_login(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    other, delegate = await door.enter("eve"), await door.enter(DOMAIN, PACKAGE_PASSWORD)
    for ended in (other, delegate):
        await end_session(eve, ended.session.id, CLIENT, door.now)
        assert await door.viewer(ended.token) is None
    entries = await AuditEvent.filter(action="session.end").order_by("id")
    assert [(entry.object_id, entry.package_id) for entry in entries] == [
        (other.session.id, None),
        (delegate.session.id, people.hosted.id),
    ]


async def test_a_session_that_is_not_the_viewers_is_not_found_and_lives_on(door: Door, people: People) -> None:
    eve, otto = await door.enter("eve"), await door.signed_in_viewer("10002")
    delegate = await door.signed_in_viewer(DOMAIN, PACKAGE_PASSWORD)
    ended = await door.enter("10002")
    await end_session(otto, ended.session.id, CLIENT, door.now)
    before = await AuditEvent.all().count()
    for viewer in (otto, delegate):
        for session_id in (eve.session.id, ended.session.id, people.eve.id, "", "nonsense\x00", "ses_" + "7" * 26):
            with pytest.raises(GatewayError) as refused:
                await end_session(viewer, session_id, CLIENT, door.now)
            assert refused.value.code is ErrorCode.NOT_FOUND
    assert await door.viewer(eve.token) is not None
    assert await AuditEvent.all().count() == before


async def test_ending_all_others_spares_this_one_and_everybody_elses(door: Door, people: People) -> None:
    mine = await door.enter("eve")
    others = [await door.enter("eve"), await door.enter(DOMAIN, PACKAGE_PASSWORD)]
    otto = await door.enter("10002")
    viewer = await door.viewer(mine.token)
    assert viewer is not None
    assert await end_other_sessions(viewer, CLIENT, door.now) == 2
    assert await end_other_sessions(viewer, CLIENT, door.now) == 0
    assert [await door.viewer(signed_in.token) is None for signed_in in others] == [True, True]
    assert await door.viewer(mine.token) is not None
    assert await door.viewer(otto.token) is not None


async def test_a_package_login_ends_no_session_but_its_own(door: Door, people: People) -> None:
    eve, colleague = await door.enter("eve"), await door.enter(DOMAIN, PACKAGE_PASSWORD)
    delegate = await door.signed_in_viewer(DOMAIN, PACKAGE_PASSWORD)
    assert await end_other_sessions(delegate, CLIENT, door.now) == 0
    assert await door.viewer(eve.token) is not None
    assert await door.viewer(colleague.token) is not None


async def test_a_changed_customer_password_ends_the_other_sessions_and_the_trust_in_devices(
    door: Door, people: People
) -> None:
    mine, other = await door.enter("eve"), await door.enter("eve")
    delegate = await door.enter(DOMAIN, PACKAGE_PASSWORD)
    ended = await in_unit_of_work(lambda: end_login(people.eve.id, None, door.now, keep=mine.session.id))
    assert ended == 1
    assert await door.viewer(mine.token) is not None
    assert await door.viewer(other.token) is None
    assert await door.viewer(delegate.token) is not None  # its password is another
    assert await TrustedDevice.filter(package_id=None).count() == 0
    assert await TrustedDevice.all().count() == 1


async def test_a_changed_package_password_ends_all_sessions_of_that_login(door: Door, people: People) -> None:
    eve, delegate = await door.enter("eve"), await door.enter(DOMAIN, PACKAGE_PASSWORD)
    assert await in_unit_of_work(lambda: end_login(people.eve.id, people.hosted.id, door.now)) == 1
    assert await door.viewer(delegate.token) is None
    assert await door.viewer(eve.token) is not None


ENDINGS = {
    "the package password is removed": {"password_hash": None},
    "the package password is changed": {"password_changed_at": START + timedelta(seconds=1)},
    "the package has ended": {"state": "ENDED"},
}


@pytest.mark.parametrize("change", ENDINGS.values(), ids=ENDINGS)
async def test_a_package_login_is_out_at_the_next_request_when(
    door: Door, people: People, change: dict[str, object]
) -> None:
    eve, delegate = await door.enter("eve"), await door.enter(DOMAIN, PACKAGE_PASSWORD)
    door.wait(seconds=2)
    assert await door.viewer(delegate.token) is not None
    await Package.filter(id=people.hosted.id).update(**change)
    assert await door.viewer(delegate.token) is None
    assert await door.viewer(eve.token) is not None


async def test_a_disabled_customer_is_out_with_all_package_logins(door: Door, people: People) -> None:
    tokens = [(await door.enter("eve")).token, (await door.enter(DOMAIN, PACKAGE_PASSWORD)).token]
    otto = (await door.enter("10002")).token
    await Customer.filter(id=people.eve.id).update(disabled_at=START)
    assert [await door.viewer(token) for token in tokens] == [None, None]
    assert await door.viewer(otto) is not None


async def test_signing_in_and_ending_sessions_at_once_neither_blocks_nor_fails(door: Door, people: People) -> None:
    viewer = await door.signed_in_viewer("eve")
    await asyncio.gather(
        *(door.enter(DOMAIN, PACKAGE_PASSWORD, address=f"198.51.100.{n}") for n in range(10)),
        *(end_other_sessions(viewer, CLIENT, door.now) for _ in range(10)),
        *(door.enter("eve", address=f"198.51.100.{n}") for n in range(10)),
    )
    await end_other_sessions(viewer, CLIENT, door.now)
    assert await Session.filter(revoked_at=None).count() == 1
