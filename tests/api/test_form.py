"""Forms: offered by the same rules as they are handed out, and as what can be done online."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLObjectType

from models import Contract, Domain, WebHost, WebsiteApp
from models.rules.form import ONLINE, FormKind
from tests.api.graph import graph
from tests.api.service import Service
from tests.world import Caller

FORMS = "forms { kind title allowed reason message online mutation downloadPath }"
ALL = f"{{ packages {{ nodes {{ id {FORMS} contract {{ id {FORMS} }} }} }} }}"
TICKET = """mutation($id: ID!, $kind: FormKind!) { formTicketCreate(input: {contractId: $id, kind: $kind}) {
 ticket { path } errors { code message path } } }"""


async def nodes(service: Service, by: Caller = Caller.OWNER, language: str = "en") -> dict[str, dict[str, Any]]:
    reply = await service.both(ALL, by=by, headers={"accept-language": language})
    return {node["id"]: node for node in reply.data["packages"]["nodes"]}


async def test_a_package_and_its_contract_offer_the_same_forms(service: Service) -> None:
    found = await nodes(service)
    house = service.world.owner
    for node in found.values():
        assert node["forms"] == (node["contract"]["forms"] if node["contract"] else [])
    shop = found[house.packages["shop"]]["forms"]
    assert [form["kind"] for form in shop] == [kind.value for kind in FormKind]
    assert all(form["allowed"] for form in shop)
    number = (await Contract.get(id=house.contracts["shop"])).number
    assert shop[3] == {
        "kind": "CONTRACT_TRANSFER", "title": "Contract transfer", "allowed": True, "reason": None, "message": None,
        "online": False, "mutation": None, "downloadPath": f"/forms/contract-transfer/{number}.pdf",
    }  # fmt: skip
    cancelled = {form["kind"]: form for form in found[house.packages["cancelled"]]["forms"]}
    assert (cancelled["UPGRADE"]["allowed"], cancelled["UPGRADE"]["downloadPath"]) == (False, None)
    assert cancelled["UPGRADE"]["reason"] == "PACKAGE_CANCELLED"
    german = (await nodes(service, language="de"))[house.packages["cancelled"]]["forms"]
    assert german[0]["message"] != cancelled["UPGRADE"]["message"]
    assert german[0]["title"] == "Wechsel in einen höheren Tarif"


async def test_what_is_offered_is_handed_out_and_what_is_not_is_refused_for_the_same_reason(service: Service) -> None:
    tried, refused = 0, 0
    for state in ("ACTIVE", "CANCELLED", "ENDED"):
        await Contract.filter(customer_id=service.world.owner.customer).update(state=state)
        for node in (await nodes(service)).values():
            for form in node["forms"]:
                given = {"id": node["contract"]["id"], "kind": form["kind"]}
                payload = (await service.ask(TICKET, given, by=Caller.OWNER)).data["formTicketCreate"]
                if form["allowed"]:
                    assert payload["ticket"]["path"].startswith(f"{form['downloadPath']}?ticket=gwt_")
                else:
                    (error,) = payload["errors"]
                    assert (error["code"], error["message"]) == ("CONFLICT", form["message"])
                    refused += 1
                tried += 1
    assert tried > 60
    assert 20 < refused < tried - 20


async def test_a_package_without_a_domain_has_no_form_for_its_holder(service: Service) -> None:
    house = service.world.owner
    await WebsiteApp.filter(package_id=house.packages["club"]).delete()
    await WebHost.filter(package_id=house.packages["club"]).delete()
    await Domain.filter(package_id=house.packages["club"]).delete()
    form = (await nodes(service))[house.packages["club"]]["forms"][2]
    assert (form["kind"], form["allowed"], form["reason"]) == ("DOMAIN_HOLDER_CHANGE", False, "NO_DOMAIN")


@pytest.mark.parametrize("caller", [Caller.PACKAGE, Caller.SIBLING, Caller.NARROW_TECHNICAL])
async def test_a_login_without_contract_data_sees_no_forms(caller: Caller, service: Service) -> None:
    reply = await service.ask("{ packages { nodes { name forms { kind } } } }", by=caller)
    assert all(node["forms"] is None for node in reply.json["data"]["packages"]["nodes"])
    assert {error["extensions"]["requiredScope"] for error in reply.errors} == {"CONTRACT_READ"}


async def test_foreign_missing_and_malformed_contracts_have_no_forms(service: Service) -> None:
    seen = set()
    for id in (service.world.other.contracts["shop"], "ctr_01h455vb4pex5vsknk084sn02q", "x", "", "\x00"):
        payload = (await service.ask(TICKET, {"id": id, "kind": "UPGRADE"}, by=Caller.OWNER)).data["formTicketCreate"]
        seen.add(repr(payload))
    (only,) = seen
    assert "NOT_FOUND" in only


def test_the_mutations_that_forms_name_are_there() -> None:
    kind = graph().types["Mutation"]
    assert isinstance(kind, GraphQLObjectType)
    assert set(ONLINE.values()) <= set(kind.fields)


async def test_the_link_of_the_account_page_leads_to_the_form(service: Service) -> None:
    reply = await service.both("{ customer { number holderChange { formUrl } } }", by=Caller.OWNER)
    assert reply.data["customer"]["holderChange"]["formUrl"].endswith("/forms/holder-change/10001.pdf")
    created = await service.ask(
        "mutation { holderChangeTicketCreate { ticket { path } errors { code } } }", by=Caller.OWNER
    )
    assert created.data["holderChangeTicketCreate"]["ticket"]["path"].startswith(
        "/forms/holder-change/10001.pdf?ticket="
    )
