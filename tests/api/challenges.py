"""What tests of challenges ask with: tokens, values, and the records that stand in the end."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import httpx2

from models import DnsRecord
from models.rules.acme_challenge import LABEL
from tests.api.service import Service
from tests.world import Caller

VALUE = "LHDhK3oGRvkiefQnx7OOczTY5Tic_xZ6HcMOc_gmtoM"
DOMAIN = "laden.example"
FQDN = f"{LABEL}.{DOMAIN}."

CREATE = """mutation($input: ApiTokenCreateInput!) { apiTokenCreate(input: $input) {
  token apiToken { id } errors { code } } }"""
SET = "mutation($input: AcmeChallengeSetInput!) { it: acmeChallengeSet(input: $input) { fqdn errors { code message path } } }"
CLEAR = """mutation($input: AcmeChallengeClearInput!) { it: acmeChallengeClear(input: $input) {
  fqdn errors { code message path } } }"""


def value(number: int) -> str:
    """A value that differs from others."""
    return f"{number:043}"


async def acme_token(
    service: Service, *domains: str, scopes: tuple[str, ...] = ("DOMAIN_ACME",), days: int = 30
) -> str:
    """A token of the owner for the package `shop`, or for some of its domains."""
    house = service.world.owner
    raised = await service.token(Caller.OWNER, raised=True)
    wanted: dict[str, Any] = {
        "name": "Zertifikate",
        "packageId": house.packages["shop"],
        "scopes": scopes,
        "days": days,
    }
    if domains:
        wanted["domainIds"] = [house.domains[name] for name in domains]
    payload = (await service.ask(CREATE, {"input": wanted}, by=raised)).data["apiTokenCreate"]
    assert payload["errors"] == []
    return str(payload["token"])


async def ask(service: Service, text: str, by: Any, fqdn: str = FQDN, value: str = VALUE) -> dict[str, Any]:
    """The payload of setting or clearing."""
    payload = (await service.ask(text, {"input": {"fqdn": fqdn, "value": value}}, by=by)).data["it"]
    assert isinstance(payload, dict)
    assert (payload["fqdn"] is None) is bool(payload["errors"])
    return payload


def codes(payload: dict[str, Any]) -> list[str]:
    """The codes of its errors."""
    return [error["code"] for error in payload["errors"]]


async def standing(domain_id: str) -> set[tuple[str, str]]:
    """Names and texts of the challenges of a domain."""
    rows = DnsRecord.filter(domain_id=domain_id, type="TXT", name__startswith=LABEL)
    return {(row.name, row.value.strip('"')) async for row in rows}


def basic(password: str, user: str = "lego") -> str:
    """An `Authorization` header as lego makes it."""
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


async def post(service: Service, path: str, body: Any, authorization: str | None, **headers: str) -> httpx2.Response:
    """A request as lego sends it."""
    sent = {"accept": "application/json", "content-type": "application/json", **headers}
    if authorization is not None:
        sent["authorization"] = authorization
    content = body if isinstance(body, bytes) else httpx2.Request("POST", "http://x", json=body).content
    return await service.http.post(f"/acme/{path}", content=content, headers=sent)
