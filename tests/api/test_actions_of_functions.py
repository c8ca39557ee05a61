"""What mailboxes, addresses, host names, accounts and jobs offer is what their mutations take, in many random states.

So is what `Package.resources` says of making one more of anything. Databases, apps and backups have tests of their own.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from models import Domain, MailAddress, Mailbox, Package, PackageFunction, PackageType, SshKey
from models.rules.resource import RESOURCES
from tests.api.cases import CASES
from tests.api.cases.cron_job import PLAN
from tests.api.cases.website_app import a_host
from tests.api.graph import graph
from tests.api.service import Service
from tests.auth.test_ssh_key_line import ED25519
from tests.proofs import counted
from tests.world import NOW, Caller, World

ROUNDS = 25
"""Random states of the package; in each, every action of a fresh object of every kind is tried."""

NUMBERS = count(1)
"""For names that nobody has."""

Input = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A type with a menu: how a fresh object of it is made, and the mutation with its input behind each entry."""

    type: str
    id: str
    make: Callable[[World], Awaitable[str]]
    behind: dict[str, tuple[str, Input]]


def _made_by(mutation: str, field: str) -> Callable[[World], Awaitable[str]]:
    async def make(world: World) -> str:
        given = await CASES[mutation].working(world, Caller.OWNER)
        assert given is not None
        return str(given[field])

    return make


async def _mailbox(world: World) -> str:
    number = next(NUMBERS)
    row = await Mailbox.create(
        customer_id=world.owner.customer, package_id=world.owner.packages["shop"], address=f"m{number}@laden.example",
        quota_mb=100, created_at=NOW, **({"auto_reply_text": "Urlaub"} if number % 2 else {}),
    )  # fmt: skip
    return row.id


async def _mail_address(world: World) -> str:
    row = await MailAddress.create(
        customer_id=world.owner.customer, package_id=world.owner.packages["shop"], targets=["anna@example.com"],
        domain_id=world.owner.domains["laden.example"], address=f"a{next(NUMBERS)}@laden.example",
        created_at=NOW,
    )  # fmt: skip
    return row.id


async def _host(world: World) -> str:
    return str((await a_host(world.owner)).id)


FOLDER = {"target": "WEB_ROOT", "webRoot": "neu", "phpVersion": "8.4"}
KINDS = (
    Kind("Mailbox", "mailboxId", _mailbox, {
        "CHANGE": ("mailboxChange", {"displayName": "Neu"}),
        "PASSWORD_CHANGE": ("mailboxPasswordChange", {}),
        "AUTO_REPLY_SET": ("mailboxAutoReplySet", {"subject": "Weg", "text": "Bis bald."}),
        "AUTO_REPLY_CLEAR": ("mailboxAutoReplyClear", {}),
        "DELETE": ("mailboxDelete", {}),
    }),
    Kind("MailAddress", "mailAddressId", _mail_address, {
        "CHANGE": ("mailAddressChange", {"targets": ["weiter@example.net"]}),
        "DELETE": ("mailAddressDelete", {}),
    }),
    Kind("WebHost", "webHostId", _host, {
        "CHANGE": ("webHostChange", FOLDER),
        "DELETE": ("webHostDelete", {}),
    }),
    Kind("SftpAccount", "sftpAccountId", _made_by("sftpAccountDelete", "sftpAccountId"), {
        "CHANGE": ("sftpAccountChange", {"directory": "neu", "access": "SFTP"}),
        "PASSWORD_ROTATE": ("sftpAccountPasswordRotate", {}),
        "PASSWORD_REMOVE": ("sftpAccountPasswordRemove", {}),
        "KEY_ADD": ("sshKeyAdd", {"publicKey": ED25519}),
        "DELETE": ("sftpAccountDelete", {}),
    }),
    Kind("CronJob", "cronJobId", _made_by("cronJobDelete", "cronJobId"), {
        "CHANGE": ("cronJobChange", PLAN),
        "DELETE": ("cronJobDelete", {}),
    }),
)  # fmt: skip

MENU = "version actions { name allowed message }"
MAKES = {
    "MAILBOX": "mailboxCreate", "MAIL_ADDRESS": "mailAddressCreate", "WEB_HOST": "webHostCreate", "DATABASE": "databaseCreate",
    "SFTP_ACCOUNT": "sftpAccountCreate", "CRON_JOB": "cronJobCreate", "WEBSITE_APP": "websiteAppInstall",
    "BACKUP": "backupCreate",
}  # fmt: skip
"""The mutation that makes one more of a resource."""


async def shaken(service: Service, dice: random.Random) -> None:
    """Give the shop any states, as an import could."""
    owner = service.world.owner
    state = dice.choice(["ACTIVE", "ACTIVE", "ACTIVE", "CANCELLED", "SUSPENDED", "PROVISIONING", "ENDED"])
    await Package.filter(id=owner.packages["shop"]).update(state=state)
    domain = dice.choice(["ACTIVE", "ACTIVE", "ACTIVE", "PENDING", "TRANSFERRING", "CANCELLED"])
    await Domain.filter(package_id=owner.packages["shop"]).update(state=domain)
    functions = [name.value for name in PackageFunction if dice.random() < 0.85]
    limits = {one.limit: dice.choice([0, 1_000]) for one in RESOURCES}
    await PackageType.filter(id=service.world.package_type).update(functions=functions, **limits)


async def called(service: Service, name: str, given: Input) -> dict[str, Any]:
    """A mutation's payload."""
    kind = f"{name[0].upper()}{name[1:]}Input"
    text = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ errors {{ code message path }} }} }}"
    payload = (await service.ask(text, {"input": given}, by=Caller.OWNER)).data[name]
    assert isinstance(payload, dict)
    return payload


def agrees(entry: dict[str, Any], payload: dict[str, Any]) -> None:
    """Accepted exactly if it is offered, and otherwise refused in the words of the menu."""
    codes = [error["code"] for error in payload["errors"]]
    assert codes == ([] if entry["allowed"] else ["CONFLICT"]), (entry, payload)
    if codes:
        assert payload["errors"][0]["message"] == entry["message"]


async def test_what_is_offered_is_taken_and_what_is_refused_is_refused_in_the_same_words(service: Service) -> None:
    dice, seen = random.Random(5), Counter[tuple[str, str, bool]]()
    for _ in range(ROUNDS):
        await shaken(service, dice)
        for kind in KINDS:
            text = f"query($id: ID!) {{ node(id: $id) {{ ... on {kind.type} {{ {MENU} }} }} }}"
            assert set(graph().schema.type_map[f"{kind.type}ActionName"].values) == set(kind.behind)  # type: ignore[attr-defined]
            for name, (mutation, more) in kind.behind.items():
                id = await kind.make(service.world)
                if kind.type == "SftpAccount" and dice.random() < 0.5:
                    await with_keys(service.world, id, dice.choice([1, 10]))
                found = (await service.both(text, {"id": id}, by=Caller.OWNER)).data["node"]
                (entry,) = (one for one in found["actions"] if one["name"] == name)
                fields = graph().schema.type_map[f"{mutation[0].upper()}{mutation[1:]}Input"].fields  # type: ignore[attr-defined]
                given = {kind.id: id, **more} | ({"version": found["version"]} if "version" in fields else {})
                agrees(entry, await called(service, mutation, given))
                seen[kind.type, name, entry["allowed"]] += 1
    expected = {(kind.type, name, allowed) for kind in KINDS for name in kind.behind for allowed in (True, False)}
    assert set(seen) == expected
    counted("action ⇔ mutation cases", seen.total(), of="mail, host names, accounts and jobs")


async def with_keys(world: World, id: str, many: int) -> None:
    """Let keys open an account."""
    for number in range(many):
        await SshKey.create(
            customer_id=world.owner.customer, package_id=world.owner.packages["shop"], account_id=id, type="ssh-ed25519",
            public_key="ssh-ed25519 AAAA", fingerprint=f"SHA256:{id}{number}"[-50:], created_at=NOW,
        )  # fmt: skip


async def test_one_more_is_made_exactly_where_there_is_room(service: Service) -> None:
    dice, seen = random.Random(6), Counter[tuple[str, bool]]()
    text = "query($id: ID!) { package(id: $id) { resources { name allowed message } } }"
    shop = {"id": service.world.owner.packages["shop"]}
    for number in range(ROUNDS):
        for name, mutation in MAKES.items():
            await Package.filter(id=shop["id"]).update(state="ACTIVE")
            given = await CASES[mutation].working(service.world, Caller.OWNER)
            assert given is not None
            given |= {"localPart": f"{name.lower()}{number}"} if "localPart" in given else {}
            given |= {"name": f"neu{number}"} if mutation == "webHostCreate" else {}
            await shaken(service, dice)
            await Domain.filter(package_id=shop["id"]).update(state="ACTIVE")  # where it is not, that is the reason
            stock = (await service.both(text, shop, by=Caller.OWNER)).data["package"]["resources"]
            (entry,) = (one for one in stock if one["name"] == name)
            agrees(entry, await called(service, mutation, given))
            seen[name, entry["allowed"]] += 1
    assert set(seen) == {(name, allowed) for name in MAKES for allowed in (True, False)}
    counted("action ⇔ mutation cases", seen.total(), of="making one more")
