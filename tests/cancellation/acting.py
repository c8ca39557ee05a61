"""Cancelling as the gateway does it, without a server: for processes that are killed, and for many at the same time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from strawberry import ID

from gateway.auth.cancellation import undo_cancellation
from gateway.auth.client import Client
from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.context import Context
from gateway.documents.company import DEMO_COMPANY
from gateway.keys import Keyring
from gateway.resolvers.cancellation import cancellation_preview
from gateway.resolvers.cancellation_declaration import cancellation_declare
from gateway.schema.cancellation import CancellationDeclareInput, DomainFateInput
from gateway.settings import Settings
from models import DomainFate, SessionKind
from tests.world import KEYS, NOW

CLIENT = Client("203.0.113.7", "Firefox", "req-1")


class Paper:
    """Draws nothing, at once."""

    async def render(self, function: Callable[..., bytes], document: object) -> bytes:
        return b"%PDF-1.7"


def owner(customer: str) -> Viewer:
    """The customer."""
    return Viewer(SessionKind.CUSTOMER, customer, None, SCOPES_OF[SessionKind.CUSTOMER], "")


def context(customer: str, now: datetime = NOW) -> Context:
    """A request of the customer's, with the parts that cancelling uses."""
    parts = SimpleNamespace(keyring=Keyring(KEYS), settings=Settings(), company=DEMO_COMPANY, renderer=Paper())
    asked = SimpleNamespace(
        viewer=owner(customer), signed_in=owner(customer), now=now, language="de", client=CLIENT, parts=parts
    )
    return cast(Context, asked)


def fates(domains: Sequence[tuple[str, str, str | None]]) -> list[DomainFateInput]:
    """Choices as the input has them."""
    return [
        DomainFateInput(domain_id=ID(id), fate=DomainFate(fate), keep_in=None if keep is None else ID(keep))
        for id, fate, keep in domains
    ]


async def token(customer: str, subject: str, domains: Sequence[tuple[str, str, str | None]] = ()) -> str:
    """The token of a preview."""
    shown = await cancellation_preview(context(customer), subject, fates(domains))
    assert shown is not None
    assert shown.token is not None, shown.reason
    return shown.token


async def declare(
    customer: str, subject: str, domains: Sequence[tuple[str, str, str | None]], shown: str, key: str
) -> Any:
    """The cancellation. Raises as the mutation does."""
    given = CancellationDeclareInput(
        subject_id=ID(subject), preview_token=shown, idempotency_key=key, domains=fates(domains)
    )
    return (await cancellation_declare(context(customer), given)).cancellation


async def undo(customer: str, id: str, now: datetime = NOW) -> Any:
    """The cancellation, undone. Raises as the mutation does."""
    return await undo_cancellation(owner(customer), id, CLIENT, now)
