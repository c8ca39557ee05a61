"""The second factor: signing in with it, devices, recovery codes, switching it off."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gateway.auth import visible
from gateway.auth.entering import DEVICE_NAME_LENGTH, device_name
from gateway.auth.reauthentication import Again
from gateway.auth.second_factor import Proof
from gateway.auth.two_factor import regenerate_codes, remove_device, rename_device, switch_off
from gateway.context import Context
from gateway.documents.drawing import draw_recovery_codes
from gateway.documents.qr import qr_svg
from gateway.documents.recovery_codes import RecoveryCodesDocument
from gateway.documents.render import Overloaded
from gateway.errors import bad_input
from gateway.resolvers.invoice_document import recipient
from gateway.resolvers.outcome import Outcome, done
from gateway.resolvers.sign_in import opened

SHEET_SECONDS = 5.0
"""How long an answer waits for the sheet of recovery codes: they are made by then, and worth more than the sheet."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What an authenticator app is set up with."""

    device_id: str
    secret: str = field(repr=False)
    otpauth_uri: str = field(repr=False)
    qr_svg: str = field(repr=False)
    expires_at: datetime


async def sign_in_two_factor(context: Context, input: Any) -> Outcome:
    """The second step."""
    proof = Proof(input.code, input.recovery_code)
    signed_in = await context.parts.second_step(input.token, proof, context.client, context.now)
    session = opened(signed_in.session, signed_in.token)
    return done(session=session, device_token=signed_in.device_token)


async def two_factor_begin(context: Context, input: Any) -> Outcome:
    """A secret for a new device."""
    name = _name(input.name)
    begun = await context.parts.enrolment.begin(context.signed_in, name, context.client, context.now)
    drawn = await asyncio.to_thread(qr_svg, begun.otpauth_uri)  # 20 ms of computing
    return done(setup=Setup(begun.device_id, begun.secret, begun.otpauth_uri, drawn, begun.expires_at))


async def two_factor_confirm(context: Context, input: Any) -> Outcome:
    """The device counts from now on."""
    confirmed = await context.parts.enrolment.confirm(
        context.signed_in, input.device_id, input.code, context.client, context.now
    )
    codes = confirmed.recovery_codes
    return done(
        device=confirmed.device,
        session=opened(confirmed.session, confirmed.token, context.signed_in.scopes),
        recovery_codes=codes,
        recovery_codes_pdf=await _sheet(context, codes) if codes else None,
    )


async def two_factor_device_rename(context: Context, input: Any) -> Outcome:
    """Another name."""
    name = _name(input.name)
    device = await rename_device(context.signed_in, input.id, name, input.version, context.client, context.now)
    return done(device=device)


async def two_factor_device_remove(context: Context, input: Any) -> Outcome:
    """One device less."""
    return done(device_id=await remove_device(context.signed_in, input.id, context.client, context.now))


async def two_factor_disable(context: Context, input: Any) -> Outcome:
    """By password alone from now on."""
    viewer, given = context.signed_in, Again(input.password, Proof(input.code, input.recovery_code))
    session, token = await switch_off(context.parts.reauthentication, viewer, given, context.client, context.now)
    return done(session=opened(session, token, viewer.scopes))


async def recovery_codes_regenerate(context: Context) -> Outcome:
    """Ten new codes."""
    codes = await regenerate_codes(context.signed_in, context.client, context.now)
    return done(recovery_codes=codes, recovery_codes_pdf=await _sheet(context, codes))


def _name(text: str) -> str:
    """A name as people will see it again. Raises `BAD_USER_INPUT` for one that would have to be changed for that."""
    name = device_name(text)
    if name is None or name != text.strip():
        raise bad_input("two_factor.name_invalid", most=DEVICE_NAME_LENGTH, path=("input", "name"))
    return name


async def _sheet(context: Context, codes: list[str]) -> str | None:
    """The codes as a PDF in base64; `None` when it cannot be drawn now. The codes themselves are there in any case."""
    customer = await visible.customers(context.signed_in).get()
    document = RecoveryCodesDocument(
        language=context.language,
        issuer=context.parts.company,
        recipient=recipient(customer),
        made_on=context.now.date(),
        codes=tuple(codes),
    )
    try:
        async with asyncio.timeout(SHEET_SECONDS):
            content = await context.parts.renderer.render(draw_recovery_codes, document)
    except (Overloaded, TimeoutError):
        return None
    return base64.b64encode(content).decode()
