"""Declaring without signing in, in the two steps of the law: § 312k BGB for cancellations, § 356a BGB for withdrawals.

No customer is looked for, so nothing tells whether there is one, not by time either: whose a declaration is turns out
later, when an operator says so or the code of the mail comes back (`gateway.jobs.declaration_match`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from gateway.auth import notices
from gateway.auth.address import throttle_network
from gateway.auth.allowance import Allowance
from gateway.auth.client import Client
from gateway.auth.declaration_draft import Draft, Given, no_draft, read_draft, sealed_draft, unsealed_draft
from gateway.auth.declaration_receipt import ReceiptAddress, draw_receipt, issue_address, store_receipt
from gateway.auth.password_reset import mailbox
from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.documents.company import Company
from gateway.documents.declaration_words import entries
from gateway.documents.render import Renderer
from gateway.errors import bad_input
from gateway.keys import Keyring
from gateway.settings import Settings
from models import Declaration, DeclarationReceipt, DeclarationState, OutboxMessage
from models.database import in_unit_of_work
from models.rules.declaration import Content

HOUR = 3_600

MATCH = "declaration.match"
"""The kind of the outbox row that asks whose a declaration is."""

RECEIVED, WAITING = "mail.declaration_received", "mail.declaration_waiting"

CONFIRM = "/confirm-declaration?code="
"""Where in the portal the link of the mail leads."""


class Declarations:
    """Takes declarations from anybody, and codes that prove a mail address."""

    def __init__(self, keyring: Keyring, settings: Settings, renderer: Renderer, company: Company) -> None:
        self._keyring = keyring
        self._settings = settings
        self._renderer = renderer
        self._company = company
        of_address, of_email = settings.declarations_per_address, settings.declarations_per_email
        # The first step writes nothing: who goes back to change a word is not held off.
        self._preparing = Allowance(keyring, "declaration preparation", most=5 * of_address, window=HOUR)
        self._of_address = Allowance(keyring, "declaration of address", most=of_address, window=HOUR)
        self._of_email = Allowance(keyring, "declaration of email", most=of_email, window=HOUR)
        self._confirming = Allowance(keyring, "declaration confirmation", most=of_address, window=HOUR)

    async def prepare(self, given: Given, client: Client, now: datetime) -> tuple[Draft, str]:
        """The first step: what will be declared, and the token that `confirm` takes. Nothing is written about it.

        Raises `BAD_USER_INPUT`, `RATE_LIMITED`.
        """
        draft = read_draft(given, self._settings.declaration_lifetime, now)
        await self._preparing.spend(throttle_network(client.address), now)
        return draft, sealed_draft(self._keyring, draft)

    async def confirm(
        self, token: str, language: str, client: Client, now: datetime
    ) -> tuple[Declaration, ReceiptAddress]:
        """The second step: the declaration has arrived. The same token again gives the same, with a new address.

        Raises `BAD_USER_INPUT` for a token that is none or whose time is over, `RATE_LIMITED`, `UNAVAILABLE`; nothing was
        declared then.
        """
        draft = unsealed_draft(self._keyring, token)
        async with self._renderer.turn(("declaration", draft.number)):
            row = await _find(draft) or await self._take(draft, language, client, now)
        return row, await issue_address(row, self._settings.ticket_lifetime, now)

    async def _take(self, draft: Draft, language: str, client: Client, now: datetime) -> Declaration:
        if draft.expires_at <= now:
            raise no_draft()
        await self._of_address.spend(throttle_network(client.address), now)
        await self._of_email.spend(mailbox(draft.email), now)
        content = draft.content(now)
        drawn = await draw_receipt(self._renderer, self._company, content, language)
        code = new_token(TokenKind.DECLARATION)
        row = new_declaration(content, language, DeclarationState.RECEIVED)
        row.confirm_hash = token_hash(TokenKind.DECLARATION, code)

        async def write() -> Declaration:
            # On PostgreSQL this waits for a unit that wrote the same number and has not ended yet.
            await Declaration.bulk_create([row], ignore_conflicts=True)
            stored = await Declaration.get(number=draft.number)
            if stored.id == row.id:
                receipt = await store_receipt(row, drawn, now)
                await self._tell(row, content, receipt, f"{CONFIRM}{code}", now)
            return stored

        return await in_unit_of_work(write)

    async def _tell(
        self, row: Declaration, content: Content, receipt: DeclarationReceipt, link: str, now: datetime
    ) -> None:
        """The mails about it: inside the unit of work. What a stranger typed stays in none of their rows."""
        days = self._settings.declaration_confirm_lifetime // 86_400
        secrets = notices.sealed(self._keyring, to=[content.email], content=told(content, row.language), link=link)
        payload = {
            notices.SECRETS: secrets,
            notices.ATTACHED: [receipt.id],
            "language": row.language,
            "at": content.received_at.isoformat(),
            "days": days,
        }
        await OutboxMessage.create(kind=RECEIVED, payload=payload, created_at=now, available_at=now)
        if self._settings.declaration_email is not None:
            await tell_operator(self._settings.declaration_email, row, now)

    async def confirm_email(self, code: str, client: Client, now: datetime) -> None:
        """The code of the mail proves the address. Whose declaration it is is looked for after the answer.

        Raises `BAD_USER_INPUT` for a code that is none or whose time is over; `RATE_LIMITED`.
        """
        await self._confirming.spend(throttle_network(client.address), now)
        hashed = token_hash(TokenKind.DECLARATION, code)
        row = None if hashed is None else await Declaration.get_or_none(confirm_hash=hashed)
        if row is None or row.received_at + timedelta(seconds=self._settings.declaration_confirm_lifetime) <= now:
            raise bad_input("declaration.code_over", path=("input", "code"))

        async def write() -> None:
            if await Declaration.filter(id=row.id, confirmed_at=None).update(confirmed_at=now):
                asked = {"declaration_id": row.id}
                await OutboxMessage.create(kind=MATCH, payload=asked, created_at=now, available_at=now)

        await in_unit_of_work(write)


async def _find(draft: Draft) -> Declaration | None:
    """What was declared under the number of a draft already."""
    return await Declaration.get_or_none(number=draft.number)


def new_declaration(content: Content, language: str, state: DeclarationState) -> Declaration:
    """The row of a declaration that has just arrived."""
    return Declaration(
        number=content.number,
        kind=content.kind,
        state=state,
        name=content.name,
        identification=content.identification,
        contract_text=content.contract,
        reason=content.reason,
        requested_on=content.requested_on,
        email=content.email,
        language=language,
        received_at=content.received_at,
        sha256=content.sha256(),
    )


def told(content: Content, language: str) -> list[str]:
    """The content for a mail: a line for each thing said, and the digest."""
    lines: list[str] = []
    for label, (first, *rest) in entries(content, language):
        lines += [f"{label}: {first}", *rest]
    return [*lines, f"SHA-256: {content.sha256()}"]


async def tell_operator(address: str, row: Declaration, now: datetime) -> None:
    """That a declaration waits: inside the unit of work. What it says is shown by `gateway declarations show`."""
    payload = {"to": [address], "language": "de", "at": now.isoformat(), "number": row.number, "kind": row.kind.value}
    await OutboxMessage.create(kind=WAITING, payload=payload, created_at=now, available_at=now)
