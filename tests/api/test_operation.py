"""Changes on their way to the host's systems, as customers, package logins and tokens see them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gateway.auth.tokens import TokenKind, new_token, token_hash
from models import ApiToken, ApiTokenDomain, Operation
from tests.api.service import Service
from tests.world import NOW, Caller

ASKED = """query Operations($id: ID!, $filter: OperationFilter) {
  package(id: $id) { operations(filter: $filter) {
    totalCount nodes { id number kind subjectId state progress error message requestedAt startedAt finishedAt package { id } }
  } }
}"""


async def listed(
    service: Service, by: Caller = Caller.OWNER, package: str = "shop", **more: Any
) -> list[dict[str, Any]]:
    """The operations of a package, from both engines."""
    given = {"id": service.world.owner.packages[package], **more}
    page = (await service.both(ASKED, given, by=by)).data["package"]["operations"]
    assert page["totalCount"] == len(page["nodes"])
    nodes: list[dict[str, Any]] = page["nodes"]
    return nodes


async def test_the_operations_of_a_package_are_told_latest_first(service: Service) -> None:
    nodes = await listed(service)
    assert [node["number"] for node in nodes] == [4, 3, 2, 1]
    failed, done = nodes[0], nodes[-1]
    assert (failed["kind"], failed["state"], failed["error"]) == ("mailbox.change", "FAILED", "QUOTA_TOO_LARGE")
    assert failed["message"].startswith("The system for this refused the change.")
    assert (done["state"], done["progress"], done["error"], done["message"]) == ("SUCCEEDED", 100, None, None)
    assert (done["requestedAt"], done["finishedAt"]) == ("2026-02-23T12:00:00Z", "2026-02-25T12:00:00Z")
    assert done["package"] == {"id": service.world.owner.packages["shop"]}


async def test_operations_can_be_chosen_by_state_and_kind(service: Service) -> None:
    assert [node["number"] for node in await listed(service, filter={"state": ["FAILED", "QUEUED"]})] == [4]
    assert [node["number"] for node in await listed(service, filter={"kind": ["web_host.change"]})] == [2, 1]
    assert await listed(service, filter={"state": ["RUNNING"]}) == []
    mailbox = service.world.owner.mailboxes["info@laden.example"]
    assert [node["number"] for node in await listed(service, filter={"subjectId": [mailbox]})] == [4]


async def test_an_error_of_our_own_is_explained_in_the_language_of_the_request(service: Service) -> None:
    (node,) = await listed(service, package="club")
    assert node["error"] == "UNREACHABLE"
    id = service.world.owner.operations["mailbox.create"]
    reply = await service.both(
        f'{{ operation(id: "{id}") {{ message }} }}', by=Caller.OWNER, headers={"accept-language": "de"}
    )
    assert reply.data["operation"]["message"].startswith("Das zuständige System war lange nicht erreichbar.")


async def test_a_package_login_sees_those_of_its_package_alone(service: Service) -> None:
    assert len(await listed(service, Caller.PACKAGE)) == 4
    club = service.world.owner.operations["mailbox.create"]
    asked = f'{{ operation(id: "{club}") {{ id }} node(id: "{club}") {{ id }} }}'
    assert (await service.both(asked, by=Caller.PACKAGE)).data == {"operation": None, "node": None}
    assert (await service.both(asked, by=Caller.OTHER)).data == {"operation": None, "node": None}
    assert (await service.both(asked, by=Caller.OWNER)).data == {"operation": {"id": club}, "node": {"id": club}}


@pytest.mark.parametrize(
    "id", ["", "ope_", "mbx_01h455vb4pex5vsknk084sn02q", "ope_01h455vb4pex5vsknk084sn02q", "x" * 5_000]
)
async def test_what_is_no_operation_is_none(service: Service, id: str) -> None:
    asked = "query ($id: ID!) { operation(id: $id) { id } }"
    assert (await service.both(asked, {"id": id}, by=Caller.OWNER)).data == {"operation": None}


async def test_a_token_for_a_domain_sees_what_is_about_that_domain_and_its_host_names_alone(service: Service) -> None:
    house = service.world.owner
    package = house.packages["shop"]
    about = {"dns.change": house.domains["laden.example"], "web_host.delete": "whs_01h455vb4pex5vsknk084sn02q"}
    for number, (kind, subject) in enumerate(about.items(), 5):
        await Operation.create(
            customer_id=house.customer, package_id=package, number=number, kind=kind, subject_id=subject, state="QUEUED",
            desired={}, requested_at=NOW, available_at=NOW,
        )  # fmt: skip
    assert len(await listed(service, Caller.PACKAGE)) == 6
    nodes = await listed(service, Caller.DOMAIN_TOKEN)
    assert [(node["number"], node["kind"]) for node in nodes] == [(5, "dns.change"), (1, "web_host.change")]
    hidden = house.operations["mailbox.change"]
    asked = f'{{ operation(id: "{hidden}") {{ id }} node(id: "{hidden}") {{ id }} }}'
    assert (await service.both(asked, by=Caller.DOMAIN_TOKEN)).data == {"operation": None, "node": None}


async def test_a_token_for_no_domain_any_more_sees_none(service: Service) -> None:
    house = service.world.owner
    token = new_token(TokenKind.API)
    row = await ApiToken.create(
        customer_id=house.customer, package_id=house.packages["shop"], name="Skript", all_domains=False,
        token_hash=token_hash(TokenKind.API, token), scopes=["PACKAGE_READ", "DOMAIN_READ"], created_at=NOW,
        expires_at=NOW + timedelta(days=9),
    )  # fmt: skip
    assert await ApiTokenDomain.filter(token_id=row.id).count() == 0
    asked = "{ packages { nodes { operations { totalCount nodes { id } } } } }"
    reply = await service.both(asked, by=token)
    assert reply.data["packages"]["nodes"] == [{"operations": {"totalCount": 0, "nodes": []}}]


async def test_nothing_tells_what_was_wanted_or_how_often_it_was_tried(service: Service) -> None:
    for name in ("desired", "secretsSealed", "attempts", "deadAt", "customer"):
        asked = f"{{ packages {{ nodes {{ operations {{ nodes {{ {name} }} }} }} }} }}"
        reply = await service.ask(asked, by=Caller.OWNER)
        assert reply.code == "GRAPHQL_VALIDATION_FAILED", name
