"""What is told before anything is handed over is what holds afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.auth.viewer import TECHNICAL_SCOPES
from tests.api.graph import PUBLIC, SIGN_IN, graph
from tests.api.service import Service
from tests.world import Caller, nobodys

ASK = """query($id: ID!, $scopes: [Scope!], $granted: Boolean) {
  accessPreview(packageId: $id, scopes: $scopes, granted: $granted) {
    scopes decisions { kind typeName fieldName granted requiredScope } } }"""


async def preview(service: Service, **given: Any) -> dict[str, Any]:
    variables = {"id": service.world.owner.packages["shop"], **given}
    found = (await service.ask(ASK, variables, by=Caller.OWNER)).data["accessPreview"]
    assert isinstance(found, dict)
    return found


def of_package_login() -> dict[str, bool]:
    """What the SDL grants a package login, by coordinate."""
    return {field: graph().allows(field, TECHNICAL_SCOPES, signed_in=True) for field in graph().needs}


async def test_it_says_of_every_field_what_the_sdl_says(service: Service) -> None:
    found = await preview(service)
    assert set(found["scopes"]) == TECHNICAL_SCOPES
    told = {f"{one['typeName']}.{one['fieldName']}": one for one in found["decisions"]}
    assert {field: one["granted"] for field, one in told.items()} == of_package_login()
    for field, one in told.items():
        need = graph().needs[field]
        assert one["requiredScope"] == (None if need in (PUBLIC, SIGN_IN) else need)
        assert one["kind"] == {"Query": "QUERY", "Mutation": "MUTATION"}.get(one["typeName"], "FIELD")


async def test_fewer_scopes_grant_less_and_no_scope_more_than_technical_ones(service: Service) -> None:
    found = await preview(service, scopes=["MAIL_READ", "CONTRACT_READ"], granted=True)
    assert found["scopes"] == ["MAIL_READ"]
    granted = {one["requiredScope"] for one in found["decisions"]}
    assert granted == {None, "MAIL_READ"}


async def test_granted_and_refused_are_everything(service: Service) -> None:
    everything, granted, refused = [
        (await preview(service, granted=which))["decisions"] for which in (None, True, False)
    ]
    assert len(everything) == len(granted) + len(refused)
    assert granted
    assert not [one for one in refused if one["granted"]]


@pytest.mark.parametrize("id", ["", "x", nobodys("pkg")])
async def test_there_is_none_of_anybody_elses_package(id: str, service: Service) -> None:
    for which in (id, service.world.other.packages["shop"]):
        reply = await service.ask(ASK, {"id": which}, by=Caller.OWNER)
        assert reply.data == {"accessPreview": None}
