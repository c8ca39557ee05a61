"""Bank details: written, never read back (SECURITY Z10). Each change is a new SEPA mandate."""

from __future__ import annotations

import asyncio
import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from gateway.auth import notices, visible
from gateway.auth.address import shortened
from gateway.auth.client import Client
from gateway.auth.customer_change import changed, held_at
from gateway.auth.viewer import Viewer
from gateway.errors import bad_input
from gateway.keys import IBAN_SEAL, Keyring
from models import BankAccount, Customer
from models.database import in_unit_of_work
from models.rules import account_holder as rule
from models.rules.decision import Refused

LONGEST_IBAN = 34
"""Characters (ISO 13616), blanks left out."""

BERLIN = ZoneInfo("Europe/Berlin")
"""Where the day begins on which a mandate is given."""

_CODES = (
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK "
    "SM VA"
)
SEPA = frozenset(_CODES.split())
"""Countries whose banks take SEPA direct debits (EPC409-09)."""

_WORDS = {
    rule.MISSING: "bank.holder_missing",
    rule.TOO_LONG: "bank.holder_too_long",
    rule.CHARACTERS: "bank.holder_characters",
}


@dataclass(frozen=True, slots=True, repr=False)
class NewAccount:
    """Bank details that were looked at: what can be written is made of these alone."""

    holder: str
    iban: str
    bank_name: str | None


def read_iban(text: str, within: tuple[str, ...] = ("input",)) -> tuple[str, str | None]:
    """The IBAN without blanks, and the name of its bank where that is known. Raises `BAD_USER_INPUT`; nothing is echoed."""
    from schwifty import IBAN  # its registry of banks takes megabytes and a moment, for the few who need it
    from schwifty.exceptions import SchwiftyException

    # Asked before it is put in capitals: `ı` and `ﬁ` become letters of ASCII.
    plain = text.replace(" ", "").upper() if len(text) <= 3 * LONGEST_IBAN and text.isascii() else ""
    path = (*within, "iban")
    if not plain.isalnum() or len(plain) > LONGEST_IBAN:
        raise bad_input("bank.iban", path=path)
    try:
        iban = IBAN(plain, validate_bban=True)
    except SchwiftyException:
        raise bad_input("bank.iban", path=path) from None
    if iban.country_code not in SEPA:
        raise bad_input("bank.not_sepa", path=path)
    name = iban.bank_name
    return str(iban), str(name)[:140] if name else None


def new_reference(number: str, now: datetime) -> str:
    """A mandate reference (AT-01): at most 35 of SEPA's characters, never the same twice."""
    return f"{number}-{now:%y%m%d}-{base64.b32encode(secrets.token_bytes(5)).decode()}"


class BankAccounts:
    """Changes bank details, which it seals with the keyring."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def change(
        self, viewer: Viewer, holder: str, iban: str, accepted: bool, version: int, client: Client, now: datetime
    ) -> Customer:
        """Debit another account from now on, by a mandate given now. Raises `BAD_USER_INPUT`, `CONFLICT`."""
        account = await self.read(holder, iban, accepted)

        async def write() -> Customer:
            return await self.replace(viewer, await held_at(viewer, version), account, client, now)

        return await in_unit_of_work(write)

    async def read(self, holder: str, iban: str, accepted: bool, within: tuple[str, ...] = ("input",)) -> NewAccount:
        """Look at bank details, outside of any unit of work. Raises `BAD_USER_INPUT` for a field of `within`."""
        name = rule.tidied(holder)
        decision = rule.acceptable(name)
        if isinstance(decision, Refused):
            raise bad_input(_WORDS[decision.reason], path=(*within, "holder"), longest=rule.LONGEST)
        plain, bank = await asyncio.to_thread(read_iban, iban, within)  # the first loads the directory of banks
        if not accepted:
            raise bad_input("bank.mandate", path=(*within, "mandateAccepted"))
        return NewAccount(name, plain, bank)

    async def replace(
        self, viewer: Viewer, customer: Customer, account: NewAccount, client: Client, now: datetime
    ) -> Customer:
        """Put other bank details in the place of those there are: inside a unit of work that holds `customer`."""
        before = await visible.bank_accounts(viewer).first()
        reference, last4 = new_reference(customer.number, now), account.iban[-4:]
        await visible.bank_accounts(viewer).delete()
        await BankAccount.create(
            customer_id=customer.id,
            holder=account.holder,
            iban_sealed=self._keyring.seal(IBAN_SEAL, account.iban),
            iban_last4=last4,
            bank_name=account.bank_name,
            mandate_reference=reference,
            mandate_signed_on=now.astimezone(BERLIN).date(),
            created_at=now,
        )
        address = shortened(client.address)
        await notices.notify(
            customer,
            "bank_account_changed",
            now,
            bank=account.bank_name,
            last4=last4,
            reference=reference,
            address=address,
        )
        detail = {"before": before and before.iban_last4, "after": last4, "mandate": reference}
        return await changed(viewer, customer.version, "bank_account.change", client, now, detail=detail)
