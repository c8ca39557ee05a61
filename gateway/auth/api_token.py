"""Making and revoking API tokens: the customer's alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.auth import audit, notices, visible
from gateway.auth.address import shortened
from gateway.auth.api_tokens import most_of
from gateway.auth.client import Client
from gateway.auth.package_function import find_package
from gateway.auth.sessions import hold_customer
from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.auth.viewer import DOMAIN_SCOPES, Scope, Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from models import ApiToken, ApiTokenDomain
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import api_token as rule
from models.rules import package_name
from models.rules.decision import Decision, Refused

FUNCTION = "SECURITY"
"""The entry of a package's menu that tokens for it belong to."""

WHICH, NAME, SCOPES, DAYS, DOMAINS = (("input", name) for name in ("packageId", "name", "scopes", "days", "domainIds"))


_WORDS = {
    rule.NO_SCOPE: "api_token.no_scope",
    rule.SCOPE_TOO_WIDE: "api_token.scope_too_wide",
    rule.SCOPE_BESIDE_DOMAINS: "api_token.scope_beside_domains",
    rule.DAYS_OUT_OF_RANGE: "api_token.days",
    package_name.EMPTY: "api_token.empty",
    package_name.TOO_LONG: "api_token.too_long",
    package_name.CHARACTERS: "api_token.characters",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a token is to be. `domain_ids` `None`: all of the package's domains, also those that come later."""

    package_id: str | None
    name: str
    scopes: Sequence[Scope]
    days: int
    domain_ids: Sequence[str] | None


async def create_api_token(viewer: Viewer, wanted: Wanted, client: Client, now: datetime) -> tuple[ApiToken, str]:
    """A new token: its row, and the token itself, which is stored nowhere.

    Raises `BAD_USER_INPUT`, `NOT_FOUND` for a package or domain that is not there, `CONFLICT` when the state of the package
    does not allow it or there are too many tokens.
    """
    name, scopes = _name(wanted.name), _scopes(wanted)
    _demand(rule.days_allowed(wanted.days), DAYS, most=rule.MOST_DAYS)
    token = new_token(TokenKind.API)

    async def write() -> ApiToken:
        customer = await hold_customer(viewer.customer_id)
        package = None
        if wanted.package_id is not None:
            package = await find_package(viewer, wanted.package_id, FUNCTION, WHICH)
        domains = await _own_domains(viewer, wanted)
        if await visible.api_tokens(viewer).filter(expires_at__gt=now).count() >= rule.MOST_TOKENS:
            raise GatewayError(ErrorCode.CONFLICT, "api_token.too_many", path=("input",), most=rule.MOST_TOKENS)
        row = await ApiToken.create(
            customer_id=customer.id,
            package_id=wanted.package_id,
            name=name,
            token_hash=token_hash(TokenKind.API, token),
            scopes=scopes,
            all_domains=wanted.domain_ids is None,
            created_at=now,
            expires_at=now + timedelta(days=wanted.days),
        )
        for domain in domains:
            await ApiTokenDomain.create(customer_id=customer.id, token_id=row.id, domain_id=domain)
        detail = {"name": name, "scopes": scopes, "domains": len(domains)}
        await _tell(viewer, "create", row, client, now, detail)
        about = package.name if package else None
        address = shortened(client.address)
        await notices.notify(customer, "api_token_created", now, name=name, package=about or "–", address=address)
        return row

    return await in_unit_of_work(write), token


async def revoke_api_token(viewer: Viewer, token_id: str, client: Client, now: datetime) -> ApiToken:
    """End a token at its next request. Raises `NOT_FOUND`, alike for one of somebody else and one that is revoked."""

    async def write() -> ApiToken:
        found = visible.api_tokens(viewer).filter(id=token_id)
        row = await found.get_or_none() if prefix_of(token_id) == "tok" else None
        if row is None or not await found.update(revoked_at=now):
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=("input", "id"))
        await _tell(viewer, "revoke", row, client, now, {"name": row.name})
        row.revoked_at = now
        return row

    return await in_unit_of_work(write)


async def _tell(
    viewer: Viewer, verb: str, row: ApiToken, client: Client, now: datetime, detail: dict[str, object]
) -> None:
    await audit.record(
        audit.actor_of(viewer),
        client,
        now,
        f"api_token.{verb}",
        object_id=row.id,
        package_id=row.package_id,
        detail=detail,
    )


def _name(typed: str) -> str:
    name = package_name.tidied(typed)
    _demand(package_name.acceptable(name), NAME, longest=package_name.LONGEST)
    return name


def _scopes(wanted: Wanted) -> list[str]:
    most = most_of(wanted.package_id)
    beside: Collection[Scope] | None = None if wanted.domain_ids is None else DOMAIN_SCOPES
    _demand(rule.scopes_allowed(wanted.scopes, most, beside), SCOPES)
    return [scope.value for scope in Scope if scope in wanted.scopes]


async def _own_domains(viewer: Viewer, wanted: Wanted) -> list[str]:
    """The chosen domains, which must all be the package's."""
    if wanted.domain_ids is None:
        return []
    ids = sorted(set(wanted.domain_ids))
    if wanted.package_id is None or not 1 <= len(ids) <= rule.MOST_DOMAINS:
        raise bad_input("api_token.domains", path=DOMAINS, most=rule.MOST_DOMAINS)
    proper = [id for id in ids if prefix_of(id) == "dom"]
    found = visible.domains(viewer).filter(package_id=wanted.package_id, id__in=proper or [""])
    if len(proper) != len(ids) or await found.count() != len(ids):
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=DOMAINS)
    return ids


def _demand(decision: Decision, path: tuple[str, ...], **values: int) -> None:
    if isinstance(decision, Refused):
        raise bad_input(_WORDS[decision.reason], path=path, **values)
