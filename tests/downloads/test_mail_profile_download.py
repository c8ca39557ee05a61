"""`GET /mail-profiles/{id}.mobileconfig`: the settings of a mailbox for Apple's systems, by the same rules as every file."""

from __future__ import annotations

import plistlib
import re

from models import AuditEvent, Customer, Mailbox, Package, PackageType
from models.ids import new_id
from tests.downloads.billing import NOW, People
from tests.downloads.conftest import Gateway

TICKET = (
    "mutation($id: ID!) { mailProfileTicketCreate(input: {mailboxId: $id}) { ticket { path } errors { code path } } }"
)
SETTINGS = """query($id: ID!) { node(id: $id) { ... on Mailbox {
  clientSettings { username profilePath imap { host port security } smtp { host port security } } } } }"""


async def mailbox_of(customer: Customer, address: str = "info@laden.example") -> Mailbox:
    kind = await PackageType.create(code=new_id("typ"), name="Web", family="web", functions=["EMAILS"])
    package = await Package.create(
        customer_id=customer.id, type_id=kind.id, name="Laden", identification=new_id("web"), order_number=new_id("ord"),
        state="ACTIVE", created_at=NOW,
    )  # fmt: skip
    return await Mailbox.create(
        customer_id=customer.id, package_id=package.id, address=address, display_name="Zoë <Laden>", quota_mb=10,
        created_at=NOW,
    )  # fmt: skip


async def test_the_profile_says_what_the_settings_say(gateway: Gateway, people: People) -> None:
    mailbox = await mailbox_of(people.eve)
    told = (await gateway.ask(SETTINGS, people.eve_token, id=mailbox.id))["data"]["node"]["clientSettings"]
    assert told == {
        "username": "info@laden.example", "profilePath": f"/mail-profiles/{mailbox.id}.mobileconfig",
        "imap": {"host": "imap.musterhost.example", "port": 993, "security": "TLS"},
        "smtp": {"host": "smtp.musterhost.example", "port": 465, "security": "TLS"},
    }  # fmt: skip
    reply = await gateway.get(told["profilePath"], people.eve_token)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/x-apple-aspen-config")
    name = re.fullmatch(r'attachment; filename="([A-Za-z0-9._-]{1,64})"', reply.headers["content-disposition"])
    assert name is not None
    assert name[1].endswith(".mobileconfig")
    (mail,) = plistlib.loads(reply.content)["PayloadContent"]
    assert mail["IncomingMailServerHostName"] == told["imap"]["host"]
    assert mail["OutgoingMailServerPortNumber"] == told["smtp"]["port"]
    assert (mail["IncomingMailServerUsername"], mail["EmailAccountName"]) == (told["username"], "Zoë <Laden>")
    again = await gateway.get(told["profilePath"], people.eve_token, If_None_Match=reply.headers["etag"])
    assert again.status_code == 304
    entry = await AuditEvent.get()
    assert (entry.action, entry.object_id) == ("mail_profile.download", mailbox.id)


async def test_a_ticket_opens_it_once(gateway: Gateway, people: People) -> None:
    mailbox, other = await mailbox_of(people.eve), await mailbox_of(people.eve, "b@laden.example")
    path = (await gateway.ask(TICKET, people.eve_token, id=mailbox.id))["data"]["mailProfileTicketCreate"]["ticket"][
        "path"
    ]
    assert (await gateway.get(f"/mail-profiles/{other.id}.mobileconfig?{path.partition('?')[2]}")).status_code == 404
    assert plistlib.loads((await gateway.get(path)).content)["PayloadDisplayName"] == mailbox.address
    assert (await gateway.get(path)).status_code == 404


async def test_what_is_not_there_is_the_same_whatever_the_reason(gateway: Gateway, people: People) -> None:
    foreign = await mailbox_of(people.otto)
    replies = [
        await gateway.get(f"/mail-profiles/{name}.mobileconfig", people.eve_token)
        for name in (foreign.id, new_id("mbx"), new_id("dom"), "info@laden.example", "..")
    ]
    assert {reply.status_code for reply in replies} == {404}
    for id in (foreign.id, new_id("mbx"), "x"):
        payload = (await gateway.ask(TICKET, people.eve_token, id=id))["data"]["mailProfileTicketCreate"]
        assert payload == {"ticket": None, "errors": [{"code": "NOT_FOUND", "path": ["input", "mailboxId"]}]}
