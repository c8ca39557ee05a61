"""The demo's change of a tariff: the agency makes one of its packages smaller with the next period."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from strawberry import ID

from gateway.auth.client import Client
from gateway.auth.idempotency import Attempt
from gateway.auth.tariff_change import change_tariff
from gateway.auth.tariff_options import TariffOption, find_agreement, options
from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.jobs.demo.cancellation import AGENCY
from gateway.keys import Keyring
from gateway.schema.tariff_change import TariffChangeInput
from models import Contract, ContractState, Customer, OutboxMessage, PackageState, SessionKind, TariffChange
from models.ids import new_id
from models.rules.tariff_change import DOWNGRADE

LOOKED_AT = 40
"""Contracts among which one is sought that can become smaller."""


async def make_tariff_change(keyring: Keyring, now: datetime) -> None:
    """Schedule it as the mutation does, unless there is one. The database is connected; no mail is sent of it."""
    customer = await Customer.get_or_none(number=AGENCY.number)
    if customer is None or await TariffChange.filter(customer_id=customer.id).exists():
        return
    kind = SessionKind.CUSTOMER
    viewer = Viewer(kind, customer.id, None, SCOPES_OF[kind], new_id("ses"))
    running = Contract.filter(customer_id=customer.id, state=ContractState.ACTIVE, package__state=PackageState.ACTIVE)
    for package_id in await running.order_by("starts_on", "id").limit(LOOKED_AT).values_list("package_id", flat=True):
        wanted = await _smaller(viewer, str(package_id), now)
        if wanted is not None:
            await _schedule(viewer, wanted, keyring, now)
            await OutboxMessage.filter(customer_id=customer.id, kind="mail.tariff_change_scheduled").delete()
            return


async def _smaller(viewer: Viewer, package_id: str, now: datetime) -> TariffOption | None:
    """The dearest tariff of a smaller kind that has room for everything."""
    agreement = await find_agreement(viewer, package_id, now)
    found = [] if agreement is None else await options(viewer, agreement)
    others = [one for one in found if one.tariff.type_id != one.agreement.package.type_id]
    fitting = [one for one in others if one.direction == DOWNGRADE and one.reason is None]
    return fitting[-1] if fitting else None


async def _schedule(viewer: Viewer, wanted: TariffOption, keyring: Keyring, now: datetime) -> None:
    package, tariff, token = wanted.agreement.package.id, wanted.tariff.id, wanted.token or ""
    given = TariffChangeInput(
        package_id=ID(package), tariff_id=ID(tariff), preview_token=token, idempotency_key=str(uuid4())
    )
    attempt = Attempt.of(keyring, viewer, "tariffChange", given, now)
    await change_tariff(viewer, package, tariff, token, attempt, Client("203.0.113.7", None, "demo"), now)
