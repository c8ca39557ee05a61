"""The username: its rule as data, whether a name can be had, and changing it (SECURITY AU9, AU10)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from models import AuditEvent, Customer, OutboxMessage
from tests.api.service import Reply, Service
from tests.api.stored import changed, stored
from tests.world import NOW, PASSWORD, Caller, World, open_session

POLICY = "{ usernamePolicy { text allowedCharacters pattern minLength maxLength examples } }"
AVAILABLE = """query($name: String!) {
  usernameAvailable(username: $name) { available username code message } }"""
CHANGE = """mutation($input: UsernameChangeInput!) { usernameChange(input: $input) {
  customer { id username version } errors { code message path } } }"""
REMOVE = """mutation($input: UsernameRemoveInput!) { usernameRemove(input: $input) {
  customer { username version } errors { code message path } } }"""
SIGN_IN = "mutation($input: SignInInput!) { signIn(input: $input) { session { kind } errors { code } } }"


async def change(
    service: Service, username: str, version: int = 1, token: str | None = None, **options: Any
) -> dict[str, Any]:
    token = token or await service.token(Caller.OWNER, raised=True)
    reply = await service.ask(CHANGE, {"input": {"username": username, "version": version}}, by=token, **options)
    payload = reply.data["usernameChange"]
    assert isinstance(payload, dict)
    return payload


async def available(service: Service, name: str, **options: Any) -> dict[str, Any]:
    found = (await service.ask(AVAILABLE, {"name": name}, by=Caller.OWNER, **options)).data["usernameAvailable"]
    assert isinstance(found, dict)
    return found


async def enters(service: Service, login: str) -> bool:
    payload = (await service.ask(SIGN_IN, {"input": {"login": login, "password": PASSWORD}})).data["signIn"]
    return payload["session"] is not None


async def rivals(world: World, many: int) -> list[str]:
    """Raised tokens of customers made for this: like Bernd, under other numbers."""
    tokens = []
    for number in range(many):
        row = await Customer.get(id=world.other.customer)
        rival = row.clone(pk=f"cus_{number:026}")
        rival.number, rival.username = f"7{number:05}", None
        await rival.save()
        tokens.append((await open_session(rival.id, raised=True))[1])
    return tokens


async def test_the_rule_is_data_in_the_language_of_the_request(service: Service) -> None:
    english = (await service.both(POLICY, by=Caller.OWNER)).data["usernamePolicy"]
    german = (await service.both(POLICY, by=Caller.PACKAGE, headers={"accept-language": "de"})).data["usernamePolicy"]
    assert (english["minLength"], english["maxLength"]) == (3, 32)
    assert "3 to 32 characters" in english["text"]
    assert "3 bis 32 Zeichen" in german["text"]
    assert "Unterstrich" in german["allowedCharacters"]
    for example in english["examples"]:
        assert (await available(service, example))["available"]


async def test_a_new_name_signs_in_at_once_and_the_customer_number_still_does(service: Service) -> None:
    payload = await change(service, "Anna_Neu")
    assert payload["errors"] == []
    assert payload["customer"] == {"id": service.world.owner.customer, "username": "anna_neu", "version": 2}
    assert await enters(service, "anna_neu")
    assert await enters(service, " ANNA_NEU ")
    assert await enters(service, "10001")
    assert not await enters(service, "anna")


async def test_a_change_is_confirmed_by_mail_and_written_down(service: Service) -> None:
    await change(service, "anna_neu")
    mail = await OutboxMessage.get(kind="mail.username_changed")
    assert (mail.payload["to"], mail.payload["username"]) == (["anna@example.com"], "anna_neu")
    entry = await AuditEvent.get(action="username.change")
    assert (entry.result, entry.object_id, entry.occurred_at) == ("OK", service.world.owner.customer, NOW)


async def test_a_name_that_is_removed_signs_nobody_in_and_can_be_had_again(service: Service) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    payload = (await service.ask(REMOVE, {"input": {"version": 1}}, by=token)).data["usernameRemove"]
    assert payload == {"customer": {"username": None, "version": 2}, "errors": []}
    assert not await enters(service, "anna")
    assert await enters(service, "10001")
    assert (await OutboxMessage.get(kind="mail.username_removed")).payload["username"] == "anna"
    assert await AuditEvent.filter(action="username.remove").count() == 1
    others = await service.token(Caller.OTHER, raised=True)
    assert (await change(service, "anna", token=others))["errors"] == []


async def test_without_a_name_there_is_nothing_to_remove(service: Service) -> None:
    await Customer.filter(id=service.world.owner.customer).update(username=None)
    token = await service.token(Caller.OWNER, raised=True)
    payload = (await service.ask(REMOVE, {"input": {"version": 1}}, by=token)).data["usernameRemove"]
    assert (payload["customer"], payload["errors"][0]["code"]) == (None, "CONFLICT")


@pytest.mark.parametrize(
    ("username", "says"),
    [
        ("ännchen", "ä (U+00E4)"),
        ("ev\u0435", "\u0435 (U+0435)"),
        ("eve\u202e", "U+202E"),
        ("eve\x00", "U+0000"),
        ("eve adams", "U+0020"),
        ("x" * 33, "at most 32"),
        ("x" * 60_000, "at most 32"),
        ("ab", "at least 3"),
        ("", "at least 3"),
        ("-eve", "begins with"),
        ("20481937", "at least one letter"),
        ("kd-20481937", "customer number"),
        ("anna.example", "domain name"),
        ("Ad_Min", "reserved"),
        ("ANNA", "your username already"),
    ],
)
async def test_a_name_that_cannot_be_is_refused_with_what_is_wrong(service: Service, username: str, says: str) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    before = await stored()
    payload = await change(service, username, token=token)
    (error,) = payload["errors"]
    assert (payload["customer"], error["code"], error["path"]) == (None, "BAD_USER_INPUT", ["input", "username"])
    assert says in error["message"]
    assert len(error["message"]) < 300
    assert changed(before, await stored()) == set()
    looked = await available(service, username)
    assert (looked["available"], looked["code"], looked["message"]) == (False, "BAD_USER_INPUT", error["message"])


async def test_a_refusal_is_told_in_german_too(service: Service) -> None:
    (error,) = (await change(service, "eve adams", headers={"accept-language": "de"}))["errors"]
    assert error["message"].startswith("Diese Zeichen sind nicht möglich: U+0020.")


@pytest.mark.parametrize("username", ["bernd", "Bernd", "BERND"])
async def test_a_name_that_another_customer_has_is_taken_in_any_case(service: Service, username: str) -> None:
    (error,) = (await change(service, username))["errors"]
    assert (error["code"], error["path"]) == ("CONFLICT", ["input", "username"])
    assert await available(service, username) == {
        "available": False,
        "username": "bernd",
        "code": "CONFLICT",
        "message": error["message"],
    }


async def test_a_look_alike_of_a_taken_name_is_refused(service: Service) -> None:
    (error,) = (await change(service, "b\u0435rnd"))["errors"]
    assert error["code"] == "BAD_USER_INPUT"


async def test_a_stale_version_changes_nothing(service: Service) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    before = await stored()
    for version in (0, 2, -1, 2**31 - 1):
        (error,) = (await change(service, "anna_neu", version, token))["errors"]
        assert (error["code"], error["path"]) == ("CONFLICT", ["input", "version"])
        payload = (await service.ask(REMOVE, {"input": {"version": version}}, by=token)).data["usernameRemove"]
        assert payload["errors"][0]["path"] == ["input", "version"]
    assert changed(before, await stored()) == set()


async def test_of_twenty_customers_who_want_one_name_at_once_one_gets_it(service: Service) -> None:
    tokens = await rivals(service.world, 20)
    names = ["begehrt", "Begehrt", "BEGEHRT", "beGEHRT"] * 5
    payloads = await asyncio.gather(*(change(service, n, token=t) for n, t in zip(names, tokens, strict=True)))
    assert sorted(p["errors"][0]["code"] if p["errors"] else "" for p in payloads) == ["", *["CONFLICT"] * 19]
    assert await Customer.filter(username="begehrt").count() == 1
    assert await OutboxMessage.filter(kind="mail.username_changed").count() == 1
    assert await AuditEvent.filter(action="username.change").count() == 1


async def test_of_parallel_changes_of_one_customer_one_wins(service: Service) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    payloads = await asyncio.gather(*(change(service, f"name-{n}", token=token) for n in range(10)))
    assert sorted(p["errors"][0]["code"] if p["errors"] else "" for p in payloads) == ["", *["CONFLICT"] * 9]
    assert await OutboxMessage.filter(kind="mail.username_changed").count() == 1


async def test_questions_about_names_are_counted_and_those_of_others_go_on(service: Service) -> None:
    for number in range(30):
        assert (await available(service, f"frei-{number}"))["available"]
    reply = await service.ask(AVAILABLE, {"name": "frei"}, by=Caller.OWNER)
    assert reply.json["data"] == {"usernameAvailable": None}
    assert (reply.code, reply.errors[0]["extensions"]["retryAfter"]) == ("RATE_LIMITED", 60)
    assert (await change(service, "frei"))["errors"][0]["code"] == "RATE_LIMITED"
    assert (await service.ask(AVAILABLE, {"name": "frei"}, by=Caller.OTHER)).data["usernameAvailable"]["available"]
    service.clock.wait(seconds=60)
    assert (await available(service, "frei"))["available"]


async def test_aliases_count_each(service: Service) -> None:
    asked = " ".join(f'a{n}: usernameAvailable(username: "frei-{n}") {{ available }}' for n in range(20))
    replies = [await service.ask(f"{{ {asked} }}", by=Caller.OWNER) for _ in range(2)]
    answers = [value for reply in replies for value in reply.json["data"].values()]
    assert len([answer for answer in answers if answer is not None]) == 30


@pytest.mark.parametrize("caller", [Caller.PACKAGE, Caller.NARROW_CONTRACTUAL, Caller.ANONYMOUS], ids=str)
async def test_only_who_may_change_the_name_can_ask_for_names(service: Service, caller: Caller) -> None:
    reply: Reply = await service.ask(AVAILABLE, {"name": "bernd"}, by=caller)
    assert reply.json["data"] == {"usernameAvailable": None}
    assert reply.code in ("FORBIDDEN", "UNAUTHENTICATED")
