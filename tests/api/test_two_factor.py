"""Looking after the second factor: devices, recovery codes, switching it off (SECURITY T2, T4, T7, T8, SE3, SE4, AU9)."""

from __future__ import annotations

import asyncio
import base64
import io
from typing import Any

import pyotp
import pytest
from pypdf import PdfReader

from models import AuditEvent, Authenticator, OutboxMessage, RecoveryCode, Session, TrustedDevice
from tests.api.authenticators import RECOVERY_CODE, SECRET, add_device, add_pending, shown, switch_off, switch_on
from tests.api.cases.two_factor import OTHER_SECRET, wrong
from tests.api.conftest import Serve
from tests.api.service import Service
from tests.reading_qr import read_qr
from tests.world import NOW, PASSWORD, Caller, nobodys, open_session

WIDE_OPEN = {"free_failures": 1_000, "address_failures": 1_000, "account_failures": 1_000}
ERRORS = "errors { code message path retryAfter }"
DEVICE = "device { id kind name createdAt lastUsedAt version }"
TEXTS = {
    "reauthenticate": f"session {{ id token }} elevatedUntil {ERRORS}",
    "twoFactorBegin": f"setup {{ deviceId secret otpauthUri qrSvg expiresAt }} {ERRORS}",
    "twoFactorConfirm": f"{DEVICE} session {{ id token }} recoveryCodes recoveryCodesPdf {ERRORS}",
    "twoFactorDeviceRename": f"{DEVICE} {ERRORS}",
    "twoFactorDeviceRemove": f"deviceId {ERRORS}",
    "twoFactorDisable": f"session {{ id token }} {ERRORS}",
    "recoveryCodesRegenerate": f"recoveryCodes recoveryCodesPdf {ERRORS}",
    "signIn": f"session {{ id token }} twoFactorChallenge {{ token }} {ERRORS}",
    "signInTwoFactor": f"session {{ id token }} {ERRORS}",
}
STATE = "{ customer { twoFactor { enabled recoveryCodesLeft devices { id kind name createdAt lastUsedAt version } } } }"


async def change(service: Service, mutation: str, by: Caller | str, /, **given: Any) -> dict[str, Any]:
    """The payload of a mutation."""
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    asked = f"{mutation}{'(input: $input)' if given else ''} {{ {TEXTS[mutation]} }}"
    reply = await service.ask(
        f"mutation{f'($input: {kind}!)' if given else ''} {{ {asked} }}", {"input": given} if given else None, by=by
    )
    payload = reply.data[mutation]
    assert isinstance(payload, dict)
    return payload


async def works(service: Service, mutation: str, by: Caller | str, /, **given: Any) -> dict[str, Any]:
    payload = await change(service, mutation, by, **given)
    assert payload["errors"] == []
    return payload


async def refused(service: Service, mutation: str, by: Caller | str, /, **given: Any) -> tuple[str, list[str] | None]:
    """Code and path of the one error, with which there is nothing else."""
    payload = await change(service, mutation, by, **given)
    (error,) = payload["errors"]
    assert {name: value for name, value in payload.items() if value is not None} == {"errors": [error]}
    return error["code"], error["path"]


async def state(service: Service, by: Caller | str = Caller.OWNER) -> dict[str, Any]:
    """What both engines say of the second factor."""
    found = (await service.both(STATE, by=by)).data["customer"]["twoFactor"]
    assert isinstance(found, dict)
    return found


async def alive(service: Service, token: str) -> bool:
    return (await service.ask("{ viewer { scopes } }", by=token)).status == 200


@pytest.fixture
async def raised(service: Service) -> str:
    """A token of Anna's that may do what asks for the password again; she has no device, and none that waits."""
    await switch_off(service.world.owner.customer)
    return await service.token(Caller.OWNER, raised=True)


async def test_an_authenticator_from_the_qr_code_switches_it_on_and_signs_in(service: Service, raised: str) -> None:
    assert await state(service) == {"enabled": False, "recoveryCodesLeft": 0, "devices": []}
    setup = (await works(service, "twoFactorBegin", raised, name="Mein Handy"))["setup"]
    assert setup["expiresAt"] == "2026-03-02T12:10:00Z"
    assert await state(service) == {"enabled": False, "recoveryCodesLeft": 0, "devices": []}, "nothing has changed"

    app = pyotp.parse_uri(read_qr(setup["qrSvg"]))
    assert isinstance(app, pyotp.TOTP)
    assert (app.secret, app.name, app.issuer) == (setup["secret"], "10001", "Musterhost GmbH")
    assert read_qr(setup["qrSvg"]) == setup["otpauthUri"]

    payload = await works(service, "twoFactorConfirm", raised, deviceId=setup["deviceId"], code=app.at(NOW))
    assert payload["device"] == {
        "id": setup["deviceId"], "kind": "AUTHENTICATOR_APP", "name": "Mein Handy", "createdAt": "2026-03-02T12:00:00Z",
        "lastUsedAt": "2026-03-02T12:00:00Z", "version": 1,
    }  # fmt: skip
    token = payload["session"]["token"]
    assert await state(service, token) == {"enabled": True, "recoveryCodesLeft": 10, "devices": [payload["device"]]}

    challenge = (await works(service, "signIn", Caller.ANONYMOUS, login="anna", password=PASSWORD))[
        "twoFactorChallenge"
    ]
    used = await refused(service, "signInTwoFactor", Caller.ANONYMOUS, token=challenge["token"], code=app.at(NOW))
    assert used == ("TWO_FACTOR_INVALID", ["input", "code"]), "confirming used the code up"
    service.clock.wait(seconds=30)
    code = app.at(service.clock.now)
    assert (await works(service, "signInTwoFactor", Caller.ANONYMOUS, token=challenge["token"], code=code))["session"]

    challenge = (await works(service, "signIn", Caller.ANONYMOUS, login="anna", password=PASSWORD))[
        "twoFactorChallenge"
    ]
    recovery = payload["recoveryCodes"][3]
    given = {"token": challenge["token"], "recoveryCode": recovery}
    assert (await works(service, "signInTwoFactor", Caller.ANONYMOUS, **given))["session"]
    assert (await state(service, token))["recoveryCodesLeft"] == 9


async def test_the_first_device_brings_ten_codes_and_a_sheet_to_print(service: Service, raised: str) -> None:
    id = await add_pending(service.world.owner.customer)
    payload = await works(service, "twoFactorConfirm", raised, deviceId=id, code=shown(SECRET, NOW))
    codes = payload["recoveryCodes"]
    assert len(set(codes)) == 10
    text = PdfReader(io.BytesIO(base64.b64decode(payload["recoveryCodesPdf"]))).pages[0].extract_text()
    for code in (*codes, "Anna & Töchter", "10001"):
        assert code in text
    await add_pending(service.world.owner.customer, secret=OTHER_SECRET)
    waiting = await Authenticator.get(confirmed_at=None, customer_id=service.world.owner.customer)
    token = payload["session"]["token"]
    second = await works(service, "twoFactorConfirm", token, deviceId=waiting.id, code=shown(OTHER_SECRET, NOW))
    assert (second["recoveryCodes"], second["recoveryCodesPdf"]) == (None, None)
    assert (await state(service, second["session"]["token"]))["recoveryCodesLeft"] == 10


async def test_the_codes_are_told_also_when_the_sheet_cannot_be_drawn(service: Service, raised: str) -> None:
    await service.made.renderer.close()
    id = await add_pending(service.world.owner.customer)
    payload = await works(service, "twoFactorConfirm", raised, deviceId=id, code=shown(SECRET, NOW))
    assert (len(payload["recoveryCodes"]), payload["recoveryCodesPdf"]) == (10, None)


FIRST_OR_MORE = pytest.mark.parametrize("first", [True, False], ids=["first device", "further device"])


@FIRST_OR_MORE
async def test_a_device_ends_all_other_sessions_of_the_customer_and_trusts_no_device(
    service: Service, raised: str, first: bool
) -> None:
    owner, world = service.world.owner.customer, service.world
    if not first:
        await add_device(owner, secret=OTHER_SECRET)
    await TrustedDevice.create(
        customer_id=owner, token_hash="e" * 64, name="Kiosk", created_at=NOW, last_used_at=NOW,
        expires_at=NOW.replace(year=2027),
    )  # fmt: skip
    id = await add_pending(owner)
    payload = await works(service, "twoFactorConfirm", raised, deviceId=id, code=shown(SECRET, NOW))
    assert not await alive(service, raised), "the old token is dead"
    assert not await alive(service, world.tokens[Caller.OWNER])
    assert await alive(service, payload["session"]["token"])
    assert await alive(service, world.tokens[Caller.PACKAGE]), "it has a password of its own"
    assert await alive(service, world.tokens[Caller.OTHER])
    assert await TrustedDevice.filter(customer_id=owner, package_id=None).count() == 0
    notice = "mail.two_factor_on" if first else "mail.two_factor_device_added"
    mail = await OutboxMessage.get(kind=notice)
    assert (mail.payload["to"], mail.payload["device"]) == (["anna@example.com"], "Neues Handy")


async def test_the_session_stays_raised_as_long_as_it_was(service: Service, raised: str) -> None:
    id = await add_pending(service.world.owner.customer)
    token = (await works(service, "twoFactorConfirm", raised, deviceId=id, code=shown(SECRET, NOW)))["session"]["token"]
    reply = await service.ask("{ viewer { session { elevatedUntil } } }", by=token)
    assert reply.data["viewer"]["session"]["elevatedUntil"] == "2026-03-02T12:05:00Z"


async def test_a_device_can_be_confirmed_for_ten_minutes(service: Service, raised: str) -> None:
    early = (await works(service, "twoFactorBegin", raised, name="Handy"))["setup"]
    late = (await works(service, "twoFactorBegin", raised, name="Tablet"))["setup"]
    service.clock.wait(minutes=10, microseconds=-1)
    code = shown(early["secret"], service.clock.now)
    token = (await works(service, "twoFactorConfirm", raised, deviceId=early["deviceId"], code=code))["session"][
        "token"
    ]
    service.clock.wait(microseconds=1)
    code = shown(late["secret"], service.clock.now)
    given = {"deviceId": late["deviceId"], "code": code}
    assert await refused(service, "twoFactorConfirm", token, **given) == ("NOT_FOUND", ["input", "deviceId"])


async def test_devices_that_waited_too_long_go_with_the_next_beginning(service: Service, raised: str) -> None:
    for _ in range(10):
        await works(service, "twoFactorBegin", raised, name="Handy")
    assert (await refused(service, "twoFactorBegin", raised, name="Handy"))[0] == "CONFLICT"
    service.clock.wait(minutes=10)
    again = await service.token(Caller.OWNER, raised=True)
    await works(service, "twoFactorBegin", again, name="Handy")
    assert await Authenticator.filter(customer_id=service.world.owner.customer).count() == 1


@pytest.mark.parametrize("id", ["", "x", nobodys("aut"), nobodys("ses")])
async def test_a_device_that_does_not_wait_cannot_be_confirmed(service: Service, raised: str, id: str) -> None:
    assert (await refused(service, "twoFactorConfirm", raised, deviceId=id, code="123456"))[0] == "NOT_FOUND"
    foreign = await add_pending(service.world.other.customer)
    code = shown(SECRET, NOW)
    assert (await refused(service, "twoFactorConfirm", raised, deviceId=foreign, code=code))[0] == "NOT_FOUND"
    active = await switch_on(service.world.owner.customer)
    assert (await refused(service, "twoFactorConfirm", raised, deviceId=active, code=code))[0] == "NOT_FOUND"


async def test_wrong_first_codes_are_slowed_down_and_change_nothing(service: Service, raised: str) -> None:
    id = await add_pending(service.world.owner.customer)
    for text in (wrong(), "１２３４５６", "", shown(SECRET, NOW, steps=1), shown(SECRET, NOW, steps=-2)):
        code = await refused(service, "twoFactorConfirm", raised, deviceId=id, code=text)
        assert code == ("TWO_FACTOR_INVALID", ["input", "code"])
    given = {"deviceId": id, "code": shown(SECRET, NOW)}
    assert (await refused(service, "twoFactorConfirm", raised, **given))[0] == "RATE_LIMITED"
    assert (await state(service))["enabled"] is False
    service.clock.wait(seconds=1)
    assert (await works(service, "twoFactorConfirm", raised, **given))["device"]


NAMES = [("", False), (" ", False), ("x" * 80, True), ("x" * 81, False), ("a\x00b", False), ("a\nb", False), ("a  b", False),
         ("a\u202eb", False), (" Handy ", True), ("Übergrößenträger 📱", True), ("\ud800", False)]  # fmt: skip


@pytest.mark.parametrize(("name", "good"), NAMES)
async def test_a_name_is_one_line_that_people_can_read(service: Service, raised: str, name: str, good: bool) -> None:
    reply = await service.ask(
        "mutation($input: TwoFactorBeginInput!) { twoFactorBegin(input: $input) { setup { deviceId } errors { code path } } }",
        {"input": {"name": name}},
        by=raised,
    )
    if reply.status == 400:  # no text in UTF-8
        assert name == "\ud800"
        return
    payload = reply.data["twoFactorBegin"]
    if good:
        assert (await Authenticator.get(id=payload["setup"]["deviceId"])).name == name.strip()
    else:
        assert payload == {"setup": None, "errors": [{"code": "BAD_USER_INPUT", "path": ["input", "name"]}]}


async def test_a_device_is_renamed_by_the_version_that_was_read(service: Service, raised: str) -> None:
    id = await switch_on(service.world.owner.customer)
    device = (await works(service, "twoFactorDeviceRename", raised, id=id, name="Altes Handy", version=1))["device"]
    assert (device["name"], device["version"]) == ("Altes Handy", 2)
    assert (await state(service))["devices"] == [device]
    stale = await refused(service, "twoFactorDeviceRename", raised, id=id, name="Noch eins", version=1)
    assert stale == ("CONFLICT", ["input", "version"])


async def test_a_device_is_removed_but_not_the_last_one(service: Service, raised: str) -> None:
    owner = service.world.owner.customer
    kept = await switch_on(owner)
    gone = await add_device(owner, secret=OTHER_SECRET)
    assert (await works(service, "twoFactorDeviceRemove", raised, id=gone))["deviceId"] == gone
    assert not await alive(service, service.world.tokens[Caller.OWNER])
    assert [device["id"] for device in (await state(service, raised))["devices"]] == [kept]
    assert await refused(service, "twoFactorDeviceRemove", raised, id=kept) == ("CONFLICT", ["input", "id"])
    assert (await OutboxMessage.get(kind="mail.two_factor_device_removed")).payload["device"] == "Tablet"
    assert (await refused(service, "twoFactorDeviceRemove", raised, id=gone))[0] == "NOT_FOUND"


@pytest.mark.parametrize("name", ["twoFactorDeviceRename", "twoFactorDeviceRemove"])
async def test_a_device_of_somebody_else_is_one_that_is_not_there(service: Service, raised: str, name: str) -> None:
    await switch_on(service.world.owner.customer)
    foreign = await switch_on(service.world.other.customer)
    more = {"name": "Meins", "version": 1} if name.endswith("Rename") else {}
    for id in (foreign, nobodys("aut"), "", "x", await add_pending(service.world.owner.customer)):
        assert await refused(service, name, raised, id=id, **more) == ("NOT_FOUND", ["input", "id"])
    assert (await Authenticator.get(id=foreign)).name == "Handy"


async def test_switching_it_off_takes_the_password_and_a_code(service: Service) -> None:
    owner = service.world.owner.customer
    await switch_on(owner)
    token = await service.token(Caller.OWNER)
    code = shown(SECRET, NOW)
    for given, expected in (
        ({"password": "guessed", "code": code}, ("INVALID_CREDENTIALS", ["input", "password"])),
        ({"password": PASSWORD}, ("TWO_FACTOR_REQUIRED", ["input", "code"])),
        ({"password": PASSWORD, "code": wrong()}, ("TWO_FACTOR_INVALID", ["input", "code"])),
    ):
        assert await refused(service, "twoFactorDisable", token, **given) == expected
    assert (await state(service, token))["enabled"] is True
    payload = await works(service, "twoFactorDisable", token, password=PASSWORD, code=code)
    assert not await alive(service, token)
    assert not await alive(service, service.world.tokens[Caller.OWNER])
    assert await alive(service, service.world.tokens[Caller.PACKAGE])
    new = payload["session"]["token"]
    assert await state(service, new) == {"enabled": False, "recoveryCodesLeft": 0, "devices": []}
    assert await Authenticator.filter(customer_id=owner).count() == 0
    assert await RecoveryCode.filter(customer_id=owner).count() == 0
    assert await OutboxMessage.filter(kind="mail.two_factor_off", customer_id=owner).count() == 1
    assert (await works(service, "signIn", Caller.ANONYMOUS, login="anna", password=PASSWORD))["session"]
    off = await refused(service, "twoFactorDisable", new, password=PASSWORD)
    assert off == ("CONFLICT", None)


async def test_a_recovery_code_switches_it_off_too(service: Service) -> None:
    await switch_on(service.world.owner.customer)
    token = await service.token(Caller.OWNER)
    assert (await works(service, "twoFactorDisable", token, password=PASSWORD, recoveryCode=RECOVERY_CODE))["session"]


async def test_a_sign_in_that_waits_ends_when_the_factor_changes(service: Service) -> None:
    await switch_on(service.world.owner.customer)
    challenge = (await works(service, "signIn", Caller.ANONYMOUS, login="anna", password=PASSWORD))[
        "twoFactorChallenge"
    ]
    token = await service.token(Caller.OWNER)
    await works(service, "twoFactorDisable", token, password=PASSWORD, recoveryCode=RECOVERY_CODE)
    await switch_on(service.world.owner.customer)
    over = await refused(
        service, "signInTwoFactor", Caller.ANONYMOUS, token=challenge["token"], code=shown(SECRET, NOW)
    )
    assert over == ("INVALID_CREDENTIALS", ["input", "token"])


async def test_new_codes_take_the_place_of_the_old_ones(service: Service, raised: str) -> None:
    assert await refused(service, "recoveryCodesRegenerate", raised) == ("CONFLICT", None)
    await switch_on(service.world.owner.customer)
    payload = await works(service, "recoveryCodesRegenerate", raised)
    assert len(set(payload["recoveryCodes"])) == 10
    text = PdfReader(io.BytesIO(base64.b64decode(payload["recoveryCodesPdf"]))).pages[0].extract_text()
    assert all(code in text for code in payload["recoveryCodes"])
    assert await OutboxMessage.filter(kind="mail.recovery_codes_regenerated").count() == 1
    assert await alive(service, service.world.tokens[Caller.OWNER]), "nobody is signed out by it"
    given = {"password": PASSWORD, "recoveryCode": RECOVERY_CODE}
    assert (await refused(service, "reauthenticate", raised, **given))[0] == "TWO_FACTOR_INVALID"
    assert (
        await works(service, "reauthenticate", raised, password=PASSWORD, recoveryCode=payload["recoveryCodes"][9])
    )["session"]


async def test_step_up_takes_a_code_where_there_is_a_second_factor(service: Service) -> None:
    await switch_on(service.world.owner.customer)
    token = await service.token(Caller.OWNER)
    code = shown(SECRET, NOW)
    for given, expected in (
        ({"password": "guessed", "code": code}, ("INVALID_CREDENTIALS", ["input", "password"])),
        ({"password": PASSWORD}, ("TWO_FACTOR_REQUIRED", ["input", "code"])),
        ({"password": PASSWORD, "code": wrong()}, ("TWO_FACTOR_INVALID", ["input", "code"])),
    ):
        assert await refused(service, "reauthenticate", token, **given) == expected
    payload = await works(service, "reauthenticate", token, password=PASSWORD, code=code)
    again = await refused(service, "reauthenticate", payload["session"]["token"], password=PASSWORD, code=code)
    assert again == ("TWO_FACTOR_INVALID", ["input", "code"]), "a code that was used anywhere is used up everywhere"


async def test_asking_for_step_up_without_a_code_costs_nothing(service: Service) -> None:
    await switch_on(service.world.owner.customer)
    token = await service.token(Caller.OWNER)
    for _ in range(20):
        assert (await refused(service, "reauthenticate", token, password=PASSWORD))[0] == "TWO_FACTOR_REQUIRED"
    assert await works(service, "reauthenticate", token, password=PASSWORD, code=shown(SECRET, NOW))


async def test_a_code_is_used_up_for_every_use(service: Service) -> None:
    await switch_on(service.world.owner.customer)
    challenge = (await works(service, "signIn", Caller.ANONYMOUS, login="anna", password=PASSWORD))[
        "twoFactorChallenge"
    ]
    code = shown(SECRET, NOW)
    session = (await works(service, "signInTwoFactor", Caller.ANONYMOUS, token=challenge["token"], code=code))[
        "session"
    ]
    for name in ("reauthenticate", "twoFactorDisable"):
        assert (await refused(service, name, session["token"], password=PASSWORD, code=code))[0] == "TWO_FACTOR_INVALID"


async def test_of_fifty_parallel_step_ups_with_one_code_one_succeeds(serve: Serve) -> None:
    async with serve(**WIDE_OPEN, password_queue=60) as service:
        owner = service.world.owner.customer
        await switch_on(owner)
        tokens = [(await open_session(owner))[1] for _ in range(50)]
        given, before = (
            {"password": PASSWORD, "code": shown(SECRET, NOW)},
            await Session.exclude(elevated_until=None).count(),
        )
        payloads = await asyncio.gather(*(change(service, "reauthenticate", token, **given) for token in tokens))
        assert sum(payload["session"] is not None for payload in payloads) == 1
        assert await Session.exclude(elevated_until=None).count() == before + 1


async def test_of_parallel_removals_one_device_stays(service: Service, raised: str) -> None:
    owner = service.world.owner.customer
    ids = [await switch_on(owner), await add_device(owner, secret=OTHER_SECRET)]
    payloads = await asyncio.gather(*(change(service, "twoFactorDeviceRemove", raised, id=id) for id in ids * 10))
    assert sum(payload["deviceId"] is not None for payload in payloads) == 1
    assert await Authenticator.filter(customer_id=owner).count() == 1


async def test_of_parallel_confirmations_one_counts(serve: Serve) -> None:
    async with serve(**WIDE_OPEN) as service:
        owner = service.world.owner.customer
        await switch_off(owner)
        id = await add_pending(owner)
        tokens = [(await open_session(owner))[1] for _ in range(20)]
        given = {"deviceId": id, "code": shown(SECRET, NOW)}
        replies = await asyncio.gather(
            *(
                service.ask(
                    "mutation($input: TwoFactorConfirmInput!)"
                    " { twoFactorConfirm(input: $input) { recoveryCodes errors { code } } }",
                    {"input": given},
                    by=token,
                )
                for token in tokens
            )
        )
        won = [
            r for r in replies if r.status == 200 and (r.json["data"]["twoFactorConfirm"] or {}).get("recoveryCodes")
        ]
        assert len(won) == 1
        assert await RecoveryCode.filter(customer_id=owner).count() == 10
        assert await OutboxMessage.filter(kind="mail.two_factor_on").count() == 1


async def test_of_parallel_beginnings_no_more_than_ten_wait(service: Service, raised: str) -> None:
    await asyncio.gather(*(change(service, "twoFactorBegin", raised, name="Handy") for _ in range(30)))
    assert await Authenticator.filter(customer_id=service.world.owner.customer).count() == 10


async def test_a_package_login_sees_and_changes_nothing_of_it(service: Service) -> None:
    await switch_on(service.world.owner.customer)
    reply = await service.both(STATE, by=Caller.PACKAGE)
    assert reply.code == "FORBIDDEN"
    assert reply.json["data"] == {"customer": None}


async def test_a_copy_of_the_database_holds_neither_secret_nor_codes(service: Service, raised: str) -> None:
    from tests.auth.test_secrets_at_rest import dump

    setup = (await works(service, "twoFactorBegin", raised, name="Mein Handy"))["setup"]
    code = shown(setup["secret"], NOW)
    payload = await works(service, "twoFactorConfirm", raised, deviceId=setup["deviceId"], code=code)
    everything = await dump()
    assert "Mein Handy" in everything
    for secret in (setup["secret"], code, payload["session"]["token"], *payload["recoveryCodes"]):
        assert secret not in everything
        assert secret.replace("-", "") not in everything


async def test_every_change_is_written_down(service: Service, raised: str) -> None:
    setup = (await works(service, "twoFactorBegin", raised, name="Handy"))["setup"]
    code = shown(setup["secret"], NOW)
    token = (await works(service, "twoFactorConfirm", raised, deviceId=setup["deviceId"], code=code))["session"][
        "token"
    ]
    await works(service, "twoFactorDeviceRename", token, id=setup["deviceId"], name="Altes Handy", version=1)
    await works(service, "recoveryCodesRegenerate", token)
    service.clock.wait(seconds=30)
    await works(service, "twoFactorDisable", token, password=PASSWORD, code=shown(setup["secret"], service.clock.now))
    entries = await AuditEvent.filter(actor_id=service.world.owner.customer).order_by("id")
    assert [(entry.action, entry.object_id) for entry in entries] == [
        ("two_factor.begin", setup["deviceId"]),
        ("two_factor.confirm", setup["deviceId"]),
        ("two_factor.rename", setup["deviceId"]),
        ("recovery_codes.regenerate", None),
        ("two_factor.disable", None),
    ]


async def test_a_secret_whose_key_is_gone_lets_nobody_in_but_recovery_codes_do(service: Service) -> None:
    owner = service.world.owner.customer
    await switch_on(owner)
    await Authenticator.filter(customer_id=owner).update(secret_sealed="7:gone")
    token = await service.token(Caller.OWNER)
    code = shown(SECRET, NOW)
    assert (await refused(service, "reauthenticate", token, password=PASSWORD, code=code))[0] == "TWO_FACTOR_INVALID"
    assert await works(service, "reauthenticate", token, password=PASSWORD, recoveryCode=RECOVERY_CODE)
