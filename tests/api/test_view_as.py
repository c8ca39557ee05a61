"""The customer sees exactly what the login of a package would see, and changes nothing by it."""

from __future__ import annotations

import pytest

from gateway.auth.viewer import TECHNICAL_SCOPES
from models import Package
from tests.api.graph import graph, operation
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.api.test_permission_matrix import queries
from tests.world import Caller, nobodys

OWN_SESSION = {"Session", "Viewer"}
"""Where the customer's own session shows in the place of the login's."""


async def test_every_query_gets_the_answer_the_package_login_gets(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    compared = 0
    for path in queries(Caller.PACKAGE, service.world):
        if {edge.target for edge in path} & OWN_SESSION:
            continue
        text = operation(graph(), service.world, path)
        theirs = await service.ask(text, by=Caller.PACKAGE)
        mine = await service.ask(text, by=Caller.OWNER, headers={"x-view-as": shop})
        assert mine.same_as(theirs), text
        compared += 1
    assert compared > 50


async def test_it_looks_and_changes_nothing(service: Service) -> None:
    shop, token = service.world.owner.packages["shop"], await service.token(Caller.OWNER, raised=True)
    await service.ask("{ viewer { scopes } }", by=token)
    await service.settle()
    before = await stored()
    for text in (
        f'mutation {{ packageRename(input: {{id: "{shop}", version: 1, name: "Neu"}}) {{ errors {{ code }} }} }}',
        "mutation { signOut { errors { code } } }",
        f'mutation {{ packagePasswordRemove(input: {{packageId: "{shop}"}}) {{ errors {{ code }} }} }}',
        "mutation { feedbackCreate(input: {rating: 5}) { errors { code } } }",
    ):
        reply = await service.ask(text, by=token, headers={"x-view-as": shop})
        assert reply.code == "FORBIDDEN", text
    assert changed(before, await stored()) == set()
    assert (await service.ask("{ viewer { scopes } }", by=token)).status == 200


@pytest.mark.parametrize(
    "caller", [Caller.PACKAGE, Caller.SIBLING, Caller.NARROW_TECHNICAL, Caller.DOMAIN_TOKEN], ids=str
)
async def test_nobody_else_may(caller: Caller, service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    reply = await service.ask("{ viewer { scopes } }", by=caller, headers={"x-view-as": shop})
    assert (reply.code, reply.json.get("data")) == ("FORBIDDEN", None)
    reply = await service.ask("{ passwordPolicy { minLength } }", headers={"x-view-as": shop})
    assert (reply.code, reply.status) == ("UNAUTHENTICATED", 401)


@pytest.mark.parametrize("id", ["", "shop", "pkg_1", nobodys("pkg"), "pkg_ß", "x" * 4_000])
async def test_a_package_of_somebody_else_is_none(id: str, service: Service) -> None:
    foreign = service.world.other.packages["shop"]
    for which in (id, foreign):
        headers = {"x-view-as": which.encode("latin-1")}
        reply = await service.ask("{ viewer { scopes } }", by=Caller.OWNER, headers=headers)
        assert (reply.code, reply.json.get("data")) == ("NOT_FOUND", None)


async def test_a_package_without_a_password_can_be_looked_at_before_one_is_set(service: Service) -> None:
    bare = service.world.owner.packages["bare"]
    assert (await Package.get(id=bare)).password_hash is None
    reply = await service.both("{ viewer { scopes package { id } } }", by=Caller.OWNER, headers={"x-view-as": bare})
    viewer = reply.data["viewer"]
    assert viewer["package"] == {"id": bare}
    assert set(viewer["scopes"]) == TECHNICAL_SCOPES
