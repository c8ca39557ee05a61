"""Master data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from gateway.auth.links import issue_link
from models import Customer, LinkPurpose
from models.database import in_unit_of_work
from tests.api.cases.case import Case, Failing, Input, always
from tests.api.service import Service
from tests.world import NOW, Caller, World

ADDRESS = {"street": "Hafenstraße 7", "extra": "c/o Möwe", "postcode": "20457", "city": "Hamburg", "country": "DE"}
IBAN = "DE89 3704 0044 0532 0130 00"
ACCOUNT = {"holder": "Ärmel & Töchter", "iban": IBAN, "mandateAccepted": True}
EMAIL = {"email": "neu@example.org"}
NOBODY = {"code": "gwl_none"}
STALE = 77


async def confirmation(customer_id: str, email: str = "bestaetigt@example.org", lifetime: int = 86_400) -> str:
    """The code of a mail to a new contact address."""
    return await in_unit_of_work(
        lambda: issue_link(customer_id, LinkPurpose.EMAIL_CHANGE, email, NOW, lifetime),
    )


def _with_version(given: dict[str, Any]) -> Callable[[World, Caller], Awaitable[Input]]:
    async def gives(world: World, caller: Caller) -> Input:
        return {**given, "version": (await Customer.get(id=world.customer(caller))).version}

    return gives


def _case(given: dict[str, Any], wrong: dict[str, Any] | None) -> Case:
    stale = {**given, "version": STALE}
    codes: dict[str, Failing] = {"CONFLICT": always(stale)}
    if wrong is not None:
        codes["BAD_USER_INPUT"] = always({**given, **wrong, "version": 1})
    return Case(_with_version(given), stale, codes)


async def _with_a_code(world: World, caller: Caller) -> Input:
    return {"code": await confirmation(world.customer(caller))}


async def _asked_too_often(service: Service) -> dict[str, Any]:
    change = "mutation($input: CustomerEmailChangeInput!) { customerEmailChange(input: $input) { errors { code } } }"
    token = await service.token(Caller.OWNER, raised=True)
    asked = service.made.parts.settings.email_changes_per_hour
    for version in range(1, asked + 1):
        await service.ask(change, {"input": {**EMAIL, "version": version}}, by=token)
    return {**EMAIL, "version": asked + 1}


async def _tried_too_often(service: Service) -> dict[str, Any]:
    confirm = "mutation($input: CustomerEmailConfirmInput!) { customerEmailConfirm(input: $input) { errors { code } } }"
    for _ in range(service.made.parts.settings.address_failures):
        await service.ask(confirm, {"input": NOBODY})
    return NOBODY


CASES: dict[str, Case] = {
    "customerAddressChange": _case(ADDRESS, {"postcode": "1"}),
    "customerPhoneNumbersChange": _case(
        {"phoneNumbers": [{"kind": "MOBILE", "number": "0170 1234567"}]},
        {"phoneNumbers": [{"kind": "FAX", "number": "12"}]},
    ),
    "customerEmailChange": Case(
        _with_version(EMAIL),
        {**EMAIL, "version": STALE},
        {
            "BAD_USER_INPUT": always({"email": "nobody", "version": 1}),
            "CONFLICT": always({**EMAIL, "version": STALE}),
            "RATE_LIMITED": _asked_too_often,
        },
    ),
    "customerEmailConfirm": Case(
        _with_a_code, NOBODY, {"BAD_USER_INPUT": always(NOBODY), "RATE_LIMITED": _tried_too_often}
    ),
    "customerInvoiceEmailChange": _case(EMAIL, {"email": "nobody"}),
    "customerBankAccountChange": _case(ACCOUNT, {"iban": "DE00"}),
    "customerLanguageChange": _case({"language": "EN"}, None),
}
