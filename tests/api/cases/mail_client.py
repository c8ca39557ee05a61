"""Settings of mailboxes."""

from __future__ import annotations

from models import Mailbox
from tests.api.cases.case import Case, Input, always
from tests.world import Caller, World, nobodys


async def _mailbox(world: World, caller: Caller) -> Input:
    package = world.house(caller).packages[world.package_name(caller)]
    row = await Mailbox.filter(package_id=package).order_by("id").first()
    assert row is not None
    return {"mailboxId": row.id}


CASES: dict[str, Case] = {
    "mailProfileTicketCreate": Case(
        _mailbox, {"mailboxId": nobodys("mbx")}, {"NOT_FOUND": always({"mailboxId": nobodys("mbx")})}
    ),
}
